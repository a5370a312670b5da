package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
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
	index

	rule       *Rule
	clause     string
	parameters map[string]any
	values     map[string]string // readings of assumptions, by code
	out        []*Outcome
}

// of adds an outcome about a record. The rule settles it with says.
func (c *Case) of(register, id string) *Outcome {
	o := &Outcome{
		Municipality: c.ID, Year: c.Cycle.Year, Clause: c.clause, Rule: c.rule.Code, Subject: Record{register, id},
		args: locale.Args{"Clause": locale.Recorded(c.clause), "Year": yearText(c.Cycle.Year)},
	}
	if id != "" {
		o.see(register, id)
	}
	for _, a := range c.rule.Assumes {
		if _, named := c.values[a.Code]; named {
			o.Assumptions = append(o.Assumptions, a.Code)
		}
	}
	c.out = append(c.out, o)
	return o
}

// year adds an outcome about the year as a whole.
func (c *Case) year() *Outcome { return c.of("", "") }

// none says that the rule does not apply to the year, because nothing is recorded that it is about.
func (c *Case) none() { c.year().says(none, nil) }

// undone settles the outcome of a duty of which nothing is recorded: by its last day it is unknown,
// overdue or pending.
func (c *Case) undone(o *Outcome, due time.Time, from basis, words unmet, args locale.Args) {
	o.due(due, from)
	switch {
	case due.IsZero():
		o.says(words.unknown, args)
	case due.Before(c.AsOf):
		o.says(words.overdue, args)
	default:
		o.says(words.pending, args)
	}
}

// untermed is undone for a duty to which the regulation sets no term.
func (c *Case) untermed(o *Outcome, words unmet, args locale.Args) {
	c.undone(o, c.noTerm(), withoutTerm, words, args)
}

// done settles the outcome of a duty to which the regulation sets no term, and which was done on
// the day o.Done: it is kept, unless an assumption sets a last day and that had passed.
func (c *Case) done(o *Outcome, args locale.Args) {
	o.due(c.noTerm(), withoutTerm)
	if !o.Due.IsZero() && o.Done.After(o.Due) {
		o.says(doneLate, args)
		return
	}
	o.says(kept, args)
}

// noTerm is the last day of a duty to which the regulation sets no term: an assumption says
// whether it ends with the year or never, which is the zero day.
func (c *Case) noTerm() time.Time {
	if c.values[dutyWithoutTerm.Code] == dutyWithoutTerm.Values[0] {
		return c.yearEnd()
	}
	return time.Time{}
}

// dutyWithoutTerm is the assumption on when a duty without a term ends.
var dutyWithoutTerm = Convention{"duty-without-term", []string{"year-end", "none"}}

// yearEnd is the last day of the year under review.
func (c *Case) yearEnd() time.Time { return time.Date(c.Cycle.Year, 12, 31, 0, 0, 0, 0, time.UTC) }

// outcomes are the outcomes of the rule, by subject, with the days of delay and the evidence sorted.
func (c *Case) outcomes() []Outcome {
	slices.SortStableFunc(c.out, func(a, b *Outcome) int { return compareRecords(a.Subject, b.Subject) })
	all := make([]Outcome, len(c.out))
	for i, o := range c.out {
		if last := cmp.Or(o.Latest, o.Due); !last.IsZero() {
			switch {
			case o.Kind == Overdue:
				o.DaysLate = clock.Days(last, c.AsOf)
			case !o.Done.IsZero() && o.Done.After(last) && o.Kind == Broken:
				o.DaysLate = clock.Days(last, o.Done)
			}
		}
		o.args["Due"], o.args["Done"], o.args["DaysLate"] = o.Due, o.Done, number{aDay, o.DaysLate}
		slices.SortFunc(o.Evidence, compareRecords)
		o.Evidence = slices.Compact(o.Evidence)
		all[i] = *o
	}
	return all
}

func compareRecords(a, b Record) int {
	return cmp.Or(cmp.Compare(a.Register, b.Register), cmp.Compare(a.ID, b.ID))
}
