package gitrepo

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// steps walks a folder and writes one line for each commit: the subject, the number of
// parents, and the changed files, with + before an added and - before a removed one.
func steps(t *testing.T, r *Repo, dir string) (lines []string) {
	t.Helper()
	tip, err := r.Head()
	if err != nil {
		t.Fatal(err)
	}
	for s, err := range r.Walk(tip, dir, func(string) bool { return true }) {
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprint(s.Commit.Subject, " ", s.Parents)
		for _, c := range s.Changes {
			sign := map[[2]bool]string{{true, false}: "+", {false, true}: "-", {false, false}: ""}[[2]bool{c.Old.IsZero(), c.New.IsZero()}]
			line += " " + sign + c.Path
		}
		lines = append(lines, line)
	}
	return lines
}

func TestWalk(t *testing.T) {
	w := newWork(t, map[string]string{"a.csv": "1", "data/a.csv": "1", "data/a/b.csv": "1", "data/a-b": "1"})
	w.git("checkout", "-q", "-b", "one")
	w.write(map[string]string{"data/one": "1"})
	w.commit("One")
	w.git("checkout", "-q", "-b", "two", "main")
	w.write(map[string]string{"data/two": "1"})
	w.commit("Two")
	w.git("checkout", "-q", "main")
	w.write(map[string]string{"a.csv": "2"})
	w.commit("Beside")
	w.git("merge", "-q", "-m", "Octopus", "one", "two")
	if err := os.RemoveAll(filepath.Join(w.dir, "data", "a")); err != nil {
		t.Fatal(err)
	}
	w.write(map[string]string{"data/a": "a folder became a file"})
	w.commit("Folder")
	w.git("update-index", "--add", "--cacheinfo", "160000,"+w.git("rev-parse", "HEAD")+",data/module")
	w.git("update-index", "--add", "--cacheinfo", "120000,"+w.git("rev-parse", "HEAD:a.csv")+",data/two")
	w.git("commit", "-q", "-m", "A submodule, and a file became a link")

	want := []string{
		"A submodule, and a file became a link 1 -data/two",
		"Folder 1 +data/a -data/a/b.csv",
		"Octopus 3 +data/one +data/two",
		"Beside 1",
		"First 0 +data/a-b +data/a.csv +data/a/b.csv",
	}
	for _, pack := range []func(){func() {}, func() { w.git("gc", "-q", "--prune=now") }} {
		pack()
		if got := steps(t, w.open("."), "data"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if got := steps(t, w.open("data"), "a"); !slices.Equal(got, []string{"A submodule, and a file became a link 1", "Folder 1 -a/b.csv", "Octopus 3", "Beside 1", "First 0 +a/b.csv"}) {
		t.Errorf("from a folder: %s", strings.Join(got, "\n"))
	}
}

func TestWalkOfShallowClone(t *testing.T) {
	w := newWork(t, map[string]string{"data/a": "1"})
	for i := range 3 {
		w.write(map[string]string{"data/a": fmt.Sprint(i)})
		w.commit(fmt.Sprint("Commit ", i))
	}
	clone := work{t, t.TempDir()}
	clone.git("clone", "-q", "--depth=2", "file://"+filepath.ToSlash(w.dir), ".")
	r := clone.open(".")
	if got := steps(t, r, "data"); !slices.Equal(got, []string{"Commit 2 1 data/a", "Commit 1 1"}) {
		t.Errorf("%q", got)
	}
	if cut, err := r.Shallow(); err != nil || !slices.Equal(cut, []string{clone.git("rev-parse", "HEAD~1")}) {
		t.Errorf("Shallow() = %v, %v", cut, err)
	}
	if cut, err := w.open(".").Shallow(); err != nil || len(cut) > 0 {
		t.Errorf("Shallow() of the whole is %v, %v", cut, err)
	}
}
