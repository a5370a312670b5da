package report

import (
	"time"

	"achyk/internal/locale"
)

// Day is the day for which outcomes are judged. A clause is overdue on one day and not on another, so without
// it nobody can tell what days of delay are counted to. In JSON, outcomes and turns have it by the names that
// build.json has.
type Day struct {
	AsOf string `json:"as_of"`      // as 2026-06-26
	From string `json:"as_of_from"` // "flag" (--as-of), "commit" (the last one) or "clock" (of the computer)
}

// DayOf returns a day and where it is from.
func DayOf(day time.Time, from string) Day { return Day{day.Format(time.DateOnly), from} }

// sentence says which day it is, and where it is from.
func (d Day) sentence(p *locale.Printer) string {
	day, _ := time.Parse(time.DateOnly, d.AsOf) // DayOf has written it
	return p.F("report.as_of."+d.From, locale.Args{"Day": day})
}
