package registers

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/site/changes"
	"achyk/internal/site/linkcards"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/table"
)

// RecordView is the page of a record: its cells, the records it refers to and those that refer
// to it.
type RecordView struct {
	page.Base
	Register    page.Link
	Kind        page.Text
	Heading     page.Phrase
	Long        bool // the heading is too long for the size that headings have
	Status      []status.Sentence
	Fields      []FieldView
	UpTitle     string // heading of Up
	Up          []NeighbourView
	DownTitle   string // heading of Down
	Down        []NeighbourGroup
	Files       []AttachmentView
	Letter      *page.Document
	Key         string
	RecordFiles []page.FileLine // the record as JSON
	Data        []page.FileLine // files of the register
	History     *changes.HistoryView
	Citation    []page.Text
	Shared      bool // the page has links with which readers tell others of it
}

// FieldView is a column of the record.
type FieldView struct {
	Title page.Text
	Value page.Value
	Block bool        // the value is long and has a paragraph of its own
	Parts []page.Text // replaces Value for a sentence of the program that quotes texts of the data
}

// NeighbourView is a record that this one refers to, or the records that an outcome rests on.
type NeighbourView struct {
	Title page.Text
	Links []page.Link
}

// NeighbourGroup is the records of one register that refer to this one.
type NeighbourGroup struct {
	Title page.Text
	Count string
	Links []NeighbourLink
	More  page.Link // says how many records have no link here, and leads to the list; may be empty
	All   string    // the list of the register
}

// NeighbourLink is a record of a NeighbourGroup, with its state if it has one.
type NeighbourLink struct {
	Link  page.Link
	Mark  string
	State string
}

// AttachmentView is a document or photo of the record.
type AttachmentView struct {
	Picture  *page.Picture // nil if it is none
	Caption  page.Phrase
	File     page.Value
	Kind     page.Text
	Licence  string
	Original string // its SHA-256 in the repository, if the site has other bytes
}

// mostNeighbours is how many records of one register a record's page names.
const mostNeighbours = 10

// Records are the pages of single records.
var Records = page.Kind[RecordView]{Template: "record", Style: page.Plain, Pages: func(s *page.Site, add page.Add[RecordView]) {
	for _, t := range s.Towns {
		for _, reg := range t.Tables {
			if !jme.Listed(reg.Schema.Name) || slices.Contains(Subjects, reg.Schema.Name) {
				continue
			}
			for i := range reg.Rows {
				r := jme.Record{Table: reg, Row: &reg.Rows[i]}
				add(t, t.RecordPath(r), func(p *page.Place) RecordView { return Record(p, r) })
			}
		}
	}
}}

// shared are the registers whose records readers tell each other of.
var shared = []string{"findings", "services", "providers", "territories", jme.AnalyticLetters}

// Subjects are the registers of those whom the process is about. Their records are in no chain of
// events, and package subjects makes pages of them that say how they fare.
var Subjects = []string{"services", "providers", "territories"}

// Record returns the page of a record.
func Record(p *page.Place, r jme.Record) RecordView {
	s := r.Table.Schema
	heading, kind := p.Label(r), s.Singular.In(p.Lang)
	said := status.Of(p, r)
	v := RecordView{
		Base:     p.BaseOf(heading.String(), kind, description(p, r, heading.String(), said)),
		Register: p.Register(r.Table),
		Kind:     p.Text(s.Singular), Heading: heading, Long: len([]rune(heading.String())) > 90,
		Status: said, Key: r.Row.Key, Fields: fields(p, r), Down: down(p, r), Files: attachments(p, r),
		UpTitle: p.T("site.record.up"), DownTitle: p.T("site.record.down"),
		Citation: p.Citation(p.Path(), append(page.Phrase{p.Text(s.Singular)}, heading...)...), Shared: slices.Contains(shared, s.Name),
		RecordFiles: recordFile(p, r), Data: p.Downloads(s.Name), History: changes.Timeline(p, r),
	}
	if slices.Contains(Subjects, s.Name) || s.Name == "organisations" {
		v.UpTitle, v.DownTitle = p.T("site.record.belongs"), p.T("site.record.related")
	}
	v.Pictured(linkcards.OfRecord(p, s.Name, r.Row.Key))
	v.Crumb(v.Register.Text, v.Register.Href)
	for _, l := range p.Town.Up(r) {
		v.Up = append(v.Up, NeighbourView{p.Text(l.Column.Title), []page.Link{{Text: p.Short(l.Record), Href: p.To(p.Town.RecordPath(l.Record))}}})
	}
	if s.Name == jme.Compliance {
		v.Up = append(v.Up, evidence(p, r.Row.Key)...)
	}
	if s.Name == jme.AnalyticLetters {
		v.Letter = p.Document(p.Town.LetterText(r.Row.Key))
	}
	return v
}

// description returns what search engines and messengers say of the page: how the record stands, if
// that is known, then which record it is.
func description(p *page.Place, r jme.Record, heading string, said []status.Sentence) string {
	which := r.Table.Schema.Singular.In(p.Lang) + ", " + p.TownName() + ": " + heading
	if len(said) == 0 {
		return which
	}
	return said[0].String() + " " + which
}

// evidence returns the records that an outcome rests on, by register, without its subject, to
// which the row refers.
func evidence(p *page.Place, id string) (views []NeighbourView) {
	o := p.Town.Outcome(id)
	if o == nil {
		return nil
	}
	at := map[string]int{} // by register, the place in views
	for _, x := range o.Evidence {
		reg := p.Town.Table(x.Register)
		if reg == nil || x.ID == "" || x == o.Subject {
			continue
		}
		i, ok := at[x.Register]
		if !ok {
			i = len(views)
			at[x.Register], views = i, append(views, NeighbourView{Title: p.Text(reg.Schema.Title)})
		}
		views[i].Links = append(views[i].Links, p.Record(x.Register, x.ID))
	}
	return views
}

// recordFile returns a link to the record as JSON.
func recordFile(p *page.Place, r jme.Record) []page.FileLine {
	lines := p.FileLines(p.Files.At(p.Town.RecordFile(r)))
	lines[0].Name = "JSON"
	return lines
}

// fields returns the columns that are filled, except those that the heading shows. References
// and the evidence of an outcome are shown as neighbours instead, its explanations with its status;
// its rule is shown by its title.
func fields(p *page.Place, r jme.Record) (views []FieldView) {
	s := r.Table.Schema
	labels := s.LabelColumns()
	for i := range s.Columns {
		c := &s.Columns[i]
		said := c.Type == table.Text || c.Type == table.String
		if c.Type == table.ID || len(labels) == 1 && labels[0] == i && said {
			continue
		}
		value := p.Value(p.Town.Cell(r, c))
		if value.Empty || c.Type == table.Ref && value.Href != "" || s.Name == jme.Compliance && slices.Contains([]string{"evidence", "explanations", "rule_title"}, c.Name) {
			continue
		}
		if titles, ok := titled(p, p.Town.Cell(r, c)); ok {
			value.Text = titles
		}
		field := FieldView{Title: p.Text(c.Title), Value: value, Block: c.Type == table.Text && len([]rune(value.Text.String())) > 60}
		if s.Name == jme.Compliance && c.Name == "sentence" {
			if o := p.Town.Outcome(r.Row.Key); o != nil {
				field.Parts = status.Parts(p, o)
			}
		}
		views = append(views, field)
	}
	return views
}

// down returns the records that refer to this one, grouped by register. Attachments are shown
// as files instead.
func down(p *page.Place, r jme.Record) []NeighbourGroup {
	var groups []NeighbourGroup
	var current *table.Table
	count := 0
	for _, l := range p.Town.Down(r) {
		reg := l.Record.Table
		if reg.Schema.Name == "attachments" {
			continue
		}
		if reg != current {
			current, count = reg, 0
			groups = append(groups, NeighbourGroup{Title: p.Text(reg.Schema.Title), All: p.To(p.Town.ListPath(reg.Schema.Name))})
		}
		count++
		g := &groups[len(groups)-1]
		g.Count = p.N("site.count.records", count)
		if count > mostNeighbours {
			g.More = page.Link{Text: page.Own(p.N("site.record.more", count-mostNeighbours)), Href: g.All}
			continue
		}
		g.Links = append(g.Links, neighbour(p, l.Record))
	}
	return groups
}

// neighbour returns a link to a record, with the word that says how the record stands.
func neighbour(p *page.Place, r jme.Record) NeighbourLink {
	n := NeighbourLink{Link: page.Link{Text: p.Short(r), Href: p.To(p.Town.RecordPath(r))}}
	n.Mark, n.State = status.Word(p, r)
	return n
}

// attachments returns the documents and photos of a record.
func attachments(p *page.Place, r jme.Record) []AttachmentView {
	var views []AttachmentView
	kind := jme.Schema("attachments").Column("kind")
	for _, a := range p.Town.AttachmentsOf(r) {
		if a.File == "" {
			continue
		}
		caption := p.Phrase(a.Caption)
		views = append(views, AttachmentView{
			Picture: p.Picture(a.File, caption), Caption: caption, File: p.File(a.File), Kind: p.Text(kind.Label(a.Kind)),
			Licence: a.Licence, Original: p.Original(a.File),
		})
	}
	return views
}
