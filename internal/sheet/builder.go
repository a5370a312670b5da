package sheet

import (
	"errors"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// tally counts what is read of all sheets of a book against the limits of registers.
type tally struct {
	spent map[string]int
	fault *diag.Diagnostic // why the book is refused, the first reason; nil if it is not
}

func newTally() *tally { return &tally{spent: map[string]int{}} }

// errRefused ends the reading of a book that a tally refuses.
var errRefused = errors.New("sheet: it is refused")

// spend counts n more, and tells whether they are within the limit.
func (t *tally) spend(what string, n, limit int) bool {
	t.spent[what] += n
	return t.spent[what] <= limit || t.exceed(what, limit)
}

// exceed notes that a limit was exceeded, and is false.
func (t *tally) exceed(what string, limit int) bool { return t.exceedAt("", what, limit) }

// exceedAt notes that a limit was exceeded in a cell, and is false.
func (t *tally) exceedAt(cell, what string, limit int) bool {
	t.refuse(diag.OverLimit, diag.Args{"what": diag.Phrase("limit." + what), "have": "", "limit": limit, "key": cell})
	return false
}

// refuse notes why the book is refused. The finding has its place in its sentence and not as a cell:
// there is no sheet in which a clerk could correct that cell.
func (t *tally) refuse(code diag.Code, args diag.Args) {
	if t.fault == nil {
		value, _ := args["value"].(string)
		t.fault = &diag.Diagnostic{Code: code, Value: value, Args: args}
	}
}

// refused makes the finding on a file that is refused.
func (t *tally) refused(f *source.File) diag.List {
	d := *t.fault
	d.Path = f.Path
	return diag.List{d}
}

// write adds to the text of a cell, which may be as long as a row of a register.
func (t *tally) write(b *strings.Builder, text string) {
	if b.Len()+len(text) <= limits.Row || t.exceed("row", limits.Row) {
		b.WriteString(text)
	}
}

// builder collects the rows of a sheet.
type builder struct {
	sheet Sheet
	row   []Cell // in hand
	tally *tally
}

// put sets as many cells of the row in hand as are alike, from a place on. Empty ones cost nothing, and
// a value beyond the last column refuses the book: it must neither be lost nor move to another column.
func (b *builder) put(at source.Cell, times int, c Cell) {
	if c.Text == "" {
		return
	}
	if at.Column+times-1 > limits.Columns {
		at.Column = max(at.Column, limits.Columns+1)
		b.tally.exceedAt(at.String(), "columns", limits.Columns)
		return
	}
	for len(b.row) < at.Column-1 {
		b.row = append(b.row, Cell{})
	}
	for range times {
		b.row = append(b.row, c)
	}
}

// damaged refuses the book for what a cell holds. An empty cell, or one that moved, would be published
// as if the clerk had written it.
func (b *builder) damaged(at source.Cell, value string) {
	b.tally.refuse(diag.SheetDamaged, diag.Args{"why": "cell", "cell": at.String(), "words": b.sheet.Name, "value": value})
}

// add puts a row at its number. A row without a value is left out, so that the million empty rows
// to which a sheet can be formatted cost nothing.
func (b *builder) add(number int, row []Cell, hidden bool) {
	for len(row) > 0 && row[len(row)-1].Text == "" {
		row = row[:len(row)-1]
	}
	if len(row) == 0 || b.tally.fault != nil {
		return
	}
	bytes, between := 0, number-len(b.sheet.Rows)
	for _, c := range row {
		bytes += len(c.Text)
	}
	if len(row) > limits.Columns && !b.tally.exceed("columns", limits.Columns) || !b.tally.spend("rows", 1, limits.Rows) ||
		!b.tally.spend("cells", len(row), limits.Cells) || !b.tally.spend("text", bytes, limits.Register) || !b.tally.spend("places", between, limits.Places) {
		return
	}
	for len(b.sheet.Rows) < number-1 {
		b.sheet.Rows = append(b.sheet.Rows, nil)
	}
	b.sheet.Rows = append(b.sheet.Rows, row)
	if hidden {
		b.sheet.Hidden = append(b.sheet.Hidden, number)
	}
}

// merge notes cells that are merged, by two corners of their area.
func (b *builder) merge(from, to source.Cell) {
	if b.tally.spend("merged", 1, limits.Merged) {
		b.sheet.Merged = append(b.sheet.Merged, Area{
			source.Cell{Row: min(from.Row, to.Row), Column: min(from.Column, to.Column)},
			source.Cell{Row: max(from.Row, to.Row), Column: max(from.Column, to.Column)},
		})
	}
}
