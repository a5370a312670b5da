// Package year makes the pages of one cycle of monitoring and evaluation: its overview, and a
// page for each step of the process. The steps are why services were chosen, who monitors (an
// organisation chosen by contest, or a group), what was found, what residents were told, and
// what was done about the recommendations. Package clauses makes the page of the cycle's
// outcomes.
package year

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/charts"
	"achyk/internal/site/linkcards"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// OverviewView shows one cycle by its steps.
type OverviewView struct {
	page.Base
	Heading  string
	Year     string
	Sentence string // says at which step the year is
	StepOf   string
	Steps    []status.StepView
	Next     *status.Deadline
	Services []status.ServiceResult
	Tally    *status.Tally
	Kept     *status.Kept
	Alarms   []status.Sentence // clauses that were broken or are overdue
	Missing  page.Link
	Years    []page.Link
	Charts   []*charts.Figure
}

// Overviews are the pages that show a cycle as a whole.
var Overviews = page.Kind[OverviewView]{Template: "year", Pages: func(s *page.Site, add page.Add[OverviewView]) {
	for _, t := range s.Towns {
		for _, c := range t.Cycles {
			add(t, t.YearPath(c.Year), func(p *page.Place) OverviewView { return overview(p, c) })
		}
	}
}}

// overview returns the overview of a cycle.
func overview(p *page.Place, c *jme.Cycle) OverviewView {
	stepper := status.StepsOf(p, c, "")
	v := OverviewView{
		Heading: p.F("site.year.title", locale.Args{"Year": page.Year(c.Year)}), Year: page.Year(c.Year), Steps: stepper.Steps, StepOf: stepper.StepOf,
		Sentence: stepper.Sentence,
		Services: status.Results(p, c), Tally: status.YearTally(p, c), Kept: status.KeptIn(p, c), Missing: status.MissingIn(p, c.Year),
		Years: p.YearLinks(p.Town.YearPath, c),
	}
	for i := range v.Steps {
		v.Steps[i].Lines = stepLines(p, c, v.Steps[i].Step)
	}
	v.Base = p.TownBase(v.Heading, v.Sentence)
	v.Pictured(linkcards.OfYear(p, c))
	if c == p.Town.Current() {
		v.Next, _ = status.Next(p)
	}
	for _, o := range p.Town.OutcomesOf(c.Year, "") {
		if status.NeedsAttention(o) {
			v.Alarms = append(v.Alarms, status.Outcome(p, o))
		}
	}
	for _, x := range []charts.Chart{charts.Line(p.Town, c), charts.Verdicts(p.Town, c), charts.Demand(p.Town, c)} {
		if figure := charts.Beside(p, x); figure != nil {
			v.Charts = append(v.Charts, figure)
		}
	}
	return v
}

// stepLines says in a line or two what is recorded of a step.
func stepLines(p *page.Place, c *jme.Cycle, step jme.StepName) []page.Phrase {
	var lines []page.Phrase
	count := func(key string, n int) {
		if n > 0 {
			lines = append(lines, page.Own(p.N("site.count."+key, n)))
		}
	}
	switch step {
	case jme.StepWhy:
		count("entries", len(c.Entries))
		count("hearings", len(c.Hearings))
	case jme.StepContest:
		for _, x := range c.Contests {
			count("applications", len(x.Applications))
		}
		for _, d := range c.Deals {
			if o := d.Organisation.Get(); o != nil {
				route := jme.Schema("contracts").Column("route").Label(d.Route) // else a direct contractor looks like a winner
				lines = append(lines, page.Phrase{p.Text(route), p.Text(o.Name)})
			}
		}
	case jme.StepGroup:
		for _, panel := range c.Panels {
			count("members", len(panel.Members))
		}
	case jme.StepFindings:
		count("assessments", len(c.Assessments))
		if tally := status.TallyOf(p, c.Findings); tally != nil {
			lines = append(lines, page.Own(tally.Sentence))
		}
	case jme.StepLetter:
		count("letters", len(c.AnalyticLetters))
		held := 0
		for _, e := range c.Discussions {
			if !e.Date.Day().After(p.Today) {
				held++
			}
		}
		count("discussions", held)
	case jme.StepAnswers:
		count("recommendations", len(c.Recommendations))
		count("unanswered", status.CountUnanswered(p, c))
	}
	return lines
}
