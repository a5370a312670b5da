package object

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"

	"achyk/internal/limits"
)

// reader makes a reader of a repository that has one pack, or none.
func reader(packs ...*pack) *Reader {
	return (&Store{packs: packs}).NewReader()
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
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	git := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org"}, args...)...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	for lines := range 2 {
		if err := os.WriteFile(filepath.Join(dir, "a"), []byte(strings.Repeat("беренди\n", 50-lines)), 0o666); err != nil {
			t.Fatal(err)
		}
		git("add", "a")
		git("commit", "-q", "-m", "Change")
	}
	git("gc", "-q", "--prune=now")
	for _, f := range []struct {
		ending string
		into   *[]byte
	}{{"pack", &pack}, {"idx", &index}} {
		names, err := filepath.Glob(filepath.Join(dir, ".git", "objects", "pack", "*."+f.ending))
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
		hashes, _ := o.store.WithPrefix(nil)
		for _, h := range hashes {
			if _, err := o.Find(h, limits.Document); err == nil {
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
			if d, err := o.at(packPlace{p, int64(offset)}, 1<<16); err == nil && len(d.Data) > 1<<16 {
				t.Errorf("%d bytes are read", len(d.Data))
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
			result, whole, err := delta(d).apply(Object{kind, base}, 1<<12)
			if err == nil && (len(result.Data) > 1<<12 || !whole && kind == plumbing.BlobObject) {
				t.Errorf("%d bytes, whole: %v", len(result.Data), whole)
			}
		}
	})
}

// What an object claims allocates nothing: a header, a delta, an index of a few bytes that ask for
// gigabytes.
func TestClaimedSizes(t *testing.T) {
	base := Object{plumbing.BlobObject, []byte("base")}
	for name, do := range map[string]func() error{
		"delta":             func() error { _, _, err := delta("\x04\xff\xff\xff\xff\x07").apply(base, limits.Document); return err },
		"delta in limits":   func() error { _, _, err := delta("\x04\x80\x80\x80\x08").apply(base, limits.Document); return err },
		"delta that copies": func() error { _, _, err := delta("\x04\x05\x90\x04\x90\x04").apply(base, limits.Document); return err },
		"loose": func() error {
			return looseReader(deflated(fmt.Sprintf("blob %d\x00x", limits.Document)))
		},
		"loose without an end": func() error { return looseReader(deflated(strings.Repeat("0", 1<<20))) },
		"loose, negative":      func() error { return looseReader(deflated("blob -1\x00")) },
		"packed":               func() error { return packReader("\xbf\xff\xff\x0f" + deflated("x")) },
		"packed, 2^62":         func() error { return packReader("\xbf\xff\xff\xff\xff\xff\xff\x0f" + deflated("x")) },
		"index": func() error {
			_, err := readIndex(strings.NewReader("\xfftOc\x00\x00\x00\x02" + strings.Repeat("\x0f\xff\xff\xff", 256) + strings.Repeat("x", 100)))
			return err
		},
	} {
		var err error
		if n := allocated(func() { err = do() }); err == nil || n > 4<<20 {
			t.Errorf("%s: %v, %d bytes are allocated", name, err, n)
		}
	}
}

func deflated(text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
