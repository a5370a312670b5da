package evidence

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation/clock"
)

// Seated is the day from which on the records tell of a panel and of members on it.
func Seated(p *jme.Panel) (day time.Time) {
	for _, m := range p.Members {
		if joined := clock.Latest(m.ValidFrom.Day(), p.Formed.Day()); day.IsZero() || joined.Before(day) {
			day = joined
		}
	}
	return day
}
