package table

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"achyk/internal/diag"
	"achyk/internal/source"
)

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
