package desk

import (
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Kind says what happens to a record.
type Kind string

// What happens to records.
const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Removed Kind = "removed"
)

// Change is what a sheet does to a record.
type Change struct {
	Kind  Kind
	Key   string
	Row   int // of the sheet; 0 if the record is removed
	Cells []CellChange
}

// Count counts changes by their kind.
func Count(changes []Change) map[Kind]int {
	n := map[Kind]int{}
	for _, c := range changes {
		n[c.Kind]++
	}
	return n
}

// CellChange is a cell that differs from what is published.
type CellChange struct {
	Cell   source.Cell
	Field  string
	Before string
	After  string
	Closed bool // a published cell whose alteration needs a reason; see package closing
}

// merge puts the rows of the sheet into the published register. What the sheet does not have stays.
//
// A sheet that was made from an older state of the register is compared with that state: only what
// its clerk changed is a change. A cell that both the clerk and somebody else changed, each to
// something else, is refused.
func (c *clerk) merge(remove bool) {
	r, s, read := c.result, c.schema, c.result.Rows
	merged := map[string][]string{}
	for i := range r.Table.Rows {
		merged[r.Table.Rows[i].Key] = r.Table.Rows[i].Values
	}
	seen := map[string]bool{}
	for i := range read.Rows {
		row := &read.Rows[i]
		seen[row.Key] = true
		base, now := c.base.Lookup(row.Key), r.Table.Lookup(row.Key)
		change := Change{Kind: Changed, Key: row.Key, Row: row.Origin.Row}
		values := slices.Clone(row.Values)
		for f := range values {
			at := source.Cell{Row: row.Origin.Row, Column: r.Fields[f]}
			before, published := "", ""
			if base != nil {
				before = base.Values[f]
			}
			if now != nil {
				published = now.Values[f]
			}
			switch {
			case now != nil && (values[f] == before || r.Fields[f] == 0): // the clerk did not touch it, or the sheet does not have it
				values[f] = published
			case values[f] == published:
			case now != nil && published != before:
				c.report(diag.EditedElsewhere, at, diag.Args{"before": before, "published": published, "column": s.Fields[f].Name})
			default:
				change.Cells = append(change.Cells, CellChange{Cell: at, Field: s.Fields[f].Name, Before: published, After: values[f]})
			}
		}
		switch {
		case now == nil && base != nil && c.base != r.Table && len(change.Cells) > 0 && slices.Equal(row.Values, base.Values): // somebody removed it, and the clerk left it as it was
			continue
		case now == nil:
			change.Kind = Added
			r.Changes = append(r.Changes, change)
		case len(change.Cells) > 0:
			r.Changes = append(r.Changes, change)
		default:
			r.Same++
		}
		merged[row.Key] = values
	}
	for i := range c.base.Rows {
		k := c.base.Rows[i].Key
		now := r.Table.Lookup(k)
		if seen[k] || now == nil {
			continue
		}
		r.Missing = append(r.Missing, k)
		if remove {
			r.Changes = append(r.Changes, Change{Kind: Removed, Key: k})
			delete(merged, k)
		}
	}
	c.renamed()
	slices.SortStableFunc(r.Changes, func(a, b Change) int { return strings.Compare(a.Key, b.Key) })
	rows := make([]table.Row, 0, len(merged))
	for _, values := range merged {
		rows = append(rows, table.Row{Values: values})
	}
	r.Merged = table.Made(s, r.Table.Label, rows)
}

// renamed reports new records that are published ones with another id. If the sheet does not have the published one,
// its id seems to be changed, and whoever refers to it would find nothing. If it stays, the record may be entered
// twice, or there may be two that are alike. A key that is made of references is the id of nothing, and one cell alone, such as the points of
// a score sheet, is too often the same by chance.
func (c *clerk) renamed() {
	r, keys := c.result, c.schema.Keys()
	if len(keys) != 1 || c.schema.Columns[c.schema.Fields[keys[0]].Column].Type != table.ID {
		return
	}
	content := func(values []string) string {
		var b strings.Builder
		filled := 0
		for i, v := range values {
			if i == keys[0] {
				continue
			}
			if b.WriteString(v + "\x00"); v != "" {
				filled++
			}
		}
		if filled < 2 {
			return ""
		}
		return b.String()
	}
	gone, alike := map[string]string{}, map[string]string{} // keys by the other cells
	for i := range r.Table.Rows {
		alike[content(r.Table.Rows[i].Values)] = r.Table.Rows[i].Key
	}
	for _, k := range r.Missing {
		if !c.typed {
			gone[content(r.Table.Lookup(k).Values)] = k
		}
	}
	for _, change := range r.Changes {
		row := r.Rows.Lookup(change.Key)
		if change.Kind != Added || row == nil || content(row.Values) == "" {
			continue
		}
		at, same := source.Cell{Row: change.Row, Column: max(1, r.Fields[keys[0]])}, content(row.Values)
		if was := gone[same]; was != "" {
			c.report(diag.KeyRenamed, at, diag.Args{"published": was})
		} else if was := alike[same]; was != "" {
			c.report(diag.SameRecord, at, diag.Args{"published": was})
		}
		alike[same] = change.Key
	}
}

// BaseSheet is the name of the hidden sheet in which a sheet to fill in keeps the register as it was: its
// label, then the names of the fields, then the rows.
const BaseSheet = "achyk"

// stamp returns the sheet that keeps a register as it was when a sheet to fill in was made of it, or nil.
func stamp(b *sheet.Book, t *table.Table) *sheet.Sheet {
	i := slices.IndexFunc(b.Sheets, func(s sheet.Sheet) bool { return s.Name == BaseSheet })
	if i < 0 || len(b.Sheets[i].Rows) < 2 || b.Sheets[i].Cell(1, 1).Text != t.Label {
		return nil
	}
	return &b.Sheets[i]
}

// stamped returns the register as it was when the sheet was made, or nil if the workbook does not say.
func stamped(b *sheet.Book, now *table.Table) *table.Table {
	s := stamp(b, now)
	if s == nil {
		return nil
	}
	var rows []table.Row
	for n := 3; n <= len(s.Rows); n++ {
		cells := map[string]string{}
		for j, heading := range s.Rows[1] {
			cells[heading.Text] = s.Cell(n, j+1).Text
		}
		rows = append(rows, now.Schema.Row(cells))
	}
	return table.Made(now.Schema, now.Label, rows)
}
