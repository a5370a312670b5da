package opendata

import (
	"slices"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/table"
)

// Names of the sheets that are not registers, in all three languages. No register can have
// such a name.
const (
	contentsSheet   = "Мазмуну · Содержание · Contents"
	dictionarySheet = "Сөздүк · Словарь · Dictionary"
)

// dictionary makes the sheet that explains every column and, below each, its allowed words.
func (b *book) dictionary(registers []*register, names []string) error {
	heads := []string{
		every("register"), every("column"), every("word"), every("type"), every("required"),
		in(locale.Ky, "title"), in(locale.Ru, "title"), in(locale.En, "title"),
		in(locale.Ky, "meaning"), in(locale.Ru, "meaning"), in(locale.En, "meaning"), every("unit"),
	}
	var rows [][]any
	add := func(sheet, column, word, kind string, required any, title, description locale.Text, unit string) {
		rows = append(rows, []any{sheet, column, word, kind, required, title.Ky, title.Ru, title.En, description.Ky, description.Ru, description.En, unit})
	}
	for i, r := range registers {
		for j, f := range r.Schema.Fields {
			c := &r.Schema.Columns[f.Column]
			add(names[i], f.Name, "", string(c.Type), r.Schema.Required(j), *describe(r.Schema, j).Titles, c.Description, c.Unit)
			for _, v := range c.Values {
				add(names[i], f.Name, v.Code, "", nil, v.Label, locale.Text{}, "")
			}
		}
		if r.invented() {
			d := demonstrationField()
			add(names[i], d.Name, "", string(table.Boolean), true, *d.Titles, *d.Descriptions, "")
		}
	}
	widths := []float64{18, 20, 16, 12, 10, 30, 30, 30, 60, 60, 60, 8}
	return b.sheet(dictionarySheet, heads, widths, len(rows), b.words(rows))
}

// contents makes the sheet that lists the registers and says where the data comes from.
func (b *book) contents(registers []*register, names []string) error {
	heads := []string{every("sheet"), every("records"), in(locale.Ky, "title"), in(locale.Ru, "title"), in(locale.En, "title"),
		in(locale.Ky, "meaning"), in(locale.Ru, "meaning"), in(locale.En, "meaning")}
	var rows [][]any
	for i, r := range registers {
		s := r.Schema
		rows = append(rows, []any{names[i], len(r.Rows), s.Title.Ky, s.Title.Ru, s.Title.En, s.Description.Ky, s.Description.Ru, s.Description.En})
	}
	var origin locale.Text
	for _, l := range locale.Langs {
		p := locale.For(l)
		said := b.origin(p)
		if b.invented() {
			said = slices.Insert(said, 0, p.T("opendata.demonstration.meaning"))
		}
		origin.Set(l, strings.Join(said, "\n"))
	}
	name := b.m.Settings.Name
	rows = append(rows, []any{"", nil, name.Ky, name.Ru, name.En, origin.Ky, origin.Ru, origin.En})
	widths := []float64{20, 10, 36, 36, 36, 60, 60, 60}
	return b.sheet(contentsSheet, heads, widths, len(rows), b.words(rows))
}

// words returns what writes rows of texts, numbers and booleans.
func (b *book) words(rows [][]any) func(*sheet) error {
	return func(to *sheet) error {
		for _, cells := range rows {
			to.begin()
			for _, c := range cells {
				switch c := c.(type) {
				case int:
					to.number(0, float64(c))
				case bool:
					to.truth(0, c)
				case string:
					if c != "" {
						to.text(b.long, c)
						break
					}
					to.none()
				default:
					to.none()
				}
			}
			to.end()
		}
		return nil
	}
}
