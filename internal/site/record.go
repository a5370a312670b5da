package site

import (
	"strings"

	"achyk/internal/jme"
	"achyk/internal/table"
)

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
	Own      []FileLine // the record by itself
	Data     []FileLine // its register
	History  *HistoryView
}

// FieldView is a column of the record.
type FieldView struct {
	Title Said
	Value Value
	Block bool   // a text of its own paragraph
	Parts []Said // instead of the value: a sentence of the program with texts of the data in it
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
			Status: e.status(t, r, href), Key: r.Row.Key,
			Own: e.files(href, FileLine{Name: "JSON", Href: recordDataPath(m, r)}), Data: e.downloads(m, s.Name, href), History: e.timeline(r),
		}
		v.crumb(v.Register.Text, v.Register.Href)
		v.Head = e.templates.head
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
			field := FieldView{Title: e.said(c.Title), Value: value, Block: c.Type == table.Text && len([]rune(value.Text.String())) > 60}
			if o := t.byID[r.Row.Key]; o != nil && s.Name == jme.Compliance && c.Name == "sentence" {
				field.Parts = e.parts(o)
			}
			v.Fields = append(v.Fields, field)
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
