package status

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/steps"
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
	all := p.Town.Steps(c)
	current := steps.Current(all)
	year := locale.Args{"Year": page.Year(c.Year)}
	v := Stepper{StepOf: p.T("site.step.all"), Sentence: p.F("site.year.complete", year)}
	for i, s := range all {
		v.Steps = append(v.Steps, StepView{
			Number: p.Int(i + 1), Name: p.T("site.step." + string(s.Name)), Short: p.T("site.step.short." + string(s.Name)),
			Href: p.To(p.Town.StepPath(c.Year, s.Name)), State: string(s.State),
			StateName: p.T("site.mark." + string(s.State)), Text: stepText(p, s),
			Current: s.Name == at || at == "" && i == current, Step: s.Name,
		})
	}
	if current < len(all) {
		v.StepOf = stepOf(p, all, current)
		v.Current = &v.Steps[current]
		v.Sentence = p.F("site.year.at."+key(p, c, v), year)
	}
	return v
}

// key returns the key of the sentence that says where a year is. That answers are followed does not mean that residents
// were told of the results.
func key(p *page.Place, c *jme.Cycle, v Stepper) string {
	told := slices.ContainsFunc(v.Steps, func(s StepView) bool { return s.Step == jme.StepLetter && s.State == string(steps.Done) })
	at := v.Current.Step
	if at == jme.StepAnswers && !told {
		at = jme.StepLetter
	}
	if at == jme.StepLetter && slices.ContainsFunc(c.AnalyticLetters, func(l *jme.AnalyticLetter) bool { return !p.Town.FirstPublished(l).IsZero() }) {
		return "letters"
	}
	return string(at)
}

// stepOf says at which step the year is: all that are under way, or else the one that comes next.
func stepOf(p *page.Place, all []steps.Step, current int) string {
	key, at := "site.step.of", locale.List{p.Int(current + 1)}
	for i, s := range all {
		if i > current && s.State == steps.Now {
			key, at = "site.step.of_several", append(at, p.Int(i+1))
		}
	}
	return p.F(key, locale.Args{"n": at, "of": p.Int(len(all))})
}

// stepText returns the day on which a step was done, or the day until which it goes on.
func stepText(p *page.Place, s steps.Step) string {
	switch {
	case s.State == steps.Done && !s.Date.IsZero():
		return p.Date(s.Date)
	case s.State == steps.Now && !s.Date.IsZero() && !s.Date.Before(p.Today):
		return p.Until(s.Date)
	}
	return ""
}
