package table

import (
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/source"
)

// Demonstration is the name of a column that published files of a repository with invented
// data have. Read accepts the column and leaves it out.
const Demonstration = "demonstration"

// Table is a register with its rows. Values that were reported are empty in it.
type Table struct {
	Schema *Schema
	Label  string       // what reports call it: "osh/findings"
	File   *source.File // nil for a register that comes from no single file
	Rows   []Row        // in the order of their keys
	// Whole is false if rows or keys could not be read: then an id that is not in the table
	// may still be right.
	Whole bool

	byKey    map[string]int
	position []int // by field: the index of its cell in the file's records, -1 where there is none
}

// Row is one record.
type Row struct {
	Key    string   // the cells of the primary key, joined with "_"
	Values []string // canonical text by Schema.Fields; empty if not known
	Origin Origin
}

// Origin is where a row stands in its file.
type Origin struct {
	File  *source.File
	Row   int            // in a CSV file: the spreadsheet row; else 0
	Start int            // in a CSV file: the byte at which the row begins
	Spans []source.Span  // in any other file: the places of its fields; nil if there is no file
	Files []*source.File // the files of Spans; nil: all are in File
}

// At returns the file that a field stands in, or nil. The field -1 is the whole row.
func (o *Origin) At(field int) *source.File {
	if field >= 0 && o.Files != nil {
		return o.Files[field]
	}
	return o.File
}

// path returns the path of the file that a field stands in, or "".
func (o *Origin) path(field int) string {
	if f := o.At(field); f != nil {
		return f.Path
	}
	return ""
}

// Value returns the cell of a field by name, "" if the register has no such field.
func (t *Table) Value(r *Row, field string) string {
	if i := t.Schema.Field(field); i >= 0 {
		return r.Values[i]
	}
	return ""
}

// Text returns the cell of a text column in its languages. The cell of any other column has the
// same text in all of them.
func (t *Table) Text(r *Row, column int) locale.Text { return t.TextOf(r, &t.Schema.Columns[column]) }

// TextOf is Text of a column that the caller has.
func (t *Table) TextOf(r *Row, c *Column) (text locale.Text) {
	i := c.Field()
	if c.Type != Text {
		return locale.Same(r.Values[i])
	}
	for j, l := range t.Schema.Langs {
		text.Set(l, r.Values[i+j])
	}
	return text
}

// Lookup returns a row by key, or nil.
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

// Named returns the keys of all rows, in order, with what the rows are called.
func (t *Table) Named() []Named {
	all := make([]Named, len(t.Rows))
	for i := range t.Rows {
		all[i].Code = t.Rows[i].Key
		for _, c := range t.Schema.labels {
			if of := t.Schema.Columns[c].Type; of == Text || of == String {
				all[i].Name = t.Text(&t.Rows[i], c)
				break
			}
		}
	}
	return all
}

// Problem makes a diagnostic about a cell of a row, or with field -1 about the row. The
// arguments of its message are args, the value of the cell, and the name and title of its
// column.
func (t *Table) Problem(code diag.Code, r *Row, field int, args diag.Args) diag.Diagnostic {
	d := diag.Diagnostic{Code: code, File: r.Origin.At(field), Register: t.Label, ID: r.Key, Args: diag.Args{}}
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

// span finds a cell of a CSV file by splitting its row once more. Few places are asked for,
// and keeping those of all cells took half as much memory as the cells. A cell that is
// missing has an empty span at the beginning of the row.
func (t *Table) span(r *Row, field int) source.Span {
	l := lexer{file: r.Origin.File, text: r.Origin.File.Text(), comma: ',', pos: r.Origin.Start}
	rec, _ := l.next()
	if p := t.position[field]; p >= 0 && p < len(rec.cells) {
		return rec.cells[p].span
	}
	return source.Span{Start: r.Origin.Start, End: r.Origin.Start}
}
