package rules

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// discussedPublicly checks that the results of each report were discussed in public after it was
// delivered and, by another reading, that the discussions had more than one format.
func discussedPublicly(c *regulation.Case) {
	afterReports(c, func(o *regulation.Outcome) {
		reports := reported(c)
		var kinds []string
		var second time.Time // the day of the second format
		events, inferred := 0, false
		byDay := slices.SortedStableFunc(slices.Values(c.Cycle.Discussions), func(a, b *jme.Event) int { return a.Date.Day().Compare(b.Date.Day()) })
		for _, e := range byDay {
			about := slices.DeleteFunc(slices.Clone(reports), func(r *jme.Report) bool { return !discusses(c, e, r) })
			if len(about) > 0 {
				o.See("events", e.ID)
			}
			if !slices.ContainsFunc(about, func(r *jme.Report) bool { return !premature(e, r) }) {
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
		for _, r := range reports {
			e := firstDiscussion(c, r)
			if e == nil {
				missing = append(missing, providerOf(r.Assessment.Get()))
				continue
			}
			o.Compare(record("events", e.ID), record("reports", r.ID))
			if e.Letter.Get() != nil {
				o.Compare(record("events", e.ID), record(jme.AnalyticLetters, e.Letter.ID))
			}
			o.Done = latest(o.Done, e.Date.Day())
		}
		several := reads(c, discussionFormats, "several-formats")
		args := locale.Args{
			"Formats": regulation.Labels("events", "kind", kinds), "Events": anEvent.Count(events), "Missing": missing, "Inferred": inferred,
			"OneFormat": len(missing) == 0,
		}
		if len(missing) > 0 || several && len(kinds) == 1 {
			o.Done = time.Time{}
			untermed(c, o, notDone, args)
			return
		}
		if several {
			o.Done = latest(o.Done, second)
		}
		done(c, o, args)
	})
}

// Assumptions on discussions: how many formats they need, and whether a press conference is one.
var (
	discussionFormats = regulation.Convention{Code: "discussion-formats", Values: []string{"one-format", "several-formats"}, Optional: true}
	pressConference   = regulation.Convention{Code: "press-conference-as-discussion", Values: []string{"no-discussion", "discussion"}, Optional: true}
)

// premature reports whether an event was held before the report that it discusses, or before the
// letter that it names.
func premature(e *jme.Event, r *jme.Report) bool {
	l := e.Letter.Get()
	return e.Date.Day().Before(r.Delivered.Day()) || l != nil && e.Date.Day().Before(l.Date.Day())
}

// firstDiscussion is the first event that discusses a report and was not held too early or, where
// there is none, the first of the others: the order of the rule then says that this cannot be.
func firstDiscussion(c *regulation.Case, r *jme.Report) *jme.Event {
	var first *jme.Event
	for _, e := range c.Cycle.Discussions {
		if discusses(c, e, r) && (first == nil || premature(first, r) && !premature(e, r) || premature(first, r) == premature(e, r) && e.Date.Day().Before(first.Date.Day())) {
			first = e
		}
	}
	return first
}

// discusses reports whether an event is a discussion of a report: it names the report, or a letter
// that covers it, or it names neither and was held after the report. Without participants nothing
// was discussed. At a press conference residents are not asked; by another reading it counts.
func discusses(c *regulation.Case, e *jme.Event, r *jme.Report) bool {
	switch l := e.Letter.Get(); {
	case e.Date.IsZero(), e.Participants.Valid && e.Participants.Decimal.IsZero():
		return false
	case e.Kind == "press-conference" && !reads(c, pressConference, "discussion"):
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
					seeResults(c, o, p)
					o.Compare(record("publications", p.ID), record("reports", r.ID)).Done = latest(o.Done, p.Published.Day())
				}
			}
		}
		start := a.FieldworkFrom.Day()
		args["Plan"], args["Start"] = last, start
		resultsOnly := reads(c, openly, "results")
		args["ResultsOnly"] = resultsOnly
		plan = plan || resultsOnly
		switch {
		case !resultsOnly && plan && !start.IsZero() && !last.Before(start):
			o.Lapsed = start
			o.Says(planLate, args)
		case !resultsOnly && plan && start.IsZero() && r != nil && results:
			o.Says(startUnknown, args)
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
