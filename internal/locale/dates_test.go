package locale

import (
	"strings"
	"testing"
	"time"
)

var bishkek = time.FixedZone("+06", 6*60*60)

func TestDates(t *testing.T) {
	at := time.Date(2026, time.November, 30, 17, 0, 0, 0, bishkek)
	tests := []struct {
		name  string
		write func(*Printer, time.Time) string
		want  Text
	}{
		{"Date", (*Printer).Date, Text{Ky: "2026-жылдын 30-ноябры", Ru: "30 ноября 2026 года", En: "30 November 2026"}},
		{"Until", (*Printer).Until, Text{Ky: "2026-жылдын 30-ноябрына чейин (ошол күндү кошо)", Ru: "до 30 ноября 2026 года включительно", En: "up to and including 30 November 2026"}},
		{"Since", (*Printer).Since, Text{Ky: "2026-жылдын 30-ноябрынан бери", Ru: "с 30 ноября 2026 года", En: "since 30 November 2026"}},
		{"On", (*Printer).On, Text{Ky: "2026-жылдын 30-ноябрында", Ru: "30 ноября 2026 года", En: "on 30 November 2026"}},
		{"AsOf", (*Printer).AsOf, Text{Ky: "2026-жылдын 30-ноябрына карата", Ru: "по состоянию на 30 ноября 2026 года", En: "as of 30 November 2026"}},
		{"ShortDate", (*Printer).ShortDate, Text{Ky: "30.11.2026", Ru: "30.11.2026", En: "30 Nov 2026"}},
		{"DateTime", (*Printer).DateTime, Text{Ky: "2026-жылдын 30-ноябры, саат 17:00", Ru: "30 ноября 2026 года, 17:00", En: "30 November 2026, 17:00"}},
		{"YearMonth", (*Printer).YearMonth, Text{Ky: "2026-жылдын ноябры", Ru: "ноябрь 2026 года", En: "November 2026"}},
		{"ShortYearMonth", (*Printer).ShortYearMonth, Text{Ky: "11.2026", Ru: "11.2026", En: "Nov 2026"}},
	}
	for _, test := range tests {
		for _, l := range Langs {
			if got := test.write(For(l), at); got != test.want.Get(l) {
				t.Errorf("%s in %v: %q, want %q", test.name, l, got, test.want.Get(l))
			}
			if got := test.write(For(l), time.Time{}); got != "⟦date⟧" {
				t.Errorf("%s of no time in %v: %q", test.name, l, got)
			}
		}
	}
}

// TestKyrgyzMonths compares the table with the rule of vowel harmony: the vowel of an ending follows
// from the last vowel of the word.
func TestKyrgyzMonths(t *testing.T) {
	endings := map[string]struct{ back, front string }{
		"январына":  {"на", "не"},
		"январында": {"нда", "нде"},
		"январынан": {"нан", "нен"},
	}
	for january, ending := range endings {
		for m, word := range monthsOf(Ky, "январы") {
			want := word + ending.back
			if strings.HasSuffix(word, "и") {
				want = word + ending.front
			}
			if got := monthsOf(Ky, january)[m]; got != want {
				t.Errorf("%s: %q, by the rule %q", january, got, want)
			}
		}
	}
}

// TestRussianMonths checks the two Russian tables against each other.
func TestRussianMonths(t *testing.T) {
	for m, word := range monthsOf(Ru, "январь") {
		want := strings.TrimRight(word, "ьй") + "я"
		if word == "март" || word == "август" {
			want = word + "а"
		}
		if got := monthsOf(Ru, "января")[m]; got != want {
			t.Errorf("%q, by the rule %q", got, want)
		}
	}
}

// monthsOf are the words for the months of the list that begins with a word.
func monthsOf(l Lang, january string) []string {
	for _, list := range l.Facts().Months {
		if list[0] == january {
			return list
		}
	}
	return make([]string, 12)
}
