package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/table"
)

// wide is a sheet that has a record in each of its cells: points by member and criterion, counts by
// service and kind. It is taken as the sheet of the register that says the same with a row for each
// record, and what is said of that sheet is said of the cells of the wide one.
//
// A sheet is wide only if every heading is either a column of the register or a value of columns that
// the sheet does not have, and just one column that must be filled, of numbers, is left for the cells.
type wide struct {
	sheet    *sheet.Sheet
	header   int
	table    *table.Table
	fields   map[int]int            // columns of the register, by the column of the sheet
	values   map[int]map[int]string // what the other columns stand for: values by field
	measure  int                    // the field of the cells
	computed int                    // the field of the id, or -1 if the sheet has it or none is needed

	places []source.Cell // by row of the long sheet, from its second on: the cell of the wide one
	long   []int         // by column of the long sheet: the column of the wide one, 0 for that of the cell
}

// wide returns the wide sheet of a workbook, or nil if there is none, or more than one. A sheet to fill in
// is none.
func (d *Desk) wide(b *sheet.Book, register string) (found *wide) {
	if slices.ContainsFunc(d.Tables, func(t *table.Table) bool { return stamp(b, t) != nil }) {
		return nil
	}
	for s, t := range d.candidates(b, register) {
		for row := range s.Rows[:min(len(s.Rows), headed)] {
			w := &wide{sheet: s, header: row + 1, table: t}
			switch {
			case !w.heads(d):
			case found != nil:
				return nil
			default:
				found = w
			}
		}
	}
	return found
}

// heads tells whether the headings are those of a wide sheet.
func (w *wide) heads(d *Desk) bool {
	h, s := d.headingsOf(w.table.Schema), w.table.Schema
	w.fields, w.values = map[int]int{}, map[int]map[int]string{}
	has := map[int]bool{}
	var others []int
	for i, c := range d.heads(w.sheet, h, w.header) {
		forms := d.formsOf(c.Text)
		switch f := h.field(forms); {
		case f >= 0 && has[f]:
			return false
		case f >= 0:
			w.fields[i+1], has[f] = f, true
		case c.Text != "" && demonstration().field(forms) < 0:
			others = append(others, i+1)
		}
	}
	if len(w.fields) == 0 || len(others) == 0 {
		return false
	}
	for _, column := range others {
		values := d.valuesOf(w.table, has, w.sheet.Cell(w.header, column).Text)
		if values == nil || len(w.values) > 0 && !sameFields(values, w.values[others[0]]) {
			return false
		}
		w.values[column] = values
	}
	for f := range w.values[others[0]] {
		has[f] = true
	}
	w.measure, w.computed = -1, -1
	for f := range s.Fields {
		switch keyed := slices.Contains(s.Keys(), f); {
		case has[f] || !s.Required(f) && !keyed:
		case keyed && len(s.Keys()) == 1 && len(s.UniqueKeys) > 0:
			w.computed = f
		case keyed || w.measure >= 0 || !s.Columns[s.Fields[f].Column].Type.Numeric():
			return false
		default:
			w.measure = f
		}
	}
	return w.measure >= 0
}

// valuesOf returns what a heading stands for: a value of a field that the sheet does not have, or several
// with strokes between. It is nil if it stands for none, or may stand for several.
func (d *Desk) valuesOf(t *table.Table, has map[int]bool, heading string) map[int]string {
	if f, value := d.valueOf(t, has, heading); f >= 0 {
		return map[int]string{f: value}
	}
	for _, mark := range []string{"\n", "/", "|", ","} {
		values, whole := map[int]string{}, true
		for part := range strings.SplitSeq(heading, mark) {
			f, value := d.valueOf(t, has, part)
			_, twice := values[f]
			whole = whole && f >= 0 && !twice
			values[f] = value
		}
		if whole && len(values) > 1 {
			return values
		}
	}
	return nil
}

// valueOf returns the only field that can have a text as its value, and the value; else -1.
func (d *Desk) valueOf(t *table.Table, has map[int]bool, text string) (field int, value string) {
	field = -1
	for f := range t.Schema.Fields {
		if has[f] {
			continue
		}
		v := d.Value(t.Schema, f, text)
		is := d.lists(&t.Schema.Columns[t.Schema.Fields[f].Column], v)
		if is && field >= 0 {
			return -1, ""
		}
		if is {
			field, value = f, v
		}
	}
	return field, value
}

// lists tells whether a value is a word of a column, or the code or the name of a record that it refers to.
func (d *Desk) lists(c *table.Column, value string) bool {
	switch c.Type {
	case table.Enum:
		return slices.ContainsFunc(c.Values, func(w table.Value) bool { return w.Code == value })
	case table.Ref:
		return len(d.named(c.Register)[key(value)]) > 0
	}
	return false
}

// sameFields tells whether two headings stand for values of the same fields.
func sameFields(a, b map[int]string) bool {
	for f := range a {
		if _, ok := b[f]; !ok {
			return false
		}
	}
	return len(a) == len(b)
}

// lengthen writes the sheet with a row for each cell that is not empty.
func (w *wide) lengthen(c *clerk) *sheet.Sheet {
	s := w.table.Schema
	long := &sheet.Sheet{Name: w.sheet.Name}
	var columns, pivots []int
	for column := range w.fields {
		columns = append(columns, column)
	}
	slices.Sort(columns)
	var head []sheet.Cell
	name := func(field, column int) {
		head, w.long = append(head, sheet.Cell{Text: s.Fields[field].Name}), append(w.long, column)
	}
	for _, column := range columns {
		name(w.fields[column], column)
	}
	for _, values := range w.values {
		for f := range values {
			pivots = append(pivots, f)
		}
		break
	}
	slices.Sort(pivots)
	for _, f := range pivots {
		name(f, 0)
	}
	if w.computed >= 0 {
		name(w.computed, 0)
	}
	name(w.measure, 0)
	long.Rows = append(long.Rows, head)
	for n := w.header + 1; n <= len(w.sheet.Rows); n++ {
		for column := 1; column <= len(w.sheet.Rows[n-1]); column++ {
			values, cell := w.values[column], w.sheet.Cell(n, column)
			if _, left := c.left[n]; left || values == nil || cell.Text == "" {
				continue
			}
			var row []sheet.Cell
			record := make([]string, len(s.Fields))
			for _, from := range columns {
				row = append(row, w.sheet.Cell(n, from))
				record[w.fields[from]], _ = c.translate(w.sheet.Cell(n, from), w.fields[from])
			}
			for _, f := range pivots {
				row, record[f] = append(row, sheet.Cell{Text: values[f]}), values[f]
			}
			if w.computed >= 0 {
				row = append(row, sheet.Cell{Text: w.id(record)})
			}
			long.Rows, w.places = append(long.Rows, append(row, cell)), append(w.places, source.Cell{Row: n, Column: column})
		}
	}
	return long
}

// id returns the id of the record that has the same values in the columns that no two records share, or
// makes one of these values.
func (w *wide) id(record []string) string {
	s := w.table.Schema
	var fields []int
	var parts []string
	for _, name := range s.UniqueKeys[0] {
		f := s.Field(name)
		fields = append(fields, f)
		if record[f] != "" {
			parts = append(parts, record[f])
		}
	}
	for i := range w.table.Rows {
		r := &w.table.Rows[i]
		if !slices.ContainsFunc(fields, func(f int) bool { return r.Values[f] != record[f] }) {
			return r.Key
		}
	}
	return strings.Join(parts, "-")
}

// place returns the cell of the wide sheet for one of the long sheet.
func (w *wide) place(at source.Cell) source.Cell {
	switch {
	case at.Row < 2 || at.Row-2 >= len(w.places):
		return source.Cell{Row: w.header, Column: min(at.Column, 1)}
	case at.Column < 1 || at.Column > len(w.long) || w.long[at.Column-1] == 0:
		return w.places[at.Row-2]
	}
	return source.Cell{Row: w.places[at.Row-2].Row, Column: w.long[at.Column-1]}
}

// widen gives all that is said of the long sheet the cells of the wide one. What is said of a cell that has part in
// several records is said once.
func (r *Result) widen() {
	w := r.wide
	if w == nil {
		return
	}
	for i := range r.Problems {
		d := &r.Problems[i]
		if d.Cell.Row == 0 {
			continue
		}
		d.Cell = w.place(d.Cell)
		if first, err := strconv.Atoi(argument(d.Args["first"])); err == nil {
			d.Args["first"] = strconv.Itoa(w.place(source.Cell{Row: first}).Row)
		}
	}
	told := map[string]bool{}
	r.Problems = slices.DeleteFunc(r.Problems, func(d diag.Diagnostic) bool {
		said := fmt.Sprint(d.Code, d.Cell, d.Args["column"], d.Value)
		again := told[said]
		told[said] = d.Cell.Row > 0
		return again
	})
	for i := range r.Changes {
		c := &r.Changes[i]
		if c.Row == 0 {
			continue
		}
		for j := range c.Cells {
			c.Cells[j].Cell = w.place(c.Cells[j].Cell)
		}
		c.Row = w.places[c.Row-2].Row
	}
	for i := range r.Restored {
		r.Restored[i].Cell = w.place(r.Restored[i].Cell)
	}
	r.Problems = append(r.Problems, r.early...)
	r.Sheet, r.Header = w.sheet, w.header
}

// argument returns an argument of a message that is a text.
func argument(value any) string {
	text, _ := value.(string)
	return text
}
