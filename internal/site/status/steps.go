package status

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Stepper shows a year as the steps of the process.
type Stepper struct {
	Steps    []StepView
	StepOf   string    // "step 2 of 5", or a sentence that all are done
	Sentence string    // says at which step the year is
	Current  *StepView // the step that the year is at; nil if all are done
}

// StepView is one step.
type StepView struct {
	Number    string
	Name      string
	Short     string // a word for Name, where all steps stand beside each other
	Href      string
	State     string // done, now, not-due or unknown; also the mark
	StateName string // name of the state
	Text      string // see stepText
	Current   bool
	Lines     []page.Phrase // what is recorded of the step; set on the year's page only

	Step jme.StepName
}

// StepsOf returns the steps of a year. at is the step whose page is shown. On other pages it is
// "", and the step that the year is at is marked instead.
func StepsOf(p *page.Place, c *jme.Cycle, at jme.StepName) Stepper {
	steps := p.Town.Steps(c)
	current := jme.Current(steps)
	year := locale.Args{"Year": page.Year(c.Year)}
	v := Stepper{StepOf: p.T("site.step.all"), Sentence: p.F("site.year.complete", year)}
	for i, s := range steps {
		v.Steps = append(v.Steps, StepView{
			Number: p.Int(i + 1), Name: p.T("site.step." + string(s.Name)), Short: p.T("site.step.short." + string(s.Name)),
			Href: p.To(p.Town.StepPath(c.Year, s.Name)), State: string(s.State),
			StateName: p.T("site.mark." + string(s.State)), Text: stepText(p, s),
			Current: s.Name == at || at == "" && i == current, Step: s.Name,
		})
	}
	if current < len(steps) {
		v.StepOf = stepOf(p, steps, current)
		v.Current = &v.Steps[current]
		v.Sentence = p.F("site.year.at."+string(v.Current.Step), year)
	}
	return v
}

// stepOf says at which step the year is: all that are under way, or else the one that comes next.
func stepOf(p *page.Place, steps []jme.Step, current int) string {
	key, at := "site.step.of", locale.List{p.Int(current + 1)}
	for i, s := range steps {
		if i > current && s.State == jme.StateNow {
			key, at = "site.step.of_several", append(at, p.Int(i+1))
		}
	}
	return p.F(key, locale.Args{"n": at, "of": p.Int(len(steps))})
}

// stepText returns the day on which a step was done, or the day until which it goes on.
func stepText(p *page.Place, s jme.Step) string {
	switch {
	case s.State == jme.StateDone && !s.Date.IsZero():
		return p.Date(s.Date)
	case s.State == jme.StateNow && !s.Date.IsZero() && !s.Date.Before(p.Today):
		return p.Until(s.Date)
	}
	return ""
}
