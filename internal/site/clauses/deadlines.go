package clauses

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/site/subscribe"
)

// DeadlinesView shows the deadlines of a municipality, those that have passed and those ahead, and apart
// from them the days that were only suggested or promised.
type DeadlinesView struct {
	page.Base
	Heading   string
	Lead      string
	Counts    []page.Count      // of Passed, Ahead and Asked
	Passed    []status.Deadline // the oldest first
	Ahead     []status.Deadline
	Asked     []status.Deadline // suggested or promised: the oldest first
	Calendar  page.FileLine
	Data      []page.FileLine
	Missing   page.Link
	Subscribe page.Link
	Chart     *charts.Figure
	Bodies    []page.Link
}

// Deadlines are the pages of deadlines.
var Deadlines = page.Kind[DeadlinesView]{Template: "deadlines", Pages: func(s *page.Site, add page.Add[DeadlinesView]) {
	for _, t := range s.Towns {
		add(t, t.DeadlinesPath(), deadlines)
	}
}}

// deadlines returns the page of deadlines.
func deadlines(p *page.Place) DeadlinesView {
	v := DeadlinesView{
		Heading: p.T("site.menu.deadlines"), Lead: p.F("site.deadlines.lead", locale.Args{"day": p.AsOf(p.Today)}),
		Calendar: page.FileLine{Name: p.T("site.deadlines.calendar"), Href: p.FromTop(p.Town.CalendarFile(p.Lang)), Size: "ICS"},
		Data:     p.Downloads(jme.Deadlines),
		Missing:  status.Missing(p), Subscribe: subscribe.How(p), Chart: charts.Show(p, charts.Late(p.Town)), Bodies: status.Bodies(p, ""),
	}
	v.Base = p.TownBase(v.Heading, v.Lead)
	v.Passed, v.Ahead, v.Asked = counted(p, p.Town.Passed), counted(p, p.Town.Ahead), counted(p, append(slices.Clip(p.Town.Asked), p.Town.Proposed...))
	v.Counts = []page.Count{
		{Mark: "overdue", Label: p.T("site.passed"), Count: p.Int(len(v.Passed))},
		{Mark: "not-due", Label: p.T("site.deadlines.ahead"), Count: p.Int(len(v.Ahead))},
		{Mark: "asked", Label: p.T("site.asked"), Count: p.Int(len(v.Asked))},
	}
	return v
}

// counted returns deadlines as pages show them, with what sets the day of each and what that rests on.
func counted(p *page.Place, deadlines []*judgement.Deadline) []status.Deadline {
	views := status.DeadlinesOf(p, deadlines)
	for i, d := range deadlines {
		views[i].Counted, views[i].Assumed = d.Counted(p.Printer), status.Assumptions(p, d.Assumptions)
	}
	return views
}
