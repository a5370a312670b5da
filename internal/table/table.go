package table

import (
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/source"
)

// Demonstration is the name of the column by which published files of a repository
// with invented data say so. It is accepted, and dropped, on the way back in.
const Demonstration = "demonstration"

// Table is a register's rows, valid as far as its problems don't say otherwise.
type Table struct {
	Schema *Schema
	Label  string       // how reports call it: "osh/findings"
	File   *source.File // nil for a register that comes from no single file
	Rows   []Row        // in the order of their keys
	// Whole is false where rows or keys could not be read: then nothing may be said
	// about an id that isn't found in it.
	Whole bool

	byKey    map[string]int
	position []int // by field: the index of its cell in the file's records, -1 where there is none
}

// Row is one record.
type Row struct {
	Key    string   // the cells of the primary key, joined with "_"
	Values []string // canonical text by Schema.Fields; empty is not known
	Origin Origin
}

// Origin is where a row stands in its file.
type Origin struct {
	File  *source.File
	Row   int           // spreadsheet row; 0 where the file is no spreadsheet
	Start int           // the byte at which a spreadsheet row begins
	Spans []source.Span // by field, where the file is no spreadsheet; nil where there is no file
}

// Value returns the cell of a field by name, "" where the register has no such field.
func (t *Table) Value(r *Row, field string) string {
	if i := t.Schema.Field(field); i >= 0 {
		return r.Values[i]
	}
	return ""
}

// Text returns a text column's cell in its three languages; a column of another type
// gives the same text for all.
func (t *Table) Text(r *Row, column int) locale.Text {
	c := &t.Schema.Columns[column]
	i := c.Field()
	if c.Type != Text {
		return locale.Text{Ky: r.Values[i], Ru: r.Values[i], En: r.Values[i]}
	}
	return locale.Text{Ky: r.Values[i], Ru: r.Values[i+1], En: r.Values[i+2]}
}

// Lookup finds a record by key, or nil.
func (t *Table) Lookup(key string) *Row {
	if i, ok := t.byKey[key]; ok {
		return &t.Rows[i]
	}
	return nil
}

// KeyNames returns all keys, in order.
func (t *Table) KeyNames() []string {
	names := make([]string, len(t.Rows))
	for i := range t.Rows {
		names[i] = t.Rows[i].Key
	}
	return names
}

// Problem makes a diagnostic about a cell of a row. Its message is given the value and
// the column, by its name in the file and by its title.
func (t *Table) Problem(code diag.Code, r *Row, field int, args diag.Args) diag.Diagnostic {
	d := diag.Diagnostic{Code: code, File: r.Origin.File, Register: t.Label, ID: r.Key, Args: diag.Args{}}
	for k, v := range args {
		d.Args[k] = v
	}
	if field >= 0 {
		d.Value = r.Values[field]
		d.Args["value"] = d.Value
		f := t.Schema.Fields[field]
		d.Args["column"], d.Args["column_title"] = f.Name, t.Schema.Columns[f.Column].Title
		if r.Origin.Spans != nil {
			d.Span = r.Origin.Spans[field]
		}
		if r.Origin.Row > 0 {
			d.Span = t.span(r, field)
			d.Cell = source.Cell{Row: r.Origin.Row, Column: t.position[field] + 1}
		}
	}
	return d
}

// span finds a cell of a CSV file by splitting its row again: places are asked for
// seldom, and to keep those of all cells took half as much room as the cells. A cell that
// is not there has an empty span at the beginning of the row.
func (t *Table) span(r *Row, field int) source.Span {
	l := lexer{file: r.Origin.File, text: r.Origin.File.Text(), pos: r.Origin.Start}
	rec, _ := l.next()
	if p := t.position[field]; p >= 0 && p < len(rec.cells) {
		return rec.cells[p].span
	}
	return source.Span{Start: r.Origin.Start, End: r.Origin.Start}
}
