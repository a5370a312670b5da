package site

import (
	"bytes"
	"cmp"
	"net/url"
	"strings"

	ics "github.com/arran4/golang-ical"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// DeadlinesView is the clock of a municipality: what is overdue, and what comes next.
type DeadlinesView struct {
	Base
	Heading  string
	Lead     string
	Passed   []Deadline // the oldest first
	Ahead    []Deadline
	Calendar FileLine
	Data     []FileLine
	Missing  Link
}

func (e *edition) deadlines(t *town) Page {
	m := t.Municipality
	path := deadlinesPath(m)
	return page(e, path, e.templates.deadlines, func(href func(string) string) DeadlinesView {
		v := DeadlinesView{
			Heading: e.T("site.menu.deadlines"), Lead: e.F("site.deadlines.lead", locale.Args{"day": e.AsOf(e.today())}),
			Calendar: FileLine{Name: e.T("site.deadlines.calendar"), Href: href(calendarPath(m, e.lang)), Size: "ICS"},
			Data:     e.downloads(m, jme.Deadlines, href),
			Missing:  e.missingLink(t, href),
		}
		v.Base = e.base(href, path, v.Heading+" — "+t.Settings.Name.In(e.lang), v.Lead, t)
		for i := range t.deadlines {
			d := e.deadline(t, &t.deadlines[i], href)
			if t.deadlines[i].Outcome != nil {
				d.Counted = t.deadlines[i].Counted(e.Printer)
			}
			if d.Overdue {
				v.Passed = append(v.Passed, d)
			} else {
				v.Ahead = append(v.Ahead, d)
			}
		}
		return v
	})
}

// calendar is the deadlines as a calendar (RFC 5545), one in each language. An event keeps
// its UID when its day moves; its description has the link, because few programs show the
// URL property. There are no alarms: whoever subscribes decides on those.
func (e *edition) calendar(t *town) Page {
	m := t.Municipality
	return Page{Path: calendarPath(m, e.lang), Render: func(b *bytes.Buffer) error {
		base := e.Data.Site.BaseURL
		host := "achyk"
		if u, err := url.Parse(base); err == nil && u.Host != "" {
			host = u.Host
		}
		absolute := func(path string) string { return base + path }
		name := e.T("site.menu.deadlines") + " — " + m.Settings.Name.In(e.lang)
		c := ics.NewCalendar()
		c.SetProductId("-//Achyk//" + m.ID + "//" + strings.ToUpper(e.lang.String()))
		c.SetMethod(ics.MethodPublish)
		c.SetName(name)
		c.SetXWRCalName(name)
		c.SetDescription(e.F("site.deadlines.lead", locale.Args{"day": e.AsOf(e.today())}))
		c.SetRefreshInterval("P1D")
		c.SetXPublishedTTL("P1D")
		for i := range t.deadlines {
			d := &t.deadlines[i]
			subject := e.subject(m, d, absolute)
			address := cmp.Or(subject.Href, absolute(e.lang.String()+"/"+deadlinesPath(m)))
			event := c.AddEvent(m.ID + "." + d.Key() + "@" + host)
			event.SetDtStampTime(e.today())
			event.SetAllDayStartAt(d.Date)
			event.SetTimeTransparency(ics.TransparencyTransparent)
			event.SetSummary(oneLine.Replace(d.What(e.Printer) + ": " + subject.Text.String()))
			event.SetDescription(lineFeeds.Replace(e.event(m, d) + "\n" + address))
			event.SetURL(address)
		}
		return c.SerializeTo(b, ics.WithNewLine("\r\n"))
	}}
}

// A summary is one line (RFC 5545, 3.8.1.12). In a description a line feed is escaped, but
// the library leaves a carriage return, which a cell may hold, as it is, and breaks the line.
var (
	oneLine   = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ")
	lineFeeds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
)

// event says of a deadline what its title has no room for.
func (e *edition) event(m *jme.Municipality, d *regulation.Deadline) string {
	text := d.Who(m).In(e.lang)
	if !d.Hour.IsZero() {
		text += "\n" + e.DateTime(d.Hour)
	}
	if d.Outcome != nil {
		text += "\n" + d.Outcome.Sentence(e.Printer)
	}
	text += "\n" + d.Counted(e.Printer)
	if e.Data.Site.Demonstration {
		text += "\n" + e.T("site.demo")
	}
	return text
}
