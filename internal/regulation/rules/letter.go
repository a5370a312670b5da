package rules

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/evidence"
)

// letterRules are about how results are published, discussed and sent to officials.
var letterRules = []*regulation.Rule{
	{
		Code:  "letter-published",
		Needs: []string{"assessments", "reports", jme.AnalyticLetters, "publications"},
		Parameters: []regulation.Parameter{
			{Name: "channels", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")},
			{Name: "optional", Type: regulation.Words, Words: regulation.WordsOf("publications", "channel")},
		},
		Assumes: []regulation.Convention{letterChannels, dutyWithoutTerm},
		Order: []regulation.Order{
			{Later: "analytic_letters.date", Earlier: "reports.delivered", Kind: regulation.Unknown},
			afterFieldwork,
			{Later: "publications.published", Earlier: "analytic_letters.date", Kind: regulation.Unknown},
		},
		Says:  []regulation.Statement{kept, doneLate, overdue, noLetterOverdue, pending, noLetterPending, notReported, unknown, noLetterUnknown, baseless, stayedUnreported, unreportedOverdue, nothing},
		Check: letterPublished,
	},
	{
		Code:  "results-published",
		Needs: []string{"assessments", "reports", jme.AnalyticLetters, "publications"},
		Parameters: []regulation.Parameter{
			{Name: "required", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")},
			{Name: "desirable", Type: regulation.Words, Words: regulation.WordsOf("publications", "channel")},
		},
		Assumes:   []regulation.Convention{letterChannels, dutyWithoutTerm},
		Order:     resultsOrder,
		Begins:    []string{"fieldwork_to", "planned_to"},
		Says:      []regulation.Statement{kept, doneLate, overdue, pending, notReported, unknown, stayedUnreported, unreportedOverdue, nothing},
		Withholds: true,
		Check:     resultsPublished,
	},
	{
		Code:    "discussed-publicly",
		Needs:   []string{"assessments", "reports", jme.AnalyticLetters, "events"},
		Assumes: []regulation.Convention{dutyWithoutTerm, discussionFormats, evidence.PressConference},
		Order: []regulation.Order{
			{Later: "events.date", Earlier: "reports.delivered", Kind: regulation.Unknown},
			afterFieldwork,
		},
		Says:  []regulation.Statement{kept, doneLate, overdue, pending, notReported, unknown, stayedUnreported, unreportedOverdue, nothing},
		Check: discussedPublicly,
	},
	{
		Code:       "letter-distributed",
		Needs:      []string{"assessments", "reports", jme.AnalyticLetters, "distributions"},
		Parameters: []regulation.Parameter{{Name: "recipients", Type: regulation.Words, Required: true, Words: regulation.WordsOf("distributions", "recipient_kind")}},
		Assumes:    []regulation.Convention{dutyWithoutTerm, copiesForDeputies},
		Order: []regulation.Order{
			{Later: "analytic_letters.date", Earlier: "reports.delivered", Kind: regulation.Unknown},
			afterFieldwork,
			{Later: "distributions.sent", Earlier: "analytic_letters.date", Kind: regulation.Unknown},
		},
		Says: []regulation.Statement{
			kept, doneLate, overdue, noLetterOverdue, fewCopiesOverdue, pending, noLetterPending, fewCopiesPending, notReported,
			unknown, noLetterUnknown, fewCopiesUnknown, notCountedCopies, uncounted, baseless, stayedUnreported, unreportedOverdue, nothing,
		},
		Check: letterDistributed,
	},
	{
		Code:       "held-openly",
		Needs:      []string{"assessments", "visits", "measurements", "reports", jme.AnalyticLetters, "publications"},
		Parameters: []regulation.Parameter{{Name: "channels", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")}},
		Assumes:    []regulation.Convention{openly},
		Order:      slices.Concat(resultsOrder, evidence.NotBefore),
		Says:       []regulation.Statement{kept, planLate, pending, unknown, resultsUnknown, startUnknown, nothing},
		Withholds:  true,
		Check:      heldOpenly,
	},
}

// resultsOrder is the order of what makes results public.
var resultsOrder = []regulation.Order{
	{Later: "publications.published", Earlier: "reports.delivered", Kind: regulation.Unknown},
	{Later: "publications.published", Earlier: "analytic_letters.date", Kind: regulation.Unknown},
	afterFieldwork,
}

var (
	notReported       = said(regulation.Pending, "unreported")
	stayedUnreported  = said(regulation.Unknown, "unreported")         // the year is over
	unreportedOverdue = said(regulation.Overdue, "overdue_unreported") // and by an assumption the duty ended with it
	noLetterUnknown   = said(regulation.Unknown, "unknown_letter")
	noLetterOverdue   = said(regulation.Overdue, "overdue_letter")
	noLetterPending   = said(regulation.Pending, "pending_letter")
	fewCopiesUnknown  = said(regulation.Unknown, "unknown_copies")
	fewCopiesOverdue  = said(regulation.Overdue, "overdue_copies")
	fewCopiesPending  = said(regulation.Pending, "pending_copies")
	notCountedCopies  = said(regulation.Unknown, "copies")    // how many copies deputies got is not recorded
	uncounted         = said(regulation.Unknown, "uncounted") // how many deputies there are is not known
	baseless          = said(regulation.Unknown, "baseless")  // a letter without a report on which it rests
	resultsUnknown    = said(regulation.Unknown, "results")   // the plan is public
	startUnknown      = said(regulation.Unknown, "start")     // plan and results are public; when fieldwork started is not recorded
	planLate          = said(regulation.Broken, "late")       // the plan became public when fieldwork had started
)

// noLetter is said of delivered reports on which no analytic letter is recorded, fewCopies of a
// letter of which there were fewer copies than deputies.
var (
	noLetter  = unmet{noLetterUnknown, noLetterOverdue, noLetterPending}
	fewCopies = unmet{fewCopiesUnknown, fewCopiesOverdue, fewCopiesPending}
)

// letterChannels is the assumption on whether a letter and results need each of the channels that
// the clauses require, or one of all that they name.
var letterChannels = regulation.Convention{Code: "letter-and-results-channels", Values: []string{"both-lists", "any-channel"}}

// public reports whether the subjects, made on a day, are public on enough of the channels that a
// clause requires or merely names. Where they are not, it settles the outcome.
func public(c *regulation.Case, o *regulation.Outcome, required, named []string, made time.Time, args locale.Args, of ...regulation.Record) bool {
	one := reads(c, letterChannels, "any-channel")
	if one {
		required, named = slices.Concat(required, named), nil
	}
	var missing []string
	also, _ := evidence.Also(c, o, named, made, of...)
	on, first := evidence.Also(c, o, required, made, of...)
	if o.Done = first; !one || len(on) == 0 {
		on, missing, o.Done = evidence.Spread(c, o, required, made, of...)
	}
	for name, channels := range map[string][]string{"Channels": on, "Missing": missing, "Also": also} {
		args[name] = regulation.Labels("publications", "channel", channels)
	}
	if len(missing) > 0 && (len(on) == 0 || !one) {
		o.Done = time.Time{}
		untermed(c, o, notDone, args)
		return false
	}
	return true
}

// eachLetter calls look with an outcome for each analytic letter of the year. Where reports are
// delivered that no letter covers, the letter on them is missing.
func eachLetter(c *regulation.Case, look func(l *jme.AnalyticLetter, o *regulation.Outcome)) {
	for _, l := range c.Cycle.AnalyticLetters {
		o := c.Of(jme.AnalyticLetters, l.ID)
		for _, r := range evidence.RestsOn(c, l) {
			seeReport(o, r)
		}
		look(l, o)
	}
	var without locale.List // the providers
	for _, r := range evidence.Reported(c) {
		if !slices.ContainsFunc(c.Cycle.AnalyticLetters, func(l *jme.AnalyticLetter) bool { return evidence.Covers(l, r) }) {
			without = append(without, evidence.ProviderOf(r.Assessment.Get()))
		}
	}
	if len(without) > 0 || len(c.Cycle.AnalyticLetters) == 0 {
		afterReports(c, func(o *regulation.Outcome) { untermed(c, o, noLetter, locale.Args{"Providers": without}) })
	}
}

// doneWith is done for something that is done with a letter, which must rest on reports.
func doneWith(c *regulation.Case, l *jme.AnalyticLetter, o *regulation.Outcome, args locale.Args) {
	done(c, o, args)
	if o.Said == kept && len(evidence.RestsOn(c, l)) == 0 {
		o.Says(baseless, args)
	}
}

// afterReports calls look with an outcome for the year, if a report was delivered in it. In a
// year without assessments the rule does not apply; before the first report it is awaited until
// the year and the terms of all reports are over.
func afterReports(c *regulation.Case, look func(o *regulation.Outcome)) {
	reports := evidence.Reported(c)
	if len(c.Cycle.Assessments) == 0 {
		none(c)
		return
	}
	o := c.OfYear()
	for _, r := range reports {
		seeReport(o, r)
	}
	switch {
	case len(reports) > 0:
		look(o)
	default:
		end := evidence.YearEnd(c, c.Cycle.Assessments...)
		unreported(c, o, c.Cycle.Assessments, end, !end.Before(c.AsOf), nil)
	}
}

// unreported settles the outcome of a duty that rests on a report of some assessments, none of which has
// one. A report without the day on which it was delivered may be one: then nothing is overdue.
func unreported(c *regulation.Case, o *regulation.Outcome, of []*jme.Assessment, end time.Time, comes bool, args locale.Args) {
	words := unmet{stayedUnreported, unreportedOverdue, notReported}
	for _, a := range of {
		for _, r := range a.Reports {
			o.See("reports", r.ID)
			words.overdue = stayedUnreported
		}
	}
	if args == nil {
		args = locale.Args{}
	}
	if awaiting(c, o, end, comes, words, args); o.Said == stayedUnreported {
		o.DueBy(time.Time{}, "")
	}
	args["Term"] = !o.Due.IsZero()
}

// letterPublished checks that the letter was published on every channel, on its day or later. The
// sentence also names the optional channels on which it appeared.
func letterPublished(c *regulation.Case) {
	eachLetter(c, func(l *jme.AnalyticLetter, o *regulation.Outcome) {
		args := locale.Args{}
		if public(c, o, c.Words("channels"), c.Words("optional"), l.Date.Day(), args, record(jme.AnalyticLetters, l.ID)) {
			doneWith(c, l, o, args)
		}
	})
}

// resultsPublished checks that each report, or a letter that covers it, was published on the
// required channels, on the day of the report or later. The sentence also names the desirable
// channels on which it appeared.
func resultsPublished(c *regulation.Case) {
	eachAssessment(c, func(a *jme.Assessment, o *regulation.Outcome, args locale.Args) {
		r := evidence.Report(a)
		if r == nil {
			unreported(c, o, []*jme.Assessment{a}, evidence.YearEnd(c, a), evidence.Awaited(c, a), args)
			return
		}
		seeReport(o, r)
		if public(c, o, c.Words("required"), c.Words("desirable"), r.Delivered.Day(), args, evidence.ResultsOf(c, r)...) {
			done(c, o, args)
		}
	})
}

// letterDistributed checks that the letter was sent to each kind of recipient, with a copy for
// each deputy; by another reading the number of copies does not matter. Where it was sent to
// deputies and the copies were not counted, whether there was one for each is not known.
func letterDistributed(c *regulation.Case) {
	eachLetter(c, func(l *jme.AnalyticLetter, o *regulation.Outcome) {
		sent, empty, copies, notCounted := map[string]bool{}, map[string]bool{}, 0, false
		missing := c.Words("recipients")
		forEach := slices.Contains(c.Words("recipients"), deputies) && !reads(c, copiesForDeputies, "any-number")
		enough := func() bool { return !forEach || copies > 0 && copies >= c.Settings.Deputies }
		sheets := slices.DeleteFunc(slices.Clone(c.Distributions), func(d *jme.Distribution) bool { return !d.Letter.Is(l) || d.Sent.IsZero() })
		slices.SortStableFunc(sheets, func(a, b *jme.Distribution) int { return a.Sent.Day().Compare(b.Sent.Day()) })
		for _, d := range sheets {
			o.See("distributions", d.ID)
			if d.Copies.Valid && d.Copies.Decimal.IsZero() {
				empty[d.RecipientKind] = true
				continue
			}
			sent[d.RecipientKind] = true
			if d.RecipientKind == deputies {
				copies += int(d.Copies.Decimal.IntPart())
				notCounted = notCounted || !d.Copies.Valid
			}
			missing = slices.DeleteFunc(slices.Clone(missing), func(r string) bool { return sent[r] })
			if o.Done.IsZero() && enough() && len(missing) == 0 {
				o.Done = d.Sent.Day() // what is sent later is sent besides
			}
		}
		bare := slices.DeleteFunc(slices.Clone(missing), func(r string) bool { return !empty[r] })
		args := locale.Args{
			"Recipients": regulation.Labels("distributions", "recipient_kind", c.Words("recipients")), "Missing": regulation.Labels("distributions", "recipient_kind", missing),
			"Bare": regulation.Labels("distributions", "recipient_kind", bare), "IsBare": len(bare) > 0,
			"Copies": aCopy.Count(copies), "Deputies": aDeputy.Count(c.Settings.Deputies),
		}
		switch {
		case len(missing) > 0:
			untermed(c, o, notDone, args)
		case !enough() && notCounted:
			o.Says(notCountedCopies, args)
		case !enough():
			untermed(c, o, fewCopies, args)
		case forEach && c.Settings.Deputies == 0:
			o.Says(uncounted, args)
		default:
			doneWith(c, l, o, args)
		}
	})
}

// copiesForDeputies is the assumption on how many copies of the letter deputies get.
var copiesForDeputies = regulation.Convention{Code: "copies-for-deputies", Values: []string{"one-each", "any-number"}, Optional: true}

// deputies are the recipients of a distribution who must get a copy each.
const deputies = "deputies"
