package gitrepo

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// Every object reads as go-git reads it: from packs with deltas of both kinds, in the
// repository and in one that shares its objects.
func TestObjects(t *testing.T) {
	w := newWork(t, map[string]string{"a": "1"})
	random := rand.New(rand.NewPCG(1, 2))
	lines := make([]string, 3000)
	for i := range lines {
		lines[i] = fmt.Sprint(random.Uint64())
	}
	for range 30 {
		lines[random.IntN(len(lines))] = fmt.Sprint(random.Uint64())
		w.write(map[string]string{"a": strings.Join(lines, "\n")})
		w.commit("Change")
	}
	for _, how := range [][]string{{}, {"-c", "repack.useDeltaBaseOffset=false"}} {
		w.git(append(how, "repack", "-q", "-a", "-d", "-f")...)
		clone := work{t, t.TempDir()}
		clone.git("clone", "-q", "--shared", w.dir, ".")
		for _, r := range []*Repo{w.open("."), clone.open(".")} {
			o, err := r.newObjects()
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for line := range strings.Lines(w.git("cat-file", "--batch-all-objects", "--batch-check")) {
				f := strings.Fields(line)
				kind, _ := plumbing.ParseObjectType(f[1])
				want := goGit(t, r, plumbing.NewHash(f[0]))
				if size, err := o.Size(plumbing.NewHash(f[0])); err != nil || size != int64(len(want)) {
					t.Fatalf("%s: size %d, %v; want %d", line, size, err, len(want))
				}
				if got, err := o.Read(kind, plumbing.NewHash(f[0]), 1<<20); err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%s: %d bytes, %v; want %d", line, len(got), err, len(want))
				}
				n++
			}
			if _, err := o.Read(plumbing.BlobObject, plumbing.NewHash(w.git("rev-parse", "HEAD")), 1<<20); err == nil {
				t.Error("a commit is read as a blob")
			}
			packs, err := filepath.Glob(filepath.Join(w.dir, ".git", "objects", "pack", "*.pack"))
			if err != nil || n < 90 || len(packs) != 1 {
				t.Errorf("%d objects, %d packs, %v", n, len(packs), err)
			}
		}
	}
}

// goGit reads an object with go-git.
func goGit(t *testing.T, r *Repo, h plumbing.Hash) []byte {
	t.Helper()
	storage := filesystem.NewStorageWithOptions(r.storage.Filesystem(), cache.NewObjectLRUDefault(), filesystem.Options{AlternatesFS: alternates})
	o, err := storage.EncodedObject(plumbing.AnyObject, h)
	if err != nil {
		t.Fatal(err)
	}
	rd, err := o.Reader()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(rd)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Reading from a damaged pack gives an error or, if the damage is in another object, the
// right content.
func TestDamagedPack(t *testing.T) {
	w := newWork(t, map[string]string{"a": strings.Repeat("беренди\n", 500)})
	w.write(map[string]string{"a": strings.Repeat("беренди\n", 499)})
	w.commit("Second")
	w.git("gc", "-q", "--prune=now")
	names, err := filepath.Glob(filepath.Join(w.dir, ".git", "objects", "pack", "*.pack"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	whole, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	hash := plumbing.NewHash(w.git("rev-parse", "HEAD~1:a"))
	want := goGit(t, w.open("."), hash)
	if err := os.Chmod(names[0], 0o600); err != nil {
		t.Fatal(err)
	}
	failed := 0
	for i := 12; i < len(whole); i += 5 {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0xff
		if err := os.WriteFile(names[0], damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		r := w.open(".")
		o, err := r.newObjects()
		if err != nil {
			t.Fatal(err)
		}
		got, err := o.Read(plumbing.BlobObject, hash, 1<<20)
		if err != nil {
			failed++
		} else if !bytes.Equal(got, want) {
			t.Fatalf("byte %d: another text, and no error", i)
		}
		r.Close()
	}
	if failed == 0 {
		t.Error("no damage was noticed")
	}
}
