package regulation

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// letterRules are about how results are published, discussed and sent to officials.
var letterRules = []*Rule{
	{
		Code:       "letter-published",
		Needs:      []string{"reports", jme.AnalyticLetters, "publications"},
		Parameters: []Parameter{{Name: "channels", Type: Words, Required: true, Words: wordsOf("publications", "channel")}},
		Assumes:    []Convention{{Code: "letter-and-results-channels"}, dutyWithoutTerm},
		Says:       []Statement{kept, doneLate, overdue, noLetterOverdue, pending, noLetterPending, notReported, unknown, noLetterUnknown, stayedUnreported, none},
		Check:      letterPublished,
	},
	{
		Code:  "results-published",
		Needs: []string{"assessments", "reports", jme.AnalyticLetters, "publications"},
		Parameters: []Parameter{
			{Name: "required", Type: Words, Required: true, Words: wordsOf("publications", "channel")},
			{Name: "desirable", Type: Words, Words: wordsOf("publications", "channel")},
		},
		Assumes: []Convention{{Code: "letter-and-results-channels"}, dutyWithoutTerm},
		Says:    []Statement{kept, doneLate, overdue, pending, notReported, unknown, stayedUnreported, none},
		Check:   resultsPublished,
	},
	{
		Code:    "discussed-publicly",
		Needs:   []string{"assessments", "reports", "events"},
		Assumes: []Convention{dutyWithoutTerm},
		Says:    []Statement{kept, doneLate, overdue, pending, notReported, unknown, stayedUnreported, none},
		Check:   discussedPublicly,
	},
	{
		Code:       "letter-distributed",
		Needs:      []string{"reports", jme.AnalyticLetters, "distributions"},
		Parameters: []Parameter{{Name: "recipients", Type: Words, Required: true, Words: wordsOf("distributions", "recipient_kind")}},
		Assumes:    []Convention{dutyWithoutTerm},
		Says:       []Statement{kept, doneLate, overdue, noLetterOverdue, pending, noLetterPending, notReported, unknown, noLetterUnknown, stayedUnreported, none},
		Check:      letterDistributed,
	},
	{
		Code:    "held-openly",
		Needs:   []string{"assessments", "reports", jme.AnalyticLetters, "publications"},
		Assumes: []Convention{{Code: "openly-means-plan-dates-results"}},
		Says:    []Statement{kept, pending, unknown, resultsUnknown, none},
		Check:   heldOpenly,
	},
}

var (
	notReported      = Statement{Pending, "unreported"}
	stayedUnreported = Statement{Unknown, "unreported"} // the year is over
	noLetterUnknown  = Statement{Unknown, "unknown_letter"}
	noLetterOverdue  = Statement{Overdue, "overdue_letter"}
	noLetterPending  = Statement{Pending, "pending_letter"}
	resultsUnknown   = Statement{Unknown, "results"} // the plan is public
)

// noLetter is said where reports are delivered and no analytic letter is recorded.
var noLetter = unmet{noLetterUnknown, noLetterOverdue, noLetterPending}

// reported are the reports on the year's assessments that were delivered by today.
func (c *Case) reported() (reports []*jme.Report) {
	for _, a := range c.Cycle.Assessments {
		if r := c.report(a); r != nil {
			reports = append(reports, r)
		}
	}
	return reports
}

// eachLetter calls look with an outcome for each analytic letter of the year. Where reports are
// delivered and no letter is recorded, the letter itself is missing.
func (c *Case) eachLetter(look func(l *jme.AnalyticLetter, o *Outcome)) {
	for _, l := range c.Cycle.AnalyticLetters {
		look(l, c.of(jme.AnalyticLetters, l.ID))
	}
	if len(c.Cycle.AnalyticLetters) > 0 {
		return
	}
	c.afterReports(func(o *Outcome) { c.untermed(o, noLetter, nil) })
}

// afterReports calls look with an outcome for the year, if a report was delivered in it. In a
// year without assessments the rule does not apply; before the first report the outcome is
// pending until the year is over, then unknown.
func (c *Case) afterReports(look func(o *Outcome)) {
	reports := c.reported()
	if len(c.Cycle.Assessments) == 0 {
		c.none()
		return
	}
	o := c.year()
	for _, r := range reports {
		o.see("reports", r.ID)
	}
	switch {
	case len(reports) > 0:
		look(o)
	case c.yearEnd().Before(c.AsOf):
		o.says(stayedUnreported, nil)
	default:
		o.says(notReported, nil)
	}
}

// letterPublished checks that the letter was published on every channel.
func letterPublished(c *Case) {
	c.eachLetter(func(l *jme.AnalyticLetter, o *Outcome) {
		missing, _, last := c.onChannels(o, c.words("channels"), time.Time{}, time.Time{}, Record{jme.AnalyticLetters, l.ID})
		args := locale.Args{"Channels": labels("publications", "channel", c.words("channels")), "Missing": labels("publications", "channel", missing)}
		if len(missing) > 0 {
			c.untermed(o, notDone, args)
			return
		}
		o.Done = last
		c.done(o, args)
	})
}

// resultsOf are the records whose publication makes the results of an assessment public: its
// report and the letters that cover it.
func (c *Case) resultsOf(r *jme.Report) []Record {
	results := []Record{{"reports", r.ID}}
	for _, l := range c.AnalyticLetters {
		if slices.Contains(strings.Fields(l.Reports), r.ID) {
			results = append(results, Record{jme.AnalyticLetters, l.ID})
		}
	}
	return results
}

// resultsPublished checks that each report, or a letter that covers it, was published on the
// required channels. The sentence also names the desirable channels on which it appeared.
func resultsPublished(c *Case) {
	c.eachAssessment(func(a *jme.Assessment, o *Outcome, args locale.Args) {
		r := c.report(a)
		if r == nil {
			c.unreported(a, o, args)
			return
		}
		o.see("reports", r.ID)
		missing, _, last := c.onChannels(o, c.words("required"), time.Time{}, time.Time{}, c.resultsOf(r)...)
		also, _, _ := c.onChannels(o, c.words("desirable"), time.Time{}, time.Time{}, c.resultsOf(r)...)
		args["Channels"], args["Missing"], args["Also"] = labels("publications", "channel", c.words("required")), labels("publications", "channel", missing), labels("publications", "channel", also)
		if len(missing) > 0 {
			c.untermed(o, notDone, args)
			return
		}
		o.Done = last
		c.done(o, args)
	})
}

// unreported settles the outcome of an assessment without a report: pending until the year in
// which it was planned to end is over, then unknown.
func (c *Case) unreported(a *jme.Assessment, o *Outcome, args locale.Args) {
	if cmp.Or(a.PlannedTo.Day(), c.yearEnd()).Year() < c.AsOf.Year() {
		o.says(stayedUnreported, args)
		return
	}
	o.says(notReported, args)
}

// discussedPublicly checks that at least one public discussion of the results was held.
func discussedPublicly(c *Case) {
	c.afterReports(func(o *Outcome) {
		var formats []string
		for _, e := range c.Cycle.Discussions {
			day := e.Date.Day()
			if day.IsZero() {
				continue
			}
			o.see("events", e.ID)
			if o.Done.IsZero() || day.Before(o.Done) {
				o.Done = day
			}
			if !slices.Contains(formats, e.Kind) {
				formats = append(formats, e.Kind)
			}
		}
		slices.Sort(formats)
		args := locale.Args{"Formats": labels("events", "kind", formats), "Events": number{anEvent, len(o.Evidence) - len(c.reported())}}
		if len(formats) == 0 {
			c.untermed(o, notDone, args)
			return
		}
		c.done(o, args)
	})
}

// letterDistributed checks that the letter was sent to each kind of recipient.
func letterDistributed(c *Case) {
	c.eachLetter(func(l *jme.AnalyticLetter, o *Outcome) {
		sent := map[string]bool{}
		for _, d := range c.Distributions {
			if day := d.Sent.Day(); d.Letter.Is(l) && !day.IsZero() {
				o.see("distributions", d.ID)
				sent[d.RecipientKind] = true
				if day.After(o.Done) {
					o.Done = day
				}
			}
		}
		var missing []string
		for _, r := range c.words("recipients") {
			if !sent[r] {
				missing = append(missing, r)
			}
		}
		args := locale.Args{"Recipients": labels("distributions", "recipient_kind", c.words("recipients")), "Missing": labels("distributions", "recipient_kind", missing)}
		if len(missing) > 0 {
			o.Done = time.Time{}
			c.untermed(o, notDone, args)
			return
		}
		c.done(o, args)
	})
}

// heldOpenly checks that the plan, the dates and the results of an assessment were published on
// the website of the executive body. The text sets no term, so the outcome is never broken or
// overdue: where nothing is recorded, it is unknown.
func heldOpenly(c *Case) {
	const site = "site-executive"
	c.eachAssessment(func(a *jme.Assessment, o *Outcome, args locale.Args) {
		plan := !a.PlannedFrom.IsZero() && !c.published(o, site, time.Time{}, Record{"assessments", a.ID}).IsZero()
		var results time.Time
		r := c.report(a)
		if r != nil {
			o.see("reports", r.ID)
			results = c.published(o, site, time.Time{}, c.resultsOf(r)...)
		}
		started := !a.FieldworkFrom.IsZero()
		switch {
		case plan && !results.IsZero():
			o.Done = results
			o.says(kept, args)
		case r == nil && (plan || !started):
			o.says(pending, args)
		case plan:
			o.says(resultsUnknown, args)
		default:
			o.says(unknown, args)
		}
	})
}
