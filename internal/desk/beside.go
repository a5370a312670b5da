package desk

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"achyk/internal/desk/reading"
	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/table"
)

// left is why a row of the sheet is not read: the word of the message, and the cell that tells what it is.
type left struct {
	why    string
	column int
}

// beside finds the rows below the headings that hold no record and are no mistake: totals, headings once
// more, titles across the table, notes and signatures below it. Where another table begins, it reports that
// once, and the rows from there on are not read either.
func (c *clerk) beside() {
	r := c.result
	c.left, c.sum = map[int]left{}, map[int]*sum{}
	merged := map[int]bool{} // rows of which one cell goes across columns
	for _, a := range r.Sheet.Merged {
		merged[a.From.Row] = merged[a.From.Row] || a.To.Column > a.From.Column+1
	}
	last, end := r.Header, len(r.Sheet.Rows)
	for n := r.Header + 1; n <= end; n++ {
		row := r.Sheet.Rows[n-1]
		filled, first := filledOf(row)
		switch {
		case filled == 0 || c.published(row) != nil:
		case n == r.Header+1 && counts(row):
			c.left[n] = left{"numbers", first}
			continue
		case filled > 1 && c.repeats(row):
			c.left[n] = left{"heading", first}
			continue
		case filled > 1 && c.desk.begins(row):
			c.report(diag.SecondTable, source.Cell{Row: n, Column: first}, diag.Args{"row": n, "last": end})
			for ; n <= end; n++ {
				c.left[n] = left{}
			}
			continue
		case c.total(row, n):
			c.left[n] = left{"total", first}
			continue
		case filled == 1 && (merged[n] || c.keyColumn(first-1) && !c.keyed(row)):
			c.left[n] = left{"section", first}
			continue
		}
		if c.keyed(row) {
			last = n
		}
	}
	for n := end; n > r.Header; n-- {
		filled, first := filledOf(r.Sheet.Rows[n-1])
		l, known := c.left[n]
		switch {
		case l.why == "section" && n > last: // below the table it is no title
			c.left[n] = left{"below", first}
		case known || filled == 0:
		case c.fits(r.Sheet.Rows[n-1]): // a record that lacks something
			return
		case filled == 1 && len(r.Fields) > 1 && c.published(r.Sheet.Rows[n-1]) == nil, last > r.Header && n > last && c.apart(last, n):
			c.left[n] = left{"below", first}
		default:
			return
		}
	}
}

// fits tells whether a cell of a row has what only a record has there: a word of its column, a day, or the code or
// the name of a record that its column refers to.
func (c *clerk) fits(row []sheet.Cell) bool {
	for i, cell := range row {
		if cell.Text == "" || i >= len(c.field) || c.field[i] < 0 {
			continue
		}
		column := &c.schema.Columns[c.schema.Fields[c.field[i]].Column]
		value, _ := c.translate(cell, c.field[i])
		_, day := table.ParseTime(value)
		if c.desk.lists(column, value) || day && column.Type.Dated() {
			return true
		}
	}
	return false
}

// filledOf counts the cells of a row that are not empty, and returns the column of the first.
func filledOf(row []sheet.Cell) (filled, first int) {
	for i, cell := range row {
		if cell.Text != "" {
			if filled++; first == 0 {
				first = i + 1
			}
		}
	}
	return filled, first
}

// written joins the texts of a row.
func written(row []sheet.Cell) string {
	var texts []string
	for _, cell := range row {
		if cell.Text != "" {
			texts = append(texts, cell.Text)
		}
	}
	return strings.Join(texts, " · ")
}

// apart tells whether an empty row, or one that is not read, lies between two rows.
func (c *clerk) apart(last, n int) bool {
	for m := last + 1; m < n; m++ {
		if _, left := c.left[m]; left || len(c.result.Sheet.Rows[m-1]) == 0 {
			return true
		}
	}
	return false
}

// keyForm is the form of keys, right or mistyped; a day or a word with an end is none.
var keyForm, latin = regexp.MustCompile(`^[\p{L}0-9_-]+$`), regexp.MustCompile(`[A-Za-z0-9]`)

// keyColumn tells whether a column, counted from 0, is one of the key.
func (c *clerk) keyColumn(i int) bool {
	return i < len(c.field) && slices.Contains(c.schema.Keys(), c.field[i])
}

// keyed tells whether a row has the key of a record, right or mistyped.
func (c *clerk) keyed(row []sheet.Cell) bool {
	for _, k := range c.schema.Keys() {
		at := c.result.Fields[k]
		if at == 0 || at > len(row) || !latin.MatchString(row[at-1].Text) {
			continue
		}
		if c.schema.Columns[c.schema.Fields[k].Column].Type.Dated() || keyForm.MatchString(strings.TrimSpace(row[at-1].Text)) {
			return true
		}
	}
	return false
}

// repeats tells whether a row has the headings once more, as at the top of each printed page.
func (c *clerk) repeats(row []sheet.Cell) bool {
	h := c.desk.headingsOf(c.schema)
	for i, cell := range row {
		if cell.Text != "" && (i >= len(c.head) || cell.Text != c.head[i].Text && (c.field[i] < 0 || h.field(c.desk.formsOf(cell.Text)) != c.field[i])) {
			return false
		}
	}
	return true
}

// counts tells whether a row numbers the columns, as printed forms do: 1, 2, 3.
func counts(row []sheet.Cell) bool {
	n := 0
	for _, cell := range row {
		if cell.Text == "" {
			continue
		}
		if n++; strings.Trim(cell.Text, "(). ") != strconv.Itoa(n) {
			return false
		}
	}
	return n > 2
}

// begins tells whether nearly all cells of a row are headings of registers.
func (d *Desk) begins(row []sheet.Cell) bool {
	if d.words == nil {
		d.words = map[string]bool{}
		for _, t := range d.Tables {
			for heading := range d.headingsOf(t.Schema) {
				d.words[heading] = true
			}
		}
	}
	known, others := 0, 0
	for _, cell := range row {
		if cell.Text == "" {
			continue
		}
		if d.words[key(cell.Text)] {
			known++
		} else {
			others++
		}
		if others > len(row)/2 {
			return false
		}
	}
	return known > 1 && known > 2*others
}

// totals begin the label of a row of sums or means.
// A name may begin with "жалпы", as that of a school does.
var totals = regexp.MustCompile(`^(?:(?:жыйынты(?:гы|к)|бардыгы|баардыгы|жалпысы|итого|всего)(?:[ :.].*)?|(?:баары|жалпы|итог|total|sum|орто|орточо|орточосу|среднее|в среднем|average|mean)(?: (?:саны|сумма|суммасы|болуп))?[:.]?)$`)

// total tells whether a row has the sums of what is above it: its label says so, or each of its cells is the
// sum of its column. Such a row has no key.
func (c *clerk) total(row []sheet.Cell, n int) bool {
	labelled, numbers := false, 0
	for i, cell := range row {
		switch {
		case cell.Text == "":
		case totals.MatchString(key(cell.Text)):
			labelled = true
		case cell.Kind == sheet.Number || cell.Kind == sheet.Clock || strings.HasPrefix(cell.Text, "=") || numeric(cell.Text):
			numbers++
			if c.keyColumn(i) {
				return false
			}
		default:
			return false
		}
	}
	if labelled {
		return true
	}
	for i, cell := range row {
		if cell.Text != "" && (i >= len(c.field) || c.field[i] < 0 || !c.sums(i, n, cell.Text)) {
			return false
		}
	}
	return numbers > 0
}

// numeric tells whether a text is a number as people write it.
func numeric(text string) bool {
	_, err := reading.Exact(text, true)
	return err == nil
}

// sum is what the cells of a column have together.
type sum struct {
	next, count int // the row that is added next; how many were
	total       decimal.Decimal
	err         error // a cell is no number
}

// sums tells whether a number is the sum of two or more numbers above it in its column. It is asked of one row
// after another, so it adds each cell once.
func (c *clerk) sums(column, n int, text string) bool {
	s := c.sum[column]
	if s == nil {
		s = &sum{next: c.result.Header + 1}
		c.sum[column] = s
	}
	for ; s.next < n && s.err == nil; s.next++ {
		cell := c.result.Sheet.Cell(s.next, column+1).Text
		if _, left := c.left[s.next]; left || cell == "" {
			continue
		}
		var v decimal.Decimal
		v, s.err = reading.Exact(cell, c.commas())
		s.total, s.count = s.total.Add(v), s.count+1
	}
	v, err := reading.Exact(text, c.commas())
	return s.err == nil && err == nil && s.count > 1 && v.Equal(s.total)
}

// heads returns the headings in a row. Those of cells that are merged downwards stand in each of their rows,
// and what stands below a heading that is merged across is read with it where only both head a column:
// "ky" below "Аталышы" is "Аталышы (ky)".
func (d *Desk) heads(s *sheet.Sheet, h headings, row int) []sheet.Cell {
	cells, cloned := s.Rows[row-1], false
	for _, a := range s.Merged {
		if a.From.Row >= row || a.To.Row < row-1 || a.To.Row > row || a.From.Column > 1<<10 {
			continue
		}
		if !cloned {
			cells, cloned = slices.Clone(cells), true
		}
		above := s.Cell(a.From.Row, a.From.Column)
		if a.To.Row == row && a.From.Column == a.To.Column {
			for len(cells) < a.From.Column {
				cells = append(cells, sheet.Cell{})
			}
			cells[a.From.Column-1] = above
		}
		for i := a.From.Column - 1; a.To.Row == row-1 && i < min(a.To.Column, len(cells)); i++ {
			for _, text := range []string{above.Text + " (" + cells[i].Text + ")", above.Text + " " + cells[i].Text} {
				if cells[i].Text != "" && h.field(d.formsOf(cells[i].Text)) < 0 && h.field(d.formsOf(text)) >= 0 {
					cells[i].Text = text
				}
			}
		}
	}
	return cells
}
