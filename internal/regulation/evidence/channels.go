package evidence

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
)

// SeeResults adds a publication of results to the evidence, with the letter that it is of.
func SeeResults(c *regulation.Case, o *regulation.Outcome, p *jme.Publication) {
	o.See("publications", p.ID)
	if l := LetterOf(c, regulation.Record{Register: p.SubjectRegister, ID: p.Subject}); l != nil {
		o.Compare(regulation.Record{Register: "publications", ID: p.ID}, regulation.Record{Register: jme.AnalyticLetters, ID: l.ID})
	}
}

// PublishedOn is the day of the first publication, not before from, of one of the subjects on a
// channel, which it notes as evidence. It is zero where none is recorded.
func PublishedOn(c *regulation.Case, o *regulation.Outcome, channel string, from time.Time, subjects ...regulation.Record) time.Time {
	p := Publication(c, channel, from, subjects...)
	if p == nil {
		return time.Time{}
	}
	o.See("publications", p.ID)
	return p.Published.Day()
}

// Spread finds on which channels the subjects, made on a day, are public, on which they are not,
// and when the last of the channels followed.
func Spread(c *regulation.Case, o *regulation.Outcome, channels []string, made time.Time, subjects ...regulation.Record) (on, missing []string, last time.Time) {
	for _, channel := range channels {
		p := MadeKnown(c, channel, made, subjects...)
		if p == nil {
			missing = append(missing, channel)
			continue
		}
		SeeResults(c, o, p)
		on, last = append(on, channel), clock.Latest(last, p.Published.Day())
	}
	return on, missing, last
}

// Also are those of some channels on which the subjects, made on a day, became public since, and when
// the first of them did.
func Also(c *regulation.Case, o *regulation.Outcome, channels []string, made time.Time, subjects ...regulation.Record) (on []string, first time.Time) {
	for _, channel := range channels {
		day := PublishedOn(c, o, channel, made, subjects...)
		if day.IsZero() {
			continue
		}
		if on = append(on, channel); first.IsZero() || day.Before(first) {
			first = day
		}
	}
	return on, first
}

// OnChannels finds on which channels the subjects did not become public between two days, the second
// of which may be zero and is not one of them, and on which only after the due day. last is when the
// last of the others followed.
func OnChannels(c *regulation.Case, o *regulation.Outcome, channels []string, from, until, due time.Time, subjects ...regulation.Record) (missing, late []string, last time.Time) {
	for _, channel := range channels {
		p := Publication(c, channel, from, subjects...)
		if p == nil || !until.IsZero() && !p.Published.Day().Before(until) {
			missing = append(missing, channel)
			continue
		}
		o.See("publications", p.ID)
		day := p.Published.Day()
		if !due.IsZero() && day.After(due) {
			late = append(late, channel)
		}
		last = clock.Latest(last, day)
	}
	return missing, late, last
}
