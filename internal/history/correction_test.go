package history

import (
	"strings"
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

func TestSaid(t *testing.T) {
	brought := []gitrepo.Commit{{Subject: "Enter May"}, {Subject: "Merge branch 'main'"}, {Subject: "Mend a date"}, {Subject: "Enter May"}}
	for name, x := range map[string]struct {
		commit Commit
		want   string
	}{
		"a commit":            {Commit{Commit: gitrepo.Commit{Subject: "Enter June", Body: "From the journal."}}, "Enter June"},
		"a merge":             {Commit{Commit: gitrepo.Commit{Subject: "Merge branch 'may'"}, brought: brought}, "Enter May; Mend a date"},
		"a merged proposal":   {Commit{Commit: gitrepo.Commit{Subject: "Merge pull request #3 from x/may", Body: "Appeals of May\n\nAll."}, brought: brought}, "Appeals of May"},
		"a merge of nothing":  {Commit{Commit: gitrepo.Commit{Subject: "Merge branch 'may'"}}, "Merge branch 'may'"},
		"a word of the clerk": {Commit{Commit: gitrepo.Commit{Subject: "Merged two rows"}, brought: brought}, "Merged two rows"},
	} {
		if got := strings.Join(x.commit.Said(), "; "); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}
