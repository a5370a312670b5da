package evidence

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
)

// Left is the first day of fieldwork on an assessment after its group was dissolved, or zero where
// there is none. Fieldwork of which no end is recorded goes on.
func Left(c *regulation.Case, a *jme.Assessment, p *jme.Panel) (day time.Time) {
	from, to := a.FieldworkFrom.Day(), a.FieldworkTo.Day()
	if p.Dissolved.IsZero() || from.IsZero() || from.After(p.Dissolved.Day()) {
		return day // the order of the rule tells of fieldwork that began without the group
	}
	if next := p.Dissolved.Day().AddDate(0, 0, 1); !next.After(c.AsOf) && (to.IsZero() || !to.Before(next)) {
		return next
	}
	return day
}

// Seated is the day from which on the records tell of a panel and of members on it.
func Seated(p *jme.Panel) (day time.Time) {
	for _, m := range p.Members {
		if joined := clock.Latest(m.ValidFrom.Day(), p.Formed.Day()); day.IsZero() || joined.Before(day) {
			day = joined
		}
	}
	return day
}
