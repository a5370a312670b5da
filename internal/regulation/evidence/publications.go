package evidence

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// ResultsOf are the records whose publication makes the results of an assessment public: its
// Report, the others on it, and the letters that name one of them.
func ResultsOf(c *regulation.Case, r *jme.Report) []regulation.Record {
	results := []regulation.Record{{Register: jme.Reports, ID: r.ID}}
	if a := r.Assessment.Get(); a != nil {
		for _, x := range a.Reports {
			if x != r && !x.Delivered.IsZero() {
				results = append(results, regulation.Record{Register: jme.Reports, ID: x.ID})
			}
		}
	}
	for _, l := range c.AnalyticLetters {
		if names(l, r) {
			results = append(results, regulation.Record{Register: jme.AnalyticLetters, ID: l.ID})
		}
	}
	return results
}

// Publication is the first by which one of the subjects became public on a channel, not
// before from, or nil. With a day from, that of an analytic letter is not before the letter either.
func Publication(c *regulation.Case, channel string, from time.Time, subjects ...regulation.Record) *jme.Publication {
	var first *jme.Publication
	for _, subject := range subjects {
		since := from
		if l := LetterOf(c, subject); l != nil && !from.IsZero() && l.Date.Day().After(from) {
			since = l.Date.Day()
		}
		for _, p := range c.PublicationsOf(subject) {
			if day := p.Published.Day(); p.Channel == channel && !day.IsZero() && !day.Before(since) {
				if first == nil || day.Before(first.Published.Day()) || day.Equal(first.Published.Day()) && p.ID < first.ID {
					first = p
				}
			}
		}
	}
	return first
}

// MadeKnown is Publication for what was made on a day. Where a channel has only publications
// from before, it is the first of them: the order of the rule then says that this cannot be.
func MadeKnown(c *regulation.Case, channel string, made time.Time, subjects ...regulation.Record) *jme.Publication {
	if p := Publication(c, channel, made, subjects...); p != nil {
		return p
	}
	return Publication(c, channel, time.Time{}, subjects...)
}
