package gitrepo

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// steps walks a folder and writes what it finds, one line a commit: its subject, then
// the files with a sign for added, removed and changed.
func steps(t *testing.T, r *Repo, dir string) (lines []string) {
	t.Helper()
	tip, err := r.Head()
	if err != nil {
		t.Fatal(err)
	}
	for s, err := range r.Walk(tip, dir) {
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

// Every object of packs with deltas of both kinds, here and shared, reads as go-git reads it.
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
				want, err := r.object(kind, plumbing.NewHash(f[0]))
				if err != nil {
					t.Fatal(err)
				}
				if got, err := o.read(kind, plumbing.NewHash(f[0])); err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%s: %d bytes, %v; want %d", line, len(got), err, len(want))
				}
				n++
			}
			if _, err := o.read(plumbing.BlobObject, plumbing.NewHash(w.git("rev-parse", "HEAD"))); err == nil {
				t.Error("a commit is read as a blob")
			}
			if n < 90 || len(o.packs) != 1 {
				t.Errorf("%d objects, %d packs", n, len(o.packs))
			}
		}
	}
}

// A pack that was damaged gives an error or, where the damage is in what is not read,
// the truth; nothing else.
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
	want, err := w.open(".").object(plumbing.BlobObject, hash)
	if err != nil {
		t.Fatal(err)
	}
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
		got, err := o.read(plumbing.BlobObject, hash)
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

func TestParseCommit(t *testing.T) {
	const tree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
	when := time.Date(2026, 3, 1, 17, 0, 0, 0, time.FixedZone("", 6*3600))
	for _, test := range []struct {
		data string
		want Commit
	}{
		{tree + "author Айгүл <a@osh.example> 1772362800 +0600\n\nБиринчи\nсап\n\nСебеби\r\n\r\nТоктом 5\n",
			Commit{Author: "Айгүл", Time: when, Subject: "Биринчи сап", Body: "Себеби\n\nТоктом 5"}},
		{tree + "author \xc0\xf1\xe5\xeb\xfc <a@b.kg> 1772362800 +0600\nencoding CP1251\ngpgsig -----\n tree x\n\n\xc4\xe0\n",
			Commit{Author: "Асель", Time: when, Subject: "Да", Signed: true}},
		{tree + "author \xff\xfe <a@b.kg> 1772362800 +0600\n\n\xff\n", Commit{Author: "\uFFFD", Time: when, Subject: "\uFFFD"}},
		{tree + "author clerk@osh.example <clerk@osh.example> 99999999999999 +0600\n\nFix for a.b@osh.example, 5@7\n\nSigned-off-by: B C <b@c.org>\nCo-authored-by: d <d@localhost>",
			Commit{Subject: "Fix for, 5@7", Body: "Signed-off-by: B C\nCo-authored-by: d"}},
		{tree + "author A <a> -1 -0130\n\n", Commit{Author: "A", Time: time.Date(1969, 12, 31, 22, 29, 59, 0, time.FixedZone("", -90*60))}},
		{tree + "author A <a> 253402300799 +0000\n\n", Commit{Author: "A"}}, // already 10000 in Bishkek
		{tree + "\nx", Commit{Subject: "x"}},
	} {
		got, err := parseCommit(plumbing.ZeroHash, []byte(test.data))
		if err != nil || !got.commit.Time.Equal(test.want.Time) {
			t.Errorf("%q: %v, %v", test.data, got.commit.Time, err)
		}
		got.commit.Time, got.commit.Hash, test.want.Time = time.Time{}, "", time.Time{}
		if got.commit != test.want {
			t.Errorf("%+v, want %+v", got.commit, test.want)
		}
	}
	if _, err := parseCommit(plumbing.ZeroHash, []byte("author A <a> 1 +0000\n\nx")); err == nil {
		t.Error("a commit without a tree is read")
	}
}
