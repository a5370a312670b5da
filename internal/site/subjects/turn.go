package subjects

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// TurnView says of a service that was chosen for the year and that nobody has begun to check by when it must be
// checked, at which step the year is, and whose duty that is.
type TurnView struct {
	Title string
	Says  []status.Sentence // by when, as the clause on the list has it
	Step  status.Sentence   // at which step the year is, with a link to it
	Owed  []status.OwedLine
}

// turn returns whose turn it is to check a service of the newest year, or nil if it is not on its list or a check is
// recorded.
func turn(p *page.Place, service string) *TurnView {
	c := p.Town.Current()
	if c == nil || slices.ContainsFunc(c.Assessments, func(a *jme.Assessment) bool { return a.Service.ID == service }) {
		return nil
	}
	for _, entry := range p.Town.AnnualList {
		if entry.Year != c.Year || entry.Service.ID != service {
			continue
		}
		v := &TurnView{Title: p.F("site.subject.turn", locale.Args{"Year": page.Year(c.Year)}), Owed: status.OwedBy(p, c.Year, "list-followed")}
		for _, o := range p.Town.OutcomesAbout("annual_list", entry.ID) {
			if o.Subject.ID == entry.ID && o.Rule == "list-followed" {
				s := status.Outcome(p, o)
				s.Of = page.Link{} // Owed names the clause
				v.Says = append(v.Says, s)
			}
		}
		year := status.StepsOf(p, c, "")
		v.Step = status.Sentence{Mark: "done", Text: year.Sentence}
		if year.Current != nil {
			v.Step.Mark, v.Step.Of = year.Current.State, page.Link{Text: page.Own(year.StepOf), Href: year.Current.Href}
		}
		return v
	}
	return nil
}
