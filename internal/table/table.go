package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

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

// Read reads and validates a CSV file. label is how reports call the register. With a
// nil schema every column is a string. One wrong cell gives one diagnostic, and its row
// stays known by its key, so that what refers to it is not reported as well.
func Read(f *source.File, label string, schema *Schema) (*Table, diag.List) {
	t := &Table{Schema: schema, Label: label, File: f, byKey: map[string]int{}}
	if schema == nil {
		t.Schema = plainFrom(label, record{})
	}
	if i := InvalidUTF8(f.Data); i >= 0 {
		return t, diag.List{{Code: diag.InvalidUTF8, File: f, Span: source.Span{Start: i, End: i + 1}, Register: label}}
	}
	l, r := newLexer(f, f.Text()), newReader(t)
	first, some := l.filled()
	if !some && !l.unclosed {
		r.problems.Add(diag.Diagnostic{Code: diag.EmptyFile, File: f, Register: label})
	}
	if some && schema == nil {
		t.Schema = plainFrom(label, first)
	}
	usable := some && r.header(first)
	t.Whole = usable
	t.Rows = make([]Row, 0, strings.Count(l.text, "\n"))
	for rec, more := l.filled(); more; rec, more = l.filled() { // all, for what else is wrong
		if usable {
			r.row(rec)
		}
	}
	t.Whole = t.Whole && !l.unclosed
	t.index()
	for i := range l.problems {
		l.problems[i].Register = label
	}
	return t, append(l.problems, r.problems...)
}

// New makes a table of rows that come from elsewhere than a CSV file, checking their
// cells the same way.
func New(schema *Schema, label string, rows []Row) (*Table, diag.List) {
	t := &Table{Schema: schema, Label: label, Whole: true, byKey: map[string]int{}}
	r := newReader(t)
	r.mute = make([]bool, len(schema.Fields))
	for _, row := range rows {
		r.accept(row)
	}
	t.index()
	return t, r.problems
}

// Made makes a table of rows that the program made itself: their cells are not checked,
// and no two may have the same key.
func Made(schema *Schema, label string, rows []Row) *Table {
	t := &Table{Schema: schema, Label: label, Whole: true, Rows: rows, byKey: map[string]int{}}
	for i := range t.Rows {
		t.Rows[i].Key = t.Rows[i].key(schema)
	}
	t.index()
	return t
}

// Row makes a row of the cells it is given by the names of their fields; for registers
// that come from no file.
func (s *Schema) Row(cells map[string]string) Row {
	row := Row{Values: make([]string, len(s.Fields))}
	for i, f := range s.Fields {
		row.Values[i] = cells[f.Name]
	}
	return row
}

// plainFrom makes a schema of a header; one that names no column lacks an id.
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

// index sorts the rows by key columns and remembers where each is.
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

// reader turns records into rows.
type reader struct {
	table    *Table
	problems diag.List
	mute     []bool         // by field: nothing more is said of this row's cell
	width    int            // cells of the header
	firsts   map[string]int // spreadsheet row at which a key appeared first
	uniques  map[string]int // the same by field and value, for unique columns
}

func newReader(t *Table) *reader {
	return &reader{table: t, firsts: map[string]int{}, uniques: map[string]int{}}
}

// header finds the columns, and tells whether rows can be read at all.
func (r *reader) header(h record) bool {
	t, s := r.table, r.table.Schema
	problem := func(code diag.Code, i int, args diag.Args) {
		d := diag.Diagnostic{Code: code, File: t.File, Register: t.Label, Args: args}
		if i >= 0 {
			d.Span, d.Cell, d.Value = h.cells[i].span, source.Cell{Row: h.row, Column: i + 1}, h.cells[i].value
			args["value"] = d.Value
		} else {
			d.Span = source.Span{Start: h.cells[0].span.Start, End: h.cells[len(h.cells)-1].span.End}
		}
		r.problems.Add(d)
	}
	if strings.ContainsAny(h.cells[0].value, ";\t|") && (record{cells: h.cells[1:]}).blank() {
		problem(diag.WrongDelimiter, 0, diag.Args{})
		return false
	}
	r.width = len(h.cells)
	t.position, r.mute = make([]int, len(s.Fields)), make([]bool, len(s.Fields))
	var names []string
	for i, f := range s.Fields {
		t.position[i] = -1
		names = append(names, f.Name)
	}
	misspelt := map[string]bool{} // columns that are there under another name
	firsts := map[string]int{}    // databases make no difference between Name and name
	for i, c := range h.cells {
		name := strings.TrimSpace(c.value)
		if c.reported {
			name = strings.ReplaceAll(name, `"`, "")
		}
		first, twice := firsts[strings.ToLower(name)]
		switch f := s.Field(name); {
		case strings.EqualFold(name, Demonstration):
		case name == "" && i >= len(s.Fields): // an empty column a spreadsheet left behind
		case f < 0:
			near := Nearest(name, names)
			misspelt[near] = true
			problem(diag.UnknownColumn, i, diag.Args{"nearest": near, "words": names})
		case twice:
			problem(diag.DuplicateColumn, i, diag.Args{"first": source.Cell{Row: h.row, Column: first + 1}.String()})
		case strings.ContainsFunc(name, Forbidden): // there is no schema
			problem(diag.ControlChar, i, diag.Args{"column": name, "column_title": s.Columns[s.Fields[f].Column].Title})
		default:
			t.position[f], firsts[strings.ToLower(name)] = i, i
		}
	}
	usable := true
	for i, f := range s.Fields {
		if t.position[i] >= 0 || !s.Required(i) {
			continue
		}
		usable = usable && !slices.Contains(s.keys, i)
		if !misspelt[f.Name] {
			problem(diag.MissingColumn, -1, diag.Args{"column": f.Name, "column_title": s.Columns[f.Column].Title})
		}
	}
	return usable
}

// row reads one record.
func (r *reader) row(rec record) {
	t := r.table
	values := make([]string, len(t.Schema.Fields))
	whole := source.Span{Start: rec.cells[0].span.Start, End: rec.cells[len(rec.cells)-1].span.End}
	for i := range values {
		r.mute[i] = t.position[i] < 0 // a column that is not there has been reported as a whole
		if p := t.position[i]; p >= 0 && p < len(rec.cells) {
			values[i], r.mute[i] = rec.cells[p].value, rec.cells[p].reported
		}
	}
	row := Row{Values: values, Origin: Origin{File: t.File, Row: rec.row, Start: whole.Start}}
	// A row of the wrong width has shifted cells: that is said, and its cells are not
	// judged, but its key is known so that references to it hold.
	extra := rec.cells[min(r.width, len(rec.cells)):]
	code := diag.Code("")
	if len(rec.cells) < r.width {
		code = diag.RowTooShort
	} else if !(record{cells: extra}).blank() {
		code = diag.RowTooLong
	}
	if code != "" {
		row.Key = row.key(t.Schema)
		if !slices.ContainsFunc(rec.cells, func(c cell) bool { return c.reported }) {
			d := t.Problem(code, &row, -1, diag.Args{"have": len(rec.cells), "want": r.width})
			d.Span, d.Cell = whole, source.Cell{Row: rec.row, Column: 1}
			r.problems.Add(d)
		}
		blank(row.Values, t.Schema)
		r.keep(row)
		return
	}
	r.accept(row)
}

// blank empties everything but the key.
func blank(values []string, s *Schema) {
	for i := range values {
		if !slices.Contains(s.keys, i) {
			values[i] = ""
		}
	}
}

func (row *Row) key(s *Schema) string {
	parts := make([]string, len(s.keys))
	for i, k := range s.keys {
		parts[i] = strings.TrimSpace(row.Values[k])
	}
	return strings.Join(parts, "_")
}

// accept judges the cells of a row and keeps it. A cell that is wrong is reported and
// emptied; a key that is wrong stays, or all that refers to it would be wrong as well.
func (r *reader) accept(row Row) {
	t, s := r.table, r.table.Schema
	row.Key = row.key(s)
	for i := range s.Fields {
		if r.mute[i] {
			r.spoil(&row, i)
			continue
		}
		if trimmed := strings.TrimFunc(row.Values[i], unicode.IsSpace); trimmed != row.Values[i] {
			r.problems.Add(t.Problem(diag.OuterSpace, &row, i, nil))
			row.Values[i] = trimmed
		}
		code, args := r.judge(row.Values[i], i)
		if code == "" {
			continue
		}
		r.problems.Add(t.Problem(code, &row, i, args))
		if code.Severity() == diag.Error {
			r.spoil(&row, i)
		}
	}
	if first, twice := r.firsts[row.Key]; twice {
		d := t.Problem(diag.DuplicateKey, &row, s.keys[0], diag.Args{"key": strings.Join(s.PrimaryKey, ", "), "first": strconv.Itoa(first)})
		d.Args["value"] = row.Key
		r.problems.Add(d)
		t.Whole = false // one of the two may be what others refer to by another id
		return
	}
	r.keep(row)
	for i, f := range s.Fields {
		if value := row.Values[i]; s.Columns[f.Column].Unique && value != "" {
			at := f.Name + "\x00" + value
			if first, twice := r.uniques[at]; twice {
				r.problems.Add(t.Problem(diag.DuplicateValue, &row, i, diag.Args{"first": strconv.Itoa(first)}))
			} else {
				r.uniques[at] = row.Origin.Row
			}
		}
	}
}

// judge tells what is wrong with the text of a field's cell, or "".
func (r *reader) judge(value string, field int) (diag.Code, diag.Args) {
	s := r.table.Schema
	f := s.Fields[field]
	if value == "" {
		if s.Required(field) {
			return diag.MissingValue, nil
		}
		return "", nil
	}
	code := characters(value, f, &s.Columns[f.Column])
	if code != "" && code.Severity() == diag.Error {
		return code, nil
	}
	if worse, args := s.Columns[f.Column].check(value); worse != "" {
		return worse, args
	}
	return code, nil
}

// spoil empties a cell that was reported. One of the key stays, or all that refers to
// the record would be reported as well.
func (r *reader) spoil(row *Row, field int) {
	if slices.Contains(r.table.Schema.keys, field) {
		r.table.Whole = false
	} else {
		row.Values[field] = ""
	}
}

// keep adds a row to the table, unless nothing is known by which to call it.
func (r *reader) keep(row Row) {
	if _, twice := r.firsts[row.Key]; twice || strings.Trim(row.Key, "_") == "" {
		return
	}
	r.firsts[row.Key] = row.Origin.Row
	r.table.Rows = append(r.table.Rows, row)
}
