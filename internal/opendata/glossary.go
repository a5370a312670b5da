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
	columns := slices.Concat(
		[]column{{b.every("register"), 18}, {b.every("column"), 20}, {b.every("word"), 16}, {b.every("type"), 12}, {b.every("required"), 10}},
		b.each("title", 30), b.each("meaning", 60), []column{{b.every("unit"), 8}})
	var rows [][]any
	add := func(sheet, name, word, kind string, required any, title, description locale.Text, unit string) {
		rows = append(rows, slices.Concat([]any{sheet, name, word, kind, required}, b.cells(title), b.cells(description), []any{unit}))
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
			d := tableschema.Demonstration(b.Original(), r.Schema.Langs)
			add(names[i], d.Name, "", string(table.Boolean), true, *d.Titles, *d.Descriptions, "")
		}
	}
	return b.explain(dictionarySheet, columns, rows)
}

// contents makes the sheet that lists the registers and says where the data comes from.
func (b *book) contents(registers []*register, names []string) error {
	columns := slices.Concat([]column{{b.every("sheet"), 20}, {b.every("records"), 10}}, b.each("title", 36), b.each("meaning", 60))
	var rows [][]any
	for i, r := range registers {
		rows = append(rows, slices.Concat([]any{names[i], len(r.Rows)}, b.cells(r.Schema.Title), b.cells(r.Schema.Description)))
	}
	var origin locale.Text
	for _, l := range b.Data.Site.Langs() {
		p := locale.For(l)
		said := b.origin(p)
		if b.invented() {
			said = slices.Insert(said, 0, p.T("opendata.demonstration.meaning"))
		}
		origin.Set(l, strings.Join(said, "\n"))
	}
	rows = append(rows, slices.Concat([]any{"", nil}, b.cells(b.m.Settings.Name), b.cells(origin)))
	return b.explain(contentsSheet, columns, rows)
}

// column is a column of a sheet that is not a register.
type column struct {
	head  string
	width float64 // in characters
}

// each returns a column for each language.
func (b *book) each(key string, width float64) (columns []column) {
	for _, l := range b.Data.Site.Written() {
		columns = append(columns, column{locale.For(l).From(b.Original()).T("opendata.sheet." + key), width})
	}
	return columns
}

// cells returns the cells of such columns.
func (b *book) cells(t locale.Text) (cells []any) {
	for _, s := range t.Each(b.Data.Site.Written()) {
		cells = append(cells, s)
	}
	return cells
}

// explain makes a sheet that is not a register.
func (b *book) explain(name string, columns []column, rows [][]any) error {
	var heads []string
	var widths []float64
	for _, c := range columns {
		heads, widths = append(heads, c.head), append(widths, c.width)
	}
	return b.Sheet(name, heads, widths, len(rows), b.words(rows))
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

// lines returns a text in its languages, a line each. Equal lines stand once.
func lines(t locale.Text) string {
	var said []string
	for _, s := range t.Translations() {
		if !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	return strings.Join(said, "\n")
}

// every returns a heading in all languages.
func (b *book) every(key string) string {
	return lines(locale.Every("opendata.sheet." + key).Told(b.Data.Site.Further))
}
