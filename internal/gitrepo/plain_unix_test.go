//go:build unix

package gitrepo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"achyk/internal/limits"
)

// TestNoFiles: a pipe, a device, a folder or a huge file in the place of one that git keeps is not read.
func TestNoFiles(t *testing.T) {
	try := func(name string, want error, put func(path string) error) {
		t.Helper()
		w := newWork(t, map[string]string{"a.txt": "a"})
		w.git("pack-refs", "--all")
		path := filepath.Join(w.dir, name)
		if err := errors.Join(os.RemoveAll(path), put(path)); err != nil {
			t.Fatal(err)
		}
		r, err := Open(w.dir)
		if err == nil {
			defer r.Close()
			_, err = r.Head()
		}
		if text := fmt.Sprint(err); !errors.Is(err, want) || len(text) > 1000 {
			t.Errorf("%s: %.1000s, want %v", name, text, want)
		}
	}
	pipe := func(path string) error { return syscall.Mkfifo(path, 0o666) }
	device := func(path string) error { return os.Symlink("/dev/zero", path) }
	long := func(path string) error {
		return os.WriteFile(path, []byte("gitdir: "+strings.Repeat("a", limits.GitPath)), 0o666)
	}
	huge := func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o666), os.Truncate(path, 1<<40)) }
	for name, want := range map[string]error{
		".git": ErrDamaged, ".git/config": ErrDamaged, ".git/commondir": ErrDamaged, ".git/packed-refs": ErrHead,
		".git/HEAD":            ErrNone, // as for git
		".git/refs/heads/main": nil,     // it is in packed-refs as well
	} {
		try(name, want, pipe)
		try(name, want, device)
		try(name, want, huge)
	}
	try(".git/config", ErrDamaged, func(path string) error { return os.WriteFile(path, make([]byte, limits.GitSettings+1), 0o666) })
	try(".git", ErrDamaged, long)
	try(".git/commondir", ErrDamaged, long)
	try(".git/config", ErrDamaged, func(path string) error { return os.Mkdir(path, 0o777) })
	try(".git/config", ErrDamaged, func(path string) error { return os.WriteFile(path, []byte("[core\n"), 0o666) })
}

// TestNoAlternates: without a list of other repositories that can be read, there are none.
func TestNoAlternates(t *testing.T) {
	w := newWork(t, map[string]string{"a.txt": "a"})
	if err := syscall.Mkfifo(filepath.Join(w.dir, ".git/objects/info/alternates"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := w.open(".").Head(); err != nil {
		t.Error(err)
	}
}
