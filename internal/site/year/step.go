package year

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// StepBase holds the fields that the pages of all steps have.
type StepBase struct {
	page.Base
	Heading string
	Lead    string
	Year    string
	Steps   []status.StepView
	Owed    []status.OwedLine    // whose duty the step is; pages show it where nothing is recorded
	Sources []page.RegisterFiles // the registers from which the page counts its numbers
}

// proofs are the registers that show that a step was done.
var proofs = map[jme.StepName]string{
	jme.StepWhy: "annual_list", jme.StepContest: "contests", jme.StepGroup: "panels", jme.StepFindings: "findings",
	jme.StepLetter: jme.AnalyticLetters, jme.StepAnswers: "recommendations",
}

// sources are the registers from which the page of a step counts its numbers.
var sources = map[jme.StepName][]string{
	jme.StepWhy:      {"appeals", "suggestions", "annual_list"},
	jme.StepContest:  {"applications", "criteria", "scores", "recusals"},
	jme.StepGroup:    {"panels", "panel_members"},
	jme.StepFindings: {"findings", "measurements"},
	jme.StepLetter:   {"publications", "distributions", "events"},
	jme.StepAnswers:  {"recommendations", "measures", "verifications"},
}

// step returns a function that plans the pages of a step: one for each year of each town whose
// procedure has the step.
func step[V any](name jme.StepName, view func(*page.Place, *jme.Cycle, StepBase) V) func(*page.Site, page.Add[V]) {
	return func(s *page.Site, add page.Add[V]) {
		for _, t := range s.Towns {
			byGroup := t.Regulation.Act.Procedure == jme.ByGroup
			if name == jme.StepContest && byGroup || name == jme.StepGroup && !byGroup {
				continue
			}
			for _, c := range t.Cycles {
				add(t, t.StepPath(c.Year, name), func(p *page.Place) V { return view(p, c, stepBase(p, c, name)) })
			}
		}
	}
}

// stepBase returns the StepBase of the page of a step.
func stepBase(p *page.Place, c *jme.Cycle, step jme.StepName) StepBase {
	year := page.Year(c.Year)
	v := StepBase{
		Heading: p.T("site.step." + string(step)), Lead: p.F("site.lead."+string(step), locale.Args{"Year": year}),
		Year: year, Steps: status.StepsOf(p, c, step).Steps, Sources: p.Sources(sources[step]...),
	}
	v.Owed = owed(p, c, step)
	v.Base = p.TownBase(v.Heading+", "+year, v.Lead)
	v.Crumb(page.Own(year), p.To(p.Town.YearPath(c.Year)))
	return v
}

// owed returns the clauses whose rules read what shows that a step was done.
func owed(p *page.Place, c *jme.Cycle, step jme.StepName) []status.OwedLine {
	return status.Owed(p, c.Year, func(r *regulation.Rule) bool { return slices.Contains(r.Needs, proofs[step]) })
}
