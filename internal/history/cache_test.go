package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/signature"
	"achyk/internal/table"
)

// memory returns a cache that is stored in memory.
func memory(key string, saved *[]byte) *Cache {
	return &Cache{Key: key, Load: func() []byte { return *saved }, Save: func(data []byte) { *saved = data }}
}

// told writes all of a history that a cache could change.
func told(h *History) string {
	var b strings.Builder
	fmt.Fprintln(&b, h.Shallow)
	for _, c := range h.Commits {
		fmt.Fprintf(&b, "%s %v %q %q %q\n", c.Hash, c.Time.String(), c.Author, c.Subject, c.Body)
		for _, t := range c.Touches {
			fmt.Fprintf(&b, "\t%+v\n", t)
		}
	}
	return b.String()
}

// Reading with a cache gives the same history as reading without one, whatever the cache has.
func TestCache(t *testing.T) {
	versions := []string{"id,b\nx,1\n", "id,b\nx,2\ny,1\n", "id,b\nx,\"\n", "id,c\nx,2\ny,2\n", "id,c\nx,2\n"}
	w := things(t, versions...)
	w.next("Beside", files{"README.md": text("x"), "data/b/things.csv": text("id\nb\n")})
	var saved []byte
	same := func(what string, cache *Cache, schemas map[string]*table.Schema, labels ...string) {
		t.Helper()
		got, want := told(w.read(cache, schemas, labels...)), told(w.read(nil, schemas, labels...))
		if got != want {
			t.Errorf("%s: %s\nwant\n%s", what, got, want)
		}
	}
	same("empty", memory("1", &saved), abc)
	first := string(saved)
	if first == "" {
		t.Fatal("nothing was saved")
	}
	read := func(program string) int {
		c := memory(program, &saved)
		c.load("", [sha256.Size]byte{})
		return len(c.deltas) * len(c.visited)
	}
	if n := read("1"); n != 6*6 {
		t.Errorf("%d pairs and commits are known, want 6*6", n)
	}
	if read("2") != 0 {
		t.Error("another program's cache is used")
	}
	saved = nil
	again := memory("1", &saved)
	again.Load = func() []byte { return []byte(first) }
	same("full", again, abc)
	if saved != nil {
		t.Error("what did not change was saved again")
	}
	for i := range first { // damage anywhere is noticed
		damaged := []byte(first)
		damaged[i] ^= 1
		if saved = damaged; read("1") != 0 {
			t.Fatalf("byte %d is wrong, and the cache is used", i)
		}
	}
	saved = []byte(first[:len(first)/2])
	same("cut short", memory("1", &saved), abc)

	personal := plain("id", "b", "c")
	personal.Columns[2].Personal = true
	same("another schema", memory("1", &saved), map[string]*table.Schema{"a/things": personal})
	if strings.Contains(told(w.read(memory("1", &saved), map[string]*table.Schema{"a/things": personal})), "Column:c") {
		t.Error("a personal column is shown out of the cache")
	}

	w.next("7", files{"data/a/things.csv": text("id,c\nx,3\n")})
	same("one register", memory("1", &saved), abc, "b/things")
	same("a further commit", memory("1", &saved), abc)
	w.main = 2 // the branch is rewritten from its second commit
	w.next("3 once more", files{"data/a/things.csv": text("id,b\nx,7\ny,1\n")})
	same("another branch", memory("1", &saved), abc)
	same("the same again", memory("1", &saved), abc)
}

// fixedContents is a small cache that has every kind of value.
func fixedContents() contents {
	c := contents{cutOff: "a b", keys: [sha256.Size]byte{1}}
	c.visited = []visited{
		{commit: gitrepo.Commit{Hash: strings.Repeat("ab", 20), Time: time.Unix(1772362800, 0).In(time.FixedZone("", 6*3600)), Author: "Айгүл", Subject: "s", Body: "b", Signed: true},
			files: []changedFile{{gitrepo.FileChange{Path: "data/a/things.csv", Old: gitrepo.Blob{1}, New: gitrepo.Blob{2}}, "data/from.csv", "data/to.csv"}}},
		{commit: gitrepo.Commit{Hash: strings.Repeat("0c", 20)}},
	}
	c.deltas = map[deltaKey]*delta{
		{[sha256.Size]byte{3}, gitrepo.Blob{4}, gitrepo.Blob{5}}: {older: diag.EmptyFile},
		{[sha256.Size]byte{6}, gitrepo.Blob{7}, gitrepo.Blob{8}}: {
			columns: Columns{Renamed: [][2]string{{"a", "b"}}, Added: []string{"c"}, Dropped: []string{"d"}},
			records: []Record{{"x", Changed, []Cell{{"c", "", "1"}}}, {"y", Unclear, nil}},
		},
	}
	c.verdicts = map[string]signature.Verdict{strings.Repeat("ab", 20): {Status: signature.Verified, Signer: "Айгүл"}}
	return c
}

func TestCodec(t *testing.T) {
	want := fixedContents()
	got, ok := decode(string(encode(nil, want)))
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, ok, want)
	}
}

// Text that encode did not write is refused, wherever the damage is. The checksum of a
// cache does not help against a file that somebody wrote on purpose.
func TestDecodeDamaged(t *testing.T) {
	whole := encode(nil, fixedContents())
	for i := range whole {
		if _, ok := decode(string(whole[:i])); ok {
			t.Errorf("cut after %d of %d bytes, and read", i, len(whole))
		}
		for _, b := range []byte{0x00, 0x01, 0x7f, 0x80, 0xff} { // as numbers: 0, -1, -64, unfinished, unfinished
			damaged := bytes.Clone(whole)
			damaged[i] = b
			decode(string(damaged)) // may read it, must not panic
		}
	}
	if _, ok := decode(string(whole) + "x"); ok {
		t.Error("there is more text, and it is read")
	}
	number := func(n int64) string { return string(binary.AppendVarint(nil, n)) }
	for name, text := range map[string]string{
		"empty":                         "",
		"a negative length":             number(-1),
		"a string longer than the text": number(1<<40) + "x",
		"a number of 11 bytes":          strings.Repeat("\xff", 10) + "\x01",
		"a list longer than the text":   number(0) + number(1<<28),
		"a commit cut short":            number(0) + number(1) + strings.Repeat("x", 19),
		"a year beyond four digits":     number(0) + number(1) + strings.Repeat("x", 20) + number(1) + number(1<<40) + strings.Repeat("\x00", 200),
		"a zone of a week":              number(0) + number(1) + strings.Repeat("x", 20) + number(1) + number(0) + number(7*24*3600) + strings.Repeat("\x00", 200),
		"deltas longer than the text":   number(0) + number(0) + number(1<<28),
		"an unknown kind of record":     strings.Replace(string(whole), string(Unclear), "unknown", 1),
		"an unknown verdict":            strings.Replace(string(whole), string(signature.Verified), "forgiven", 1),
	} {
		if c, ok := decode(text); ok || !reflect.DeepEqual(c, contents{}) {
			t.Errorf("%s: read as %+v", name, c)
		}
	}
}

// A list's length must not allocate memory for entries that the text does not have.
func TestDecodeAllocatesLittle(t *testing.T) {
	text := string(binary.AppendVarint(nil, 0)) + string(binary.AppendVarint(nil, 1<<20)) + strings.Repeat("\xff", 1<<20)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, ok := decode(text); ok {
		t.Error("it is read")
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 16<<20 {
		t.Errorf("%d bytes are allocated for a text of %d", n, len(text))
	}
}

// FuzzDecode looks for text that makes decode panic. What decode accepts, encode must be
// able to write again.
func FuzzDecode(f *testing.F) {
	f.Add(encode(nil, fixedContents()))
	f.Add(encode(nil, contents{}))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, ok := decode(string(text))
		if !ok {
			return
		}
		again, ok := decode(string(encode(nil, c)))
		if !ok || !reflect.DeepEqual(again, c) {
			t.Errorf("%+v is written and read as %+v, %v", c, again, ok)
		}
	})
}
