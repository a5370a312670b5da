package lines_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"achyk/internal/lines"
)

// atMost fits texts of n characters.
func atMost(n int) func(string) bool {
	return func(s string) bool { return utf8.RuneCountInString(s) <= n }
}

func TestBreak(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "",
		"суу":                 "суу",
		"таза суу жок":        "таза суу|жок",
		"2026\u00a0ж. суу":    "2026\u00a0ж.|суу",
		"абвгдежзийк л":       "абвгдежз|ийк л",
		" эки\nсап \t болду ": "эки сап|болду",
		"бир абвгдежзийклмнопр": "бир|абвгдежз|ийклмноп|р",
	} {
		if got := strings.Join(lines.Break(text, atMost(8)), "|"); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// Nothing is lost, and every line fits.
func TestBreakKeepsAll(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text, n := rapid.StringMatching(`[аб \n]{0,60}`).Draw(r, "text"), rapid.IntRange(1, 12).Draw(r, "n")
		broken := lines.Break(text, atMost(n))
		for _, line := range broken {
			if !atMost(n)(line) {
				r.Errorf("%q does not fit into %d", line, n)
			}
		}
		if got, want := strings.Join(strings.Fields(strings.Join(broken, "")), ""), strings.Join(strings.Fields(text), ""); got != want {
			r.Errorf("%q became %q", want, got)
		}
	})
}

// A word as long as the longest cell is broken without being measured to its end each time.
func TestBreakLongWord(t *testing.T) {
	measured := 0
	broken := lines.Break(strings.Repeat("ы", 100_000), func(s string) bool {
		measured += utf8.RuneCountInString(s)
		return utf8.RuneCountInString(s) <= 30
	})
	if len(broken) != 3334 || measured > 5_000_000 {
		t.Errorf("%d lines, %d characters measured", len(broken), measured)
	}
}
