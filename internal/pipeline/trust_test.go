package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"achyk/internal/output"
	"achyk/internal/tools/towntest"
)

// repository is the smallest one that builds, committed.
type repository struct{ towntest.Repository }

func newRepository(t *testing.T) repository {
	t.Helper()
	r := repository{towntest.New(t)}
	r.Commit()
	return r
}

// author returns who created the record "north", by the command history.
func (r repository) author() string {
	r.Helper()
	traced, err := Trace(Options{Source: r.Dir}, "town/territories", "north", "")
	if err != nil || len(traced.Changes) != 1 {
		r.Fatal(traced.Changes, err)
	}
	return traced.Changes[0].Commit.Author
}

// pages is a Sink that keeps the pages.
type pages struct {
	sync.Mutex
	bytes.Buffer
}

func (p *pages) Write(_ string, page []byte) error {
	p.Lock()
	defer p.Unlock()
	p.Buffer.Write(page)
	return nil
}

func (p *pages) Stream(path string, write func(io.Writer) error) (output.File, error) {
	return output.File{Path: path}, write(io.Discard)
}

// TestForgedHistory stores a history that names another author. In a commit nobody reads it. In
// the git directory, where no commit can put it, commands use it; verify still does not.
func TestForgedHistory(t *testing.T) {
	r := newRepository(t)
	if a := r.author(); a != "Clerk" {
		t.Fatalf("the author is %q", a)
	}
	stored := filepath.Join(r.Dir, ".git", "achyk", "history")
	cache, err := os.ReadFile(stored)
	if err != nil {
		t.Fatal(err)
	}
	body := bytes.ReplaceAll(cache[:len(cache)-sha256.Size], []byte("Clerk"), []byte("Forge"))
	sum := sha256.Sum256(body)
	forged := string(body) + string(sum[:])

	if err := os.Remove(stored); err != nil {
		t.Fatal(err)
	}
	r.Write(".achyk-cache/history", forged)
	r.Write("achyk/history", forged)
	r.Commit()
	if a := r.author(); a != "Clerk" {
		t.Errorf("the author is %q, out of a file that was committed", a)
	}

	r.Write(".git/achyk/history", forged)
	if a := r.author(); a != "Forge" {
		t.Fatalf("the author is %q: the cache that was forged is not one, so this test proves nothing", a)
	}
	r.Write(".git/achyk/history", forged)
	var site pages
	commit, err := Open(Options{Source: r.Dir})
	if err != nil {
		t.Fatal(err)
	}
	defer commit.Close()
	record := &BuildRecord{Commit: commit.commit.Hash, Clean: true, BaseURL: "https://sample.example/", Versions: []Version{}}
	if _, problems, err := Rebuild(context.Background(), Options{Source: r.Dir}, record, &site); err != nil || problems.HasErrors() {
		t.Fatal(problems, err)
	}
	if text := site.String(); strings.Contains(text, "Forge") || !strings.Contains(text, "Clerk") {
		t.Error("verify believes the stored history")
	}
}

// TestChangedWhileBuilt edits a file when the first page is rendered.
func TestChangedWhileBuilt(t *testing.T) {
	r := newRepository(t)
	for name, edit := range map[string]func(){
		"edited":  func() { r.Write("data/town/territories.csv", "id,name_ky,kind\nsouth,Түштүк,district\n") },
		"added":   func() { r.Write("content/town/files/a.txt", "a") },
		"removed": func() { os.RemoveAll(filepath.Join(r.Dir, "data", "town", "territories.csv")) },
	} {
		t.Run(name, func(t *testing.T) {
			var once sync.Once
			dest := filepath.Join(t.TempDir(), "public")
			_, _, err := Build(context.Background(), Options{Source: r.Dir, Dest: dest, Progress: func(stage Stage, _, _ int) {
				if stage == Rendering {
					once.Do(edit)
				}
			}})
			if !errors.Is(err, ErrChanged) {
				t.Errorf("the build ends with %v", err)
			}
			if _, err := os.Stat(dest); err == nil {
				t.Error("a site was published")
			}
			r.Git("reset", "-q", "--hard")
			r.Git("clean", "-q", "-f", "-d")
		})
	}
}

// TestClocks dates the files of the repository and of the published site far back and far ahead, as after a clock
// that was wrong: the site is the same. Only the day of a commit counts.
func TestClocks(t *testing.T) {
	r := newRepository(t)
	dest := filepath.Join(t.TempDir(), "public")
	build := func() string {
		t.Helper()
		if _, problems, err := Build(context.Background(), Options{Source: r.Dir, Dest: dest}); err != nil || problems.HasErrors() {
			t.Fatal(err, problems)
		}
		sums, err := os.ReadFile(filepath.Join(dest, output.SumsName))
		if err != nil {
			t.Fatal(err)
		}
		return string(sums)
	}
	want := build()
	for _, year := range []int{1970, 2100} {
		at := time.Date(year, 2, 1, 0, 0, 0, 0, time.UTC)
		for _, root := range []string{r.Dir, dest} {
			err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
				if err != nil || e.Name() == ".git" {
					return cmp.Or(err, fs.SkipDir)
				}
				return os.Chtimes(name, at, at)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if build() != want {
			t.Errorf("another site when all files are dated %d", year)
		}
	}
}

// The running program is told by its build ID, which takes a thousandth of the time of its hash.
func TestProgramID(t *testing.T) {
	if id := programID(); !strings.Contains(id, "/") { // a hash has none
		t.Errorf("the program is told by %q", id)
	}
}
