// Package changes makes the pages that show what commits did to the registers: all changes,
// those of a month, of a municipality and of a register, a feed of each municipality (RFC
// 4287), and the timeline on a record's page.
package changes

import (
	"slices"
	"time"

	"achyk/internal/site/page"
)

// ListView lists the changes of registers by commits, newest first.
type ListView struct {
	page.Base
	Heading string
	Lead    string
	Commits []ChangedCommit
	Range   string
	Pages   []page.Link
	Months  []page.Link
	Towns   []page.Link
	Lists   []RegisterCount // registers of the municipality that were changed
	Feed    page.Link
	Note    string // says that there is no history, or that the clone lacks older commits; may be empty
}

// RegisterCount is a register with the number of commits that changed it.
type RegisterCount struct {
	Register page.Link
	Count    string
}

// How much a page of changes lists.
const (
	perPage = 30 // entries

	// Records and cells of all entries. With more, a page is slow to open on a weak phone.
	mostOfPage = 110
)

// Lists are the pages of changes. Without a history there are those of all changes and of each
// municipality, because texts link to them.
var Lists = page.Kind[ListView]{Template: "changes", Pages: func(s *page.Site, add page.Add[ListView]) {
	all := group(s)
	all.site(add)
	for _, t := range s.Towns {
		all.town(t, add)
	}
}}

// groups are the entries of a site by month.
type groups struct {
	*page.Site
	months  []string // newest first: "2026-03"
	byMonth map[string][]page.Entry
}

// group groups the entries of a site by month, in the time zone of the site.
func group(s *page.Site) *groups {
	g := &groups{s, nil, map[string][]page.Entry{}}
	zone := s.Data.Site.Zone()
	for _, x := range s.Entries {
		month := x.Commit.Time.In(zone).Format("2006-01")
		if !slices.Contains(g.months, month) {
			g.months = append(g.months, month)
		}
		g.byMonth[month] = append(g.byMonth[month], x)
	}
	slices.Sort(g.months) // commits may be out of order, because their dates are those of the authors' computers
	slices.Reverse(g.months)
	return g
}

// site plans the pages of all towns together.
func (g *groups) site(add page.Add[ListView]) {
	list{path: page.ChangesPath, heading: title, entries: g.Entries, onlyFirst: true, more: func(p *page.Place, v *ListView) {
		for _, month := range g.months {
			v.Months = append(v.Months, page.Link{Text: page.Own(monthName(p, month)), Href: p.To(monthPath(month))})
		}
		for _, t := range g.Towns {
			v.Towns = append(v.Towns, page.Link{Text: page.Phrase{p.Text(t.Settings.Name)}, Href: p.To(t.ChangesPath(""))})
		}
	}}.plan(add)
	for _, month := range g.months {
		heading := func(p *page.Place) string { return title(p) + ", " + monthName(p, month) }
		list{path: monthPath(month), heading: heading, entries: g.byMonth[month]}.plan(add)
	}
}

// town plans the pages of one town.
func (g *groups) town(t *page.Town, add page.Add[ListView]) {
	list{town: t, path: t.ChangesPath(""), heading: title, entries: t.Entries, onlyFirst: true, more: func(p *page.Place, v *ListView) {
		for _, reg := range t.Tables {
			if n := len(g.EntriesOf(reg)); n > 0 {
				register := page.Link{Text: page.Phrase{p.Text(reg.Schema.Title)}, Href: p.To(t.ChangesPath(reg.Schema.Name))}
				v.Lists = append(v.Lists, RegisterCount{register, p.Int(n)})
			}
		}
		if p.History != nil {
			v.Feed = page.Link{Text: page.Own("Atom"), Href: p.FromTop(t.FeedFile(p.Lang))}
		}
	}}.plan(add)
	for _, reg := range t.Tables {
		if entries := g.EntriesOf(reg); len(entries) > 0 {
			heading := func(p *page.Place) string { return reg.Schema.Title.In(p.Lang) }
			list{town: t, path: t.ChangesPath(reg.Schema.Name), heading: heading, entries: entries}.plan(add)
		}
	}
}

// monthPath returns the address of the changes of a month.
func monthPath(month string) string { return page.ChangesPath + month + "/" }

// title returns the heading of a list of all changes.
func title(p *page.Place) string { return p.T("site.changes.title") }

// monthName writes a month like "2026-03" in the language of the page.
func monthName(p *page.Place, month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return p.YearMonth(t)
}

// list is a list of entries that is cut into pages.
type list struct {
	town    *page.Town
	path    string
	heading func(*page.Place) string
	entries []page.Entry

	// onlyFirst says that the list has only its first page. Older entries are in the lists of
	// months and registers. Their later pages change less often than those of this list, where
	// each new entry moves all others.
	onlyFirst bool

	more func(*page.Place, *ListView) // adds to the page; may be nil
}

// plan plans the pages of the list.
func (l list) plan(add page.Add[ListView]) {
	parts := page.Cut(len(l.entries), perPage)
	if l.onlyFirst {
		parts = page.Only(parts)
	}
	for _, part := range parts {
		add(l.town, page.PartPath(l.path, part.Number), func(p *page.Place) ListView { return l.view(p, part) })
	}
}

// view returns one part of the list.
func (l list) view(p *page.Place, part page.Part) ListView {
	v := ListView{Heading: l.heading(p), Lead: p.T("site.changes.lead")}
	if p.Town != nil {
		v.Base = p.TownBase(v.Heading, v.Lead)
	} else {
		v.Base = p.Base(v.Heading, v.Lead)
	}
	l.crumbs(p, &v)
	budget := mostOfPage
	for i := part.From; i < part.To; i++ {
		x := l.entries[i]
		if i == part.From || l.entries[i-1].Commit != x.Commit {
			v.Commits = append(v.Commits, changedCommit(p, x.Commit))
		}
		c := &v.Commits[len(v.Commits)-1]
		c.Registers = append(c.Registers, changedRegister(p, x, &budget))
		c.name(c.Registers[len(c.Registers)-1].Register.Text[:1])
	}
	if part.Of > 1 {
		v.Range = p.Range(part)
		v.Pages = p.PartLinks(part, func(number int) string { return p.To(page.PartPath(l.path, number)) })
	}
	switch {
	case p.History == nil:
		v.Note = p.T("site.changes.unknown")
	case p.History.Shallow:
		v.Note = p.T("site.changes.shallow")
	}
	if l.more != nil {
		l.more(p, &v)
	}
	return v
}

// crumbs adds the link back to the list of all changes.
func (l list) crumbs(p *page.Place, v *ListView) {
	whole := page.ChangesPath
	if p.Town != nil {
		whole = p.Town.ChangesPath("")
	} else {
		v.Crumbs = []page.Link{{Text: page.Own(v.SiteTitle), Href: v.Home}}
	}
	if l.path != whole {
		v.Crumb(page.Own(title(p)), p.To(whole))
	}
}
