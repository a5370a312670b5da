// Package subscribe makes what readers can subscribe to, and the page that tells how.
//
//   - An event is something that happened on a day: a deadline passed unmet, a report came, somebody answered,
//     did or checked something, a body decided, people
//     met, a contest was announced or decided. Events are found in the records and said in the words of
//     the pages (event.go), so a subscription never says more than the site.
//   - A subject is what a subscription is about: the town, a service, a place or a body. Each with any event
//     has a feed (feed.go) and, with the deadlines ahead, a calendar (calendar.go).
//   - Both have the newest events up to a limit, and say how many they leave out. Their dates are those of
//     the records, so the same records give the same bytes.
//
// The calendar of all deadlines of a town is here as well. The feed of what was changed in registers is in
// package changes.
package subscribe

import (
	"html/template"
	"strings"
	"time"

	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// View is the page that tells what can be subscribed to, and how.
type View struct {
	page.Base
	Heading string
	Lead    string
	Ways    []Way
	Groups  []Group
}

// Way tells how to subscribe with a kind of device.
type Way struct{ Title, Text string }

// Group is subjects of one kind.
type Group struct {
	Title string
	Lines []Line
	More  page.Link // to the subjects that are not among Lines
}

// Line is a subject, with what can be subscribed to.
type Line struct {
	Name     page.Link
	Webcal   template.URL // opens the calendar in the reader's calendar program; empty without an address of the site
	Calendar string       // the same as a file; may be empty
	Feed     string       // may be empty

	printer *locale.Printer
}

// T returns a message of the program.
func (l Line) T(key string) string { return l.printer.T("site." + key) }

// mostLines is how many subjects of a kind the page lists. The page of each subject has the same links.
const mostLines = 60

// Pages are the pages that tell what can be subscribed to.
var Pages = page.Kind[View]{Template: "subscribe", Pages: func(s *page.Site, add page.Add[View]) {
	for _, t := range s.Towns {
		add(t, t.SubscribePath(), view)
	}
}}

// view returns the page of a town.
func view(p *page.Place) View {
	v := View{Heading: p.T("site.subscribe.title"), Lead: p.F("site.subscribe.lead", locale.Args{"Town": p.TownName()})}
	v.Base = p.TownBase(v.Heading, v.Lead)
	for _, way := range []string{"android", "ios", "desktop", "feed"} {
		v.Ways = append(v.Ways, Way{p.T("site.subscribe.way." + way), p.T("site.subscribe.how." + way)})
	}
	town := Group{Title: p.TownName(), Lines: []Line{
		line(p, page.Link{Text: page.Own(p.T("site.menu.deadlines")), Href: p.To(p.Town.DeadlinesPath())}, p.Town.CalendarFile(p.Lang), ""),
	}}
	if s := (subject{}); len(s.eventsOf(p.Town, p.Today)) > 0 {
		town.Lines = append(town.Lines, line(p, page.Link{Text: page.Own(p.T("site.subscribe.events"))}, "", s.feed(p.Town, p.Lang)))
	}
	if p.History != nil {
		changes := page.Link{Text: page.Own(p.T("site.changes.title")), Href: p.To(p.Town.ChangesPath(""))}
		town.Lines = append(town.Lines, line(p, changes, "", p.Town.FeedFile(p.Lang)))
	}
	v.Groups = append(v.Groups, town)
	for _, register := range []string{"services", bodies, "territories"} {
		g := Group{Title: p.T("site.subscribe.of." + register)}
		left := 0
		for _, s := range subjects(p.Town) {
			if s.register != register || !s.dated(p.Town, p.Today) {
				continue
			}
			if len(g.Lines) == mostLines {
				left++
				continue
			}
			g.Lines = append(g.Lines, s.line(p))
		}
		if left > 0 {
			g.More = page.Link{Text: page.Own(p.N("site.record.more", left)), Href: p.To(p.Town.ListPath(register))}
		}
		if len(g.Lines) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

// subjects lists what can be subscribed to in a town: the town, its services, its bodies, its places.
func subjects(t *page.Town) []subject {
	all := []subject{{}}
	for _, x := range t.Services {
		all = append(all, subject{"services", x.ID})
	}
	for _, body := range t.Bodies() {
		all = append(all, subject{bodies, body})
	}
	for _, x := range t.Territories {
		all = append(all, subject{"territories", x.ID})
	}
	return all
}

// dated reports whether there is anything to put into a calendar.
func (s subject) dated(t *page.Town, today time.Time) bool {
	return len(s.eventsOf(t, today)) > 0 || len(s.due(t, t.Coming())) > 0
}

// page returns the address of the page of a subject.
func (s subject) page(t *page.Town) string {
	if s.register == "" {
		return t.SubscribePath()
	}
	return t.Path() + s.address() + "/"
}

func (s subject) feed(t *page.Town, l locale.Lang) string {
	return t.EventsFile(s.address(), l, "atom")
}
func (s subject) ics(t *page.Town, l locale.Lang) string { return t.EventsFile(s.address(), l, "ics") }

// name returns what a subject is called, with a link to its page.
func (s subject) name(p *page.Place) page.Link {
	link := page.Link{Text: page.Own(p.TownName()), Href: p.To(s.page(p.Town))}
	switch s.register {
	case "":
	case bodies:
		link.Text = page.Phrase{status.BodyName(p, s.id)}
	default:
		link.Text = p.Record(s.register, s.id).Text
	}
	return link
}

// title returns the title of the feed and the calendar of a subject.
func (s subject) title(p *page.Place) string {
	name := s.name(p).Text.String()
	if s.register != "" {
		name += ", " + p.TownName()
	}
	return p.T("site.subscribe.events") + " — " + name
}

// line returns the line of a subject.
func (s subject) line(p *page.Place) Line {
	feed := ""
	if len(s.eventsOf(p.Town, p.Today)) > 0 {
		feed = s.feed(p.Town, p.Lang)
	}
	return line(p, s.name(p), s.ics(p.Town, p.Lang), feed)
}

// line returns a line by the paths of its files.
func line(p *page.Place, name page.Link, calendar, feed string) Line {
	l := Line{Name: name, printer: p.Printer}
	if calendar != "" {
		l.Calendar = p.FromTop(calendar)
		if _, rest, ok := strings.Cut(p.Data.Site.BaseURL, "://"); ok {
			l.Webcal = template.URL("webcal://" + rest + calendar)
		}
	}
	if feed != "" {
		l.Feed = p.FromTop(feed)
	}
	return l
}

// Card is what the page of a subject offers: its calendar and feed, and the page that tells how.
type Card struct {
	Line
	How page.Link
}

// To returns the card of a record of a service or place, or of a body with the register "bodies". It is nil if there
// is nothing to subscribe to.
func To(p *page.Place, register, id string) *Card {
	s := subject{register, id}
	if !s.dated(p.Town, p.Today) {
		return nil
	}
	return &Card{s.line(p), How(p)}
}

// How returns the link to the page that tells how to subscribe.
func How(p *page.Place) page.Link {
	return page.Link{Text: page.Own(p.T("site.subscribe.title")), Href: p.To(p.Town.SubscribePath())}
}
