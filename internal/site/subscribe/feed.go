package subscribe

import (
	"bytes"
	"strings"

	"achyk/internal/atom"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Feeds are what happened, as Atom: for each town, service, place and body with any event.
var Feeds = page.Files(func(e *page.Edition) (pages []page.Page) {
	for _, t := range e.Towns {
		for _, s := range subjects(t) {
			if events := s.eventsOf(t, e.Today); len(events) > 0 {
				p := e.WithRoot(t, s.page(t), e.Data.Site.BaseURL)
				pages = append(pages, page.Page{Path: s.feed(t, e.Lang), Render: func(b *bytes.Buffer) error {
					return atom.Write(b, feed(p, s, events), p.Today)
				}})
			}
		}
	}
	return pages
})

// feed returns the feed of a subject.
func feed(p *page.Place, s subject, events []event) atom.Feed {
	site, address := p.Data.Site, p.FromTop(s.feed(p.Town, p.Lang))
	shown, left := newest(events)
	f := atom.Feed{
		Lang: p.Lang.String(), Title: s.title(p), Subtitle: description(p, left), ID: address, Rights: site.Licence,
		Links: atom.Links(address, p.To(p.Path())),
	}
	for _, x := range shown {
		words := x.say(p)
		f.Entries = append(f.Entries, atom.Entry{
			ID: atom.Tag(p.Address.Hostname(), x.day.Year(), p.Town.ID+"/"+x.key+"/"+p.Lang.String()), Title: words.title,
			Updated: atom.Time{Time: x.day}, Author: p.TownName(), Link: atom.Page(words.address), Summary: strings.Join(words.lines, "\n"),
		})
	}
	return f
}

// mostEvents is how many events a feed or a calendar has. Programs fetch the whole file each day.
const mostEvents = 100

// newest returns the newest events, and how many are left out.
func newest(events []event) (shown []event, left int) {
	n := min(len(events), mostEvents)
	return events[:n], len(events) - n
}

// description says what a feed or calendar tells, and how many earlier events it leaves out.
func description(p *page.Place, left int) string {
	text := p.F("site.subscribe.about", locale.Args{"day": p.AsOf(p.Today)})
	if left > 0 {
		text += " " + p.N("site.subscribe.left", left)
	}
	if p.Data.Site.Demonstration {
		text = p.T("site.demo") + " " + text
	}
	return text
}
