package rules

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/regulation/evidence"
)

// discussedPublicly checks that the results of each report were discussed in public after it was
// delivered and, by another reading, that the discussions had more than one format.
func discussedPublicly(c *regulation.Case) {
	afterReports(c, func(o *regulation.Outcome) {
		reports := evidence.Reported(c)
		var kinds []string
		var second time.Time // the day of the second format
		events, inferred := 0, false
		byDay := slices.SortedStableFunc(slices.Values(c.Cycle.Discussions), func(a, b *jme.Event) int { return a.Date.Day().Compare(b.Date.Day()) })
		for _, e := range byDay {
			about := slices.DeleteFunc(slices.Clone(reports), func(r *jme.Report) bool { return !evidence.Discusses(c, e, r) })
			if len(about) > 0 {
				o.See("events", e.ID)
			}
			if !slices.ContainsFunc(about, func(r *jme.Report) bool { return !evidence.Premature(e, r) }) {
				continue
			}
			events++
			inferred = inferred || !e.Discusses()
			if !slices.Contains(kinds, e.Kind) {
				kinds = append(kinds, e.Kind)
				if len(kinds) == 2 {
					second = e.Date.Day()
				}
			}
		}
		var missing locale.List // the providers whose report was not discussed
		nobody := false         // came to an event on one of these
		for _, r := range reports {
			e := evidence.Discussion(c, r)
			if e == nil {
				missing, nobody = append(missing, evidence.ProviderOf(r.Assessment.Get())), evidence.Deserted(c, o, r) || nobody
				continue
			}
			o.Compare(record("events", e.ID), record("reports", r.ID)).Done = clock.Latest(o.Done, e.Date.Day())
		}
		several := reads(c, discussionFormats, "several-formats")
		args := locale.Args{
			"Formats": regulation.Labels("events", "kind", kinds), "Events": anEvent.Count(events), "Missing": missing, "Inferred": inferred,
			"OneFormat": len(missing) == 0, "Nobody": nobody,
		}
		if len(missing) > 0 || several && len(kinds) == 1 {
			o.Done = time.Time{}
			untermed(c, o, notDone, args)
			return
		}
		if several {
			o.Done = clock.Latest(o.Done, second)
		}
		done(c, o, args)
	})
}

// discussionFormats is the assumption on how many formats discussions need.
var discussionFormats = regulation.Convention{Code: "discussion-formats", Values: []string{"one-format", "several-formats"}, Optional: true}

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
			day := evidence.PublishedOn(c, o, channel, time.Time{}, of)
			plan, last = plan && !day.IsZero(), clock.Latest(last, day)
		}
		r := evidence.Report(a)
		if r != nil {
			o.See("reports", r.ID)
			for _, channel := range channels {
				p := evidence.MadeKnown(c, channel, r.Delivered.Day(), evidence.ResultsOf(c, r)...)
				if results = results && p != nil; p != nil {
					evidence.SeeResults(c, o, p)
					o.Compare(record("publications", p.ID), record("reports", r.ID)).Done = clock.Latest(o.Done, p.Published.Day())
				}
			}
		}
		start := a.FieldworkFrom.Day()
		args["Plan"], args["Start"], args["SameDay"] = last, start, last.Equal(start)
		resultsOnly := reads(c, openly, "results")
		args["ResultsOnly"] = resultsOnly
		plan = plan || resultsOnly
		switch {
		case !resultsOnly && plan && !start.IsZero() && !last.Before(start):
			o.Lapsed, o.Stands = start, last
			o.Says(planLate, args)
		case !resultsOnly && plan && start.IsZero() && r != nil && results:
			o.Says(startUnknown, args)
		case plan && r != nil && results:
			if o.Says(kept, args); !resultsOnly {
				evidence.Before(o, a, last)
			}
			return
		case r == nil && evidence.Awaited(c, a) && (plan || a.FieldworkFrom.IsZero()):
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
