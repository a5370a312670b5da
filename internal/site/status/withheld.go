package status

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// Withheld says of each of some assessments whose report an exemption keeps from the site that it is not there, who
// decided so, until when and why, and where the report can be read. It returns nothing for others.
func Withheld(p *page.Place, assessments ...*jme.Assessment) (all []Sentence) {
	for _, a := range assessments {
		for _, o := range p.Town.OutcomesAbout("assessments", a.ID) {
			reports := o.Withheld(p.Town.Municipality)
			if o.Subject.ID != a.ID || len(reports) == 0 {
				continue
			}
			parts := append(page.Own(p.T("site.withheld.not")+" "), p.Marked(o.Exempted(p.Printer))...)
			parts = append(parts, readable(p, reports)...)
			all = append(all, Sentence{Mark: Marks[o.Kind], Parts: parts, Explained: Explained(p, o)})
			break // another rule that asks for the same is set aside for the same reason
		}
	}
	return all
}

// readable says where reports that are not on the site were put up.
func readable(p *page.Place, reports []*jme.Report) []page.Text {
	var places []page.Text
	for _, x := range p.Town.Publications {
		about := func(r *jme.Report) bool { return x.SubjectRegister == jme.Reports && x.Subject == r.ID }
		if !slices.ContainsFunc(reports, about) || x.Published.Day().After(p.Today) {
			continue
		}
		if places != nil {
			places = append(places, page.Own("; ")...)
		}
		where := p.Text(x.Place)
		if x.Place.IsZero() {
			where = p.Text(jme.Schema("publications").Column("channel").Label(x.Channel))
		}
		places = append(places, where)
		if !x.Published.IsZero() {
			places = append(places, page.Own(" ("+p.Day(x.Published)+")")...)
		}
	}
	if places == nil {
		return page.Own(" " + p.T("site.withheld.nowhere"))
	}
	return slices.Concat(page.Own(" "+p.T("site.withheld.read")+" "), places, page.Own("."))
}

// reported says of a report that it is not on the site yet, if an exemption keeps it from there.
func reported(p *page.Place, x *jme.Report) []Sentence {
	if a := x.Assessment.Get(); a != nil {
		return Withheld(p, a)
	}
	return nil
}
