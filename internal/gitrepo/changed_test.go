package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"achyk/internal/limits"
	"achyk/internal/regular"
)

// wantChanged checks the result of Changed for the folder sub.
func (w work) wantChanged(r *Repo, sub string, dirs []string, want ...string) {
	w.t.Helper()
	got, err := r.Changed(w.head(r), os.DirFS(filepath.Join(w.dir, sub)), dirs...)
	if err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		w.t.Errorf("Changed(%q) = %q, %v; want %q", dirs, got, err, want)
	}
}

func TestChanged(t *testing.T) {
	w := newWork(t, map[string]string{
		".gitignore": "/public/\n*.tmp\n/data/tracked/\n", "public/.gitkeep": "",
		"build.toml": "a", "data/a.csv": "id\n1\n", "data/b.csv": "id\n", "data/osh/c.csv": "id\n", "content/x.md": "x",
	})
	w.write(map[string]string{"data/tracked/t.csv": "id\n", "data/~$a.csv": "x"}) // a lock file that was committed is not read either
	w.git("add", "-f", "data/tracked/t.csv", "data/~$a.csv")
	w.commit("Second")
	r := w.open(".")
	w.wantChanged(r, ".", nil)
	w.wantChanged(r, ".", []string{"data", "none"})

	w.write(map[string]string{
		"data/a.csv":           "id\n2\n",    // another text of the same length
		"data/new/d.csv":       "",           // a new file
		"data/new/.gitignore":  "ignored*\n", // names that begin with a dot are ignored
		"data/new/ignored.csv": "",
		"data/tracked/t.csv":   "changed",
		"data/tracked/u.csv":   "", // git ignores it, other readers do not
		"data/~$u.csv":         "", // a lock file of Excel
		"data/osh/Thumbs.db":   "", // of Windows
		"public/index.html":    "",
		".cache/x":             "",
		"build.toml":           "b",
	})
	if err := errors.Join(os.Remove(filepath.Join(w.dir, "data", "b.csv")), os.Chmod(filepath.Join(w.dir, "content", "x.md"), 0o755)); err != nil {
		t.Fatal(err)
	}
	w.git("add", "data/a.csv") // the index makes no difference
	inData := []string{"data/a.csv", "data/b.csv", "data/new/d.csv", "data/new/ignored.csv", "data/tracked/t.csv", "data/tracked/u.csv"}
	all := append(append([]string{"build.toml"}, inData...), "public/index.html")
	w.wantChanged(r, ".", nil, all...)
	w.wantChanged(r, ".", []string{"data"}, inData...)
	w.wantChanged(r, ".", []string{"build.toml", "data/new", "content"}, "build.toml", "data/new/d.csv", "data/new/ignored.csv")
	w.wantChanged(r, ".", []string{"."}, all...)
	w.wantChanged(r, ".", []string{"dat"})

	if _, err := r.Changed(w.head(r), os.DirFS(w.dir), "../x"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("Changed of ../x: %v, want ErrInvalid", err)
	}
}

func TestChangedKinds(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1", "d/x": "1"})
	if err := os.Symlink("a", filepath.Join(w.dir, "link")); err != nil {
		t.Skip(err)
	}
	w.commit("Second")
	r := w.open(".")
	w.wantChanged(r, ".", nil)
	committed, err := r.FS(w.head(r))
	if err != nil {
		t.Fatal(err)
	}
	if i, err := fs.Lstat(committed, "link"); err != nil || i.Mode().Type() != fs.ModeSymlink {
		t.Errorf("a link is %v, %v, and must be known for one", i, err)
	}

	link := filepath.Join(w.dir, "link")
	if err := errors.Join(os.Remove(link), os.Symlink("d", link), os.Remove(filepath.Join(w.dir, "a")), os.RemoveAll(filepath.Join(w.dir, "d"))); err != nil {
		t.Fatal(err)
	}
	w.write(map[string]string{"a/y": "1", "d": "1"}) // a file became a folder and a folder became a file
	w.wantChanged(r, ".", nil, "a", "a/y", "d", "d/x", "link")
}

// A file that cannot be read any more has changed. A pipe in its place must not be waited for.
func TestChangedUnreadable(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1", "b": "1"})
	r := w.open(".")
	files := fstest.MapFS{"a": {Mode: fs.ModeNamedPipe}, "b": {Data: make([]byte, limits.Document+1)}}
	changed, err := r.Changed(w.head(r), regular.Files(files))
	if !slices.Equal(changed, []string{"a", "b"}) || err != nil {
		t.Errorf("Changed is %v, %v", changed, err)
	}
}

func BenchmarkChanged(b *testing.B) {
	files := map[string]string{}
	for i := range 500 {
		files[fmt.Sprintf("data/m%d/%d.csv", i%20, i)] = strings.Repeat(fmt.Sprintf("%d,беренди\n", i), 40_000/19)
	}
	w := newWork(b, files)
	fsys := os.DirFS(w.dir)
	for b.Loop() {
		r, err := Open(w.dir)
		if err != nil {
			b.Fatal(err)
		}
		c := w.head(r)
		if changed, err := r.Changed(c, fsys, "data"); err != nil || len(changed) > 0 {
			b.Fatal(changed, err)
		}
		r.Close()
	}
}
