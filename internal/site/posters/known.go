package posters

import (
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/poster"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// A poster of a service in whose year nothing was found yet says what is known all the same: who provides the
// service, who checks it until when, and what was found the last time.

// before returns the service in the newest year before in which something was found, or nil.
func (x *subject) before() *subject {
	if x.service == nil {
		return nil
	}
	for _, y := range ofService(x.town, x.service) {
		if y.year < x.year && len(y.findings()) > 0 {
			return y
		}
	}
	return nil
}

// running reports whether nothing was found yet of a service.
func (x *subject) running() bool { return x.service != nil && len(x.findings()) == 0 }

// known sets what is known of a service of which nothing was found yet.
func (x *subject) known(p *page.Place, s *poster.Sheet) {
	s.Known = p.T("site.poster.known")
	add := func(key string, said ...string) {
		if len(said) > 0 {
			s.Facts = append(s.Facts, poster.Point{State: p.T("site.poster." + key), Text: strings.TrimSuffix(strings.Join(said, "; "), ".") + "."})
		}
	}
	var providers, checks, days []string
	for _, a := range x.assessments {
		if y := a.Provider.Get(); y != nil {
			providers = distinct(providers, p.Text(y.Name).Text)
		}
		checks = distinct(checks, checker(p, a))
		if from, to := a.FieldworkFrom, a.FieldworkTo; !from.IsZero() || !to.IsZero() {
			days = distinct(days, p.Span(from, to))
		} else {
			days = distinct(days, p.Span(a.PlannedFrom, a.PlannedTo))
		}
	}
	add("provider", providers...)
	add("checks", checks...)
	add("field", days...)
	if x.ahead(p) != nil { // else it is said where the day would stand
		add("duty", x.owing(p)...)
	}
	y := x.before()
	if y == nil {
		return
	}
	s.Said = status.Found(p, y.year, y.findings())
	for _, f := range y.unmet() {
		s.Points = append(s.Points, y.point(p, f))
	}
	if s.Points == nil {
		s.Facts = append(s.Facts, poster.Point{State: s.Said})
	}
}

// distinct appends what is not empty and not there yet.
func distinct(all []string, one string) []string {
	if one == "" || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// checker says who makes an assessment: the organisation and its contract, or the panel.
func checker(p *page.Place, a *jme.Assessment) string {
	c := a.Contract.Get()
	switch {
	case c != nil && c.Organisation.Get() != nil:
		return p.F("site.poster.contract", locale.Args{
			"Who": p.Text(c.Organisation.Get().Name).Text, "Number": c.Number, "Days": p.Span(c.Starts, c.Ends),
		})
	case a.Panel.Get() != nil:
		return status.BodyName(p, "panel").Text
	}
	return ""
}

// owing names those whose duty it is to go on, and so to name the day: who owes what the regulation asks about an
// assessment and is not decided yet, or else the panel.
func (x *subject) owing(p *page.Place) (names []string) {
	for _, a := range x.assessments {
		for _, o := range p.Town.OutcomesAbout("assessments", a.ID) {
			clause := p.Town.Clause(o.Clause)
			if o.Subject.ID != a.ID || o.Kind != regulation.Unknown && o.Kind != regulation.Pending || clause == nil || len(names) > 0 {
				continue
			}
			for _, body := range clause.Owes {
				if c := a.Contract.Get(); body == "monitor" && c != nil && c.Organisation.Get() != nil {
					names = distinct(names, p.Text(c.Organisation.Get().Name).Text)
				} else {
					names = distinct(names, status.BodyName(p, body).Text)
				}
			}
		}
		if len(names) == 0 && a.Panel.Get() != nil {
			names = []string{status.BodyName(p, "panel").Text}
		}
	}
	return names
}
