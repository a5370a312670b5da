package evidence

import (
	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// PressConference is the assumption on whether a press conference is a discussion in public.
var PressConference = regulation.Convention{Code: "press-conference-as-discussion", Values: []string{"no-discussion", "discussion"}, Optional: true}

// Premature reports whether an event was held before the report that it discusses. The letter that it
// names may follow: what is discussed can be its draft.
func Premature(e *jme.Event, r *jme.Report) bool {
	return e.Date.Day().Before(r.Delivered.Day())
}

// Discussion is the first event that discusses a report and was not held too early or, where
// there is none, the first of the others: the order of the rule then says that this cannot be.
func Discussion(c *regulation.Case, r *jme.Report) *jme.Event {
	var first *jme.Event
	for _, e := range c.Cycle.Discussions {
		if Discusses(c, e, r) && (first == nil || Premature(first, r) && !Premature(e, r) || Premature(first, r) == Premature(e, r) && e.Date.Day().Before(first.Date.Day())) {
			first = e
		}
	}
	return first
}

// Discusses reports whether an event is a discussion of a report. Without participants nothing was
// discussed.
func Discusses(c *regulation.Case, e *jme.Event, r *jme.Report) bool {
	return !deserted(e) && isAbout(c, e, r)
}

// Deserted reports whether there was an event about a report to which nobody came. It notes it as
// evidence.
func Deserted(c *regulation.Case, o *regulation.Outcome, r *jme.Report) (found bool) {
	for _, e := range c.Cycle.Discussions {
		if deserted(e) && isAbout(c, e, r) {
			o.See("events", e.ID)
			found = true
		}
	}
	return found
}

func deserted(e *jme.Event) bool { return e.Participants.Valid && e.Participants.Decimal.IsZero() }

// isAbout reports whether an event is about a report: it names the report, or another on the same
// assessment, or a letter that covers it, or it names neither, or a letter that is not there yet, and was
// held after the report. At a press conference residents are not asked; by another reading it counts.
func isAbout(c *regulation.Case, e *jme.Event, r *jme.Report) bool {
	switch l := e.Letter.Get(); {
	case e.Date.IsZero():
		return false
	case e.Kind == "press-conference" && c.Reading(PressConference.Code) != PressConference.Values[1]:
		return false
	case l != nil:
		return Covers(l, r)
	case e.Report.ID != "":
		return sameWork(r, e.Report.ID)
	default:
		return !e.Date.Day().Before(r.Delivered.Day())
	}
}
