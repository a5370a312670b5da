package history

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"achyk/internal/diag"
)

// delta is what became of an older version in a newer one. It depends on the two, and
// on the view, alone.
type delta struct {
	older, newer diag.Code // why one of the two could not be read; then the rest is empty
	columns      Columns
	records      []Record // by key
}

// Columns is what a commit did to the columns of a register.
type Columns struct {
	Renamed        [][2]string // the earlier and the later name
	Added, Dropped []string
}

// between finds what became of an older version, given by its bytes, in a newer one,
// and returns the older one ready to be compared in its turn; the newer one is spent.
func (v *view) between(data []byte, newer *version) (*version, *delta) {
	if n := begin(newer.data); n > 0 && len(data) >= n && bytes.Equal(data[:n], newer.data[:n]) {
		return v.near(data, newer, n)
	}
	older, was, problem := v.open(data)
	if problem != "" && problem != diag.MissingColumn {
		return nil, &delta{older: problem}
	}
	_, is, _ := v.open(newer.data)
	d := &delta{}
	if data != nil && newer.data != nil {
		d.columns.Renamed = v.matchColumns(older, newer, was, is)
		if !older.find(v.keys) {
			return nil, &delta{older: diag.MissingColumn}
		}
		older.number(was)
		d.columns.Added, d.columns.Dropped = v.missing(newer.columns, older.columns), v.missing(older.columns, newer.columns)
	}
	d.records = v.compare(older, newer, was, is)
	return older, d
}

// near is between for versions with the same header: only rows that differ are read.
func (v *view) near(data []byte, newer *version, header int) (*version, *delta) {
	old, new, problem := differing(data[header:], newer.data[header:])
	if problem != "" {
		return nil, &delta{older: problem}
	}
	was, is := rows(old, len(newer.header)), rows(new, len(newer.header))
	// The rows not read are in both: their number does not change.
	older := &version{data, newer.header, newer.columns, newer.keys, newer.count}
	alone := map[string]int{}
	for _, r := range is {
		alone[newer.key(r)]--
	}
	for _, r := range was {
		alone[newer.key(r)]++
	}
	before := func(key string) int { return newer.count[key] + alone[key] }
	records := v.changes(older, newer, was, is, func(key string) bool { return newer.count[key] > 1 || before(key) > 1 })
	for key := range alone {
		if n := before(key); n > 0 {
			older.count[strings.Clone(key)] = n // of a row the newer text may not outlive
		} else {
			delete(older.count, key)
		}
	}
	return older, &delta{records: records}
}

func (v *view) compare(older, newer *version, was, is []row) []Record {
	return v.changes(older, newer, was, is, func(key string) bool { return older.count[key] > 1 || newer.count[key] > 1 })
}

// changes compares rows by key. A record with several rows in one of the two versions,
// or with a row whose cells are shifted, is unclear: of shifted cells none is shown, and
// of several rows nobody knows which is meant.
func (v *view) changes(older, newer *version, was, is []row, several func(string) bool) []Record {
	names, pairs := v.pairs(older.columns, newer.columns)
	sameColumns := slices.Equal(older.columns, newer.columns)
	before, after := older.byKey(was), newer.byKey(is)
	var records []Record
	add := func(key string) {
		r := Record{Key: strings.Clone(key), Kind: Changed}
		old, new := before[key], after[key]
		if several(key) {
			if r.Kind = Unclear; !sameRows(old, new, pairs) {
				records = append(records, r)
			}
			return
		}
		a, b := first(old), first(new)
		if a != nil && b != nil && sameColumns && slices.Equal(a.cells, b.cells) {
			return
		}
		for i, p := range pairs {
			if x, y := a.shown(p[0]), b.shown(p[1]); x != y {
				r.Cells = append(r.Cells, Cell{names[i], strings.Clone(x), strings.Clone(y)})
			}
		}
		switch {
		case a != nil && !a.whole || b != nil && !b.whole:
			r.Kind = Unclear
		case a == nil:
			r.Kind = Created
		case b == nil:
			r.Kind = Removed
		case len(r.Cells) == 0:
			return
		}
		records = append(records, r)
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

// byKey groups rows; those without a key are no record's.
func (ver *version) byKey(all []row) map[string][]*row {
	groups := make(map[string][]*row, len(all))
	for i := range all {
		if key := ver.key(all[i]); key != "" {
			groups[key] = append(groups[key], &all[i])
		}
	}
	return groups
}

func first(rows []*row) *row {
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

// sameRows tells whether rows are the same, in any order.
func sameRows(old, new []*row, pairs [][2]int) bool {
	text := func(rows []*row, side int) (lines []string) {
		for _, r := range rows {
			var line strings.Builder
			for _, p := range pairs {
				line.WriteString(r.shown(p[side]) + "\x00")
			}
			lines = append(lines, line.String())
		}
		slices.Sort(lines)
		return lines
	}
	return slices.Equal(text(old, 0), text(new, 1))
}

// shown returns a cell of a row that may not be there, or not be trusted.
func (r *row) shown(i int) string {
	if r == nil || i < 0 || !r.whole {
		return ""
	}
	return r.cell(i)
}

// pairs returns the columns that may be shown and where they are in both versions, -1
// where they are not.
func (v *view) pairs(old, new []string) (names []string, at [][2]int) {
	for i, name := range new {
		if v.shown[name] {
			names, at = append(names, name), append(at, [2]int{slices.Index(old, name), i})
		}
	}
	for i, name := range old {
		if v.shown[name] && !slices.Contains(new, name) {
			names, at = append(names, name), append(at, [2]int{i, -1})
		}
	}
	return names, at
}

// missing returns the columns of one header that the other lacks.
func (v *view) missing(from, in []string) (names []string) {
	for _, name := range from {
		if v.shown[name] && !slices.Contains(in, name) {
			names = append(names, name)
		}
	}
	return names
}

// matchColumns finds columns that were given another name, which are those that hold
// the same: first of the key, by which rows are matched, then the others. It calls them
// in the older version by what they are called now, and remembers that in the view.
func (v *view) matchColumns(older, newer *version, was, is []row) (renamed [][2]string) {
	rename := func(i, j int) {
		renamed = append(renamed, [2]string{older.header[i], newer.header[j]})
		older.columns[i] = newer.columns[j]
	}
	only := func(a, b []string) (list []int) {
		for i, name := range a {
			if name != "" && !slices.Contains(b, name) {
				list = append(list, i)
			}
		}
		return list
	}
	for _, j := range newer.keys {
		if slices.Contains(older.columns, newer.columns[j]) {
			continue
		}
		values := map[string]bool{}
		for _, r := range is {
			values[r.cell(j)] = true
		}
		best, most := -1, 0
		for _, i := range only(older.columns, newer.columns) {
			same := 0
			for _, r := range was {
				if values[r.cell(i)] && r.cell(i) != "" {
					same++
				}
			}
			if same > most && 2*same > len(was) {
				best, most = i, same
			}
		}
		if best >= 0 {
			rename(best, j)
		}
	}
	if !older.find(v.keys) {
		return renamed
	}
	after := make(map[string]*row, len(is))
	for i := range is {
		after[newer.key(is[i])] = &is[i]
	}
	for _, j := range only(newer.columns, older.columns) {
		best, most := -1, 0
		for _, i := range only(older.columns, newer.columns) {
			same, both := 0, 0
			for _, r := range was {
				now := after[older.key(r)]
				if now == nil || r.cell(i) == "" && now.cell(j) == "" {
					continue
				}
				both++
				if r.cell(i) == now.cell(j) {
					same++
				}
			}
			if same > most && 2*same > both {
				best, most = i, same
			}
		}
		if best >= 0 {
			rename(best, j)
		}
	}
	return renamed
}

// after returns the view for versions before those in which columns were renamed.
func (v *view) after(renamed [][2]string) *view {
	if len(renamed) == 0 {
		return v
	}
	earlier := *v
	earlier.renamed = maps.Clone(v.renamed)
	if earlier.renamed == nil {
		earlier.renamed = map[string]string{}
	}
	for _, r := range renamed {
		later := r[1]
		if now, ok := v.renamed[later]; ok {
			later = now
		}
		earlier.renamed[r[0]] = later
	}
	return earlier.sign()
}
