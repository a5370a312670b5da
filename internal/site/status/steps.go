package status

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Stepper is a year as the steps of the process.
type Stepper struct {
	Steps   []StepView
	StepOf  string    // "step 2 of 5", or that all are done
	Current *StepView // the step the year is at; nil when all are done
}

// StepView is one step.
type StepView struct {
	Number    string
	Name      string
	Href      string
	State     string // done, now, not-due, unknown: the mark
	StateName string // the state in words
	Text      string // the day, or the end
	Current   bool
	Lines     []page.Text // what happened, on the year's page

	Step jme.StepName
}

// StepsOf are the steps of a year. at names the one whose page it is; "" on other pages,
// which mark the step that the year is at.
func StepsOf(p *page.Place, c *jme.Cycle, at jme.StepName) Stepper {
	steps := p.Town.Steps(c)
	current := jme.Current(steps)
	v := Stepper{StepOf: p.T("site.step.all")}
	for i, s := range steps {
		v.Steps = append(v.Steps, StepView{
			Number: p.Int(i + 1), Name: p.T("site.step." + string(s.Name)),
			Href: p.To(p.Town.StepPath(c.Year, s.Name)), State: string(s.State),
			StateName: p.T("site.mark." + string(s.State)), Text: stepText(p, s),
			Current: s.Name == at || at == "" && i == current, Step: s.Name,
		})
	}
	if current < len(steps) {
		v.StepOf = p.F("site.step.of", locale.Args{"n": p.Int(current + 1), "of": p.Int(len(steps))})
		v.Current = &v.Steps[current]
	}
	return v
}

// stepText says when a step was done, or until when it goes on.
func stepText(p *page.Place, s jme.Step) string {
	switch {
	case s.State == jme.StateDone && !s.Date.IsZero():
		return p.Date(s.Date)
	case s.State == jme.StateNow && !s.Date.IsZero() && !s.Date.Before(p.Today):
		return p.Until(s.Date)
	}
	return ""
}
