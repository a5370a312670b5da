package history

import "slices"

// matchColumns finds the columns that a newer version has under another name: those that
// hold mostly the same values. It gives them their present names in the older version and
// returns each pair of earlier and later name. The columns of the key come first, because
// rows are matched by them.
func (v *view) matchColumns(older, newer *version, oldRows, newRows []row) (renamed [][2]string) {
	rename := func(i, j int) {
		if i >= 0 {
			renamed = append(renamed, [2]string{older.header[i], newer.header[j]})
			older.columns[i] = newer.columns[j]
		}
	}
	for _, j := range newer.keys {
		if !slices.Contains(older.columns, newer.columns[j]) {
			rename(earlierKey(older, newer, j, oldRows, newRows), j)
		}
	}
	if !older.findKey(v.keys) {
		return renamed
	}
	added, gone := columnsOnlyIn(newer.columns, older.columns), columnsOnlyIn(older.columns, newer.columns)
	if len(added)*len(gone) > mostRenames || len(added)*len(gone)*len(oldRows) > mostComparisons {
		return renamed
	}
	after := make(map[string]*row, len(newRows))
	for i := range newRows {
		after[newer.key(newRows[i])] = &newRows[i]
	}
	for _, j := range added {
		rename(earlierColumn(older, newer, j, oldRows, after), j)
	}
	return renamed
}

// What matchColumns compares at most: pairs of columns, and cells. Beyond that, columns are taken
// for new ones.
const (
	mostRenames     = 2_500
	mostComparisons = 10_000_000
)

// earlierKey returns the index that a key column of the newer version had in the older
// one: of the columns that only the older one has, the one with the most values in common,
// if they are in more than half of its rows; else -1.
func earlierKey(older, newer *version, j int, oldRows, newRows []row) int {
	values := map[string]bool{}
	for _, r := range newRows {
		values[r.cell(j)] = true
	}
	best, most := -1, 0
	for _, i := range columnsOnlyIn(older.columns, newer.columns) {
		same := 0
		for _, r := range oldRows {
			if values[r.cell(i)] && r.cell(i) != "" {
				same++
			}
		}
		if same > most && 2*same > len(oldRows) {
			best, most = i, same
		}
	}
	return best
}

// earlierColumn is earlierKey for the other columns. It compares the values record by
// record; after is the newer rows by key. Records in which both cells are empty do not
// count.
func earlierColumn(older, newer *version, j int, oldRows []row, after map[string]*row) int {
	best, most := -1, 0
	for _, i := range columnsOnlyIn(older.columns, newer.columns) {
		same, both := 0, 0
		for _, r := range oldRows {
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
	return best
}

// columnsOnlyIn returns the indices of the columns of a that b lacks.
func columnsOnlyIn(a, b []string) (list []int) {
	in := places(b)
	for i, name := range a {
		if _, ok := in[name]; name != "" && !ok {
			list = append(list, i)
		}
	}
	return list
}

// places returns the index of each column.
func places(columns []string) map[string]int {
	at := make(map[string]int, len(columns))
	for i, name := range columns {
		at[name] = i
	}
	return at
}
