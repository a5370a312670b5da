package year

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// StepBase is what the pages of a step share: the step's place in the year.
type StepBase struct {
	page.Base
	Heading string
	Lead    string
	Year    string
	Steps   []status.StepView
	Sources []page.RegisterFiles // that the page's numbers are counted from
}

// sources are the registers that the numbers of a step's page are counted from.
var sources = map[string][]string{
	"why":      {"appeals", "suggestions", "annual_list"},
	"contest":  {"applications", "criteria", "scores", "recusals"},
	"group":    {"panels", "panel_members"},
	"findings": {"findings", "measurements"},
	"letter":   {"publications", "distributions", "events"},
	"answers":  {"recommendations", "measures", "verifications"},
}

// step lists the pages of a step: one for each year of each town whose procedure has it.
func step[V any](name string, view func(*page.Place, *jme.Cycle, StepBase) V) func(*page.Edition, page.Add[V]) {
	return func(e *page.Edition, add page.Add[V]) {
		for _, t := range e.Towns {
			byGroup := t.Regulation.Act.Procedure == jme.ByGroup
			if name == "contest" && byGroup || name == "group" && !byGroup {
				continue
			}
			for _, c := range t.Cycles {
				add(t, t.StepPath(c.Year, name), func(p *page.Place) V { return view(p, c, stepBase(p, c, name)) })
			}
		}
	}
}

func stepBase(p *page.Place, c *jme.Cycle, step string) StepBase {
	year := page.Year(c.Year)
	v := StepBase{
		Heading: p.T("site.step." + step), Lead: p.F("site.lead."+step, locale.Args{"Year": year}),
		Year: year, Steps: status.StepsOf(p, c, step).Steps, Sources: p.Sources(sources[step]...),
	}
	v.Base = p.Base(v.Heading+", "+year+" — "+p.Town.Settings.Name.In(p.Lang), v.Lead)
	v.Crumb(page.Own(year), p.To(p.Town.YearPath(c.Year)))
	return v
}
