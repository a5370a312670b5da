package gitrepo

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"

	"achyk/internal/gitrepo/text"
	"achyk/internal/limits"
)

// reader makes a reader of a repository that has one pack, or none.
func reader(packs ...*pack) *objects {
	return &objects{store: &store{packs: packs}, buffer: bufio.NewReader(nil), young: map[packPlace]decoded{}}
}

// memoryPack makes a pack of bytes in memory, with an empty index.
func memoryPack(text string) *pack {
	return &pack{readerAt{strings.NewReader(text)}, idxfile.NewMemoryIndex()}
}

type readerAt struct{ *strings.Reader }

func (readerAt) Close() error { return nil }

// packReader reads the object at the beginning of a pack.
func packReader(text string) error {
	p := memoryPack(text)
	_, err := reader(p).at(packPlace{p, 0}, limits.Document)
	return err
}

// looseReader reads the bytes of a loose object.
func looseReader(text string) error {
	o := reader()
	o.buffer.Reset(strings.NewReader(text))
	return o.looseObject(func(kind plumbing.ObjectType, size int64) error {
		n, err := readable(kind, size, limits.Document)
		if err == nil {
			_, err = o.take(n, n == size)
		}
		return err
	})
}

// packed returns a pack of git and its index.
func packed(t testing.TB) (pack, index []byte) {
	w := newWork(t, map[string]string{"a": strings.Repeat("беренди\n", 50)})
	w.write(map[string]string{"a": strings.Repeat("беренди\n", 49), "b/c": "1"})
	w.commit("Second")
	w.git("gc", "-q", "--prune=now")
	for _, f := range []struct {
		ending string
		into   *[]byte
	}{{"pack", &pack}, {"idx", &index}} {
		names, err := filepath.Glob(filepath.Join(w.dir, ".git", "objects", "pack", "*."+f.ending))
		if err != nil || len(names) != 1 {
			t.Fatal(names, err)
		}
		if *f.into, err = os.ReadFile(names[0]); err != nil {
			t.Fatal(err)
		}
	}
	return pack, index
}

func FuzzPackIndex(f *testing.F) {
	_, index := packed(f)
	f.Add(index)
	f.Add([]byte("\xfftOc\x00\x00\x00\x02" + strings.Repeat("\x00\x00\x00\x01", 256) + strings.Repeat("x", 68)))
	f.Fuzz(func(t *testing.T, data []byte) {
		index, err := readIndex(bytes.NewReader(data))
		if err != nil {
			return
		}
		o := reader(&pack{readerAt{strings.NewReader("")}, index})
		for i := range 256 {
			o.place(plumbing.Hash{byte(i)})
		}
		hashes, _ := o.withPrefix(nil)
		for _, h := range hashes {
			if _, err := o.find(h, limits.Document); err == nil {
				t.Error("an object of an empty pack is read")
			}
		}
	})
}

// FuzzPackObject reads an object of a pack from any place, with one other object that is known.
func FuzzPackObject(f *testing.F) {
	data, index := packed(f)
	offsets, err := readIndex(bytes.NewReader(index))
	if err != nil {
		f.Fatal(err)
	}
	entries, err := offsets.EntriesByOffset()
	if err != nil {
		f.Fatal(err)
	}
	for e, err := entries.Next(); err == nil; e, err = entries.Next() {
		f.Add(data, uint16(e.Offset))
	}
	f.Fuzz(func(t *testing.T, data []byte, offset uint16) {
		p := &pack{readerAt{strings.NewReader(string(data))}, offsets}
		o := reader(p)
		for range 2 {
			if d, err := o.at(packPlace{p, int64(offset)}, 1<<16); err == nil && len(d.data) > 1<<16 {
				t.Errorf("%d bytes are read", len(d.data))
			}
		}
	})
}

func FuzzLooseObject(f *testing.F) {
	f.Add([]byte(deflated("blob 3\x00abc")))
	f.Add([]byte(deflated("commit 99\x00abc")))
	f.Fuzz(func(t *testing.T, data []byte) { _ = looseReader(string(data)) })
}

func FuzzDelta(f *testing.F) {
	f.Add([]byte("0123456789"), []byte("\x0a\x08\x90\x04\x04abcd"))
	f.Add([]byte("base"), []byte("\x04\xff\xff\xff\xff\x07"))
	f.Fuzz(func(t *testing.T, base, d []byte) {
		for _, kind := range []plumbing.ObjectType{plumbing.BlobObject, plumbing.CommitObject} {
			result, whole, err := delta(d).apply(decoded{kind, base}, 1<<12)
			if err == nil && (len(result.data) > 1<<12 || !whole && kind == plumbing.BlobObject) {
				t.Errorf("%d bytes, whole: %v", len(result.data), whole)
			}
		}
	})
}

func FuzzTree(f *testing.F) {
	f.Add([]byte("100644 a.csv\x0001234567890123456789040000 b\x0001234567890123456789"), []byte("40000 b\x0091234567890123456789"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var names [2]int
		for i, tree := range [][]byte{a, b} {
			for len(tree) > 0 {
				e, rest, err := nextEntry(tree)
				if err != nil {
					break
				}
				if len(rest) >= len(tree) || len(e.name) == 0 {
					t.Fatal("no progress")
				}
				tree, names[i] = rest, names[i]+1
			}
		}
		w := &walker{objects: reader(), wanted: func(string) bool { return true }, dir: "data", known: map[string]bool{}, left: 1 << 20}
		w.mergeTrees("data", 0, a, b)
		if len(w.changes) > names[0]+names[1] {
			t.Errorf("%d changes of %v entries", len(w.changes), names)
		}
	})
}

func FuzzCommit(f *testing.F) {
	f.Add([]byte("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor Айгүл <a@osh.example> 1772362800 +0600\nencoding koi8-r\ngpgsig -----BEGIN\n x\n\nSubject\n\n+996 555 12 34 56 \u202e a@b.kg"))
	f.Fuzz(func(t *testing.T, data []byte) {
		parseSigned(data)
		c, err := parseCommit(plumbing.ZeroHash, data)
		if err != nil {
			return
		}
		for _, s := range []string{c.commit.Subject, c.commit.Body, c.commit.Author} {
			if text.Visible(s) != s || len(s) > 3*limits.Message {
				t.Errorf("%q is not fit for the public", s)
			}
		}
		if c.commit.Time.Year() > 9999 || c.commit.Time.Year() < 0 {
			t.Errorf("the year is %d", c.commit.Time.Year())
		}
		c.commit.Trailer("Correction")
	})
}
