package sheet

import (
	"errors"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// tally counts what is read of all sheets of a book against the limits of registers.
type tally struct {
	spent map[string]int
	over  diag.Args // which limit was exceeded first; nil if none
}

func newTally() *tally { return &tally{spent: map[string]int{}} }

// errOver ends the reading of a book of which a tally says which limit it exceeds.
var errOver = errors.New("sheet: more than is read")

// spend counts n more, and tells whether they are within the limit.
func (t *tally) spend(what string, n, limit int) bool {
	t.spent[what] += n
	return t.spent[what] <= limit || t.exceed(what, limit)
}

// exceed notes that a limit was exceeded, and is false.
func (t *tally) exceed(what string, limit int) bool {
	if t.over == nil {
		t.over = diag.Args{"what": diag.Phrase("limit." + what), "have": "", "limit": limit, "key": ""}
	}
	return false
}

// builder collects the rows of a sheet.
type builder struct {
	sheet Sheet
	tally *tally
}

// add puts a row at its number. A row without a value is left out, so that the million empty rows
// to which a sheet can be formatted cost nothing.
func (b *builder) add(number int, row []Cell, hidden bool) {
	for len(row) > 0 && row[len(row)-1].Text == "" {
		row = row[:len(row)-1]
	}
	if len(row) == 0 || b.tally.over != nil {
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

// merge notes cells that are merged.
func (b *builder) merge(from, to source.Cell) {
	if b.tally.spend("merged", 1, limits.Merged) {
		b.sheet.Merged = append(b.sheet.Merged, Area{from, to})
	}
}
