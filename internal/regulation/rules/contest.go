package rules

import (
	"cmp"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/regulation/evidence"
	"achyk/internal/selection"
)

// contestRules are about who may monitor and how a contest is called.
var contestRules = []*regulation.Rule{
	{
		Code:       "contest-among-non-commercial",
		Needs:      []string{"contests", "applications", "organisations", "annual_list", "decisions", "contest_services", "contracts", "assessments"},
		Parameters: []regulation.Parameter{{Name: "forms", Type: regulation.Words, Required: true, Words: regulation.WordsOf("organisations", "legal_form")}},
		Assumes:    []regulation.Convention{dutyWithoutTerm},
		Says:       []regulation.Statement{kept, broken, notDecided, stayedUndecided, notFailed, unknown, void, noContestOverdue, noContestPending, noContestUnknown, nothing},
		Check:      contestAmongNonCommercial,
	},
	{
		Code:       "route-matches-funding",
		Needs:      []string{"contracts", "contests", "applications", "assessments", "organisations"},
		Parameters: []regulation.Parameter{{Name: "forms", Type: regulation.Words, Words: regulation.WordsOf("organisations", "legal_form")}},
		Assumes:    []regulation.Convention{fundingAndRoute},
		Order: []regulation.Order{
			{Later: "contracts.signed", Earlier: "contests.announced", Kind: regulation.Broken},
			{Later: "contracts.signed", Earlier: "contests.decided", Kind: regulation.Broken},
		},
		Says:  []regulation.Statement{kept, keptDirectly, broken, commercial, donorByContest, notSelected, afterFailure, notFailed, stayedUndecided, donorUnnamed, formUnknown, otherFunding, bothRoutes, contestUnnamed, unknown, nothing},
		Check: routeMatchesFunding,
	},
	{
		Code:    "criteria-before-opening",
		Needs:   []string{"contests", "criteria"},
		Assumes: []regulation.Convention{regulation.RecordsWithoutDay},
		Order:   []regulation.Order{{Later: "contests.opened", Earlier: "contests.announced", Kind: regulation.Unknown}},
		Says:    []regulation.Statement{kept, overdue, pending, notAnnounced, unknown, void, nothing},
		Undated: true,
		Check:   criteriaBeforeOpening,
	},
	{
		Code:       "announced-on-channels",
		Needs:      []string{"contests", "publications"},
		Parameters: []regulation.Parameter{{Name: "channels", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")}},
		Assumes:    []regulation.Convention{announcementBy, regulation.RecordsWithoutDay},
		// What was published before the contest was announced is not its call, or the day is wrong.
		Order: []regulation.Order{
			{Later: "publications.published", Earlier: "contests.announced", Kind: regulation.Unknown},
			{Later: "contests.decided", Earlier: "contests.announced", Kind: regulation.Unknown},
		},
		Says:  []regulation.Statement{kept, broken, overdue, noPapersOverdue, pending, noPapersPending, notAnnounced, unknown, void, nothing},
		Check: announcedOnChannels,
	},
}

var (
	keptDirectly   = said(regulation.Kept, "direct")          // a direct contract that names its donor
	notSelected    = said(regulation.Broken, "unselected")    // the contest behind the contract was won by somebody else
	afterFailure   = said(regulation.Broken, "despite")       // the contest behind the contract had failed
	commercial     = said(regulation.Broken, "commercial")    // a direct contract with an organisation that is not non-commercial
	donorUnnamed   = said(regulation.Unknown, "unnamed")      // a direct contract with an unnamed donor
	formUnknown    = said(regulation.Unknown, "form")         // a direct contract with an organisation of no known form
	otherFunding   = said(regulation.Unknown, "differs")      // contest and contract name different money
	bothRoutes     = said(regulation.Unknown, "both")         // a direct contract that cites a contest
	contestUnnamed = said(regulation.Unknown, "contestless")  // a contract on a contest does not say on which
	void           = said(regulation.NotApplicable, "failed") // the contest failed, so there is nothing to judge
	notAnnounced   = said(regulation.Pending, "unannounced")  // the contest is still to be announced

	notFailed = said(regulation.Unknown, "contrary") // other records speak against the failure of the contest
)

// noPapers are said of a call that is published, where its terms of reference or its qualification
// requirements are not recorded.
var (
	noPapersOverdue = said(regulation.Overdue, "overdue_papers")
	noPapersPending = said(regulation.Pending, "pending_papers")
	noPapers        = unmet{unknown, noPapersOverdue, noPapersPending}
)

// noContest are said of services on the list for which no contest is recorded.
var (
	noContestUnknown = said(regulation.Unknown, "unknown_contest")
	noContestOverdue = said(regulation.Overdue, "overdue_contest")
	noContestPending = said(regulation.Pending, "pending_contest")
	noContest        = unmet{noContestUnknown, noContestOverdue, noContestPending}
)

// announcementBy is the assumption on the day by which the call must be out.
var announcementBy = regulation.Convention{Code: "announcement-by-closing", Values: []string{"closing-day", "announcement-day"}}

// failed settles the outcome of a contest that failed, of which the rule asks nothing more.
func failed(o *regulation.Outcome, x *jme.Contest) {
	o.Says(void, locale.Args{"Result": regulation.Label("contests", "result", x.Result)})
}

// contrary reports whether other records speak against the recorded failure of a contest, and then
// settles the outcome: applications are there although none came, some were admitted although none
// was, one of them won, or they are still open. A contest can be cancelled at any time.
func contrary(c *regulation.Case, o *regulation.Outcome, x *jme.Contest) bool {
	against, closes := selection.Against(x), c.Clock.Day(x.Closes)
	if len(against) == 0 && (!x.Failed() || x.Result == jme.Cancelled || closes.Before(c.AsOf) || !x.Decided.IsZero() && !x.Decided.Day().Before(closes)) {
		return false
	}
	for _, a := range against {
		o.See("applications", a.ID)
	}
	o.Says(notFailed, locale.Args{
		"Result": regulation.Label("contests", "result", x.Result), "Applications": anApplication.Count(len(against)), "Open": len(against) == 0, "Closes": closes,
		"Admitted": x.Result == jme.NoneAdmitted, "Winners": evidence.Winners(x),
	})
	return true
}

// eachContest calls look with an outcome for each contest of the year. In a year without
// contests the rule does not apply.
func eachContest(c *regulation.Case, look func(x *jme.Contest, o *regulation.Outcome)) {
	for _, x := range c.Cycle.Contests {
		look(x, c.Of("contests", x.ID))
	}
	if len(c.Cycle.Contests) == 0 {
		none(c)
	}
}

// contestAmongNonCommercial checks that all who were admitted to a contest have one of the legal
// forms that the clause names. A form that is recorded only as another one may be non-commercial
// too, so nothing is said of it.
func contestAmongNonCommercial(c *regulation.Case) {
	if len(c.Cycle.Contests) == 0 {
		contestOwed(c)
		return
	}
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		var misfit, doubtful *jme.Application
		admitted := 0
		for _, a := range x.Applications {
			if !selection.Admitted(a) {
				continue
			}
			admitted++
			o.See("applications", a.ID)
			switch fits, known := evidence.NonCommercial(c, o, a.Organisation.Get()); {
			case fits:
			case known:
				if day := clock.Latest(c.Clock.Day(a.Received), x.Decided.Day()); misfit == nil || day.Before(o.Stands) {
					misfit, o.Stands = a, day
				}
			default:
				doubtful = a
			}
		}
		args := locale.Args{"Applications": anApplication.Count(admitted)}
		if who := cmp.Or(misfit, doubtful); who != nil {
			args["Who"], args["Form"] = evidence.Applicant(who), legalForm(who.Organisation.Get())
		}
		switch {
		case misfit != nil:
			o.Says(broken, args)
		case contrary(c, o, x):
		case x.Failed():
			failed(o, x)
		case admitted == 0 || x.Decided.IsZero() && !c.Clock.Day(x.Closes).Before(c.AsOf): // more may be admitted
			undecided(c, o, x)
		case doubtful != nil:
			o.Says(unknown, args)
		default:
			o.Says(kept, args)
		}
	})
}

// contestOwed settles the outcome of a year without a contest: one is owed for each service on its
// list, unless a donor pays for a direct contract. Of a contract that may be for one of them nobody knows
// whether it needs none.
func contestOwed(c *regulation.Case) {
	o := c.OfYear()
	entries, doubtful := evidence.Uncontested(c, o)
	var services locale.List
	for _, e := range entries {
		services = append(services, evidence.ServiceOf(e.Service))
	}
	switch args := (locale.Args{"Services": services, "Contracted": doubtful}); {
	case len(services) == 0:
		o.Says(nothing, nil)
	case doubtful:
		o.Says(noContestUnknown, args)
	default:
		untermed(c, o, noContest, args)
	}
}

// legalForm is the form of an organisation as an argument of a sentence, or "".
func legalForm(org *jme.Organisation) any {
	if org == nil || org.LegalForm == "" {
		return ""
	}
	return regulation.Label("organisations", "legal_form", org.LegalForm)
}

// fundingAndRoute says whether a donor's money may go through a contest (clause 10) or never does
// (clause 11).
var fundingAndRoute = regulation.Convention{Code: "funding-and-route", Values: []string{"donor-may-use-either", "donor-means-direct"}, Optional: true}

// donorByContest is said of a contract that a donor pays for and that by an assumption needs no
// contest.
var donorByContest = said(regulation.Broken, "contest")

// routeMatchesFunding checks that a direct contract names its donor and, where the clause names
// legal forms, is with an organisation of one of them, and that a contract paid from the budget
// follows from a contest that was called with the same money.
func routeMatchesFunding(c *regulation.Case) {
	for _, d := range c.Contracts {
		if evidence.ContractYear(c, d) != c.Cycle.Year {
			continue
		}
		o := c.Of("contracts", d.ID)
		args := locale.Args{"Number": d.Number, "Donor": d.Donor}
		fits, known := true, true
		if len(c.Words("forms")) > 0 && d.Route == "direct" {
			org := d.Organisation.Get()
			fits, known = evidence.NonCommercial(c, o, org)
			args["Form"] = legalForm(org)
			if args["Who"] = locale.Same(d.ID); org != nil {
				args["Who"] = org.Name
			}
		}
		contest := d.Contest.Get()
		if o.Stands = d.Signed.Day(); contest != nil {
			if d.Route == "contest" {
				o.Stands = clock.Latest(o.Stands, contest.Decided.Day())
			}
			o.See("contests", contest.ID)
			args["Result"] = regulation.Label("contests", "result", contest.Result)
			args["Winners"], args["Call"], args["Contract"] = evidence.Winners(contest), funding(contest.Funding, contest.Donor), funding(d.Funding, d.Donor)
		}
		switch {
		case d.Route == "direct" && d.Funding == "city-budget":
			o.Says(broken, args)
		case !fits && known:
			o.Says(commercial, args)
		case d.Route == "direct" && contest != nil:
			o.Says(bothRoutes, args)
		case d.Route == "direct" && d.Funding == "donor" && strings.TrimSpace(d.Donor) == "":
			o.Says(donorUnnamed, args)
		case !fits:
			o.Says(formUnknown, args)
		case d.Route == "direct" && d.Funding == "donor":
			o.Says(keptDirectly, args)
		case d.Route == "contest" && contest != nil && contrary(c, o, contest):
		case d.Route == "contest" && contest != nil && contest.Failed():
			o.Says(afterFailure, args)
		case d.Route == "contest" && contest != nil && contest.Decided.IsZero() && (len(evidence.Winners(contest)) == 0 || evidence.Undated(contest, d)):
			o.Says(stayedUndecided, args)
		case d.Route == "contest" && contest != nil && evidence.NotSelected(d) != nil:
			args["Who"] = evidence.NotSelected(d).Name
			o.Says(notSelected, args)
		case d.Route == "contest" && contest != nil && d.Funding != "" && !sameFunding(contest, d):
			o.Says(otherFunding, args)
		case d.Route == "contest" && d.Funding == "donor" && reads(c, fundingAndRoute, "donor-means-direct"):
			o.Says(donorByContest, args)
		case d.Route == "contest" && contest != nil && d.Funding != "":
			o.Says(kept, args)
		case d.Route == "contest" && contest == nil:
			o.Says(contestUnnamed, args)
		default:
			o.Says(unknown, args)
		}
	}
	if c.Silent() {
		none(c)
	}
}

// sameFunding reports whether a contest and its contract name the same money, as far as both say.
func sameFunding(x *jme.Contest, d *jme.Contract) bool {
	same := func(a, b string) bool {
		a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
		return a == "" || b == "" || strings.EqualFold(a, b)
	}
	return same(x.Funding, d.Funding) && same(x.Donor, d.Donor)
}

// funding says whose money it is: the kind and, where it is named, the donor.
func funding(kind, donor string) locale.List {
	list := locale.List{regulation.Label("contracts", "funding", kind)}
	if donor != "" {
		list = append(list, locale.Recorded(donor))
	}
	return list
}

// criteriaBeforeOpening checks that the application form and the criteria are recorded when
// applications are opened. The registers do not say when they were written, so the rule cannot
// find that they came too late.
func criteriaBeforeOpening(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		for _, criterion := range x.Criteria {
			o.See("criteria", criterion.ID)
		}
		args := locale.Args{"Criteria": aCriterion.Count(len(x.Criteria)), "Form": x.ApplicationForm}
		due := cmp.Or(c.Clock.Day(x.Opened), c.Clock.Day(x.Closes))
		if x.ApplicationForm != "" && len(x.Criteria) > 0 {
			o.Stands, o.Undated = x.Announced.Day(), due
			o.Says(kept, args)
			return
		}
		if evidence.CancelledBy(x, due) {
			failed(o, x)
			return
		}
		if undone(c, o, due, beforeOpening, notDone, args); evidence.Ahead(c, x) { // the day on which criteria are there is that of the call
			o.Says(notAnnounced, args)
		}
	})
}

// announcedOnChannels checks that the two papers of the call are recorded, and that it was published
// on every channel by the day on which the contest was announced or, by another reading, on which
// applications closed. What was published before the announcement counts only where there is nothing
// later, and the order then is not kept. What was published of the contest on the day of the decision
// or later is its result and not its call.
func announcedOnChannels(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		due, from := c.Clock.Day(x.Closes), byClosing
		if reads(c, announcementBy, "announcement-day") {
			due, from = x.Announced.Day(), byAnnouncement
		}
		until := x.Decided.Day()
		if !until.After(x.Announced.Day()) { // the days contradict each other
			until = time.Time{}
		}
		subject := record("contests", x.ID)
		missing, late, last := evidence.OnChannels(c, o, c.Words("channels"), x.Announced.Day(), until, due, subject)
		missing, _, _ = evidence.OnChannels(c, o, missing, time.Time{}, until, due, subject)
		papers := x.TermsOfReference != "" && x.Qualification != ""
		args := locale.Args{
			"Channels": regulation.Labels("publications", "channel", c.Words("channels")), "Missing": regulation.Labels("publications", "channel", missing),
			"Late": regulation.Labels("publications", "channel", late), "ByClosing": from == byClosing,
			"Terms": x.TermsOfReference, "Qualification": x.Qualification,
		}
		o.DueBy(due, from)
		switch {
		case evidence.Ahead(c, x):
			o.Says(notAnnounced, args)
		case len(late) > 0 && !due.IsZero():
			o.Done = last
			o.Says(broken, args)
		case (len(missing) > 0 || !papers) && evidence.CancelledBy(x, due):
			failed(o, x)
		case len(missing) > 0:
			undone(c, o, due, from, notDone, args)
		case !papers:
			undone(c, o, due, from, noPapers, args)
		case due.IsZero():
			o.Says(unknown, args)
		default:
			o.Done, o.Undated = last, due // of the two papers
			o.Says(kept, args)
		}
	})
}
