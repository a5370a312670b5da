package history

import (
	"cmp"
	"slices"

	"achyk/internal/source"
	"achyk/internal/table"
)

// Pending returns the records that were added to a table or changed in it since the
// committed version of its file, by key. Removed records are not among them, and neither
// are changes of personal columns.
func Pending(t *table.Table, committed []byte) []Record {
	then, _ := table.Read(&source.File{Path: t.Label, Data: committed}, t.Label, t.Schema)
	var records []Record
	for i := range t.Rows {
		row := &t.Rows[i]
		old := then.Lookup(row.Key)
		if old == nil {
			records = append(records, Record{Key: row.Key, Kind: Created})
			continue
		}
		r := Record{Key: row.Key, Kind: Changed}
		for j, f := range t.Schema.Fields {
			if !t.Schema.Columns[f.Column].Personal && row.Values[j] != old.Values[j] {
				r.Cells = append(r.Cells, Cell{f.Name, old.Values[j], row.Values[j]})
			}
		}
		if len(r.Cells) > 0 {
			records = append(records, r)
		}
	}
	slices.SortFunc(records, func(a, b Record) int { return cmp.Compare(a.Key, b.Key) })
	return records
}
