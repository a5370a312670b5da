package evidence

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// Early is the first that was done on a list before the decision on it, or without one: a contest was
// announced or, where it has none, an assessment was under way.
type Early struct {
	Day        time.Time // zero: nothing was
	Contest    *jme.Contest
	Assessment *jme.Assessment
	Decided    time.Time // the day of the decision that came after it, zero if there is none
	First      time.Time // the day of the first decision that came after work on its entry
}

// Add notes what was done on an entry before the decision on it, which can be nil. Without an entry it
// is what was done in the year.
func (y *Early) Add(c *regulation.Case, o *regulation.Outcome, e *jme.Entry, d *jme.Decision) {
	w := workOn(c, e)
	if d != nil {
		w.Decided = d.Date.Day()
	}
	if w.Day.IsZero() || d != nil && !w.Day.Before(w.Decided) {
		return
	}
	w.see(o)
	if d != nil && (y.First.IsZero() || w.Decided.Before(y.First)) {
		y.First = w.Decided
	}
	if w.First = y.First; y.Day.IsZero() || w.Day.Before(y.Day) {
		*y = w
	}
}

// workOn is the first work of the year on an entry or, without an entry, on whatever service.
func workOn(c *regulation.Case, e *jme.Entry) (first Early) {
	take := func(day time.Time, x *jme.Contest, a *jme.Assessment) {
		if !day.IsZero() && (first.Day.IsZero() || day.Before(first.Day)) {
			first = Early{Day: day, Contest: x, Assessment: a}
		}
	}
	for _, x := range c.Cycle.Contests {
		if includes(c, x, e) {
			take(x.Announced.Day(), x, nil)
		}
	}
	for _, a := range c.Cycle.Assessments {
		if e == nil || Assesses(a, e) {
			take(a.FieldworkFrom.Day(), nil, a)
			onTheSpot(a, func(_ regulation.Record, day time.Time) { take(day, nil, a) })
		}
	}
	return first
}

// includes reports whether a contest is recorded as one for the service of an entry or, without an
// entry, of any.
func includes(c *regulation.Case, x *jme.Contest, e *jme.Entry) bool {
	return slices.ContainsFunc(c.ContestServices, func(s *jme.ContestService) bool {
		return s.Contest.Is(x) && (e == nil || s.Entry.Is(e))
	})
}

// see adds the work to the evidence, with the visits and measurements of its day.
func (y *Early) see(o *regulation.Outcome) {
	if y.Contest != nil {
		o.See("contests", y.Contest.ID)
		return
	}
	o.See("assessments", y.Assessment.ID)
	onTheSpot(y.Assessment, func(by regulation.Record, day time.Time) {
		if day.Equal(y.Day) {
			o.See(by.Register, by.ID)
		}
	})
}
