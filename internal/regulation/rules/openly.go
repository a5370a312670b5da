package rules

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// discussedPublicly checks that the results of each report were discussed in public after it was
// delivered.
func discussedPublicly(c *regulation.Case) {
	afterReports(c, func(o *regulation.Outcome) {
		var kinds []string
		reports, events, inferred := reported(c), 0, false
		for _, e := range c.Cycle.Discussions {
			if slices.ContainsFunc(reports, func(r *jme.Report) bool { return discusses(c, e, r) }) {
				o.See("events", e.ID)
				events++
				kinds = append(kinds, e.Kind)
				inferred = inferred || !e.Discusses()
			}
		}
		var missing locale.List // the providers whose report was not discussed
		for _, r := range reports {
			e := firstDiscussion(c, r)
			if e == nil {
				missing = append(missing, providerOf(r.Assessment.Get()))
				continue
			}
			o.Compare(record("events", e.ID), record("reports", r.ID))
			o.Done = latest(o.Done, e.Date.Day())
		}
		slices.Sort(kinds)
		args := locale.Args{"Formats": regulation.Labels("events", "kind", slices.Compact(kinds)), "Events": anEvent.Count(events), "Missing": missing, "Inferred": inferred}
		if len(missing) > 0 {
			o.Done = time.Time{}
			untermed(c, o, notDone, args)
			return
		}
		done(c, o, args)
	})
}

// firstDiscussion is the first event after a report that discusses it or, where there is none, the
// first from before: the order of the rule then says that this cannot be.
func firstDiscussion(c *regulation.Case, r *jme.Report) *jme.Event {
	var first *jme.Event
	early := func(e *jme.Event) bool { return e.Date.Day().Before(r.Delivered.Day()) }
	for _, e := range c.Cycle.Discussions {
		if discusses(c, e, r) && (first == nil || early(first) && !early(e) || early(first) == early(e) && e.Date.Day().Before(first.Date.Day())) {
			first = e
		}
	}
	return first
}

// discusses reports whether an event is about a report: it names the report, or a letter that
// covers it, or it names neither and was held after the report.
func discusses(c *regulation.Case, e *jme.Event, r *jme.Report) bool {
	switch l := e.Letter.Get(); {
	case e.Date.IsZero():
		return false
	case l != nil:
		return covers(l, r)
	case e.Report.ID != "":
		return e.Report.Is(r)
	default:
		return !e.Discusses() && !e.Date.Day().Before(r.Delivered.Day())
	}
}

// openly says what is to be public. By the second reading the results alone are.
var openly = regulation.Convention{Code: "openly-means-plan-dates-results", Values: []string{"plan-dates-results", "results"}, Optional: true}

// heldOpenly checks that the plan of an assessment was published on every channel before fieldwork,
// and its dates and results afterwards. The text sets no term, so nothing is overdue: where
// nothing is recorded, the outcome is unknown.
func heldOpenly(c *regulation.Case) {
	channels := c.Words("channels")
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		of := record("assessments", a.ID)
		args["Channels"] = regulation.Labels("publications", "channel", channels)
		plan, results := len(channels) > 0 && !a.PlannedFrom.IsZero(), true
		var last time.Time // the day on which the plan was public on all channels
		for _, channel := range channels {
			day := published(c, o, channel, time.Time{}, of)
			plan, last = plan && !day.IsZero(), latest(last, day)
		}
		r := report(a)
		if r != nil {
			o.See("reports", r.ID)
			for _, channel := range channels {
				p := madeKnown(c, channel, r.Delivered.Day(), resultsOf(c, r)...)
				if results = results && p != nil; p != nil {
					o.Compare(record("publications", p.ID), record("reports", r.ID)).Done = latest(o.Done, p.Published.Day())
				}
			}
		}
		args["Plan"], args["Start"] = last, a.FieldworkFrom.Day()
		resultsOnly := reads(c, openly, "results")
		args["ResultsOnly"] = resultsOnly
		plan = plan || resultsOnly
		switch {
		case !resultsOnly && plan && !a.FieldworkFrom.IsZero() && last.After(a.FieldworkFrom.Day()):
			o.Lapsed = a.FieldworkFrom.Day()
			o.Says(planLate, args)
		case plan && r != nil && results:
			o.Says(kept, args)
			return
		case r == nil && awaited(c, a) && (plan || a.FieldworkFrom.IsZero()):
			o.Says(pending, args)
		case plan:
			o.Says(resultsUnknown, args)
		default:
			o.Lapsed = a.FieldworkFrom.Day()
			o.Says(unknown, args)
		}
		o.Done = time.Time{}
	})
}
