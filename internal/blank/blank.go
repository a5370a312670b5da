// Package blank makes the sheets that people fill in: a workbook with the records of a register, which
// package desk takes back. It shows people names where the register has ids, and guards what programs
// spoil and what must not be changed:
//
//	the register  a heading of title and name, a star where a cell must be filled, a note on each;
//	              lists of the words and records that a cell may have; all but numbers is text;
//	              the keys of records that are there already are locked
//	              texts have columns for the languages of the site
//	lists         hidden: what the lists offer
//	achyk         hidden: the register as it is now, by which the desk sees what was changed since by
//	              the clerk and what by others
//
// What is taken back unchanged changes nothing, whatever its language.
package blank

import (
	"cmp"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/desk"
	"achyk/internal/entry"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
	"achyk/internal/workbook"
)

// Blank is the sheet to fill in of a register, for readers of a language.
type Blank struct {
	*entry.Fields
	town   *jme.Municipality
	table  *table.Table
	schema *table.Schema
	fields []int // that the sheet has
	say    *locale.Printer

	// Drafts are rows below the records that are not in the register yet. They are what a clerk begins
	// with: the desk takes them for new records.
	Drafts []table.Row
}

// New makes the sheet to fill in of a register of a municipality, on a site with the given languages.
func New(m *jme.Municipality, t *table.Table, languages []locale.Lang, say *locale.Printer) *Blank {
	b := &Blank{Fields: entry.New(m, t, languages, say), town: m, table: t, schema: t.Schema, say: say}
	for i := range t.Schema.Fields {
		if b.Entered(i) {
			b.fields = append(b.fields, i)
		}
	}
	return b
}

// Write writes the workbook.
func (b *Blank) Write(w io.Writer) error {
	book, err := workbook.New()
	if err != nil {
		return err
	}
	defer book.Close()
	l := b.say.Lang()
	err = book.Describe(workbook.Properties{Title: b.schema.Title.In(l), Creator: b.town.Settings.Name.In(l), Language: l.String(), Version: "1"})
	if err != nil {
		return err
	}
	names := workbook.Names([]string{desk.BaseSheet, b.schema.Name, "lists"})
	columns := make([]workbook.Column, len(b.fields))
	var lists [][]string
	for i, field := range b.fields {
		offered := b.Offered(field)
		columns[i] = b.column(field, offered)
		if columns[i].Style = book.Free; b.of(field).Type.Numeric() {
			columns[i].Style = book.FreeNumber
		}
		if len(offered) > 0 {
			lists = append(lists, offered)
			columns[i].Offers = workbook.Range(names[2], len(lists), len(offered))
			columns[i].Only = b.of(field).Type != table.Ref
		}
		if chooser := slices.Index(b.fields, b.schema.Field(b.of(field).RegisterColumn)); chooser >= 0 {
			columns[i].Offers = workbook.Among(chooser + 1)
		}
	}
	for _, t := range b.Chosen() {
		lists = append(lists, b.Called(t))
		if err := book.Define(t.Schema.Name, workbook.Range(names[2], len(lists), len(t.Rows))); err != nil {
			return err
		}
	}
	if err := book.Form(names[1], columns, len(b.table.Rows), func(s *workbook.Sheet) error { return b.records(book, s) }); err != nil {
		return err
	}
	if err := book.Hidden(names[2], "", func(s *workbook.Sheet) error { return offer(book, s, lists) }); err != nil {
		return err
	}
	if err := book.Hidden(desk.BaseSheet, b.table.Label, func(s *workbook.Sheet) error { return b.base(book, s) }); err != nil {
		return err
	}
	return book.Write(w)
}

// of returns the column of a field.
func (b *Blank) of(field int) *table.Column { return &b.schema.Columns[b.schema.Fields[field].Column] }

// column describes the column of a field.
func (b *Blank) column(field int, offered []string) workbook.Column {
	described, l := tableschema.Describe(b.schema, field), b.say.Lang()
	title := ""
	if described.Titles != nil {
		title = described.Titles.In(l)
	}
	head := cmp.Or(title, described.Name)
	if b.schema.Required(field) {
		head += " *"
	}
	if title != "" {
		head += "\n" + described.Name
	}
	c := workbook.Column{Head: head, Note: b.note(field)}
	for i := range b.table.Rows {
		c.Width = max(c.Width, workbook.Longest(b.Shown(&b.table.Rows[i], field)))
	}
	for _, text := range offered {
		c.Width = max(c.Width, min(workbook.Longest(text), 30))
	}
	c.Width = min(c.Width, 60)
	return c
}

// note is what stands at a heading of the sheet.
func (b *Blank) note(field int) string {
	lines := []string{b.Note(field)}
	if b.schema.Required(field) {
		lines = append(lines, b.say.T("blank.required"))
	}
	if slices.Contains(b.schema.Keys(), field) {
		lines = append(lines, b.say.T("blank.key"))
		if next := b.table.NextID(); next != "" {
			lines = append(lines, b.say.F("blank.next", locale.Args{"ID": next}))
		}
	}
	for _, v := range b.of(field).Values {
		lines = append(lines, "– "+v.Label.In(b.say.Lang()))
	}
	if b.Chooses(field) {
		for _, t := range b.Chosen() {
			lines = append(lines, "– "+t.Schema.Name+": "+t.Schema.Title.In(b.say.Lang()))
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// records writes the records, and the drafts below them.
func (b *Blank) records(book *workbook.Book, s *workbook.Sheet) error {
	for i := range b.table.Rows {
		b.record(book, s, &b.table.Rows[i], book.Long)
	}
	for i := range b.Drafts {
		b.record(book, s, &b.Drafts[i], book.Free)
	}
	return nil
}

// record writes a record. key is the style of its key.
func (b *Blank) record(book *workbook.Book, s *workbook.Sheet, r *table.Row, key workbook.Style) {
	s.Begin()
	for _, field := range b.fields {
		value := r.Values[field]
		switch n, ok := number(value); {
		case slices.Contains(b.schema.Keys(), field) && value != "":
			s.Text(key, b.Shown(r, field))
		case b.of(field).Type.Numeric() && ok:
			s.Number(book.FreeNumber, n)
		case value == "" && b.of(field).Type.Numeric():
			s.Empty(book.FreeNumber)
		case value == "":
			s.Empty(book.Free)
		default:
			s.Text(book.Free, b.Shown(r, field))
		}
	}
	s.End()
}

// fits matches the numbers that a spreadsheet keeps, which has 15 digits of each.
var fits = regexp.MustCompile(`^-?[0-9.]{1,15}$`)

// number returns a number that a spreadsheet keeps.
func number(value string) (float64, bool) {
	n, err := strconv.ParseFloat(value, 64)
	return n, err == nil && fits.MatchString(value)
}

// offer writes the texts that cells offer, a column for each list.
func offer(book *workbook.Book, s *workbook.Sheet, lists [][]string) error {
	for row, more := 0, true; more; row++ {
		more = false
		s.Begin()
		for _, list := range lists {
			if row < len(list) {
				s.Text(book.Text, list[row])
				more = true
			} else {
				s.None()
			}
		}
		s.End()
	}
	return nil
}

// base writes the register as it is.
func (b *Blank) base(book *workbook.Book, s *workbook.Sheet) error {
	row := func(text func(field int) string) {
		s.Begin()
		for field := range b.schema.Fields {
			if v := text(field); v != "" {
				s.Text(book.Text, v)
			} else {
				s.None()
			}
		}
		s.End()
	}
	row(func(field int) string { return b.schema.Fields[field].Name })
	for i := range b.table.Rows {
		row(func(field int) string { return b.table.Rows[i].Values[field] })
	}
	return nil
}
