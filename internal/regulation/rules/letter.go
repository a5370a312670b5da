package rules

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// letterRules are about how results are published, discussed and sent to officials.
var letterRules = []*regulation.Rule{
	{
		Code:       "letter-published",
		Needs:      []string{"reports", jme.AnalyticLetters, "publications"},
		Parameters: []regulation.Parameter{{Name: "channels", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")}},
		Assumes:    []regulation.Convention{{Code: "letter-and-results-channels"}, dutyWithoutTerm},
		Says:       []regulation.Statement{kept, doneLate, overdue, noLetterOverdue, pending, noLetterPending, notReported, unknown, noLetterUnknown, stayedUnreported, nothing},
		Check:      letterPublished,
	},
	{
		Code:  "results-published",
		Needs: []string{"assessments", "reports", jme.AnalyticLetters, "publications"},
		Parameters: []regulation.Parameter{
			{Name: "required", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")},
			{Name: "desirable", Type: regulation.Words, Words: regulation.WordsOf("publications", "channel")},
		},
		Assumes: []regulation.Convention{{Code: "letter-and-results-channels"}, dutyWithoutTerm},
		Says:    []regulation.Statement{kept, doneLate, overdue, pending, notReported, unknown, stayedUnreported, nothing},
		Check:   resultsPublished,
	},
	{
		Code:    "discussed-publicly",
		Needs:   []string{"assessments", "reports", "events"},
		Assumes: []regulation.Convention{dutyWithoutTerm},
		Says:    []regulation.Statement{kept, doneLate, overdue, pending, notReported, unknown, stayedUnreported, nothing},
		Check:   discussedPublicly,
	},
	{
		Code:       "letter-distributed",
		Needs:      []string{"reports", jme.AnalyticLetters, "distributions"},
		Parameters: []regulation.Parameter{{Name: "recipients", Type: regulation.Words, Required: true, Words: regulation.WordsOf("distributions", "recipient_kind")}},
		Assumes:    []regulation.Convention{dutyWithoutTerm},
		Says:       []regulation.Statement{kept, doneLate, overdue, noLetterOverdue, pending, noLetterPending, notReported, unknown, noLetterUnknown, stayedUnreported, nothing},
		Check:      letterDistributed,
	},
	{
		Code:    "held-openly",
		Needs:   []string{"assessments", "reports", jme.AnalyticLetters, "publications"},
		Assumes: []regulation.Convention{{Code: "openly-means-plan-dates-results"}},
		Says:    []regulation.Statement{kept, pending, unknown, resultsUnknown, nothing},
		Check:   heldOpenly,
	},
}

var (
	notReported      = said(regulation.Pending, "unreported")
	stayedUnreported = said(regulation.Unknown, "unreported") // the year is over
	noLetterUnknown  = said(regulation.Unknown, "unknown_letter")
	noLetterOverdue  = said(regulation.Overdue, "overdue_letter")
	noLetterPending  = said(regulation.Pending, "pending_letter")
	resultsUnknown   = said(regulation.Unknown, "results") // the plan is public
)

// noLetter is said where reports are delivered and no analytic letter is recorded.
var noLetter = unmet{noLetterUnknown, noLetterOverdue, noLetterPending}

// reported are the reports on the year's assessments that were delivered by today.
func reported(c *regulation.Case) (reports []*jme.Report) {
	for _, a := range c.Cycle.Assessments {
		if r := report(c, a); r != nil {
			reports = append(reports, r)
		}
	}
	return reports
}

// eachLetter calls look with an outcome for each analytic letter of the year. Where reports are
// delivered and no letter is recorded, the letter itself is missing.
func eachLetter(c *regulation.Case, look func(l *jme.AnalyticLetter, o *regulation.Outcome)) {
	for _, l := range c.Cycle.AnalyticLetters {
		look(l, c.Of(jme.AnalyticLetters, l.ID))
	}
	if len(c.Cycle.AnalyticLetters) > 0 {
		return
	}
	afterReports(c, func(o *regulation.Outcome) { untermed(c, o, noLetter, nil) })
}

// afterReports calls look with an outcome for the year, if a report was delivered in it. In a
// year without assessments the rule does not apply; before the first report the outcome is
// pending until the year is over, then unknown.
func afterReports(c *regulation.Case, look func(o *regulation.Outcome)) {
	reports := reported(c)
	if len(c.Cycle.Assessments) == 0 {
		none(c)
		return
	}
	o := c.OfYear()
	for _, r := range reports {
		o.See("reports", r.ID)
	}
	switch {
	case len(reports) > 0:
		look(o)
	case c.YearEnd().Before(c.AsOf):
		o.Says(stayedUnreported, nil)
	default:
		o.Says(notReported, nil)
	}
}

// letterPublished checks that the letter was published on every channel.
func letterPublished(c *regulation.Case) {
	eachLetter(c, func(l *jme.AnalyticLetter, o *regulation.Outcome) {
		missing, _, last := onChannels(c, o, c.Words("channels"), time.Time{}, time.Time{}, record(jme.AnalyticLetters, l.ID))
		args := locale.Args{"Channels": regulation.Labels("publications", "channel", c.Words("channels")), "Missing": regulation.Labels("publications", "channel", missing)}
		if len(missing) > 0 {
			untermed(c, o, notDone, args)
			return
		}
		o.Done = last
		done(c, o, args)
	})
}

// resultsOf are the records whose publication makes the results of an assessment public: its
// report and the letters that cover it.
func resultsOf(c *regulation.Case, r *jme.Report) []regulation.Record {
	results := []regulation.Record{record("reports", r.ID)}
	for _, l := range c.AnalyticLetters {
		if slices.Contains(strings.Fields(l.Reports), r.ID) {
			results = append(results, record(jme.AnalyticLetters, l.ID))
		}
	}
	return results
}

// resultsPublished checks that each report, or a letter that covers it, was published on the
// required channels. The sentence also names the desirable channels on which it appeared.
func resultsPublished(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		r := report(c, a)
		if r == nil {
			unreported(c, a, o, args)
			return
		}
		o.See("reports", r.ID)
		missing, _, last := onChannels(c, o, c.Words("required"), time.Time{}, time.Time{}, resultsOf(c, r)...)
		also, _, _ := onChannels(c, o, c.Words("desirable"), time.Time{}, time.Time{}, resultsOf(c, r)...)
		args["Channels"], args["Missing"], args["Also"] = regulation.Labels("publications", "channel", c.Words("required")), regulation.Labels("publications", "channel", missing), regulation.Labels("publications", "channel", also)
		if len(missing) > 0 {
			untermed(c, o, notDone, args)
			return
		}
		o.Done = last
		done(c, o, args)
	})
}

// unreported settles the outcome of an assessment without a report: pending until the year in
// which it was planned to end is over, then unknown.
func unreported(c *regulation.Case, a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
	if cmp.Or(a.PlannedTo.Day(), c.YearEnd()).Year() < c.AsOf.Year() {
		o.Says(stayedUnreported, args)
		return
	}
	o.Says(notReported, args)
}

// discussedPublicly checks that at least one public discussion of the results was held.
func discussedPublicly(c *regulation.Case) {
	afterReports(c, func(o *regulation.Outcome) {
		var formats []string
		for _, e := range c.Cycle.Discussions {
			day := e.Date.Day()
			if day.IsZero() {
				continue
			}
			o.See("events", e.ID)
			if o.Done.IsZero() || day.Before(o.Done) {
				o.Done = day
			}
			if !slices.Contains(formats, e.Kind) {
				formats = append(formats, e.Kind)
			}
		}
		slices.Sort(formats)
		args := locale.Args{"Formats": regulation.Labels("events", "kind", formats), "Events": anEvent.Count(len(o.Evidence) - len(reported(c)))}
		if len(formats) == 0 {
			untermed(c, o, notDone, args)
			return
		}
		done(c, o, args)
	})
}

// letterDistributed checks that the letter was sent to each kind of recipient.
func letterDistributed(c *regulation.Case) {
	eachLetter(c, func(l *jme.AnalyticLetter, o *regulation.Outcome) {
		sent := map[string]bool{}
		for _, d := range c.Distributions {
			if day := d.Sent.Day(); d.Letter.Is(l) && !day.IsZero() {
				o.See("distributions", d.ID)
				sent[d.RecipientKind] = true
				if day.After(o.Done) {
					o.Done = day
				}
			}
		}
		var missing []string
		for _, r := range c.Words("recipients") {
			if !sent[r] {
				missing = append(missing, r)
			}
		}
		args := locale.Args{"Recipients": regulation.Labels("distributions", "recipient_kind", c.Words("recipients")), "Missing": regulation.Labels("distributions", "recipient_kind", missing)}
		if len(missing) > 0 {
			o.Done = time.Time{}
			untermed(c, o, notDone, args)
			return
		}
		done(c, o, args)
	})
}

// heldOpenly checks that the plan, the dates and the results of an assessment were published on
// the website of the executive body. The text sets no term, so the outcome is never broken or
// overdue: where nothing is recorded, it is unknown.
func heldOpenly(c *regulation.Case) {
	const site = "site-executive"
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		plan := !a.PlannedFrom.IsZero() && !published(c, o, site, time.Time{}, record("assessments", a.ID)).IsZero()
		var results time.Time
		r := report(c, a)
		if r != nil {
			o.See("reports", r.ID)
			results = published(c, o, site, time.Time{}, resultsOf(c, r)...)
		}
		started := !a.FieldworkFrom.IsZero()
		switch {
		case plan && !results.IsZero():
			o.Done = results
			o.Says(kept, args)
		case r == nil && (plan || !started):
			o.Says(pending, args)
		case plan:
			o.Says(resultsUnknown, args)
		default:
			o.Says(unknown, args)
		}
	})
}
