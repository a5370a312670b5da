package table

import (
	"cmp"
	"slices"
	"strings"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// Read reads and validates a CSV file. label is what reports call the register. With a nil
// schema every column is a string. One wrong cell gives one diagnostic; its row is kept with
// its key, so that references to the row are not reported as well.
func Read(f *source.File, label string, schema *Schema) (*Table, diag.List) {
	t := &Table{Schema: schema, Label: label, File: f, byKey: map[string]int{}}
	if schema == nil {
		t.Schema = plainFrom(label, record{})
	}
	if i := characters.Invalid(f.Data); i >= 0 {
		return t, diag.List{{Code: diag.InvalidUTF8, File: f, Span: source.Span{Start: i, End: i + 1}, Register: label}}
	}
	l, r := newLexer(f, f.Text()), newReader(t)
	first, some := l.filled()
	if !some && !l.ended {
		r.problems.Add(diag.Diagnostic{Code: diag.EmptyFile, File: f, Register: label})
	}
	if some && schema == nil {
		t.Schema = plainFrom(label, first)
	}
	usable := some && !r.titled(first, l) && r.header(first)
	t.Whole = usable
	t.Rows = make([]Row, 0, min(strings.Count(l.text, "\n"), limits.Rows))
	for rec, more := l.filled(); more; rec, more = l.filled() { // to the end of the file, since the lexer reports as well
		if usable {
			r.row(rec)
		}
		if r.matched > limits.Matched {
			l.exceeds("matched", limits.Matched, rec.cells[0].span)
		}
	}
	t.Whole = t.Whole && !l.ended
	t.index()
	problems := l.problems.List
	for i := range problems {
		problems[i].Register = label
	}
	return t, append(problems, r.problems.List...)
}

// New makes a table of rows that come from elsewhere than a CSV file. Their cells are judged
// as those of a file are.
func New(schema *Schema, label string, rows []Row) (*Table, diag.List) {
	t := &Table{Schema: schema, Label: label, Whole: true, byKey: map[string]int{}}
	r := newReader(t)
	r.silent = make([]bool, len(schema.Fields))
	for _, row := range rows {
		r.accept(row)
	}
	t.index()
	return t, r.problems.List
}

// Made makes a table of rows that the program itself made. Their cells are not judged, and no
// two rows may have the same key.
func Made(schema *Schema, label string, rows []Row) *Table {
	t := &Table{Schema: schema, Label: label, Whole: true, Rows: rows, byKey: map[string]int{}}
	for i := range t.Rows {
		t.Rows[i].Key = t.Rows[i].key(schema)
	}
	t.index()
	return t
}

// Row makes a row of cells by the names of their fields, for a register that comes from no
// file.
func (s *Schema) Row(cells map[string]string) Row {
	row := Row{Values: make([]string, len(s.Fields))}
	for i, f := range s.Fields {
		row.Values[i] = cells[f.Name]
	}
	return row
}

// plainFrom makes a schema of a header. If the header names no column, the schema has the
// column id, which is reported as missing then.
func plainFrom(label string, header record) *Schema {
	var names []string
	for _, c := range header.cells {
		if name := strings.TrimSpace(c.value); name != "" && !strings.EqualFold(name, Demonstration) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		names = []string{"id"}
	}
	return PlainSchema(label[strings.LastIndexByte(label, '/')+1:], names)
}

// index sorts the rows by the columns of the key and notes where the row of each key is.
func (t *Table) index() {
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		for _, k := range t.Schema.keys {
			if c := cmp.Compare(a.Values[k], b.Values[k]); c != 0 {
				return c
			}
		}
		return 0
	})
	t.byKey = make(map[string]int, len(t.Rows))
	for i := range t.Rows {
		t.byKey[t.Rows[i].Key] = i
	}
}
