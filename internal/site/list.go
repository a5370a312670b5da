package site

import (
	"slices"
	"unicode"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// perPage is how many records a list page holds: on a weak phone elements cost more than
// bytes, and 300 rows block it for half a second (ux.md 5.1).
const perPage = 100

// ListView is a page of a register.
type ListView struct {
	Base
	Heading     Said
	Description Said
	Count       string
	Empty       bool
	First       string // heading of the column with the link
	Heads       []Head
	Rows        []ListRow
	Pages       []Link
	Range       string // "101–200 of 2,434"
	Downloads   []FileLine
	Dictionary  string
	Changes     Link // the register's, with the day of the last
}

// Head is a column's heading.
type Head struct {
	Title   Said
	Numeric bool
}

// ListRow is a record in a list.
type ListRow struct {
	Href  string
	Label Phrase
	Cells []Value
}

// FileLine is a file to download.
type FileLine struct {
	Name, Href, Size string
}

func (e *edition) lists(t *town, reg *table.Table) []Page {
	rows := e.sorted(t.Municipality, reg)
	n := max(1, (len(rows)+perPage-1)/perPage)
	pages := make([]Page, n)
	for i := range pages {
		pages[i] = e.list(t, reg, rows, i+1, n)
	}
	return pages
}

// sorted is the order in which a reader looks for a record: registers of things that have
// names by name, in the language's own alphabet; all others by key.
func (e *edition) sorted(m *jme.Municipality, reg *table.Table) []*table.Row {
	rows := make([]*table.Row, len(reg.Rows))
	for i := range reg.Rows {
		rows[i] = &reg.Rows[i]
	}
	labels := reg.Schema.LabelColumns()
	if len(labels) != 1 || reg.Schema.Columns[labels[0]].Name != "name" || reg.Schema.Name == jme.Calendar {
		return rows
	}
	names := make(map[*table.Row]string, len(rows))
	for _, r := range rows {
		names[r] = e.plain(jme.Record{Table: reg, Row: r}, &reg.Schema.Columns[labels[0]]).Text
	}
	slices.SortStableFunc(rows, func(a, b *table.Row) int { return e.Compare(names[a], names[b]) })
	return rows
}

func (e *edition) list(t *town, reg *table.Table, rows []*table.Row, number, of int) Page {
	m, s := t.Municipality, reg.Schema
	path := listPath(m, s.Name, number)
	return page(e, path, e.templates.list, func(href func(string) string) ListView {
		title := s.Title.In(e.lang)
		if number > 1 {
			title += ", " + e.F("site.list.page", locale.Args{"n": e.Int(number)})
		}
		v := ListView{
			Base:    e.base(href, path, title+" — "+m.Settings.Name.In(e.lang), s.Description.In(e.lang), t),
			Heading: e.said(s.Title), Description: e.said(s.Description),
			Count: e.N("site.count.records", len(rows)), Empty: len(rows) == 0,
			First: e.T("site.list.record"), Dictionary: e.to(href, dictionaryPath(m, s.Name)),
			Downloads: e.downloads(m, s.Name, href),
		}
		v.Head = e.templates.head
		if last := e.site.last(nil, reg); last != nil && e.tracked[reg.Label] {
			v.Changes = Link{Text: own(e.changedOn(last)), Href: e.to(href, changesPath(m, s.Name))}
		}
		if labels := s.LabelColumns(); len(labels) == 1 {
			v.First = s.Columns[labels[0]].Title.In(e.lang)
		}
		columns := listColumns(s)
		for _, i := range columns {
			v.Heads = append(v.Heads, Head{e.said(s.Columns[i].Title), s.Columns[i].Type.Numeric()})
		}
		from := (number - 1) * perPage
		to := min(from+perPage, len(rows))
		for _, row := range rows[from:to] {
			r := jme.Record{Table: reg, Row: row}
			line := ListRow{Href: e.to(href, recordPath(m, r)), Label: e.short(m, r)}
			for _, i := range columns {
				line.Cells = append(line.Cells, e.brief(m, r, &s.Columns[i], href))
			}
			v.Rows = append(v.Rows, line)
		}
		if of > 1 {
			v.Range = e.F("site.list.range", locale.Args{"from": e.Int(from + 1), "to": e.Int(to), "all": e.Int(len(rows))})
			for i := 1; i <= of; i++ {
				v.Pages = append(v.Pages, Link{Text: own(e.Int(i)), Href: e.to(href, listPath(m, s.Name, i)), Current: i == number})
			}
		}
		return v
	})
}

// listColumns are those a list has room for: short cells, not already in the label.
func listColumns(s *table.Schema) []int {
	const most = 4
	var columns []int
	for i := range s.Columns {
		c := &s.Columns[i]
		long := c.Type == table.Text || c.Type == table.Path || c.Type == table.URL || (c.Type == table.ID || c.Name == "id") && !s.Plain
		if !long && !slices.Contains(s.LabelColumns(), i) && len(columns) < most {
			columns = append(columns, i)
		}
	}
	return columns
}

// brief is a value for a list: short dates, short names, no second link in the row.
func (e *edition) brief(m *jme.Municipality, r jme.Record, c *table.Column, href func(string) string) Value {
	v := e.value(m, r, c, href)
	v.Href, v.Size = "", ""
	if c.Type == table.Date {
		if t, ok := table.ParseTime(r.Table.Value(r.Row, c.Name)); ok {
			v.Text = own(e.ShortDate(t))
		}
	}
	if c.Type == table.Ref {
		for i := range v.Text {
			v.Text[i].Text = clip(v.Text[i].Text, 48)
		}
	}
	return v
}

// registerFiles are the files of a register: the name of each, which is a message where it
// begins with a small letter, and how its path ends.
var registerFiles = []struct{ name, suffix string }{
	{"CSV", ".csv"}, {"Excel", ".xlsx"}, {"JSON", ".json"},
	{"excelcsv", ".excel.csv"}, {"JSONL", ".jsonl"}, {"Parquet", ".parquet"}, {"schema", ".schema.json"}, {"CSVW", ".csv-metadata.json"},
}

// asked are those of registerFiles that most readers ask for.
const asked = 3

func (e *edition) downloads(m *jme.Municipality, register string, href func(string) string) []FileLine {
	return e.registerFiles(m, register, href, 0, asked)
}

// moreDownloads are the other files of a register.
func (e *edition) moreDownloads(m *jme.Municipality, register string, href func(string) string) []FileLine {
	return e.registerFiles(m, register, href, asked, len(registerFiles))
}

func (e *edition) registerFiles(m *jme.Municipality, register string, href func(string) string, from, to int) []FileLine {
	var lines []FileLine
	for _, f := range registerFiles[from:to] {
		name := f.name
		if unicode.IsLower(rune(name[0])) {
			name = e.T("site.data." + name)
		}
		lines = append(lines, FileLine{Name: name, Href: downloadPath(m, register+f.suffix)})
	}
	return e.files(href, lines...)
}

// files completes lines that have a name and a path, as far as there are such files.
func (e *edition) files(href func(string) string, lines ...FileLine) (found []FileLine) {
	for _, f := range lines {
		if size, ok := e.Size(f.Href); ok {
			found = append(found, FileLine{f.Name, href(f.Href), e.bytes(size)})
		}
	}
	return found
}
