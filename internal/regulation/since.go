package regulation

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
	"achyk/internal/table"
)

// since is the day since which an outcome stands, by its own days. It is zero for what is pending,
// unknown or not applicable, where the registers do not tell, and for what is broken otherwise than
// by delay, unless the rule knows the day.
func (c *Case) since(o *Outcome) (day time.Time) {
	switch last := o.last(); {
	case o.Kind != Kept && o.Kind != Broken && o.Kind != Overdue:
		return day
	case !o.Stands.IsZero():
		return o.Stands
	case o.Kind == Overdue && !last.IsZero():
		return last.AddDate(0, 0, 1)
	case c.rule.Undated, o.Kind == Broken && (last.IsZero() || !o.Done.After(last)):
		return day
	case !o.Done.IsZero():
		return o.Done
	}
	for _, at := range o.Evidence {
		if last := c.lastDay(at); last.After(day) {
			day = last
		}
	}
	return day
}

// happens are the columns of a register that tell when something happened; others tell of plans and
// terms, which are known before. The first may be empty.
func happens(register string) []string {
	r, _ := jme.Find(register)
	return append([]string{r.Day}, r.Later...)
}

// lastDay is the last day on which something happened that a record tells of.
func (c *Case) lastDay(of Record) (last time.Time) {
	columns := happens(of.Register)
	r, ok := c.Record(of.Register, of.ID)
	if !ok || slices.Equal(columns, []string{""}) {
		return last
	}
	for _, column := range columns {
		if day, ok := c.dayOf(r, column); ok && day.After(last) {
			last = day
		}
	}
	return last
}

// dayOf is the day that a cell holds. A moment is on the day that it has in the municipality.
func (c *Case) dayOf(r jme.Record, column string) (day time.Time, ok bool) {
	cell := r.Table.Value(r.Row, column)
	when, ok := table.ParseTime(cell)
	if len(cell) > len(time.DateOnly) {
		return clock.DayIn(c.Settings.Zone(), jme.Date{Time: when}), ok
	}
	return when, ok
}

// Began is the first day on which a breach was one: of what was done late, the day after the last one,
// else the day since which the outcome stands. It is zero where that is not known, and of what is or
// was set aside, which could be explained while it was no breach.
func (o *Outcome) Began() (day time.Time) {
	switch {
	case o.Kind == SetAside || !o.over.end.IsZero():
		return day
	case o.DaysLate > 0 && o.Kind != Overdue:
		return o.last().AddDate(0, 0, 1)
	}
	return o.Since
}

// On is the kind that an outcome had on an earlier day, by its own days: until it came to stand as
// it does, it was pending or, after the last day, overdue, unless an exemption held or it is overdue
// only since a later day than the one after the last.
func (o *Outcome) On(day time.Time) Kind {
	switch last := o.last(); {
	case o.Since.IsZero() || !day.Before(o.Since):
		return o.Kind
	case day.Before(o.over.end) && !day.Before(o.over.from):
		return SetAside
	case !last.IsZero() && day.After(last) && o.Kind != Overdue:
		return Overdue
	}
	return Pending
}

// SinceWords says since when the outcome stands, or nothing where that is not known.
func (o *Outcome) SinceWords(p *locale.Printer) string {
	if o.Since.IsZero() {
		return ""
	}
	return p.F("regulation.since."+string(o.Kind), locale.Args{"Day": o.Since})
}

// Month is how the outcomes of a year stood at the end of a month, or on the day of the judgement
// if that is earlier.
type Month struct {
	Day    time.Time
	Counts map[Kind]int // of Kept, Broken, Overdue and Pending
}

// Months counts how outcomes stood month by month: from the first month of a year to its last or,
// if that is later, the last in which one came to stand as it does, and not beyond the day of the
// judgement. An outcome for which the registers tell no day is in undated and in no month; one
// that does not apply is in neither.
func Months(outcomes []*Outcome, year int, asOf time.Time) (months []Month, undated int) {
	var dated []*Outcome
	until := time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, o := range outcomes {
		switch {
		case o.Kind == NotApplicable || o.Exemption != "":
		case o.Since.IsZero() && o.Kind != Pending:
			undated++
		default:
			dated = append(dated, o)
			if o.Since.After(until) {
				until = o.Since
			}
		}
	}
	for m := time.January; len(dated) > 0; m++ {
		first, end := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC), time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC)
		if first.After(until) || first.After(asOf) {
			break
		}
		if end.After(asOf) {
			end = asOf
		}
		counts := map[Kind]int{}
		for _, o := range dated {
			counts[o.On(end)]++
		}
		months = append(months, Month{end, counts})
	}
	return months, undated
}
