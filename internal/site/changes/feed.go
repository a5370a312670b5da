package changes

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Feeds are the changes of each municipality as Atom (RFC 4287), newest first.
var Feeds = page.Files(func(e *page.Edition) (pages []page.Page) {
	if e.History == nil {
		return nil
	}
	for _, t := range e.Towns {
		p := e.WithRoot(t, t.ChangesPath(""), e.Data.Site.BaseURL)
		pages = append(pages, page.Page{Path: t.FeedFile(e.Lang), Render: func(b *bytes.Buffer) error {
			b.WriteString(xml.Header)
			encoder := xml.NewEncoder(b)
			encoder.Indent("", " ")
			return encoder.Encode(feed(p))
		}})
	}
	return pages
})

// mostOfFeed is how many records and cells a feed lists.
const mostOfFeed = 10 * mostOfPage

// feed returns the feed of a municipality.
func feed(p *page.Place) atomFeed {
	site, address := p.Data.Site, p.FromTop(p.Town.FeedFile(p.Lang))
	f := atomFeed{
		Lang: p.Lang.String(), Title: p.T("site.changes.title") + " — " + p.TownName(), Subtitle: p.T("site.changes.lead"),
		ID: address, Rights: site.Licence,
		Links: []atomLink{{"self", "application/atom+xml", address}, {"alternate", "text/html", p.To(p.Path())}},
	}
	if site.Demonstration {
		f.Subtitle = p.T("site.demo") + " " + f.Subtitle
	}
	if parts := page.Cut(len(p.Town.Entries), perPage); len(parts) > 1 {
		f.Subtitle += " " + p.Range(parts[0])
	}
	var newest time.Time // not always that of the first entry: a commit keeps its author's date when it is merged later
	budget := mostOfFeed
	for _, x := range p.Town.Entries[:min(len(p.Town.Entries), perPage)] {
		when := cmp.Or(x.Commit.Time, p.Today)
		if when.After(newest) {
			newest = when
		}
		f.Entries = append(f.Entries, entry(p, x, when, &budget))
	}
	f.Updated = cmp.Or(newest, p.Today).Format(time.RFC3339)
	return f
}

// entry returns an entry of a feed. See changedRegister for budget.
func entry(p *page.Place, x page.Entry, when time.Time, budget *int) atomEntry {
	v := changedRegister(p, x, budget)
	host := cmp.Or(p.Address.Hostname(), "achyk") // the id begins with it (RFC 4151)
	return atomEntry{
		Title: v.Register.Text.String() + ": " + subject(x.Commit), Updated: when.Format(time.RFC3339),
		Author:  cmp.Or(x.Commit.Author, p.TownName()),
		ID:      "tag:" + host + "," + strconv.Itoa(when.Year()) + ":" + x.Commit.Hash + "/" + x.Touch.Register + "/" + p.Lang.String(),
		Link:    atomLink{"alternate", "text/html", p.To(p.Town.ChangesPath(x.Register.Schema.Name))},
		Summary: summary(p, x, v),
	}
}

// summary returns the text of an entry, one line for each fact.
func summary(p *page.Place, x page.Entry, v ChangedRegister) string {
	var lines []string
	for _, c := range v.Counts {
		lines = append(lines, c.Label+": "+c.Count)
	}
	for _, r := range v.Records {
		for _, c := range r.Cells {
			if c.Rest {
				lines = append(lines, r.Link.Text.String()+", "+c.Title)
				continue
			}
			lines = append(lines, r.Link.Text.String()+", "+c.Title+": "+cmp.Or(c.Old.Text, "—")+" → "+cmp.Or(c.New.Text, "—"))
		}
	}
	if v.More.Href != "" {
		lines = append(lines, v.More.Text.String()+": "+v.More.Href)
	}
	if s := x.Commit.Signature; s.Status != "" {
		lines = append(lines, p.F("signature."+string(s.Status), locale.Args{"Signer": s.Signer}))
	}
	if v.Problem != "" {
		lines = append(lines, v.Problem)
	}
	return strings.Join(lines, "\n")
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Rights   string      `xml:"rights,omitempty"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}
