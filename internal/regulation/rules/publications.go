package rules

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// published finds the first day, not before from, on which one of the subjects was public on a
// channel, and notes the publication as evidence. It is zero where none is recorded.
func published(c *regulation.Case, o *regulation.Outcome, channel string, from time.Time, subjects ...regulation.Record) time.Time {
	var first *jme.Publication
	for _, subject := range subjects {
		for _, p := range c.PublicationsOf(subject) {
			if day := p.Published.Day(); p.Channel == channel && !day.IsZero() && !day.Before(from) {
				if first == nil || day.Before(first.Published.Day()) || day.Equal(first.Published.Day()) && p.ID < first.ID {
					first = p
				}
			}
		}
	}
	if first == nil {
		return time.Time{}
	}
	o.See("publications", first.ID)
	return first.Published.Day()
}

// onChannels finds on which channels the subjects have not been public since a day, and on
// which only after the due day. last is when the last of the others followed.
func onChannels(c *regulation.Case, o *regulation.Outcome, channels []string, from, due time.Time, subjects ...regulation.Record) (missing, late []string, last time.Time) {
	for _, channel := range channels {
		day := published(c, o, channel, from, subjects...)
		if day.IsZero() {
			missing = append(missing, channel)
			continue
		}
		if !due.IsZero() && day.After(due) {
			late = append(late, channel)
		}
		if day.After(last) {
			last = day
		}
	}
	return missing, late, last
}
