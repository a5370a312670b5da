package gitrepo

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestNone(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); !errors.Is(err, ErrNone) {
		t.Errorf("without a repository: %v, want ErrNone", err)
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrNone) {
		t.Errorf("with an empty .git: %v, want ErrNone", err)
	}
	if _, err := Open(filepath.Join(dir, "missing")); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("of a missing folder: %v, want another error than ErrNone", err)
	}
	if _, err := newWork(t, nil).open(".").Head(); !errors.Is(err, ErrNone) {
		t.Errorf("without a commit: %v, want ErrNone", err)
	}
}

func TestUnreadable(t *testing.T) {
	w := newWork(t, nil)
	for config, why := range map[string]string{
		"[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n": "reftable",
		"[core]\nrepositoryformatversion = 1\n[extensions]\nfromTheFuture = 2030\n":  "fromthefuture",
		"[core]\nrepositoryformatversion = 2\n":                                      "version = 2",
		"[core\n":                                                                    "",
	} {
		w.write(map[string]string{".git/config": config})
		if _, err := Open(w.dir); err == nil || errors.Is(err, ErrNone) || !strings.Contains(err.Error(), why) {
			t.Errorf("with config %q: %v, want one with %q", config, err, why)
		}
	}
	w.write(map[string]string{".git/config": "[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true\npartialClone = origin\n"})
	w.open(".")

	w = work{t, t.TempDir()}
	w.git("init", "-q", "--object-format=sha256")
	if _, err := Open(w.dir); err == nil || errors.Is(err, ErrNone) || !strings.Contains(err.Error(), "sha256") {
		t.Errorf("with SHA-256: %v, want an error with sha256", err)
	}
	w.write(map[string]string{"linked/.git": "gitdir: ../nowhere\n"})
	if _, err := Open(filepath.Join(w.dir, "linked")); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("with a .git file that leads nowhere: %v", err)
	}
}

func TestHead(t *testing.T) {
	w := newWork(t, nil)
	hash := w.commit("  Ысык-Көл: оңдоо\nsecond line\n\nbody")
	got := w.head(w.open("."))
	if want := "Ысык-Көл: оңдоо second line"; got.Hash != hash || got.Subject != want {
		t.Errorf("Head() = %v, want %s %s", got, hash, want)
	}
	if want := "2026-03-01T17:00:00+06:00"; got.Time.Format(time.RFC3339) != want {
		t.Errorf("time is %s, want the author's %s", got.Time, want)
	}
}

func TestLinkedWorktree(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	linked := work{t, filepath.Join(t.TempDir(), "linked")}
	w.git("worktree", "add", "-q", "-b", "other", linked.dir)
	linked.write(map[string]string{"a": "2"})
	second := linked.commit("Second")
	linked.git("pack-refs", "--all")
	linked.git("config", "extensions.worktreeConfig", "true")

	r := linked.open(".")
	if got := linked.head(r); got.Hash != second {
		t.Errorf("head is %v, want %s", got, second)
	}
	linked.wantFile(linked.files(r), "a", "2")
	w.wantFile(w.files(w.open(".")), "a", "1")
}

func TestSharedAndShallowClones(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	w.write(map[string]string{"a": "2"})
	w.commit("Second")
	for _, how := range [][]string{{"--shared", w.dir}, {"--depth=1", "file://" + filepath.ToSlash(w.dir)}} {
		clone := work{t, t.TempDir()}
		clone.git(append(append([]string{"clone", "-q"}, how...), ".")...)
		r := clone.open(".")
		clone.wantFile(clone.files(r), "a", "2")
		_, err := r.Resolve("HEAD~1")
		if shallow := how[0] == "--depth=1"; shallow != (err != nil) || shallow && !strings.Contains(err.Error(), "shallow") {
			t.Errorf("%s: Resolve(HEAD~1): %v", how[0], err)
		}
	}
}
