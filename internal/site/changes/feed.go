package changes

import (
	"bytes"
	"cmp"
	"strings"

	"achyk/internal/atom"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Feeds are the changes of each municipality as Atom (RFC 4287), newest first. Those of registers that all
// municipalities share are in the feed of each.
var Feeds = page.Files(func(e *page.Edition) (pages []page.Page) {
	if e.History == nil {
		return nil
	}
	for _, t := range e.Towns {
		p := e.WithRoot(t, t.ChangesPath(""), e.Data.Site.BaseURL)
		pages = append(pages, page.Page{Path: t.FeedFile(e.Lang), Render: func(b *bytes.Buffer) error {
			return atom.Write(b, feed(p), p.Today)
		}})
	}
	return pages
})

// mostOfFeed is how many records and cells a feed lists.
const mostOfFeed = 10 * mostOfPage

// feed returns the feed of a municipality.
func feed(p *page.Place) atom.Feed {
	site, address := p.Data.Site, p.FromTop(p.Town.FeedFile(p.Lang))
	f := atom.Feed{
		Lang: p.Lang.String(), Title: p.T("site.changes.title") + " — " + p.TownName(), Subtitle: p.T("site.changes.lead"),
		ID: address, Rights: site.Licence,
		Links: atom.Links(address, p.To(p.Path())),
	}
	if site.Demonstration {
		f.Subtitle = p.T("site.demo") + " " + f.Subtitle
	}
	if parts := page.Cut(len(p.Town.Entries), perPage); len(parts) > 1 {
		f.Subtitle += " " + p.Range(parts[0])
	}
	budget := mostOfFeed
	for _, x := range p.Town.Entries[:min(len(p.Town.Entries), perPage)] {
		f.Entries = append(f.Entries, entry(p, x, &budget))
	}
	return f
}

// entry returns an entry of a feed. See changedRegister for budget.
func entry(p *page.Place, x page.Entry, budget *int) atom.Entry {
	v, when := changedRegister(p, x, budget), cmp.Or(x.Commit.Time, p.Today)
	what := subject(x.Commit)
	if language(p, what) != "" { // a reader of feeds cannot tell the language of a part
		what = counted(v)
	}
	register := x.Touch.Register
	if x.Shared() { // each town's feed has an entry of its own, which leads to its pages
		register = p.Town.ID + "/" + register
	}
	return atom.Entry{
		Title: v.Register.Text.String() + ": " + what, Updated: atom.Time{Time: when},
		Author:  cmp.Or(x.Commit.Author, p.TownName()),
		ID:      atom.Tag(p.Address.Hostname(), when.Year(), x.Commit.Hash+"/"+register+"/"+p.Lang.String()),
		Link:    atom.Page(p.To(p.Town.ChangesPath(x.Register.Schema.Name))),
		Summary: summary(p, x, v),
	}
}

// counted says how many records were changed, by kind.
func counted(v ChangedRegister) string {
	var kinds []string
	for _, c := range v.Counts {
		kinds = append(kinds, c.Label+" "+c.Count)
	}
	return strings.Join(kinds, ", ")
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
	if said := subject(x.Commit); language(p, said) != "" {
		lines = append(lines, p.F("site.changes.told", locale.Args{"In": language(p, said)})+": "+said)
	}
	return strings.Join(lines, "\n")
}
