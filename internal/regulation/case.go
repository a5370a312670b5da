package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation/clock"
)

// Case is what the function of a rule gets: the records of one year, the parameters and
// assumptions by which they are judged, and the outcomes so far. The records are those of the
// day of the judgement (jme.Municipality.AsOf): what happens later is not among them, so a rule
// need not compare a date with the day to know whether something was done.
type Case struct {
	*jme.Municipality
	Cycle *jme.Cycle
	AsOf  time.Time // midnight UTC
	Clock *clock.Clock

	index      *index
	rule       *Rule
	clause     string
	parameters map[string]any
	values     map[string]string // readings of assumptions, by code
	assumed    []string          // codes of the assumptions that the rule rests on and the regulation names
	asked      map[string]bool   // codes of the assumptions whose reading the rule has asked for
	out        []*Outcome
}

// Of adds an outcome about a record. The rule settles it with [Outcome.Says].
func (c *Case) Of(register, id string) *Outcome {
	o := &Outcome{
		Municipality: c.ID, Year: c.Cycle.Year, Clause: c.clause, Rule: c.rule.Code, Subject: Record{register, id}, Assumptions: c.assumed,
		Evidence: make([]Record, 0, 4), // as many as most rules look at: growing it took a tenth of the evaluation
	}
	if id != "" {
		o.See(register, id)
	}
	c.out = append(c.out, o)
	return o
}

// OfYear adds an outcome about the year as a whole.
func (c *Case) OfYear() *Outcome { return c.Of("", "") }

// Silent reports whether no outcome has been added yet.
func (c *Case) Silent() bool { return len(c.out) == 0 }

// Reading is the reading of an assumption by which the case is judged, or "" where the regulation
// does not name the assumption.
func (c *Case) Reading(assumption string) string {
	c.asked[assumption] = true
	return c.values[assumption]
}

// YearEnd is the last day of the year under review.
func (c *Case) YearEnd() time.Time { return time.Date(c.Cycle.Year, 12, 31, 0, 0, 0, 0, time.UTC) }

// outcomes are the outcomes of the rule, by subject, with the days of delay and the evidence sorted.
func (c *Case) outcomes() []*Outcome {
	slices.SortStableFunc(c.out, func(a, b *Outcome) int { return compareRecords(a.Subject, b.Subject) })
	for _, o := range c.out {
		c.order(o)
		c.undated(o)
		o.Since, o.past = c.since(o), o.last().Before(c.AsOf)
		if o.Kind == Broken && o.Lapsed.IsZero() { // by what had happened by then
			for _, at := range o.Evidence {
				if day := c.lastDay(at); day.After(o.Lapsed) {
					o.Lapsed = day
				}
			}
		}
		if last := o.last(); !last.IsZero() {
			switch {
			case o.Kind == Overdue:
				o.DaysLate = clock.Days(clock.Latest(last, o.Since.AddDate(0, 0, -1)), c.AsOf)
			case !o.Done.IsZero() && o.Done.After(last) && o.Kind == Broken:
				o.DaysLate = clock.Days(last, o.Done)
			}
		}
		slices.SortFunc(o.Evidence, compareRecords)
		o.Evidence = slices.Compact(o.Evidence)
	}
	return c.out
}

func compareRecords(a, b Record) int {
	return cmp.Or(cmp.Compare(a.Register, b.Register), cmp.Compare(a.ID, b.ID))
}
