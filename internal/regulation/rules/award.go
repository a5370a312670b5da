package rules

import (
	"cmp"
	"math/big"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/regulation/evidence"
	"achyk/internal/regulation/scores"
	"achyk/internal/selection"
)

// awardRules are about how the winner of a contest is chosen and made known.
var awardRules = []*regulation.Rule{
	{
		Code:  "winner-follows-scores",
		Needs: []string{"contests", "applications", "criteria", "scores", "recusals", "panel_members"},
		Order: []regulation.Order{
			{Later: "contests.decided", Earlier: "contests.closes", Kind: regulation.Broken},
			{Later: "contests.decided", Earlier: "applications.received", Kind: regulation.Unknown},
		},
		Assumes: []regulation.Convention{regulation.RecordsWithoutDay},
		Says:    []regulation.Statement{kept, keptInTie, againstSheet, broken, severalWinners, tooEarly, undated, unsettled, notFailed, stray, notDecided, unknown, stayedUndecided, void, nothing},
		Check:   winnerFollowsScores,
	},
	{
		Code:    "contract-with-winner",
		Needs:   []string{"contests", "applications", "contracts"},
		Assumes: []regulation.Convention{dutyWithoutTerm},
		Order: []regulation.Order{
			{Later: "contracts.signed", Earlier: "contests.announced", Kind: regulation.Broken},
			{Later: "contracts.signed", Earlier: "contests.decided", Kind: regulation.Broken},
			{Later: "contests.decided", Earlier: "contests.announced", Kind: regulation.Unknown},
			{Later: "contracts.signed", Earlier: "applications.received", Kind: regulation.Unknown},
		},
		Begins: []string{"decided"},
		Says:   []regulation.Statement{kept, broken, aboveCeiling, otherCurrency, afterFailure, notFailed, severalWinners, tooEarly, undated, doneLate, overdue, pending, notDecided, contestUnnamed, unknown, stayedUndecided, undecidedOverdue, void, nothing},
		Check:  contractWithWinner,
	},
	{
		Code:       "result-published",
		Needs:      []string{"contests", "publications"},
		Parameters: []regulation.Parameter{{Name: "channels", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")}},
		Assumes:    []regulation.Convention{dutyWithoutTerm},
		Order:      []regulation.Order{{Later: "contests.decided", Earlier: "contests.announced", Kind: regulation.Unknown}},
		Begins:     []string{"decided"},
		Says:       []regulation.Statement{kept, doneLate, overdue, pending, notDecided, undated, unknown, stayedUndecided, undecidedOverdue, nothing},
		Check:      resultPublished,
	},
}

var (
	keptInTie        = said(regulation.Kept, "tie")
	undated          = said(regulation.Unknown, "undated") // a winner or a result is recorded, the day of the decision is not
	severalWinners   = said(regulation.Unknown, "winners")
	tooEarly         = said(regulation.Unknown, "early")     // a winner is recorded while applications are open
	unsettled        = said(regulation.Unknown, "unsettled") // there is no word on an application that may have more points
	stray            = said(regulation.Unknown, "stray")     // points are recorded that cannot count
	aboveCeiling     = said(regulation.Broken, "ceiling")    // the contract costs more than the call allowed
	otherCurrency    = said(regulation.Unknown, "currency")
	notDecided       = said(regulation.Pending, "undecided")
	stayedUndecided  = said(regulation.Unknown, "undecided")         // the year is over
	undecidedOverdue = said(regulation.Overdue, "overdue_undecided") // and by an assumption the duty ended with it
)

// strayScores are the points that cannot count, by scores.Why.
var strayScores = []regulation.Noun{scores.Absent: absentScore, scores.SecondSeat: secondSeatScore, scores.Elsewhere: otherContestScore, scores.TooHigh: highScore}

// againstSheet is said of a winner who is not first by the sheet, where a reason is recorded. The
// regulation names no reasons that suffice, and the program cannot tell whether the text gives one
// or claims the opposite of the sheet: so both are shown for people to compare, and the clause
// does not count as kept.
var againstSheet = said(regulation.Unknown, "reason")

// undecided settles the outcome of a contest without a recorded result: pending until the year
// is over and applications have closed, then unknown.
func undecided(c *regulation.Case, o *regulation.Outcome, x *jme.Contest) {
	said, args := notDecided, undecidedArgs(c, x)
	if c.YearEnd().Before(c.AsOf) && args["Open"] == false {
		said = stayedUndecided
	}
	o.Says(said, args)
}

// undecidedArgs are the arguments of what is said of a contest without a recorded result.
func undecidedArgs(c *regulation.Case, x *jme.Contest) locale.Args {
	closes := c.Clock.Day(x.Closes)
	return locale.Args{"Open": !closes.Before(c.AsOf), "Closes": closes}
}

// owedUndecided is owed for a contest without a recorded result. Where applications close only after the
// year is over, the assumption gives the duty no day: the contest could not be decided by then.
func owedUndecided(c *regulation.Case, o *regulation.Outcome, x *jme.Contest) {
	if undecided(c, o, x); !c.Clock.Day(x.Closes).After(c.YearEnd()) {
		awaiting(c, o, c.YearEnd(), o.Said == notDecided, unmet{stayedUndecided, undecidedOverdue, notDecided}, undecidedArgs(c, x))
	}
}

// owed settles the outcome of a duty without a term that only the decision on a contest brings about,
// and of which nothing is recorded: where applications closed after the last day, it is overdue since
// the decision.
func owed(c *regulation.Case, o *regulation.Outcome, x *jme.Contest, args locale.Args) {
	if untermed(c, o, notDone, args); x.Decided.Day().After(o.Due) && c.Clock.Day(x.Closes).After(c.YearEnd()) {
		o.Stands = x.Decided.Day()
	}
}

// oneWinner finds the winner of a contest. Where there is none, or more than one, it settles the
// outcome.
func oneWinner(c *regulation.Case, o *regulation.Outcome, x *jme.Contest) *jme.Application {
	won, names := scores.Winners(x), evidence.Winners(x)
	for _, a := range won {
		o.See("applications", a.ID)
	}
	switch {
	case len(won) == 1 && x.Decided.IsZero() && !c.Clock.Day(x.Closes).Before(c.AsOf):
		o.Says(tooEarly, locale.Args{"Winners": names, "Closes": c.Clock.Day(x.Closes)})
	case contrary(c, o, x):
	case len(won) == 1:
		return won[0]
	case len(won) > 1:
		o.Says(severalWinners, locale.Args{"Winners": names})
	case x.Failed():
		failed(o, x)
	default:
		undecided(c, o, x)
	}
	return nil
}

// winnerFollowsScores checks that the winner has the highest total of all applications that were
// neither refused nor withdrawn. Points that cannot count, as
// those of somebody who was not on the panel that day, make the totals doubtful.
func winnerFollowsScores(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		won := oneWinner(c, o, x)
		if won == nil {
			return
		}
		args := locale.Args{"Winner": evidence.Applicant(won)}
		if x.Decided.IsZero() {
			o.Says(undated, args)
			return
		}
		r := scores.Rank(x, c.Settings.Zone())
		for _, s := range r.Sheets {
			o.See("applications", s.Application.ID)
		}
		var doubtful locale.List
		for why, n := range r.Stray() {
			if n > 0 {
				doubtful = append(doubtful, strayScores[why].Count(n))
			}
		}
		if last := r.Sheets[len(r.Sheets)-1]; last.Missing > 0 {
			o.Says(unknown, locale.Args{"Missing": aScore.Count(last.Missing), "Who": evidence.Applicant(last.Application)})
			return
		}
		open := selection.Unsettled(x)
		o.Undated = x.Decided.Day() // of the score sheets
		winner, first := r.Winner, r.Sheets[0]
		args["Total"], args["First"], args["Best"], args["Stray"] = points{winner.Total}, evidence.Applicant(first.Application), points{first.Total}, doubtful
		switch {
		case len(doubtful) > 0:
			o.Says(stray, args)
		case winner.Place > 1 && won.Reason.IsZero():
			o.Stands = x.Decided.Day()
			o.Says(broken, args)
		case winner.Place > 1:
			args["Reason"] = won.Reason
			o.Says(againstSheet, args)
		case open != nil:
			args["Who"] = evidence.Applicant(open)
			o.See("applications", open.ID).Says(unsettled, args)
		case len(r.Sheets) > 1 && r.Sheets[1].Place == 1:
			o.Says(keptInTie, args)
		default:
			o.Says(kept, args)
		}
	})
}

// contractWithWinner checks that the contract of the contest is with the organisation that won
// it, and that all contracts of the contest together do not exceed its ceiling. Where there are
// several contracts, the first with another organisation is named.
func contractWithWinner(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		var signed []*jme.Contract
		for _, d := range c.Contracts {
			if d.Contest.Is(x) && !d.Signed.IsZero() {
				signed = append(signed, d)
			}
		}
		slices.SortStableFunc(signed, func(a, b *jme.Contract) int { return a.Signed.Day().Compare(b.Signed.Day()) })
		winner := oneWinner(c, o, x)
		if o.Said == void && len(signed) > 0 {
			o.See("contracts", signed[0].ID).Done = signed[0].Signed.Day()
			o.Stands = clock.Latest(o.Done, x.Decided.Day())
			o.Says(afterFailure, locale.Args{"Number": signed[0].Number, "Result": regulation.Label("contests", "result", x.Result)})
		}
		if winner == nil {
			if d := evidence.Contestless(c, x, nil); d != nil {
				o.See("contracts", d.ID)
			} else if (o.Said == notDecided || o.Said == stayedUndecided) && len(signed) == 0 {
				owedUndecided(c, o, x)
			}
			return
		}
		args := locale.Args{"Winner": evidence.Applicant(winner)}
		if d := evidence.Contestless(c, x, winner); len(signed) == 0 && d != nil {
			args["Number"] = d.Number
			o.See("contracts", d.ID).Says(contestUnnamed, args)
			return
		}
		if len(signed) == 0 {
			owed(c, o, x, args)
			return
		}
		with := signed[0]
		for _, d := range signed {
			o.See("contracts", d.ID)
			if with.Organisation.ID == winner.Organisation.ID && d.Organisation.ID != winner.Organisation.ID {
				with = d
			}
		}
		o.Done = with.Signed.Day()
		args["Number"], args["Other"] = with.Number, with.Organisation.ID
		if other := with.Organisation.Get(); other != nil {
			args["Other"] = other.Name
		}
		if with.Organisation.ID != winner.Organisation.ID {
			o.Stands = clock.Latest(o.Done, x.Decided.Day())
			o.Says(broken, args)
			return
		}
		if !withinCeiling(o, x, signed, args) {
			return
		}
		if done(c, o, args); o.Kind == regulation.Kept && evidence.Undated(x, signed[0]) { // whether it was signed after the decision, nobody knows
			o.Done = time.Time{}
			o.DueBy(time.Time{}, "")
			o.Says(undated, args)
		}
	})
}

// withinCeiling reports whether contracts do not exceed the ceiling that a contest was called
// with. If they do, or their currency is another, it settles the outcome.
func withinCeiling(o *regulation.Outcome, x *jme.Contest, contracts []*jme.Contract, args locale.Args) bool {
	if !x.Ceiling.Valid {
		return true
	}
	sum := decimal.Zero
	for _, d := range contracts {
		if d.Currency != x.Currency && d.Amount.Valid {
			args["Number"], args["Paid"], args["Called"] = d.Number, cmp.Or(d.Currency, "?"), cmp.Or(x.Currency, "?")
			o.Says(otherCurrency, args)
			return false
		}
		if sum = sum.Add(d.Amount.Decimal); sum.GreaterThan(x.Ceiling.Decimal) && o.Stands.IsZero() {
			o.Stands = clock.Latest(d.Signed.Day(), x.Decided.Day())
		}
	}
	if sum.GreaterThan(x.Ceiling.Decimal) {
		args["Several"], args["Amount"], args["Ceiling"] = len(contracts) > 1, money{sum, x.Currency}, money{x.Ceiling.Decimal, x.Currency}
		o.Says(aboveCeiling, args)
		return false
	}
	return true
}

// resultPublished checks that the result was published on every channel, on the day of the
// decision or later. That a contest failed is a result as well.
func resultPublished(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		decided := x.Decided.Day()
		if decided.IsZero() && x.Result != "" {
			o.Says(undated, locale.Args{"Result": regulation.Label("contests", "result", x.Result)})
			return
		}
		if decided.IsZero() {
			owedUndecided(c, o, x)
			return
		}
		missing, _, last := evidence.OnChannels(c, o, c.Words("channels"), decided, time.Time{}, time.Time{}, record("contests", x.ID))
		args := locale.Args{"Channels": regulation.Labels("publications", "channel", c.Words("channels")), "Missing": regulation.Labels("publications", "channel", missing), "Decided": decided}
		if len(missing) > 0 {
			owed(c, o, x, args)
			return
		}
		o.Done = last
		done(c, o, args)
	})
}

// points is a total of scores as an argument of a sentence, shown with two digits after the point.
type points struct{ *big.Rat }

func (x points) In(l locale.Lang) string { return locale.For(l).Number(x.FloatString(2)) }

// money is an amount with its currency as an argument of a sentence.
type money struct {
	amount   decimal.Decimal
	currency string
}

func (x money) In(l locale.Lang) string { return locale.For(l).Money(x.amount.String(), x.currency) }
