package clauses

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// DeadlinesView is the clock of a municipality: what is overdue, and what comes next.
type DeadlinesView struct {
	page.Base
	Heading  string
	Lead     string
	Passed   []status.Deadline // the oldest first
	Ahead    []status.Deadline
	Calendar page.FileLine
	Data     []page.FileLine
	Missing  page.Link
}

// Deadlines are the pages of what is due.
var Deadlines = page.Kind[DeadlinesView]{Template: "deadlines", Pages: func(e *page.Edition, add page.Add[DeadlinesView]) {
	for _, t := range e.Towns {
		add(t, t.DeadlinesPath(), deadlines)
	}
}}

func deadlines(p *page.Place) DeadlinesView {
	v := DeadlinesView{
		Heading: p.T("site.menu.deadlines"), Lead: p.F("site.deadlines.lead", locale.Args{"day": p.AsOf(p.Today)}),
		Calendar: page.FileLine{Name: p.T("site.deadlines.calendar"), Href: p.Top(p.Town.CalendarFile(p.Lang)), Size: "ICS"},
		Data:     p.Downloads(jme.Deadlines),
		Missing:  status.Missing(p),
	}
	v.Base = p.Base(v.Heading+" — "+p.Town.Settings.Name.In(p.Lang), v.Lead)
	for i := range p.Town.Deadlines {
		d := status.DeadlineOf(p, &p.Town.Deadlines[i])
		if p.Town.Deadlines[i].Outcome != nil {
			d.Counted = p.Town.Deadlines[i].Counted(p.Printer)
		}
		if d.Overdue {
			v.Passed = append(v.Passed, d)
		} else {
			v.Ahead = append(v.Ahead, d)
		}
	}
	return v
}
