package history

import (
	"testing"

	"achyk/internal/gitrepo"
)

func TestCorrection(t *testing.T) {
	for body, want := range map[string]string{
		"Түзөтүү: 7-протокол":      "7-протокол",
		"исправление: протокол 7":  "протокол 7",
		"Why.\n\nCorrection: no 7": "no 7",
		"It is a correction":       "",
	} {
		if got := (&Commit{Commit: gitrepo.Commit{Body: body}}).Correction(); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}
