package locale

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	tests := []struct{ in, ky, en string }{
		{"0", "0", "0"},
		{"999", "999", "999"},
		{"1234", "1 234", "1,234"},
		{"1234567.89", "1 234 567,89", "1,234,567.89"},
		{"-123456.00", "−123 456,00", "−123,456.00"},
		{"-5", "−5", "−5"}, {"-0.50", "−0,50", "−0.50"},
		{"-0", "0", "0"}, {"-0.00", "0,00", "0.00"},
		{"12345678901234567890.10", "12 345 678 901 234 567 890,10", "12,345,678,901,234,567,890.10"},
	}
	for _, test := range tests {
		ky := strings.ReplaceAll(test.ky, " ", nbsp)
		for l, want := range map[Lang]string{Ky: ky, Ru: ky, En: test.en} {
			if got := For(l).Number(test.in); got != want {
				t.Errorf("%q in %v: %q, want %q", test.in, l, got, want)
			}
		}
	}
	for _, s := range []string{"", "-", "007", "1e3", "1.", ".5", "+1", "1,5", "1 000", "NaN", "1000 "} {
		if got := For(Ky).Number(s); got != s {
			t.Errorf("%q is no number and became %q", s, got)
		}
	}
}

// TestNumberKeepsDigits checks that what Number writes can be turned back into the same decimal. Zero has no sign.
func TestNumberKeepsDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,9})?`).Draw(t, "number")
		l := rapid.SampledFrom(Langs[:]).Draw(t, "lang")
		if strings.Trim(s, "-0.") == "" {
			s = strings.TrimPrefix(s, "-")
		}
		back := strings.NewReplacer(l.Facts().Group, "", l.Facts().Point, ".", minus, "-")
		if got := back.Replace(For(l).Number(s)); got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}

func TestMoney(t *testing.T) {
	tests := []struct{ amount, currency, ky, en string }{
		{"1500", "KGS", "1 500 сом", "1,500 som"},
		{"1500.50", "USD", "1 500,50 USD", "1,500.50 USD"},
		{"", "KGS", "", ""},
		{"?", "KGS", "?", "?"},
	}
	for _, test := range tests {
		for l, want := range map[Lang]string{Ky: test.ky, Ru: test.ky, En: test.en} {
			want = strings.ReplaceAll(want, " ", nbsp)
			if got := For(l).Money(test.amount, test.currency); got != want {
				t.Errorf("%s %s in %v: %q, want %q", test.amount, test.currency, l, got, want)
			}
		}
	}
}

func TestPercent(t *testing.T) {
	tests := []struct {
		part, whole int
		want        string
	}{
		{42, 100, "42%"}, {1, 3, "33%"}, {2, 3, "67%"}, {1, 8, "13%"},
		{0, 5, "0%"}, {5, 5, "100%"}, {1, 1000, "1%"}, {999, 1000, "99%"}, {0, 0, "–"},
	}
	for _, test := range tests {
		if got := For(En).Percent(test.part, test.whole); got != test.want {
			t.Errorf("%d of %d: %q, want %q", test.part, test.whole, got, test.want)
		}
	}
	if got := For(Ky).Percent(42, 100); got != "42"+nbsp+"%" {
		t.Errorf("%q", got)
	}
}
