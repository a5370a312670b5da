package evidence

import (
	"cmp"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
)

// NotBefore and NotAfter are the orders of what was done on the spot and the days of fieldwork. Whether
// fieldwork began earlier, or the visit took place later, the records do not say.
var (
	NotBefore = []regulation.Order{
		{Later: "visits.date", Earlier: "assessments.fieldwork_from", Kind: regulation.Unknown},
		{Later: "measurements.date", Earlier: "assessments.fieldwork_from", Kind: regulation.Unknown},
	}
	NotAfter = []regulation.Order{
		{Later: "assessments.fieldwork_to", Earlier: "visits.date", Kind: regulation.Unknown, Counted: true},
		{Later: "assessments.fieldwork_to", Earlier: "measurements.date", Kind: regulation.Unknown, Counted: true},
	}
)

// Begins is the first day of fieldwork or, where that is not recorded, the planned one.
func Begins(a *jme.Assessment) time.Time { return cmp.Or(a.FieldworkFrom.Day(), a.PlannedFrom.Day()) }

// onTheSpot calls take with each visit and measurement of an assessment, and its day.
func onTheSpot(a *jme.Assessment, take func(by regulation.Record, day time.Time)) {
	for _, v := range a.Visits {
		take(regulation.Record{Register: "visits", ID: v.ID}, v.Date.Day())
	}
	for _, x := range a.Measurements {
		take(regulation.Record{Register: "measurements", ID: x.ID}, x.Date.Day())
	}
}

// Before notes what was done on the spot up to a day, but before the day on which fieldwork is recorded to
// have begun: then it does not follow that something of that day came first.
func Before(o *regulation.Outcome, a *jme.Assessment, day time.Time) {
	onTheSpot(a, func(by regulation.Record, done time.Time) {
		if !done.IsZero() && !done.After(day) && done.Before(a.FieldworkFrom.Day()) {
			o.Compare(by, regulation.Record{Register: "assessments", ID: a.ID})
		}
	})
}

// After notes what was done on the spot after the day on which fieldwork is recorded to have ended.
func After(o *regulation.Outcome, a *jme.Assessment) {
	onTheSpot(a, func(by regulation.Record, done time.Time) {
		if !a.FieldworkTo.IsZero() && done.After(a.FieldworkTo.Day()) {
			o.Compare(regulation.Record{Register: "assessments", ID: a.ID}, by)
		}
	})
}

// Fieldwork is the first day of fieldwork on an assessment, not before the year of the case: that on
// which it began by the record, that of a visit or measurement or, if no other is recorded, that on
// which it ended. It is zero where there is no such day. An end to come, which stays in the records
// beside a report (jme.Municipality.AsOf), is none: nobody has been there on it.
func Fieldwork(c *regulation.Case, o *regulation.Outcome, a *jme.Assessment) (first time.Time) {
	of := regulation.Record{Register: "assessments", ID: a.ID}
	by := of
	take := func(from regulation.Record, day time.Time) {
		if day.Year() >= c.Cycle.Year && !day.After(c.AsOf) && (first.IsZero() || day.Before(first)) {
			by, first = from, day
		}
	}
	take(of, a.FieldworkFrom.Day())
	onTheSpot(a, take)
	take(of, a.FieldworkTo.Day())
	if !first.IsZero() {
		o.See("assessments", a.ID).See(by.Register, by.ID)
	}
	return first
}

// WithoutPanel is the assessment on which fieldwork went on first after its panel was dissolved, and the
// first day on which the records tell so, or nil: an end is recorded that came later, something was
// done on the spot, or there is no end yet and by the plan it came later. It notes the assessments of the panel.
func WithoutPanel(c *regulation.Case, o *regulation.Outcome, p *jme.Panel) (alone *jme.Assessment, first time.Time) {
	for _, a := range c.Cycle.Assessments {
		if !a.Panel.Is(p) {
			continue
		}
		o.See("assessments", a.ID)
		take := func(day time.Time) {
			if !p.Dissolved.IsZero() && day.After(p.Dissolved.Day()) && !day.After(c.AsOf) && (alone == nil || day.Before(first)) {
				alone, first = a, day
			}
		}
		take(a.FieldworkFrom.Day())
		take(a.FieldworkTo.Day())
		onTheSpot(a, func(by regulation.Record, day time.Time) {
			if take(day); alone == a && day.Equal(first) {
				o.See(by.Register, by.ID)
			}
		})
		if begun := !a.FieldworkFrom.IsZero(); begun && (a.FieldworkTo.IsZero() || a.FieldworkTo.Day().After(p.Dissolved.Day())) && a.PlannedTo.Day().After(p.Dissolved.Day()) {
			take(clock.Latest(a.FieldworkFrom.Day(), p.Dissolved.Day().AddDate(0, 0, 1)))
		}
	}
	return alone, first
}
