package subscribe

import (
	"bytes"
	"cmp"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// Calendars are, as iCalendar (RFC 5545), the deadlines of each town, and for each service, place and body with
// any event or deadline what happened and what is due.
var Calendars = page.Files(func(e *page.Edition) (pages []page.Page) {
	plan := func(path string, make func() *ics.Calendar) {
		pages = append(pages, page.Page{Path: path, Render: func(b *bytes.Buffer) error {
			return make().SerializeTo(b, ics.WithNewLine("\r\n"))
		}})
	}
	for _, t := range e.Towns {
		p := e.WithRoot(t, t.DeadlinesPath(), e.Data.Site.BaseURL)
		plan(t.CalendarFile(e.Lang), func() *ics.Calendar { return deadlines(p) })
		for _, s := range subjects(t) {
			if s.register == "" || !s.dated(t, e.Today) {
				continue
			}
			p := e.WithRoot(t, s.page(t), e.Data.Site.BaseURL)
			plan(s.ics(t, e.Lang), func() *ics.Calendar { return dates(p, s) })
		}
	}
	return pages
})

// calendar returns an empty calendar.
func calendar(p *page.Place, name, description string) *ics.Calendar {
	c := ics.NewCalendar()
	c.SetProductId("-//Achyk//" + p.Town.ID + "//" + strings.ToUpper(p.Lang.String()))
	c.SetMethod(ics.MethodPublish)
	c.SetName(name)
	c.SetXWRCalName(name)
	c.SetDescription(description)
	c.SetRefreshInterval("P1D")
	c.SetXPublishedTTL("P1D")
	return c
}

// deadlines returns the calendar of all deadlines of a town.
func deadlines(p *page.Place) *ics.Calendar {
	c := calendar(p, p.T("site.menu.deadlines")+" — "+p.TownName(), p.F("site.deadlines.lead", locale.Args{"day": p.AsOf(p.Today)}))
	for i := range p.Town.Deadlines {
		add(p, c, &p.Town.Deadlines[i])
	}
	return c
}

// dates returns the calendar of a subject: what happened, and what is due.
func dates(p *page.Place, s subject) *ics.Calendar {
	shown, left := newest(s.eventsOf(p.Town, p.Today))
	c := calendar(p, s.title(p), description(p, left))
	for _, x := range shown {
		words := x.say(p)
		allDay(p, c, strings.ReplaceAll(x.key, "/", "."), words.title, strings.Join(words.lines, "\n"), words.address, x.day)
	}
	for _, d := range s.due(p.Town, p.Town.Coming()) {
		add(p, c, d)
	}
	return c
}

// add adds a deadline to a calendar.
func add(p *page.Place, c *ics.Calendar, d *judgement.Deadline) {
	subject := status.Subject(p, d)
	address := cmp.Or(subject.Href, p.To(p.Town.DeadlinesPath()))
	allDay(p, c, d.Key(), d.What(p.Printer)+": "+subject.Text.String(), counted(p, d), address, d.Date)
}

// allDay adds an event of a day to a calendar. Its UID stays the same when the day moves. The
// address of the page is in the description as well, because few programs show the URL property. The events
// have no alarms; calendar programs let subscribers add their own.
func allDay(p *page.Place, c *ics.Calendar, key, summary, text, address string, day time.Time) {
	event := c.AddEvent(p.Town.ID + "." + key + "@" + cmp.Or(p.Address.Host, "achyk"))
	event.SetDtStampTime(p.Today)
	event.SetAllDayStartAt(day)
	event.SetTimeTransparency(ics.TransparencyTransparent)
	event.SetSummary(oneLine.Replace(summary))
	event.SetDescription(lineFeeds.Replace(text + "\n" + address))
	event.SetURL(address)
}

// A summary has one line (RFC 5545, 3.8.1.12). In a description the library escapes line feeds
// but not carriage returns, which a cell may have. An unescaped one would end the line.
var (
	oneLine   = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ")
	lineFeeds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
)

// counted returns who must act or was asked to, the hour if there is one, how the day was counted, what
// other day was promised or suggested, and the assumptions that it rests on.
func counted(p *page.Place, d *judgement.Deadline) string {
	text := d.Who(p.Town.Municipality).In(p.Lang)
	if !d.Hour.IsZero() {
		text += "\n" + p.DateTime(d.Hour)
	}
	if d.Outcome != nil {
		text += "\n" + d.Outcome.Sentence(p.Printer)
		for i := range d.Outcome.Explanations {
			text += "\n" + d.Outcome.Explanations[i].Sentence(p.Printer)
		}
	}
	text += "\n" + d.Counted(p.Printer)
	if other := d.Otherwise(p.Printer); other != "" {
		text += "\n" + other
	}
	for _, a := range status.Assumptions(p, d.Assumptions) {
		text += "\n" + p.T("site.kept.assumed") + " " + a.Text.String()
	}
	if p.Data.Site.Demonstration {
		text += "\n" + p.T("site.demo")
	}
	return text
}
