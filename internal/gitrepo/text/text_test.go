package text

import "testing"

// Numbers of persons are not published, and nothing else is touched.
func TestWithoutPersonal(t *testing.T) {
	for _, s := range []string{
		"21205199001234", "12304198012345", "20101200012345", // personal numbers
		"+996555123456", "+996 555 12 34 56", "+996 (555) 12-34-56", "00996 555 123 456", "996555123456", "996 (555) 123456", "996-555-12-34-56",
		"0555123456", "0555 123456", "0555 123 456", "0555 12 34 56", "0555-12-34-56", "0(555) 12-34-56", "0 (555) 12-34-56", "0 555 123 456", "(0555) 12 34 56",
		"0312621234", "0312 62 12 34", "03222 5-12-34", "03222 51234", "(03222) 5-12-34", "0555\u00a012\u00a034\u00a056",
		"+7 912 345-67-89", "+79123456789", "+7 (912) 345-67-89", "8 (912) 345-67-89", "8-912-345-67-89", "+491701234567",
	} {
		for _, around := range [][2]string{{"", ""}, {"Тел. ", "."}, {"тел:", ", Асан"}, {"(", ")"}, {"№ ", "\n"}, {"Асан ", " жана 5 киши"}} {
			want := around[0] + mark + around[1]
			if got := WithoutPersonal(around[0] + s + around[1]); got != want {
				t.Errorf("%q: %q, want %q", around[0]+s+around[1], got, want)
			}
		}
	}
	for _, s := range []string{
		"2026-03-01 10:30", "01.02.2026", "01.02.2026 10:30:45", "2026-03-01T17:00:00+06:00", "01-03-2026 15:30", "20260301123045",
		"1 234 567", "1 234 567 890 сом", "50 555 123 456 сом", "1234567890", "12 345 678,50", "1.0555123456", "+5 000 000 сом", "+7 500 000 000 сом", "100 000 000 000",
		"4b825dc642cb6eb9a060e54bf8d69288fbee4904", "a0555123456", "0555123456f", "f-2026-0312-123456", "pr-0555123456", "contract 2026-0312-17", "№ 0312-17", "№ 15-0512/2026",
		"31205199001234", "21305199001234a", "23905199001234", "21213199001234", "21205189001234", "212051990012345", // no personal numbers
		"0000000123", "0123456789", "ISBN 0-306-40615-2", "0.5551234567", "10.0.0.1", "id_0555123456", "6/2026", "Токтом 5",
	} {
		if got := WithoutPersonal(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
	if got := WithoutPersonal("0555123456/0777654321; 21205199001234, a@b.kg 5"); got != mark+"/"+mark+"; "+mark+", 5" {
		t.Errorf("%q", got)
	}
}

// Nothing of a commit changes the direction of a page's text, or makes XML malformed.
func TestPublicText(t *testing.T) {
	for s, want := range map[string]string{
		"Ысык-Көл\n\tңөү":                                                     "Ысык-Көл\n\tңөү",
		"a\u202eb\u2066c\u200e\u200f\u061c\ufeff\U000E0041":                   "abc",
		"a\x00\x01\x1b[31m\x7f\u0085\u2028\u2029\ue000\uffff\ufdd0\U0001fffe": "a\ufffd\ufffd\ufffd[31m\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd",
	} {
		if got := Visible(s); got != want {
			t.Errorf("%q became %q, want %q", s, got, want)
		}
	}
}
