package history

import (
	"fmt"
	"slices"
)

// nameColumns gives the columns of an older version their present names. It returns those that
// the newer version calls by another name, each as a pair of the earlier and the later name.
//
// Columns that both headers call by the same name are the same. Of the others, those are the same
// that hold mostly the same values; the columns of the key come first, because rows are matched
// by them. A personal column is never the same as one of another name, which might be shown. A
// column that is not in the newer version has the name that it had in later versions, or else its
// own. If that is now the name of another column, a number is added to it.
func (v *view) nameColumns(older, newer *version, oldRows, newRows []row) (renamed [][2]string) {
	gone, added := onlyIn(older, newer), onlyIn(newer, older)
	for _, i := range gone {
		older.columns[i] = ""
	}
	rename := func(i, j int) {
		if i >= 0 {
			renamed = append(renamed, [2]string{older.header[i], newer.header[j]})
			older.columns[i] = newer.columns[j]
		}
	}
	keep := func(i int) {
		if older.columns[i] != "" {
			return
		}
		name := v.present(older.header[i])
		for n := 2; slices.Contains(older.columns, name); n++ {
			name = fmt.Sprintf("%s%s%d)", older.header[i], again, n)
		}
		older.columns[i] = name
	}
	for _, i := range gone {
		if shown, named := v.shown[older.header[i]]; named && !shown {
			keep(i)
		}
	}
	for _, j := range added {
		if slices.Contains(newer.keys, j) {
			rename(earlierKey(older, gone, j, oldRows, newRows), j)
		}
	}
	for _, i := range gone {
		if slices.Contains(v.keys, v.present(older.header[i])) {
			keep(i)
		}
	}
	added = slices.DeleteFunc(added, func(j int) bool { return slices.Contains(older.columns, newer.columns[j]) })
	if older.findKey(v.keys) && len(added)*len(gone) <= mostRenames && len(added)*len(gone)*len(oldRows) <= mostComparisons {
		after := make(map[string]*row, len(newRows))
		for i := range newRows {
			after[newer.key(newRows[i])] = &newRows[i]
		}
		for _, j := range added {
			rename(earlierColumn(older, gone, j, oldRows, after), j)
		}
	}
	for _, i := range gone {
		keep(i)
	}
	return renamed
}

// What nameColumns compares at most: pairs of columns, and cells. Beyond that, it looks at no values.
const (
	mostRenames     = 2_500
	mostComparisons = 10_000_000
)

// earlierKey returns the index that column j of the newer version, one of the key, had in the
// older one: of the columns that are gone and have no name yet, the one with the most values in
// common, if they are in more than half of its rows; else -1.
func earlierKey(older *version, gone []int, j int, oldRows, newRows []row) int {
	values := map[string]bool{}
	for _, r := range newRows {
		values[r.cell(j)] = true
	}
	best, most := -1, 0
	for _, i := range gone {
		if older.columns[i] != "" {
			continue
		}
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
func earlierColumn(older *version, gone []int, j int, oldRows []row, after map[string]*row) int {
	best, most := -1, 0
	for _, i := range gone {
		if older.columns[i] != "" {
			continue
		}
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

// onlyIn returns the indices of the columns of a whose names the header of b lacks.
func onlyIn(a, b *version) (list []int) {
	in := places(b.header)
	for i, name := range a.header {
		if _, ok := in[name]; !ok && a.columns[i] != "" {
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
