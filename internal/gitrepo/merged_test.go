package gitrepo

import (
	"slices"
	"testing"
)

// A merge brings the commits that were not in the history before it: not those that an
// earlier merge brought, and not those that the branch had merged from main.
func TestMerged(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	commit := func(name string) {
		w.write(map[string]string{name: "1"})
		w.commit(name)
	}
	w.git("checkout", "-q", "-b", "side")
	commit("one")
	w.git("checkout", "-q", "main")
	commit("two")
	w.git("merge", "-q", "--no-ff", "-m", "first merge", "side")
	first := w.git("rev-parse", "HEAD")
	w.git("checkout", "-q", "side")
	commit("three")
	w.git("merge", "-q", "--no-ff", "-m", "catch up", "main")
	commit("four")
	w.git("checkout", "-q", "main")
	commit("five")
	w.git("merge", "-q", "--no-ff", "-m", "second merge", "side")
	r, err := Open(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	tip, err := r.Head()
	if err != nil {
		t.Fatal(err)
	}
	merged, err := r.Merged(tip)
	if err != nil {
		t.Fatal(err)
	}
	subjects := func(hash string) (names []string) {
		for _, c := range merged[hash] {
			names = append(names, c.Subject)
		}
		return names
	}
	if got := subjects(first); !slices.Equal(got, []string{"one"}) {
		t.Errorf("the first merge brought %v", got)
	}
	if got := subjects(tip.Hash); !slices.Equal(got, []string{"four", "catch up", "three"}) {
		t.Errorf("the second merge brought %v", got)
	}
	if len(merged) != 2 {
		t.Errorf("%d merges", len(merged))
	}
}
