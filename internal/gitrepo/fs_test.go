package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

func TestFS(t *testing.T) {
	files := map[string]string{
		"README.md": "top", "data.csv": "id\n", "data/a/b.csv": "id\n1\n", "data-old": "", "data/empty.csv": "", "ky/ө.md": "ң",
	}
	w := newWork(t, files)
	names := []string{"README.md", "data.csv", "data/a/b.csv", "data-old", "data/empty.csv", "ky/ө.md"}
	check := func() {
		t.Helper()
		fsys := w.files(w.open("."))
		if err := fstest.TestFS(fsys, names...); err != nil {
			t.Error(err)
		}
		for name, text := range files {
			w.wantFile(fsys, name, text)
		}
		info, err := fs.Stat(fsys, "data/a/b.csv")
		if err != nil || info.Size() != 5 || info.ModTime().Year() != 2026 {
			t.Errorf("Stat is %v, %v", info, err)
		}
		for _, name := range []string{"none", "data/none", "README.md/none", "data/a/b.csv/x/y"} {
			if _, err := fs.ReadFile(fsys, name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("reading %s: %v, want ErrNotExist", name, err)
			}
		}
		if _, err := fs.ReadFile(fsys, "../x"); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("reading ../x: %v, want ErrInvalid", err)
		}
		if _, err := fs.ReadDir(fsys, "README.md"); err == nil {
			t.Error("README.md can be listed")
		}
		if _, err := fs.ReadFile(fsys, "data"); err == nil {
			t.Error("a folder can be read")
		}
	}
	check() // loose objects
	w.git("gc", "-q", "--prune=now")
	check() // packed objects and references
	w.write(map[string]string{"new.csv": "new"})
	w.commit("Second")
	files["new.csv"], names = "new", append(names, "new.csv")
	check() // both
}

func TestFSOfOddEntries(t *testing.T) {
	w := newWork(t, map[string]string{"a.csv": "id\n"})
	head := w.git("rev-parse", "HEAD")
	blob := w.git("hash-object", "-w", "a.csv")
	w.git("update-index", "--add", "--cacheinfo", "120000,"+blob+",link", "--cacheinfo", "160000,"+head+",module", "--cacheinfo", "160000,"+head+",data/town/module", "--chmod=+x", "a.csv")
	w.git("commit", "-q", "-m", "odd")
	fsys := w.files(w.open("."))
	w.wantFile(fsys, "a.csv", "id\n")
	if entries, err := fs.ReadDir(fsys, "module"); len(entries) > 0 || err != nil {
		t.Errorf("the submodule is %v, %v, want an empty folder", entries, err)
	}
	r := w.open(".")
	tip, err := r.Head()
	if err != nil {
		t.Fatal(err)
	}
	for want, dirs := range map[string][]string{"[data/town/module]": {"content", "data"}, "[module]": {"module"}, "[]": {"a.csv"}} {
		if got, err := r.Submodules(tip, dirs...); fmt.Sprint(got) != want || err != nil {
			t.Errorf("the submodules in %s are %s, %v, want %s", dirs, got, err, want)
		}
	}
	if _, err := fs.ReadFile(fsys, "link"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the link can be read: %v", err)
	}
}

func TestFSForManyReaders(t *testing.T) {
	files := map[string]string{}
	for i := range 50 {
		files[fmt.Sprintf("d%d/f%d", i%5, i)] = strings.Repeat(fmt.Sprint(i), 1000)
	}
	w := newWork(t, files)
	w.git("gc", "-q")
	fsys := w.files(w.open("."))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for name, text := range files {
				w.wantFile(fsys, name, text)
			}
		})
	}
	wg.Wait()
}

func TestSubFolder(t *testing.T) {
	w := newWork(t, map[string]string{"top": "", "osh/build.toml": "b", "osh/data/a.csv": "id\n", ".gitignore": "*.tmp\n"})
	r := w.open("osh/data")
	if err := fstest.TestFS(w.files(r), "a.csv"); err != nil {
		t.Error(err)
	}
	r = w.open("osh")
	if err := fstest.TestFS(w.files(r), "build.toml", "data/a.csv"); err != nil {
		t.Error(err)
	}
	w.write(map[string]string{"top": "changed", "osh/x.tmp": "", "osh/data/b.csv": ""})
	w.wantChanged(r, "osh", nil, "data/b.csv", "x.tmp")

	w.write(map[string]string{"new/a": ""})
	r = w.open("new")
	if _, err := r.FS(w.head(r)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("FS of a folder that the commit lacks: %v, want ErrNotExist", err)
	}
}
