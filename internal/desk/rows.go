package desk

import (
	"maps"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/table"
)

// headings finds the field of each column of the sheet.
func (c *clerk) headings() {
	h, r := c.desk.headingsOf(c.schema), c.result
	r.Fields = map[int]int{}
	for i, cell := range r.Sheet.Rows[r.Header-1] {
		f := h.field(cell.Text)
		if _, twice := r.Fields[f]; !twice && f >= 0 {
			r.Fields[f] = i + 1
		}
		c.field = append(c.field, f)
	}
}

// whole reports what stands in the way of reading the cells one by one, and what was left out.
func (c *clerk) whole() {
	r := c.result
	last := len(r.Sheet.Rows)
	for notes := c.notes(); last > r.Header && (notes[last] > 0 || len(r.Sheet.Rows[last-1]) == 0); last-- { // below lie notes
	}
	for _, a := range r.Sheet.Merged {
		if a.To.Row >= r.Header && a.From.Row <= last && a.From.Column <= len(c.field) {
			c.report(diag.MergedCells, a.From, diag.Args{"range": a.From.String() + ":" + a.To.String()})
		}
	}
	above := 0
	for _, row := range r.Sheet.Rows[:r.Header-1] {
		if len(row) > 0 {
			above++
		}
	}
	if above > 0 {
		c.report(diag.RowsLeftOut, source.Cell{Row: 1, Column: 1}, diag.Args{"rows": "above", "row": r.Header})
	}
	if hidden := slices.DeleteFunc(slices.Clone(r.Sheet.Hidden), func(row int) bool { return row <= r.Header }); len(hidden) > 0 {
		c.report(diag.HiddenRows, source.Cell{Row: hidden[0], Column: 1}, diag.Args{"count": len(hidden)})
	}
}

// rows translates and judges the rows of the sheet. They become a CSV in which each cell has its
// place in the sheet, so that package table reports the cells by the addresses that the clerk sees.
func (c *clerk) rows() *table.Table {
	r, s := c.result, c.schema
	width := len(c.field)
	var absent []int // fields that the sheet does not have: those of published records are added to the right
	for f := range s.Fields {
		if _, has := r.Fields[f]; !has {
			absent = append(absent, f)
		}
	}
	var b strings.Builder
	b.WriteString(strings.Repeat("\n", r.Header-1))
	for i, cell := range r.Sheet.Rows[r.Header-1] {
		heading := cell.Text
		if f := c.field[i]; f >= 0 {
			heading = s.Fields[f].Name
		} else if demonstration().field(heading) >= 0 {
			heading = table.Demonstration
		} else if heading != "" && c.foreign(heading) {
			c.report(diag.ColumnLeftOut, source.Cell{Row: r.Header, Column: i + 1}, nil)
			c.field[i] = leftOut
		}
		if heading == "" || c.field[i] == leftOut {
			heading = table.Demonstration // which package table passes over
		}
		write(&b, i, heading)
	}
	extra := c.extra(absent)
	for i, f := range extra {
		write(&b, width+i, s.Fields[f].Name)
	}
	b.WriteByte('\n')
	refused := map[source.Cell]bool{}
	notes := c.notes()
	for _, n := range slices.Sorted(maps.Keys(notes)) {
		c.report(diag.RowsLeftOut, source.Cell{Row: n, Column: notes[n]}, diag.Args{"rows": "below", "row": n})
	}
	for n := r.Header + 1; n <= len(r.Sheet.Rows); n++ {
		if row := r.Sheet.Rows[n-1]; len(row) > 0 && notes[n] == 0 {
			c.row(&b, n, extra, refused)
		}
		b.WriteByte('\n')
	}
	t, problems := table.Read(&source.File{Path: c.file.Path, Data: []byte(b.String())}, r.Table.Label, s)
	for _, p := range problems {
		if p.Cell.Column > width && len(extra) > 0 || refused[p.Cell] {
			continue
		}
		p.File, p.Path, p.Span = nil, c.file.Path, source.Span{} // a spreadsheet has cells and no lines
		r.Problems.Add(p)
	}
	return t
}

// leftOut stands for the field of a column that is none of the register's.
const leftOut = -2

// foreign tells whether a heading is of no column, and is no misspelt one either: people number the rows
// of a sheet and write remarks.
func (c *clerk) foreign(heading string) bool {
	return table.Nearest(key(heading), slices.Collect(maps.Keys(c.desk.headingsOf(c.schema)))) == ""
}

// extra are the fields that are added to the sheet from what is published. If the sheet has a new
// record, a required field that is not in the sheet stays away, and package table reports it once.
func (c *clerk) extra(absent []int) (extra []int) {
	if len(c.base.Rows) == 0 || len(absent) == 0 {
		return nil
	}
	fresh := false
	for n := c.result.Header + 1; n <= len(c.result.Sheet.Rows) && !fresh; n++ {
		row := c.result.Sheet.Rows[n-1]
		fresh = len(row) > 0 && c.published(row) == nil
	}
	for _, f := range absent {
		if slices.Contains(c.schema.Keys(), f) || fresh && c.schema.Required(f) {
			continue
		}
		extra = append(extra, f)
	}
	return extra
}

// published finds the record of a row by its key, as it was when the sheet was made.
func (c *clerk) published(cells []sheet.Cell) *table.Row {
	var parts []string
	for _, k := range c.schema.Keys() {
		at := c.result.Fields[k]
		if at == 0 || at > len(cells) {
			return nil
		}
		text, _ := c.translate(cells[at-1], k)
		parts = append(parts, text)
	}
	return c.base.Lookup(strings.Join(parts, "_"))
}

// notes finds the rows below the last record that have one cell only: what people write below a table.
// They are left out. It returns the column of the cell of each.
func (c *clerk) notes() map[int]int {
	notes, r := map[int]int{}, c.result
	for n := len(r.Sheet.Rows); n > r.Header; n-- {
		filled, at := 0, 0
		for i, cell := range r.Sheet.Rows[n-1] {
			if cell.Text != "" {
				filled, at = filled+1, i+1
			}
		}
		if filled > 1 || filled == 1 && (len(r.Fields) < 2 || c.published(r.Sheet.Rows[n-1]) != nil) {
			break
		}
		if filled == 1 {
			notes[n] = at
		}
	}
	return notes
}

// row writes a row of the sheet, and then the extra fields of the published record.
func (c *clerk) row(b *strings.Builder, n int, extra []int, refused map[source.Cell]bool) {
	r, cells := c.result, c.result.Sheet.Rows[n-1]
	published := c.published(cells)
	for i := range max(len(c.field), len(cells)) {
		var cell sheet.Cell
		if i < len(cells) {
			cell = cells[i]
		}
		switch {
		case i < len(c.field) && c.field[i] == leftOut:
			write(b, i, "")
			continue
		case i >= len(c.field) || c.field[i] < 0 && r.Sheet.Cell(r.Header, i+1).Text == "":
			if cell.Text != "" {
				c.report(diag.OutsideTable, source.Cell{Row: n, Column: i + 1}, nil)
			}
			if i < len(c.field) {
				write(b, i, "")
			}
			continue
		case c.field[i] < 0:
			write(b, i, cell.Text)
			continue
		}
		f, at := c.field[i], source.Cell{Row: n, Column: i + 1}
		if published != nil && cell.Kind == sheet.Text && cell.Text == published.Values[f] { // as nearly all cells
			write(b, i, cell.Text)
			continue
		}
		text, code := c.translate(cell, f)
		if published != nil {
			t, was := c.schema.Columns[c.schema.Fields[f].Column].Type, published.Values[f]
			if same(text, was, t) || cell.Kind == sheet.Percent && same(cell.Text, was, t) || t == table.DateTime && cell.Kind == sheet.Time && c.moment(cell.Text, "") == was {
				text, code = was, ""
			} else if t == table.Text && lettersLost(text, was) {
				c.report(diag.LettersFolded, at, diag.Args{"published": was})
			} else if d := damage(cell, text, was, t); d != "" {
				r.Restored = append(r.Restored, Restored{at, published.Key, c.schema.Fields[f].Name, text, was, d})
				text, code = was, ""
			}
		}
		if code != "" {
			refused[at] = true
			c.report(code, at, diag.Args{"nearest": ""})
		}
		write(b, i, text)
	}
	for i, f := range extra {
		text := ""
		if published != nil {
			text = published.Values[f]
		}
		write(b, len(c.field)+i, text)
	}
}

// same tells whether two texts of a column say the same: 7.0 and 7 are one number.
func same(a, b string, t table.Type) bool {
	return a == b || t.Numeric() && plain(a) == plain(b) && a != "" && b != ""
}

// plain writes a number without zeros at its end.
func plain(number string) string {
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return strings.TrimPrefix(number, "+")
}

// write writes the i-th cell of a row of CSV.
func write(b *strings.Builder, i int, text string) {
	if i > 0 {
		b.WriteByte(',')
	}
	if strings.ContainsAny(text, ",\"\n\r") || text != strings.TrimSpace(text) {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	b.WriteString(text)
}
