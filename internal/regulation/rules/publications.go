package rules

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/evidence"
)

// seeResults adds a publication of results to the evidence, with the letter that it is of.
func seeResults(c *regulation.Case, o *regulation.Outcome, p *jme.Publication) {
	o.See("publications", p.ID)
	if l := evidence.LetterOf(c, record(p.SubjectRegister, p.Subject)); l != nil {
		o.Compare(record("publications", p.ID), record(jme.AnalyticLetters, l.ID))
	}
}

// published is the day of the first publication, not before from, of one of the subjects on a
// channel, which it notes as evidence. It is zero where none is recorded.
func published(c *regulation.Case, o *regulation.Outcome, channel string, from time.Time, subjects ...regulation.Record) time.Time {
	p := evidence.Publication(c, channel, from, subjects...)
	if p == nil {
		return time.Time{}
	}
	o.See("publications", p.ID)
	return p.Published.Day()
}

// spread finds on which channels the subjects, made on a day, are public, on which they are not,
// and when the last of the channels followed.
func spread(c *regulation.Case, o *regulation.Outcome, channels []string, made time.Time, subjects ...regulation.Record) (on, missing []string, last time.Time) {
	for _, channel := range channels {
		p := evidence.MadeKnown(c, channel, made, subjects...)
		if p == nil {
			missing = append(missing, channel)
			continue
		}
		seeResults(c, o, p)
		on, last = append(on, channel), latest(last, p.Published.Day())
	}
	return on, missing, last
}

// also are the optional channels on which the subjects, made on a day, are public.
func also(c *regulation.Case, o *regulation.Outcome, channels []string, made time.Time, subjects ...regulation.Record) locale.List {
	var on []string
	for _, channel := range channels {
		if !published(c, o, channel, made, subjects...).IsZero() {
			on = append(on, channel)
		}
	}
	return regulation.Labels("publications", "channel", on)
}

// onChannels finds on which channels the subjects did not become public between two days, the second
// of which may be zero and is not one of them, and on which only after the due day. last is when the
// last of the others followed.
func onChannels(c *regulation.Case, o *regulation.Outcome, channels []string, from, until, due time.Time, subjects ...regulation.Record) (missing, late []string, last time.Time) {
	for _, channel := range channels {
		p := evidence.Publication(c, channel, from, subjects...)
		if p == nil || !until.IsZero() && !p.Published.Day().Before(until) {
			missing = append(missing, channel)
			continue
		}
		o.See("publications", p.ID)
		day := p.Published.Day()
		if !due.IsZero() && day.After(due) {
			late = append(late, channel)
		}
		if day.After(last) {
			last = day
		}
	}
	return missing, late, last
}
