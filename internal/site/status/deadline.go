package status

import (
	"time"

	"achyk/internal/judgement"
	"achyk/internal/site/page"
)

// Deadline is a day by which somebody must act, or which everybody may want to know.
type Deadline struct {
	Date    string // "2026-жылдын 30-ноябры"
	ISO     string
	What    string    // what is due, in a sentence
	Subject page.Link // the record
	Who     page.Said
	Count   string // days left, or late
	Counted string // where the day comes from; only the page of deadlines says it
	Overdue bool
}

// DeadlineOf is a deadline as pages show it.
func DeadlineOf(p *page.Place, d *judgement.Deadline) Deadline {
	v := Deadline{
		Date: p.Date(d.Date), ISO: d.Date.Format(time.DateOnly), What: d.What(p.Printer), Who: p.Said(d.Who(p.Town.Municipality)),
		Subject: Subject(p, d), Overdue: Passed(p, d), Count: daysTo(p, d.Last()),
	}
	if !d.Hour.IsZero() {
		v.Date = p.DateTime(d.Hour)
	}
	return v
}

// Passed tells whether the last day of a deadline is over.
func Passed(p *page.Place, d *judgement.Deadline) bool { return d.Last().Before(p.Today) }

// Subject leads to what a deadline is about: a record, or a clause in a year.
func Subject(p *page.Place, d *judgement.Deadline) page.Link {
	if d.ID != "" {
		return p.Record(d.Register, d.ID)
	}
	o := d.Outcome
	return page.Link{Text: page.Own(page.Year(o.Year)), Href: p.To(p.Town.OutcomesPath(o.Year, o.Clause))}
}

// daysTo says how many days are left until a day, or how many late it is.
func daysTo(p *page.Place, day time.Time) string {
	switch n := page.Days(p.Today, day); {
	case n < 0:
		return p.N("site.days.late", -n)
	case n > 0:
		return p.N("site.days.left", n)
	}
	return p.T("site.days.today")
}

// Next is the first deadline that lies ahead, nil where there is none, and says how many
// have passed unmet, "" for none.
func Next(p *page.Place) (next *Deadline, overdue string) {
	passed := 0
	for i := range p.Town.Deadlines {
		d := &p.Town.Deadlines[i]
		if Passed(p, d) {
			passed++
		} else if next == nil {
			shown := DeadlineOf(p, d)
			next = &shown
		}
	}
	if passed > 0 {
		overdue = p.N("site.overdue", passed)
	}
	return next, overdue
}
