package history

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
)

// delta is the difference between an older and a newer version. It depends only on the two
// versions and the view.
type delta struct {
	older, newer diag.Code // why one of the two could not be read; then the rest is empty
	columns      Columns
	names        [][2]string // what view.unexpected returned for the older version
	records      []Record    // by key

	cost      int // what it takes from the budget
	newerSize int // bytes of the newer version
}

// Columns is what a commit did to the columns of a register.
type Columns struct {
	Renamed        [][2]string // the earlier and the later name
	Added, Dropped []string
}

// between finds what became of an older version, given by its text, in a newer one. It
// returns the older version, to be compared with the one before it; the newer one must not
// be used any more. If the older text cannot be read it returns no version, and the newer
// one stays usable. What it returns means nothing if the spending was over the budget.
func (v *view) between(data []byte, newer *version, s *spending) (*version, *delta) {
	if n := firstRow(newer.data); n > 0 && len(data) >= n && bytes.Equal(data[:n], newer.data[:n]) {
		return v.betweenSameHeaders(data, newer, n, s)
	}
	if !s.spend(limits.VersionSplit * (len(data) + len(newer.data))) {
		return nil, &delta{}
	}
	older, oldRows, problem := v.parse(data)
	if problem != "" && problem != diag.MissingColumn {
		return nil, &delta{older: problem}
	}
	_, newRows, _ := v.parse(newer.data)
	d := &delta{}
	if data != nil {
		if !s.spend(limits.VersionPairs * len(older.columns) * len(newer.columns)) {
			return nil, &delta{}
		}
		d.columns.Renamed = v.nameColumns(older, newer, oldRows, newRows)
		if !older.findKey(v.keys) {
			return nil, &delta{older: diag.MissingColumn}
		}
		older.countRows(oldRows)
		d.names = v.unexpected(older)
	}
	if data != nil && newer.data != nil {
		d.columns.Added, d.columns.Dropped = v.missing(newer.columns, older.columns), v.missing(older.columns, newer.columns)
	}
	d.records = v.changes(older, newer, oldRows, newRows, s, func(key string) bool { return older.count[key] > 1 || newer.count[key] > 1 })
	return older, d
}

// betweenSameHeaders is between for two versions that begin with the same header, of that
// many bytes. It splits only the rows that differ into cells.
func (v *view) betweenSameHeaders(data []byte, newer *version, header int, s *spending) (*version, *delta) {
	old, new, problem := differingRows(data[header:], newer.data[header:], s)
	if problem != "" {
		return nil, &delta{older: problem}
	}
	oldRows, newRows := toRows(old, len(newer.header)), toRows(new, len(newer.header))
	// The rows that were not split are in both versions, so their number stays the same.
	older := &version{data, newer.header, newer.columns, newer.keys, newer.count}
	difference := map[string]int{} // number of rows in the older version minus those in the newer one
	for _, r := range newRows {
		difference[newer.key(r)]--
	}
	for _, r := range oldRows {
		difference[newer.key(r)]++
	}
	if len(newer.count)+len(difference) > limits.VersionCells/rowCells {
		return nil, &delta{older: diag.OverLimit}
	}
	olderCount := func(key string) int { return newer.count[key] + difference[key] }
	records := v.changes(older, newer, oldRows, newRows, s, func(key string) bool { return newer.count[key] > 1 || olderCount(key) > 1 })
	if s.over {
		return nil, &delta{}
	}
	for key := range difference {
		if n := olderCount(key); n > 0 {
			older.count[strings.Clone(key)] = n // the key shares memory with the text of a version
		} else {
			delete(older.count, key)
		}
	}
	return older, &delta{records: records}
}

// changes compares rows by key; severalRows tells whether one of the versions has several
// rows of a key. Such a record is Unclear, because nobody knows which row is meant. So is
// one whose row has more or fewer cells than the header; none of its cells is shown.
func (v *view) changes(older, newer *version, oldRows, newRows []row, s *spending, severalRows func(key string) bool) []Record {
	names, at := v.shownColumns(older.columns, newer.columns)
	sameColumns := slices.Equal(older.columns, newer.columns)
	before, after := older.byKey(oldRows), newer.byKey(newRows)
	var records []Record
	var cells []Cell // of one record
	add := func(key string) {
		if s.over {
			return
		}
		r := Record{Key: key, Kind: Changed}
		if severalRows(key) {
			if r.Kind = Unclear; !sameRows(before[key], after[key], at) && s.spend(limits.VersionKept) {
				records = append(records, r.kept())
			}
			return
		}
		old, new := first(before[key]), first(after[key])
		if old != nil && new != nil && sameColumns && slices.Equal(old.cells, new.cells) {
			return
		}
		cells = cells[:0]
		for i, p := range at {
			if x, y := old.shown(p[0]), new.shown(p[1]); x != y && s.spend(limits.VersionKept) {
				cells = append(cells, Cell{names[i], x, y})
			}
		}
		r.Cells = cells
		switch {
		case old != nil && !old.whole || new != nil && !new.whole:
			r.Kind = Unclear
		case old == nil:
			r.Kind = Created
		case new == nil:
			r.Kind = Removed
		case len(r.Cells) == 0:
			return
		}
		if s.spend(limits.VersionKept) {
			records = append(records, r.kept())
		}
	}
	for key := range before {
		add(key)
	}
	for key := range after {
		if len(before[key]) == 0 {
			add(key)
		}
	}
	slices.SortFunc(records, func(a, b Record) int { return cmp.Compare(a.Key, b.Key) })
	return records
}

// kept returns a copy of a record in as little memory as it needs: history is most of what a build keeps. Its texts are
// parts of one, and no longer of their file, which could not be freed.
func (r Record) kept() Record {
	n := len(r.Key)
	for _, c := range r.Cells {
		n += len(c.Old) + len(c.New)
	}
	var all strings.Builder
	all.Grow(n)
	all.WriteString(r.Key)
	for _, c := range r.Cells {
		all.WriteString(c.Old)
		all.WriteString(c.New)
	}
	rest := all.String()
	part := func(s string) string {
		taken := rest[:len(s)]
		rest = rest[len(s):]
		return taken
	}
	copied := Record{Key: part(r.Key), Kind: r.Kind}
	if len(r.Cells) > 0 {
		copied.Cells = make([]Cell, len(r.Cells))
	}
	for i, c := range r.Cells {
		copied.Cells[i] = Cell{c.Column, part(c.Old), part(c.New)}
	}
	return copied
}

func first(rows []*row) *row {
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

// sameRows returns whether two lists have the same rows, in any order. Only the cells that
// may be shown are compared.
func sameRows(old, new []*row, at [][2]int) bool {
	text := func(rows []*row, side int) (lines []string) {
		for _, r := range rows {
			var line strings.Builder
			for _, p := range at {
				line.WriteString(r.shown(p[side]) + "\x00")
			}
			lines = append(lines, line.String())
		}
		slices.Sort(lines)
		return lines
	}
	return slices.Equal(text(old, 0), text(new, 1))
}
