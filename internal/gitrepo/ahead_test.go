package gitrepo

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func resolve(t *testing.T, r *Repo, rev string) Commit {
	t.Helper()
	c, err := r.Resolve(rev)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Ahead agrees with git merge-base and git rev-list, however branches were merged.
func TestAhead(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	next := func(branch, file string) {
		w.git("checkout", "-q", branch)
		w.write(map[string]string{file: branch + file})
		w.commit(branch + " " + file)
	}
	w.git("branch", "topic")
	next("main", "b")
	next("topic", "c")
	next("topic", "d")
	w.git("merge", "-q", "--no-edit", "main")
	next("topic", "e")
	next("main", "f")
	w.git("checkout", "-q", "-b", "merged", "main")
	w.git("merge", "-q", "--no-edit", "topic")
	w.git("checkout", "-q", "--orphan", "apart")
	w.commit("Apart")
	r := w.open(".")
	for _, tip := range []string{"main", "topic", "merged", "topic~1", "topic~2", "merged~1"} {
		for _, other := range []string{"main", "topic", "merged", "main~1", "main~2"} {
			a, b := resolve(t, r, tip), resolve(t, r, other)
			got, err := r.Ahead(a, b)
			if err != nil {
				t.Fatal(err)
			}
			if want := w.git("merge-base", tip, other); got.Base.Hash != want {
				t.Errorf("%s and %s have %s in common, want %s", tip, other, got.Base.Hash, want)
			}
			var lines []string
			for _, c := range got.Commits {
				line := c.Hash
				for _, p := range got.Parents[c.Hash] {
					line += " " + p.Hash
				}
				lines = append(lines, line)
			}
			want := strings.Split(strings.TrimSpace(w.git("rev-list", "--parents", other+".."+tip)), "\n")
			slices.Sort(lines)
			slices.Sort(want)
			if strings.Join(lines, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s..%s:\n%s\nwant\n%s", other, tip, strings.Join(lines, "\n"), strings.Join(want, "\n"))
			}
		}
	}
	if _, err := r.Ahead(resolve(t, r, "apart"), resolve(t, r, "main")); !errors.Is(err, ErrUnrelated) {
		t.Errorf("without a common ancestor: %v", err)
	}
}
