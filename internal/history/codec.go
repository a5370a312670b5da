package history

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/signature"
)

// encode appends the contents to a header. Numbers are varints, strings and lists begin
// with their length, and hashes are stored as bytes.
func encode(header []byte, c contents) []byte {
	e := &encoder{*bytes.NewBuffer(header)}
	e.string(c.cutOff)
	e.int(len(c.visited))
	for _, v := range c.visited {
		e.visited(v)
	}
	e.int(len(c.deltas))
	for _, key := range slices.SortedFunc(maps.Keys(c.deltas), deltaKey.compare) {
		e.Write(key.view[:])
		e.Write(key.old[:])
		e.Write(key.new[:])
		e.delta(c.deltas[key])
	}
	e.Write(c.keys[:])
	e.int(len(c.verdicts))
	for _, hash := range slices.Sorted(maps.Keys(c.verdicts)) {
		e.hash(hash)
		e.string(string(c.verdicts[hash].Status))
		e.string(c.verdicts[hash].Signer)
	}
	return e.Bytes()
}

func (k deltaKey) compare(other deltaKey) int {
	return cmp.Or(bytes.Compare(k.view[:], other.view[:]), bytes.Compare(k.old[:], other.old[:]), bytes.Compare(k.new[:], other.new[:]))
}

type encoder struct{ bytes.Buffer }

func (e *encoder) int(n int) { e.Write(binary.AppendVarint(e.AvailableBuffer(), int64(n))) }

func (e *encoder) bool(b bool) {
	if b {
		e.int(1)
	} else {
		e.int(0)
	}
}

func (e *encoder) string(s string) {
	e.int(len(s))
	e.WriteString(s)
}

func (e *encoder) strings(list []string) {
	e.int(len(list))
	for _, s := range list {
		e.string(s)
	}
}

func (e *encoder) pairs(list [][2]string) {
	e.int(len(list))
	for _, p := range list {
		e.string(p[0])
		e.string(p[1])
	}
}

// hash writes a hash that is given in hexadecimal digits.
func (e *encoder) hash(digits string) {
	var b gitrepo.Blob
	hex.Decode(b[:], []byte(digits)) // gitrepo gives 40 digits
	e.Write(b[:])
}

func (e *encoder) visited(v visited) {
	e.hash(v.commit.Hash)
	e.int(v.cost)
	e.bool(v.cut)
	e.int(len(v.files))
	if len(v.files) == 0 {
		return
	}
	_, zone := v.commit.Time.Zone()
	e.int(int(v.commit.Time.Unix()))
	e.int(zone)
	e.string(v.commit.Author)
	e.string(v.commit.Subject)
	e.string(v.commit.Body)
	e.bool(v.commit.Signed)
	for _, f := range v.files {
		e.string(f.Path)
		e.Write(f.Old[:])
		e.Write(f.New[:])
		e.string(f.movedFrom)
		e.string(f.movedTo)
	}
}

func (e *encoder) delta(d *delta) {
	e.string(string(d.older))
	e.string(string(d.newer))
	e.int(d.cost)
	e.int(d.newerSize)
	e.pairs(d.columns.Renamed)
	e.strings(d.columns.Added)
	e.strings(d.columns.Dropped)
	e.pairs(d.names)
	e.int(len(d.records))
	for _, r := range d.records {
		e.string(r.Key)
		e.string(string(r.Kind))
		e.int(len(r.Cells))
		for _, c := range r.Cells {
			e.string(c.Column)
			e.string(c.Old)
			e.string(c.New)
		}
	}
}

// decode reads what encode wrote after the header. It returns false for text that encode
// did not write. Such text can neither make it panic nor make it allocate more than a
// small multiple of the text's own length.
func decode(text string) (contents, bool) {
	d := &decoder{text: text}
	c := contents{deltas: map[deltaKey]*delta{}, verdicts: map[string]signature.Verdict{}}
	c.cutOff = d.string()
	c.visited = list(d, d.visited)
	for range d.length() {
		if d.damaged {
			break
		}
		key := deltaKey{d.sum(), d.blob(), d.blob()}
		c.deltas[key] = d.delta()
	}
	c.keys = d.sum()
	for range d.length() {
		if d.damaged {
			break
		}
		hash := d.hash()
		c.verdicts[hash] = signature.Verdict{Status: oneOf(d, signature.Statuses), Signer: d.string()}
	}
	if d.damaged || d.text != "" {
		return contents{}, false
	}
	return c, true
}

// decoder takes one value after another off the text. At the first value that cannot be
// right it becomes damaged; from then on it has no text and returns zero values.
type decoder struct {
	text    string
	damaged bool
}

func (d *decoder) fail() { d.text, d.damaged = "", true }

func (d *decoder) take(n int) string {
	if n < 0 || n > len(d.text) {
		d.fail()
		return ""
	}
	s := d.text[:n]
	d.text = d.text[n:]
	return s
}

func (d *decoder) int() int {
	n, size := binary.Varint([]byte(d.text[:min(len(d.text), binary.MaxVarintLen64)]))
	if size <= 0 || int64(int(n)) != n {
		d.fail()
		return 0
	}
	d.take(size)
	return int(n)
}

// size reads a number of bytes.
func (d *decoder) size() int {
	n := d.int()
	if n < 0 || n > 1<<50 {
		d.fail()
		return 0
	}
	return n
}

// length reads the number of things that follow. Each takes at least one byte, so there
// cannot be more than bytes left.
func (d *decoder) length() int {
	n := d.int()
	if n < 0 || n > len(d.text) {
		d.fail()
		return 0
	}
	return n
}

func (d *decoder) bool() bool {
	n := d.int()
	if n != 0 && n != 1 {
		d.fail()
	}
	return n == 1
}

func (d *decoder) string() string { return d.take(d.length()) }

func (d *decoder) pair() [2]string { return [2]string{d.string(), d.string()} }

func (d *decoder) sum() (s [sha256.Size]byte) {
	copy(s[:], d.take(len(s)))
	return s
}

func (d *decoder) blob() (b gitrepo.Blob) {
	copy(b[:], d.take(len(b)))
	return b
}

func (d *decoder) hash() string {
	b := d.blob()
	return hex.EncodeToString(b[:])
}

// list reads a length and then that many things. An empty list is nil. The list grows as it
// is read: a wrong length must not allocate memory for what is not there.
func list[T any](d *decoder, one func() T) (all []T) {
	for range d.length() {
		if d.damaged {
			return nil
		}
		all = append(all, one())
	}
	return all
}

// oneOf reads a word that must be in a list.
func oneOf[T ~string](d *decoder, words []T) T {
	s := T(d.string())
	if !slices.Contains(words, s) {
		d.fail()
	}
	return s
}

// time reads the seconds since 1970 and the offset from UTC in seconds, within the limits
// that package gitrepo sets.
func (d *decoder) time() time.Time {
	seconds, zone := int64(d.int()), d.int()
	if seconds == (time.Time{}).Unix() {
		return time.Time{}
	}
	t := time.Unix(seconds, 0).UTC()
	if t.Year() < 1 || t.Year() > 9999 || zone < -25*60*60 || zone > 25*60*60 {
		d.fail()
		return time.Time{}
	}
	return t.In(time.FixedZone("", zone))
}

func (d *decoder) visited() visited {
	v := visited{commit: gitrepo.Commit{Hash: d.hash()}, cost: d.size(), cut: d.bool()}
	n := d.length()
	if n == 0 {
		return v
	}
	v.commit.Time = d.time()
	v.commit.Author, v.commit.Subject, v.commit.Body, v.commit.Signed = d.string(), d.string(), d.string(), d.bool()
	for range n {
		if d.damaged {
			break
		}
		v.files = append(v.files, changedFile{gitrepo.FileChange{Path: d.string(), Old: d.blob(), New: d.blob()}, d.string(), d.string()})
	}
	return v
}

func (d *decoder) delta() *delta {
	return &delta{
		older: diag.Code(d.string()),
		newer: diag.Code(d.string()), cost: d.size(), newerSize: d.size(),
		columns: Columns{
			Renamed: list(d, d.pair),
			Added:   list(d, d.string),
			Dropped: list(d, d.string),
		},
		names: list(d, d.pair),
		records: list(d, func() Record {
			return Record{d.string(), oneOf(d, kinds), list(d, func() Cell { return Cell{d.string(), d.string(), d.string()} })}
		}),
	}
}
