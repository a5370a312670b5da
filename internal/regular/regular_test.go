package regular_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"achyk/internal/limits"
	"achyk/internal/regular"
)

// folder makes a folder with files, a folder, and all that must not be read.
func folder(t *testing.T) string {
	t.Helper()
	dir, outside := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		filepath.Join(dir, "a.csv"):        "id\n",
		filepath.Join(dir, "in", "b.csv"):  "id\n",
		filepath.Join(outside, "secret"):   "secret",
		filepath.Join(dir, "in", "c", "d"): "",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := fstest.TestFS(regular.Files(os.DirFS(dir)), "a.csv", "in/b.csv", "in/c/d"); err != nil {
		t.Error(err)
	}
	for name, target := range map[string]string{
		"link": filepath.Join(outside, "secret"), "inner": "a.csv", "zero": "/dev/zero", "dir": outside, "broken": "nowhere", "loop": "loop",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err) // Windows without the right to make links
		}
	}
	return dir
}

func TestFiles(t *testing.T) {
	dir := folder(t)
	pipe := makePipe(filepath.Join(dir, "pipe"))
	files := regular.Files(os.DirFS(dir))
	for name, refused := range map[string]bool{
		"a.csv": false, "in/b.csv": false,
		"link": true, "inner": true, "zero": true, "broken": true, "loop": true, "dir/secret": true, "dir": true, "pipe": pipe,
	} {
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, read := fs.ReadFile(files, name)
			_, stat := fs.Stat(files, name)
			f, open := files.Open(name)
			if f != nil {
				f.Close()
			}
			for op, err := range map[string]error{"read": read, "stat": stat, "open": open} {
				if errors.Is(err, regular.ErrRefused) != refused {
					t.Errorf("%s %s: %v, want refused: %v", op, name, err, refused)
				}
			}
		}()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: still reading", name)
		}
	}
	if _, err := fs.ReadDir(files, "dir"); !errors.Is(err, regular.ErrRefused) {
		t.Errorf("a linked folder is listed: %v", err)
	}
	if _, err := fs.ReadFile(files, "../a"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a path out of the folder: %v", err)
	}
	if target, err := fs.ReadLink(files, "inner"); target != "a.csv" || err != nil {
		t.Errorf("a link cannot be shown: %q, %v", target, err)
	}
}

// A sparse file costs nothing on the disk, and all of its size in memory.
func TestLarge(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.pdf"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, "a.pdf"), limits.Document+1); err != nil {
		t.Fatal(err)
	}
	_, err := fs.ReadFile(regular.Files(os.DirFS(dir)), "a.pdf")
	if exceeded := (*limits.Exceeded)(nil); !errors.As(err, &exceeded) || exceeded.Have != limits.Document+1 {
		t.Errorf("read, with the error %v", err)
	}
}
