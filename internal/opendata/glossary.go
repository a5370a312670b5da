package opendata

import (
	"slices"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
	"achyk/internal/workbook"
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
			add(names[i], f.Name, "", string(c.Type), r.Schema.Required(j), *tableschema.Describe(r.Schema, j).Titles, c.Description, c.Unit)
			for _, v := range c.Values {
				add(names[i], f.Name, v.Code, "", nil, v.Label, locale.Text{}, "")
			}
		}
		if r.invented() {
			d := tableschema.Demonstration()
			add(names[i], d.Name, "", string(table.Boolean), true, *d.Titles, *d.Descriptions, "")
		}
	}
	widths := []float64{18, 20, 16, 12, 10, 30, 30, 30, 60, 60, 60, 8}
	return b.Sheet(dictionarySheet, heads, widths, len(rows), b.words(rows))
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
	return b.Sheet(contentsSheet, heads, widths, len(rows), b.words(rows))
}

// words returns what writes rows of texts, numbers and booleans.
func (b *book) words(rows [][]any) func(*workbook.Sheet) error {
	return func(to *workbook.Sheet) error {
		for _, cells := range rows {
			to.Begin()
			for _, c := range cells {
				switch c := c.(type) {
				case int:
					to.Number(0, float64(c))
				case bool:
					to.Truth(0, c)
				case string:
					if c != "" {
						to.Text(b.Long, c)
						break
					}
					to.None()
				default:
					to.None()
				}
			}
			to.End()
		}
		return nil
	}
}

// lines returns a text in its three languages, a line each. Equal lines stand once.
func lines(t locale.Text) string {
	var said []string
	for _, l := range locale.Langs {
		if s := t.In(l); !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	return strings.Join(said, "\n")
}

// every returns a heading in all languages.
func every(key string) string { return lines(locale.Every("opendata.sheet." + key)) }

// in returns a heading in one language.
func in(l locale.Lang, key string) string { return locale.For(l).T("opendata.sheet." + key) }
