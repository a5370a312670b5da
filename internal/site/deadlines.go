package site

import (
	"slices"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// DeadlinesView is the clock of a municipality: what is overdue, and what comes next.
type DeadlinesView struct {
	Base
	Heading string
	Lead    string
	Passed  []Deadline // the oldest first
	Ahead   []Deadline
}

func (e *edition) deadlines(t *town) Page {
	path := deadlinesPath(t.Municipality)
	return page(e, path, e.templates.deadlines, func(href func(string) string) DeadlinesView {
		v := DeadlinesView{Heading: e.T("site.menu.deadlines"), Lead: e.F("site.deadlines.lead", locale.Args{"day": e.AsOf(e.today())})}
		v.Base = e.base(href, path, v.Heading+" — "+t.Settings.Name.In(e.lang), v.Lead, t)
		var all []Deadline
		for _, d := range t.agenda {
			all = append(all, e.deadline(t, d, href))
		}
		for _, o := range t.outcomes {
			if !o.Due.IsZero() && (o.Kind == regulation.Pending || o.Kind == regulation.Overdue) {
				all = append(all, e.clauseDeadline(t, o, href))
			}
		}
		slices.SortStableFunc(all, func(a, b Deadline) int { return strings.Compare(a.ISO, b.ISO) })
		for _, d := range all {
			if d.Overdue {
				v.Passed = append(v.Passed, d)
			} else {
				v.Ahead = append(v.Ahead, d)
			}
		}
		return v
	})
}

// clauseDeadline is a date that a clause sets: counted, not recorded.
func (e *edition) clauseDeadline(t *town, o *regulation.Outcome, href func(string) string) Deadline {
	m := t.Municipality
	d := Deadline{
		Date: e.Date(o.Due), ISO: o.Due.Format("2006-01-02"), Overdue: o.Due.Before(e.today()), Count: e.daysTo(o.Due),
		What:    e.F("site.clause.short", locale.Args{"number": o.Clause}) + " (" + regulation.Find(o.Rule).Title(e.Printer) + ")",
		Subject: Link{Text: own(year(o.Year)), Href: e.to(href, stepPath(m, o.Year, "regulation")) + "#" + clauseAnchor(o.Clause)},
	}
	if o.Subject.ID != "" {
		d.Subject = e.recordLink(m, o.Subject.Register, o.Subject.ID, href)
	}
	for i := range m.Regulation.Clauses {
		if c := &m.Regulation.Clauses[i]; c.Number == o.Clause {
			d.Who = c.Duty.In(e.lang)
		}
	}
	return d
}
