package registers

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// PaperView is the page of a document that is a text.
type PaperView struct {
	page.Base
	Heading page.Phrase
	Files   []page.FileLine // the document to download
	Records []page.Link     // those that name it
	Text    page.Text
	Columns bool   // lines of the text stand in columns, which breaking a line would destroy
	Cut     string // says that the text goes on in the file; empty if all of it is here
}

// Papers are the pages of documents that are texts. A server sends such a document as it is, in the small type
// of typewriters and without a way back.
var Papers = page.Kind[PaperView]{Template: "paper", Style: page.Paper, Pages: func(s *page.Site, add page.Add[PaperView]) {
	for _, t := range s.Towns {
		naming := named(t)
		for _, name := range t.Documents(s.Data) {
			if t.Readable(name, s.Data.Files[t.Document(name)]) {
				add(t, t.PaperPath(name), func(p *page.Place) PaperView { return paper(p, name, naming[name]) })
			}
		}
	}
}}

// named returns the records of a municipality by the documents that they name.
func named(t *page.Town) map[string][]jme.Record {
	all := map[string][]jme.Record{}
	for _, reg := range t.Tables {
		if !jme.Listed(reg.Schema.Name) {
			continue
		}
		for column, f := range reg.Schema.Fields {
			if reg.Schema.Columns[f.Column].Type != table.Path {
				continue
			}
			for i := range reg.Rows {
				if name := reg.Rows[i].Values[column]; name != "" {
					all[name] = append(all[name], jme.Record{Table: reg, Row: &reg.Rows[i]})
				}
			}
		}
	}
	return all
}

// mostShown is how many bytes of a text its page shows, and mostLines how many lines: more of them do not fit
// into what a page may weigh.
const (
	mostShown = 24 << 10
	mostLines = 1000
)

// paper returns the page of a text that records name.
func paper(p *page.Place, name string, naming []jme.Record) PaperView {
	heading, kind := page.Own(path.Base(name)), ""
	if len(naming) > 0 {
		heading, kind = p.Label(naming[0]), path.Base(name)
	}
	v := PaperView{
		Base:    p.BaseOf(heading.String(), kind, p.F("site.paper.about", locale.Args{"Place": p.TownName()})+" "+heading.String()),
		Heading: heading, Files: []page.FileLine{p.Paper(name)},
	}
	for _, r := range naming {
		if up := p.Town.Up(r); r.Table.Schema.Name == "attachments" && len(up) > 0 {
			r = up[0].Record // which it is attached to
		}
		v.Records = append(v.Records, page.Link{Text: p.Short(r), Href: p.To(p.Town.RecordPath(r))})
	}
	text, _ := p.Papers.Text(p.Town.Document(name)) // a build that cannot read it fails with the file
	shown, rest := begin(text)
	v.Columns = columns.MatchString(shown)
	if v.Text = p.Foreign(shown); rest > 0 {
		v.Cut = p.F("site.paper.cut", locale.Args{"rest": p.Bytes(int64(rest))})
	}
	return v
}

// columns finds a line that stands in columns: two or more words with wide gaps between them.
var columns = regexp.MustCompile(`\S {3,}\S`)

// begin returns the lines of a text that its page shows, and how many bytes follow.
func begin(text string) (shown string, rest int) {
	lines := slices.Collect(strings.Lines(text))
	end, n := 0, 0
	for n < len(lines) && n < mostLines && end+len(lines[n]) <= mostShown {
		end += len(lines[n])
		n++
	}
	if n == 0 && text != "" { // a single long line
		shown = strings.ToValidUTF8(text[:min(len(text), mostShown)], "")
		return shown, len(text) - len(shown)
	}
	return strings.TrimRight(text[:end], " \t\r\n"), len(text) - end
}
