package gitrepo

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// work is a work tree that the git command makes.
type work struct {
	t   testing.TB
	dir string
}

// newWork makes a repository with one commit of files, or without a commit if there are none.
func newWork(t testing.TB, files map[string]string) work {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	w := work{t, t.TempDir()}
	w.git("init", "-q", "-b", "main")
	if len(files) > 0 {
		w.write(files)
		w.commit("First\n\nbody")
	}
	return w
}

func (w work) git(args ...string) string {
	w.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=2026-03-01T17:00:00+06:00",
		"GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.org", "GIT_COMMITTER_DATE=2026-03-02T09:00:00+00:00")
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (w work) write(files map[string]string) {
	w.t.Helper()
	for name, text := range files {
		path := filepath.Join(w.dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w work) commit(message string) (hash string) {
	w.t.Helper()
	w.git("add", "-A")
	w.git("commit", "-q", "--allow-empty", "-m", message)
	return w.git("rev-parse", "HEAD")
}

// open opens the repository at the folder sub of the work tree.
func (w work) open(sub string) *Repo {
	w.t.Helper()
	r, err := Open(filepath.Join(w.dir, sub))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { r.Close() })
	return r
}

func (w work) head(r *Repo) Commit {
	w.t.Helper()
	c, err := r.Head()
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// files returns the files of the commit that is checked out.
func (w work) files(r *Repo) fs.FS {
	w.t.Helper()
	fsys, err := r.FS(w.head(r))
	if err != nil {
		w.t.Fatal(err)
	}
	return fsys
}

// wantFile checks the text of a file.
func (w work) wantFile(fsys fs.FS, name, want string) {
	w.t.Helper()
	if got, err := fs.ReadFile(fsys, name); string(got) != want || err != nil {
		w.t.Errorf("%s holds %q, %v; want %q", name, got, err, want)
	}
}
