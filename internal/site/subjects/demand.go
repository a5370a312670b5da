package subjects

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// DemandView says how much residents asked about a service, and whether it was chosen.
type DemandView struct {
	Sentence string
	Chosen   bool
	Reason   page.Phrase // why it was chosen; empty if it was not, or no reason is recorded
	NoReason string      // says that no reason is recorded
	Year     page.Link   // the page that compares all services
}

// demand returns how a service stood in the newest year. It returns nil if nobody asked about any.
func demand(p *page.Place, service string) *DemandView {
	c := p.Town.Current()
	if c == nil {
		return nil
	}
	for i, d := range c.Demand {
		if d.Service.ID != service || d.Appeals == 0 && len(d.Suggestions) == 0 && !d.Chosen {
			continue
		}
		v := &DemandView{
			Chosen: d.Chosen,
			Sentence: p.NF("site.subject.rank", d.Appeals, locale.Args{
				"Year": page.Year(c.Year), "Place": p.Int(i + 1), "All": p.Int(len(c.Demand)),
			}),
			Year: page.Link{Text: page.Own(p.F("site.subject.all_services", locale.Args{"Year": page.Year(c.Year)})), Href: p.To(p.Town.StepPath(c.Year, jme.StepWhy))},
		}
		if d.Entry != nil {
			v.Reason = p.Phrase(d.Entry.Reason)
		}
		if v.Reason == nil {
			v.NoReason = p.T("site.why.unreasoned")
		}
		return v
	}
	return nil
}
