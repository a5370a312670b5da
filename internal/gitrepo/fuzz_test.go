package gitrepo

import (
	"testing"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/gitrepo/object"
	"achyk/internal/gitrepo/text"
	"achyk/internal/limits"
)

func FuzzTree(f *testing.F) {
	f.Add([]byte("100644 a.csv\x0001234567890123456789040000 b\x0001234567890123456789"), []byte("40000 b\x0091234567890123456789"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var names [2]int
		for i, tree := range [][]byte{a, b} {
			for len(tree) > 0 {
				e, rest, err := nextEntry(tree)
				if err != nil {
					break
				}
				if len(rest) >= len(tree) || len(e.name) == 0 {
					t.Fatal("no progress")
				}
				tree, names[i] = rest, names[i]+1
			}
		}
		w := &walker{objects: objects{(&object.Store{}).NewReader()}, wanted: func(string) bool { return true }, dir: "data", known: map[string]bool{}, left: 1 << 20}
		w.mergeTrees("data", 0, a, b)
		if len(w.changes) > names[0]+names[1] {
			t.Errorf("%d changes of %v entries", len(w.changes), names)
		}
	})
}

func FuzzCommit(f *testing.F) {
	f.Add([]byte("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor Айгүл <a@osh.example> 1772362800 +0600\nencoding koi8-r\ngpgsig -----BEGIN\n x\n\nSubject\n\n+996 555 12 34 56 \u202e a@b.kg"))
	f.Fuzz(func(t *testing.T, data []byte) {
		parseSigned(data)
		c, err := parseCommit(plumbing.ZeroHash, data)
		if err != nil {
			return
		}
		for _, s := range []string{c.commit.Subject, c.commit.Body, c.commit.Author} {
			if text.Visible(s) != s || len(s) > 3*limits.Message {
				t.Errorf("%q is not fit for the public", s)
			}
		}
		if c.commit.Time.Year() > 9999 || c.commit.Time.Year() < 0 {
			t.Errorf("the year is %d", c.commit.Time.Year())
		}
		c.commit.Trailer("Correction")
	})
}
