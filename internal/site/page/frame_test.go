package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTitlesFit(t *testing.T) {
	long := strings.Repeat("таза суу ", 20)
	for _, test := range []struct{ title, of, site, want string }{
		{"Жобо", "Ош шаары", "Ачык", "Жобо — Ош шаары · Ачык"},
		{"Жобо", "", "Ачык", "Жобо · Ачык"},
		{long, "Аныктама", "Ачык", "таза суу таза суу таза суу таза суу таза суу… — Аныктама · Ачык"},
		{"Жобо", long, "Ачык", "Жобо — таза суу таза суу таза суу таза суу таза суу таза… · Ачык"},
		{long, long, long, "таза суу таза суу таза… — таза суу таза… · таза суу таза суу…"},
	} {
		got := fitted(test.title, test.of, test.site)
		if got != test.want || utf8.RuneCountInString(got) > titleLimit {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestClip(t *testing.T) {
	for n, want := range map[int]string{-1: "", 0: "", 1: "…", 2: "т…", 7: "таза…", 9: "таза суу"} {
		if got := Clip("таза суу", n); got != want {
			t.Errorf("%d characters: %q, want %q", n, got, want)
		}
	}
}
