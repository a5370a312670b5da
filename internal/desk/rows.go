package desk

import (
	"maps"
	"slices"
	"strings"

	"achyk/internal/desk/reading"
	"achyk/internal/desk/spoilt"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/selection"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/spelling"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// headings finds the field of each column of the sheet.
func (c *clerk) headings() {
	h, r := c.desk.headingsOf(c.schema), c.result
	r.Fields, c.field = map[int]int{}, nil
	c.head = c.desk.heads(r.Sheet, h, r.Header)
	for i, cell := range c.head {
		f := h.field(c.desk.formsOf(cell.Text))
		if _, twice := r.Fields[f]; !twice && f >= 0 {
			r.Fields[f] = i + 1
		}
		c.field = append(c.field, f)
	}
	for i := range c.head { // behind an empty column stand headings once more: another table
		twice := func(j int) bool { return c.field[j] >= 0 && r.Fields[c.field[j]] <= i }
		if c.head[i].Text != "" || i+2 >= len(c.head) || i == 0 || !twice(i+1) || !twice(i+2) {
			continue
		}
		at := source.Cell{Row: r.Header, Column: i + 2}
		c.report(diag.SecondTable, at, diag.Args{"cell": at.String()})
		for ; i < len(c.head); i++ {
			c.field[i] = leftOut
		}
		break
	}
}

// whole reports what stands in the way of reading the cells one by one, and what was left out.
func (c *clerk) whole() {
	r := c.result
	c.beside()
	for _, a := range r.Sheet.Merged {
		_, left := c.left[a.From.Row]
		heading := a.To.Row == r.Header && a.From.Column == a.To.Column // merged downwards
		empty := r.Sheet.Cell(a.From.Row, a.From.Column).Text == ""
		if a.To.Row >= r.Header && !heading && !left && !empty && a.From.Column <= len(c.field) {
			c.report(diag.MergedCells, a.From, diag.Args{"range": a.From.String() + ":" + a.To.String()})
		}
	}
	above, second := 0, false
	for i, row := range r.Sheet.Rows[:r.Header-1] {
		switch part := slices.ContainsFunc(r.Sheet.Merged, func(a sheet.Area) bool { // of the headings
			return a.From.Row == i+1 && a.To.Row == r.Header && a.From.Column == a.To.Column
		}); {
		case len(row) == 0 || part || second:
		case c.desk.begins(row):
			above, second = 0, true
			c.report(diag.SecondTable, source.Cell{Row: i + 1, Column: 1}, diag.Args{"row": i + 1, "last": r.Header - 1})
		default:
			above++
		}
	}
	if above > 0 {
		c.report(diag.RowsLeftOut, source.Cell{Row: 1, Column: 1}, diag.Args{"rows": "above", "row": r.Header})
	}
	for _, n := range slices.Sorted(maps.Keys(c.left)) {
		if l := c.left[n]; l.why != "" {
			c.report(diag.RowsLeftOut, source.Cell{Row: n, Column: l.column}, diag.Args{"rows": l.why, "row": n, "value": written(r.Sheet.Rows[n-1])})
		}
	}
	if hidden := slices.DeleteFunc(slices.Clone(r.Sheet.Hidden), func(row int) bool { return row <= r.Header }); len(hidden) > 0 {
		c.report(diag.HiddenRows, source.Cell{Row: hidden[0], Column: 1}, diag.Args{"count": len(hidden)})
	}
	for _, n := range r.Sheet.HiddenColumns {
		if n <= len(c.head) && c.head[n-1].Text != "" {
			c.report(diag.HiddenColumns, source.Cell{Row: r.Header, Column: n}, diag.Args{"cell": strings.TrimRight(source.Cell{Row: 1, Column: n}.String(), "1")})
		}
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
	for i, cell := range c.head {
		heading := cell.Text
		if f := c.field[i]; f >= 0 {
			heading = s.Fields[f].Name
		} else if f == leftOut {
		} else if demonstration().field(c.desk.formsOf(heading)) >= 0 {
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
	for n := r.Header + 1; n <= len(r.Sheet.Rows); n++ {
		if _, left := c.left[n]; len(r.Sheet.Rows[n-1]) > 0 && !left {
			c.row(&b, n, extra, refused)
		}
		b.WriteByte('\n')
	}
	c.kept()
	t, problems := table.Read(&source.File{Path: c.file.Path, Data: []byte(b.String())}, r.Table.Label, s)
	for _, p := range problems {
		if p.Cell.Column > width && len(extra) > 0 || refused[p.Cell] || r.Sheet.Covered(p.Cell) {
			continue
		}
		if column, _ := p.Args["column"].(string); p.Code == diag.MissingColumn && c.keyless() && !slices.Contains(s.Keys(), s.Field(column)) {
			continue // whether the records are new, and need the column, only their keys tell
		}
		p.File, p.Path, p.Span = nil, c.file.Path, source.Span{} // a spreadsheet has cells and no lines
		if p.Code == diag.MissingColumn || p.Code == diag.UnknownColumn {
			p.Cell.Row, p.Cell.Column = r.Header, max(1, p.Cell.Column)
			p.Args["row"] = r.Header
		}
		if keys := s.Keys(); p.Code == diag.MissingValue && len(keys) == 1 && p.Args["column"] == s.Fields[keys[0]].Name {
			p.Args["next"] = table.Made(s, "", slices.Concat(r.Table.Rows, t.Rows)).NextID()
		}
		if target := c.target(&p); target != nil { // people write the names of records
			p.Code = diag.UnknownID
			maps.Copy(p.Args, c.speller.Unknown(p.Value, target, c.nameable(&p)))
		}
		if p.Code == diag.UnknownColumn {
			all := tableschema.Named(s)
			p.Args["words"], p.Args["nearest"] = all, c.speller.NearestNamed(p.Value, len(all), func() []table.Named { return all })
		}
		r.Problems.Add(p)
	}
	return t
}

// keyless tells whether the sheet lacks a column of the key.
func (c *clerk) keyless() bool {
	return slices.ContainsFunc(c.schema.Keys(), func(k int) bool { return c.result.Fields[k] == 0 })
}

// leftOut stands for the field of a column that is none of the register's.
const leftOut = -2

// target returns the register in which a cell names a record by no id at all, or nil.
func (c *clerk) target(p *diag.Diagnostic) *table.Table {
	if p.Code != diag.BadID {
		return nil
	}
	column, _ := p.Args["column"].(string)
	of := c.schema.Columns[c.schema.Fields[c.schema.Field(column)].Column].Register
	return c.desk.register(of)
}

// nameable tells which records the cell of a finding can name beside what its row has.
func (c *clerk) nameable(p *diag.Diagnostic) func(key string) bool {
	column, _ := p.Args["column"].(string)
	return func(key string) bool {
		return selection.Beside(c.desk.register, c.schema.Name, column, key, func(other string) string {
			f := c.schema.Field(other)
			at := c.result.Fields[f]
			if at == 0 {
				return ""
			}
			text, _ := c.translate(c.result.Sheet.Cell(p.Cell.Row, at), f)
			return text
		})
	}
}

// foreign tells whether a heading is of no column, and is no misspelt one either: people number the rows
// of a sheet and write remarks.
func (c *clerk) foreign(heading string) bool {
	return spelling.Nearest(key(heading), slices.Collect(maps.Keys(c.desk.headingsOf(c.schema)))) == ""
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
		_, left := c.left[n]
		fresh = len(row) > 0 && !left && c.published(row) == nil
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
func (c *clerk) published(cells []sheet.Cell) *table.Row { return c.base.Lookup(c.key(cells)) }

// key returns the key of a row, or "" if it has none.
func (c *clerk) key(cells []sheet.Cell) string {
	var parts []string
	for _, k := range c.schema.Keys() {
		at := c.result.Fields[k]
		if at == 0 || at > len(cells) {
			return ""
		}
		text, _ := c.translate(cells[at-1], k)
		parts = append(parts, text)
	}
	return strings.Join(parts, "_")
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
		case i >= len(c.field) || c.field[i] < 0 && c.head[i].Text == "":
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
		if text == "" && published != nil && !c.clear {
			if text = published.Values[f]; text != "" && !r.Sheet.Covered(at) {
				c.empty[at.Column] = append(c.empty[at.Column], n)
			}
			write(b, i, text)
			continue
		}
		if published != nil {
			t, was := c.schema.Columns[c.schema.Fields[f].Column].Type, published.Values[f]
			if spoilt.Same(text, was, t) || spaces.Replace(text) == spaces.Replace(was) || spoilt.Shows(cell, was, t) || t == table.DateTime && cell.Kind == sheet.Time && reading.Moment(cell.Text, "", c.desk.Zone) == was {
				text, code = was, ""
			} else if t == table.Text && spoilt.Folded(text, was) {
				c.report(diag.LettersFolded, at, diag.Args{"published": was})
			} else if d := spoilt.By(cell, text, was, t); d != "" {
				r.Restored = append(r.Restored, Restored{at, published.Key, c.schema.Fields[f].Name, text, was, d})
				text, code = was, ""
			}
		}
		t := c.schema.Columns[c.schema.Fields[f].Column].Type
		if cell.Kind == sheet.Text && code == "" && !t.Numeric() && clean(cell.Text, t) != strings.TrimSpace(lineEnds.Replace(cell.Text)) {
			r.Restored = append(r.Restored, Restored{at, c.key(cells), c.schema.Fields[f].Name, cell.Text, text, spoilt.Unseen})
		}
		if code != "" {
			refused[at] = true
			args := diag.Args{"nearest": ""}
			if code == diag.AmbiguousName {
				args = c.desk.several(text, c.schema.Columns[c.schema.Fields[f].Column].Register)
			}
			c.report(code, at, args)
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

// kept reports the empty cells that leave published ones as they are. People fill in what they know, so an empty
// cell does not say that the published value is wrong.
func (c *clerk) kept() {
	if len(c.empty) == 0 {
		return
	}
	all, count, cells := tableschema.Named(c.schema), 0, []string{}
	var words []table.Named
	columns := slices.Sorted(maps.Keys(c.empty))
	for _, column := range columns {
		count += len(c.empty[column])
		for _, row := range c.empty[column] {
			cells = append(cells, source.Cell{Row: row, Column: column}.String())
		}
		words = append(words, all[c.field[column-1]])
	}
	if c.result.wide != nil || c.typed { // these are not the cells that the clerk sees
		cells = nil
	}
	c.report(diag.EmptyKept, source.Cell{Row: c.result.Header, Column: columns[0]}, diag.Args{"count": count, "words": words, "cells": cells[:min(len(cells), limits.Listed)], "more": len(cells) > limits.Listed, "sheet": c.result.Sheet.Name})
}

// Restored is a cell that was given its published text again, because nobody can have meant what the
// program made of it, or its own text without characters that nobody sees.
type Restored struct {
	Cell   source.Cell
	Key    string // of the record
	Field  string
	Found  string // in the sheet
	Text   string // that is taken
	Damage spoilt.Damage
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
