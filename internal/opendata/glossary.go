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
		[]column{{every("register"), 18}, {every("column"), 20}, {every("word"), 16}, {every("type"), 12}, {every("required"), 10}},
		each("title", 30), each("meaning", 60), []column{{every("unit"), 8}})
	var rows [][]any
	add := func(sheet, name, word, kind string, required any, title, description locale.Text, unit string) {
		rows = append(rows, slices.Concat([]any{sheet, name, word, kind, required}, cells(title), cells(description), []any{unit}))
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
			d := tableschema.Demonstration(b.Original())
			add(names[i], d.Name, "", string(table.Boolean), true, *d.Titles, *d.Descriptions, "")
		}
	}
	return b.explain(dictionarySheet, columns, rows)
}

// contents makes the sheet that lists the registers and says where the data comes from.
func (b *book) contents(registers []*register, names []string) error {
	columns := slices.Concat([]column{{every("sheet"), 20}, {every("records"), 10}}, each("title", 36), each("meaning", 60))
	var rows [][]any
	for i, r := range registers {
		rows = append(rows, slices.Concat([]any{names[i], len(r.Rows)}, cells(r.Schema.Title), cells(r.Schema.Description)))
	}
	var origin locale.Text
	for _, l := range b.Data.Site.Languages.Langs() {
		p := locale.For(l)
		said := b.origin(p)
		if b.invented() {
			said = slices.Insert(said, 0, p.T("opendata.demonstration.meaning"))
		}
		origin.Set(l, strings.Join(said, "\n"))
	}
	rows = append(rows, slices.Concat([]any{"", nil}, cells(b.m.Settings.Name), cells(origin)))
	return b.explain(contentsSheet, columns, rows)
}

// column is a column of a sheet that is not a register.
type column struct {
	head  string
	width float64 // in characters
}

// each returns a column for each language.
func each(key string, width float64) (columns []column) {
	for _, l := range locale.Langs {
		columns = append(columns, column{locale.For(l).T("opendata.sheet." + key), width})
	}
	return columns
}

// cells returns the cells of such columns.
func cells(t locale.Text) (cells []any) {
	for _, s := range t.All() {
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
