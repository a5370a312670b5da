package history

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
)

// Cache keeps, from one reading to the next, the way back from a commit and the changes
// between pairs of versions. Both follow from hashes: of the commit, which stands for all
// before it; of the two versions and the schema's part in comparing them. So a branch that
// was rewritten finds what it still shares and nothing else. Other than by these, what is
// kept depends on the program. A cache that is damaged, or was written by another program,
// is an empty one.
type Cache struct {
	Program string        // tells one build of the program from another
	Load    func() []byte // what was saved last; nil if nothing, or nothing that can be read
	Save    func([]byte)  // may fail in silence: then the next reading takes longer

	cut    string // where the clone is cut off
	passed []passed
	at     map[string]int // index in passed, by hash
	deltas map[pair]*delta
}

// pair is all that a delta depends on.
type pair struct {
	view     [sha256.Size]byte
	old, new gitrepo.Blob
}

// sign settles the view's part in that.
func (v *view) sign() *view {
	var all strings.Builder
	fmt.Fprintf(&all, "%q %q", v.keys, slices.Sorted(maps.Keys(v.shown)))
	for _, later := range slices.Sorted(maps.Keys(v.renamed)) {
		fmt.Fprintf(&all, " %q %q", later, v.renamed[later])
	}
	v.sum = sha256.Sum256([]byte(all.String()))
	return v
}

// rest returns what is known of the way back from a commit, that commit included.
func (c *Cache) rest(hash string) ([]passed, bool) {
	if c == nil {
		return nil, false
	}
	i, ok := c.at[hash]
	if !ok {
		return nil, false
	}
	return c.passed[i:], true
}

func (c *Cache) delta(p pair) *delta {
	if c == nil {
		return nil
	}
	return c.deltas[p]
}

// head is what the file begins with.
func (c *Cache) head() string { return fmt.Sprintf("achyk history, %s\n", c.Program) }

// load reads what was saved, as far as it is of use in a clone that is cut off there.
func (c *Cache) load(cut string) {
	if c == nil {
		return
	}
	c.cut, c.passed, c.at, c.deltas = cut, nil, map[string]int{}, map[pair]*delta{}
	data := c.Load()
	if len(data) < sha256.Size || !bytes.HasPrefix(data, []byte(c.head())) {
		return
	}
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if actual := sha256.Sum256(body); !bytes.Equal(actual[:], sum) {
		return
	}
	d := &decoder{text: string(body[len(c.head()):])}
	sameCut := d.string() == cut
	passed := list(d, d.passed)
	for range d.int() {
		p := pair{[sha256.Size]byte([]byte(d.take(sha256.Size))), d.blob(), d.blob()}
		c.deltas[p] = d.delta()
	}
	if !sameCut { // the way back may be longer now, or shorter
		return
	}
	c.passed = passed
	for i, p := range passed {
		c.at[p.commit.Hash] = i
	}
}

// save keeps what was needed now and, of registers that were not asked for, what was known.
func (c *Cache) save(w *walked, lines []*line) {
	if c == nil {
		return
	}
	deltas, fresh := map[pair]*delta{}, len(w.passed) != len(c.passed) || len(c.passed) > 0 && c.passed[0].commit.Hash != w.passed[0].commit.Hash
	if len(lines) < len(w.lines) {
		maps.Copy(deltas, c.deltas)
	}
	for _, l := range lines {
		fresh = fresh || l.fresh
		maps.Copy(deltas, l.deltas)
	}
	if !fresh {
		return
	}
	e := &encoder{}
	e.WriteString(c.head())
	e.string(c.cut)
	e.int(len(w.passed))
	for _, p := range w.passed {
		e.passed(p)
	}
	e.int(len(deltas))
	for _, p := range slices.SortedFunc(maps.Keys(deltas), pair.compare) {
		e.Write(p.view[:])
		e.Write(p.old[:])
		e.Write(p.new[:])
		e.delta(deltas[p])
	}
	sum := sha256.Sum256(e.Bytes())
	e.Write(sum[:])
	c.Save(e.Bytes())
}

func (p pair) compare(q pair) int {
	return cmp.Or(bytes.Compare(p.view[:], q.view[:]), bytes.Compare(p.old[:], q.old[:]), bytes.Compare(p.new[:], q.new[:]))
}

// encoder writes numbers as varints and strings with their length.
type encoder struct{ bytes.Buffer }

func (e *encoder) int(n int) { e.Write(binary.AppendVarint(e.AvailableBuffer(), int64(n))) }

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

func (e *encoder) passed(p passed) {
	e.string(p.commit.Hash)
	e.int(len(p.files))
	if len(p.files) == 0 {
		return
	}
	_, zone := p.commit.Time.Zone()
	e.int(int(p.commit.Time.Unix()))
	e.int(zone)
	e.string(p.commit.Author)
	e.string(p.commit.Subject)
	e.string(p.commit.Body)
	for _, f := range p.files {
		e.string(f.Path)
		e.Write(f.Old[:])
		e.Write(f.New[:])
		e.string(f.from)
		e.string(f.to)
	}
}

func (e *encoder) delta(d *delta) {
	e.string(string(d.older))
	e.string(string(d.newer))
	e.int(len(d.columns.Renamed))
	for _, r := range d.columns.Renamed {
		e.string(r[0])
		e.string(r[1])
	}
	e.strings(d.columns.Added)
	e.strings(d.columns.Dropped)
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

// decoder reads what encoder wrote. The text is whole: its checksum was compared.
type decoder struct{ text string }

func (d *decoder) take(n int) string {
	s := d.text[:n]
	d.text = d.text[n:]
	return s
}

func (d *decoder) int() int {
	n, size := binary.Varint([]byte(d.text[:min(len(d.text), binary.MaxVarintLen64)]))
	d.take(size)
	return int(n)
}

func (d *decoder) string() string { return d.take(d.int()) }

func (d *decoder) blob() gitrepo.Blob {
	var b gitrepo.Blob
	copy(b[:], d.take(len(b)))
	return b
}

// list reads the number of things and then each; none is nil.
func list[T any](d *decoder, one func() T) []T {
	n := d.int()
	if n == 0 {
		return nil
	}
	all := make([]T, n)
	for i := range all {
		all[i] = one()
	}
	return all
}

func (d *decoder) passed() passed {
	p := passed{commit: gitrepo.Commit{Hash: d.string()}}
	n := d.int()
	if n == 0 {
		return p
	}
	seconds, zone := d.int(), d.int()
	p.commit.Time = time.Unix(int64(seconds), 0).In(time.FixedZone("", zone))
	if p.commit.Time.Unix() == (time.Time{}).Unix() {
		p.commit.Time = time.Time{}
	}
	p.commit.Author, p.commit.Subject, p.commit.Body = d.string(), d.string(), d.string()
	for range n {
		p.files = append(p.files, file{gitrepo.FileChange{Path: d.string(), Old: d.blob(), New: d.blob()}, d.string(), d.string()})
	}
	return p
}

func (d *decoder) delta() *delta {
	return &delta{
		older: diag.Code(d.string()),
		newer: diag.Code(d.string()),
		columns: Columns{
			Renamed: list(d, func() [2]string { return [2]string{d.string(), d.string()} }),
			Added:   list(d, d.string),
			Dropped: list(d, d.string),
		},
		records: list(d, func() Record {
			return Record{d.string(), Kind(d.string()), list(d, func() Cell { return Cell{d.string(), d.string(), d.string()} })}
		}),
	}
}
