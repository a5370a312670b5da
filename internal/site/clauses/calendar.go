package clauses

import (
	"bytes"
	"cmp"
	"strings"

	ics "github.com/arran4/golang-ical"

	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// Calendars are the deadlines of each municipality as a calendar (RFC 5545).
var Calendars = page.Files(func(e *page.Edition) (pages []page.Page) {
	for _, t := range e.Towns {
		p := e.WithRoot(t, t.DeadlinesPath(), e.Data.Site.BaseURL)
		pages = append(pages, page.Page{Path: t.CalendarFile(e.Lang), Render: func(b *bytes.Buffer) error {
			return calendar(p).SerializeTo(b, ics.WithNewLine("\r\n"))
		}})
	}
	return pages
})

// calendar returns a calendar with an event for each deadline. The UID of an event stays the
// same when the day of the deadline moves. The address of the page is in the description as
// well, because few programs show the URL property. The events have no alarms; calendar
// programs let subscribers add their own.
func calendar(p *page.Place) *ics.Calendar {
	name := p.T("site.menu.deadlines") + " — " + p.TownName()
	c := ics.NewCalendar()
	c.SetProductId("-//Achyk//" + p.Town.ID + "//" + strings.ToUpper(p.Lang.String()))
	c.SetMethod(ics.MethodPublish)
	c.SetName(name)
	c.SetXWRCalName(name)
	c.SetDescription(p.F("site.deadlines.lead", locale.Args{"day": p.AsOf(p.Today)}))
	c.SetRefreshInterval("P1D")
	c.SetXPublishedTTL("P1D")
	host := cmp.Or(p.Address.Host, "achyk") // the ids of events end with it
	for i := range p.Town.Deadlines {
		d := &p.Town.Deadlines[i]
		subject := status.Subject(p, d)
		address := cmp.Or(subject.Href, p.To(p.Path()))
		event := c.AddEvent(p.Town.ID + "." + d.Key() + "@" + host)
		event.SetDtStampTime(p.Today)
		event.SetAllDayStartAt(d.Date)
		event.SetTimeTransparency(ics.TransparencyTransparent)
		event.SetSummary(oneLine.Replace(d.What(p.Printer) + ": " + subject.Text.String()))
		event.SetDescription(lineFeeds.Replace(description(p, d) + "\n" + address))
		event.SetURL(address)
	}
	return c
}

// A summary has one line (RFC 5545, 3.8.1.12). In a description the library escapes line feeds
// but not carriage returns, which a cell may have. An unescaped one would end the line.
var (
	oneLine   = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ")
	lineFeeds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
)

// description returns who must act, the hour if there is one, how the day was counted, and what
// other day was promised or suggested.
func description(p *page.Place, d *judgement.Deadline) string {
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
	if p.Data.Site.Demonstration {
		text += "\n" + p.T("site.demo")
	}
	return text
}
