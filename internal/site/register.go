package site

import (
	"slices"
	"strings"

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
		long := c.Type == table.Text || c.Type == table.Path || c.Type == table.URL || c.Type == table.ID && !s.Plain
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

// downloads are the files of a register.
func (e *edition) downloads(m *jme.Municipality, register string, href func(string) string) []FileLine {
	var lines []FileLine
	for _, f := range []struct{ name, suffix string }{{"CSV", ".csv"}, {"JSON", ".json"}, {e.T("site.data.schema"), ".schema.json"}} {
		path := downloadPath(m, register+f.suffix)
		if size, ok := e.sizes[path]; ok {
			lines = append(lines, FileLine{f.name, href(path), e.bytes(size)})
		}
	}
	return lines
}

// RecordView is one record: what it says, what it comes from and what came of it.
type RecordView struct {
	Base
	Register Link
	Kind     Said
	Heading  Phrase
	Long     bool // the heading is a sentence, not a name
	Status   []Sentence
	Fields   []FieldView
	Up       []NeighbourView
	Down     []NeighbourGroup
	Files    []AttachmentView
	Letter   *Text
	Key      string
	Data     []FileLine
}

// FieldView is a column of the record.
type FieldView struct {
	Title Said
	Value Value
	Block bool // a text of its own paragraph
}

// NeighbourView is a record this one refers to.
type NeighbourView struct {
	Title Said
	Link  Link
}

// NeighbourGroup is the records of one register that refer to this one.
type NeighbourGroup struct {
	Title Said
	Count string
	Links []NeighbourLink
	More  string
	All   string // the register's list
}

// NeighbourLink is one of them, with its status where it has one.
type NeighbourLink struct {
	Link Link
	Mark string
	Said string
}

// AttachmentView is a document or photo of the record.
type AttachmentView struct {
	Caption Phrase
	File    Value
	Kind    Said
	Image   bool
	Licence string
}

// mostNeighbours of a register are named on a record's page.
const mostNeighbours = 10

func (e *edition) record(t *town, r jme.Record) Page {
	m, s := t.Municipality, r.Table.Schema
	path := recordPath(m, r)
	return page(e, path, e.templates.record, func(href func(string) string) RecordView {
		heading := e.label(m, r)
		v := RecordView{
			Base:     e.base(href, path, heading.String()+" — "+s.Singular.In(e.lang), s.Singular.In(e.lang)+", "+m.Settings.Name.In(e.lang)+": "+heading.String(), t),
			Register: Link{Text: Phrase{e.said(s.Title)}, Href: e.to(href, listPath(m, s.Name, 1))},
			Kind:     e.said(s.Singular), Heading: heading, Long: len([]rune(heading.String())) > 90,
			Status: e.status(t, r), Key: r.Row.Key, Data: e.downloads(m, s.Name, href),
		}
		v.crumb(v.Register.Text, v.Register.Href)
		labels := s.LabelColumns()
		for i := range s.Columns {
			c := &s.Columns[i]
			said := c.Type == table.Text || c.Type == table.String
			if c.Type == table.ID || len(labels) == 1 && labels[0] == i && said {
				continue // the heading says it
			}
			value := e.value(m, r, c, href)
			if value.Empty || c.Type == table.Ref && value.Href != "" {
				continue // references are the chain, below
			}
			v.Fields = append(v.Fields, FieldView{e.said(c.Title), value, c.Type == table.Text && len([]rune(value.Text.String())) > 60})
		}
		for _, l := range m.Up(r) {
			v.Up = append(v.Up, NeighbourView{e.said(l.Column.Title), Link{Text: e.short(m, l.Record), Href: e.to(href, recordPath(m, l.Record))}})
		}
		v.Down = e.down(t, r, href)
		v.Files = e.attachments(m, r, href)
		if s.Name == jme.AnalyticLetters {
			v.Letter = e.letterText(m, r.Row.Key)
		}
		return v
	})
}

func (e *edition) down(t *town, r jme.Record, href func(string) string) []NeighbourGroup {
	m := t.Municipality
	var groups []NeighbourGroup
	var current *table.Table
	count := 0
	for _, l := range m.Down(r) {
		reg := l.Record.Table
		if reg.Schema.Name == "attachments" {
			continue // shown as files
		}
		if reg != current {
			current, count = reg, 0
			groups = append(groups, NeighbourGroup{Title: e.said(reg.Schema.Title), All: e.to(href, listPath(m, reg.Schema.Name, 1))})
		}
		count++
		g := &groups[len(groups)-1]
		g.Count = e.Int(count)
		if count > mostNeighbours {
			g.More = e.N("site.record.more", count-mostNeighbours)
			continue
		}
		n := NeighbourLink{Link: Link{Text: e.short(m, l.Record), Href: e.to(href, recordPath(m, l.Record))}}
		for i := range reg.Schema.Columns {
			if c := &reg.Schema.Columns[i]; c.Type == table.Enum {
				word := reg.Value(l.Record.Row, c.Name)
				if shape := mark(reg.Schema.Name, c.Name, word); shape != "" {
					n.Mark, n.Said = shape, c.Label(word).In(e.lang)
				}
			}
		}
		g.Links = append(g.Links, n)
	}
	return groups
}

func (e *edition) attachments(m *jme.Municipality, r jme.Record, href func(string) string) []AttachmentView {
	var views []AttachmentView
	kind := jme.Schema("attachments").Column("kind")
	for _, a := range m.AttachmentsOf(r) {
		if a.File == "" {
			continue
		}
		v := AttachmentView{Caption: e.saidIf(a.Caption), File: e.fileLink(m, a.File, href), Kind: e.said(kind.Label(a.Kind)), Licence: a.Licence}
		switch strings.ToLower(a.File[strings.LastIndexByte(a.File, '.')+1:]) {
		case "svg", "png", "jpg", "jpeg", "webp":
			v.Image = true
		}
		views = append(views, v)
	}
	return views
}
