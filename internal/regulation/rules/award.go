package rules

import (
	"math/big"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/scores"
)

// awardRules are about how the winner of a contest is chosen and made known.
var awardRules = []*regulation.Rule{
	{
		Code:  "winner-follows-scores",
		Needs: []string{"contests", "applications", "criteria", "scores", "recusals", "panel_members"},
		Says:  []regulation.Statement{kept, keptInTie, keptByReason, broken, notDecided, unknown, stayedUndecided, nothing},
		Check: winnerFollowsScores,
	},
	{
		Code:    "contract-with-winner",
		Needs:   []string{"contests", "applications", "contracts"},
		Assumes: []regulation.Convention{dutyWithoutTerm},
		Order: []regulation.Order{
			{Later: "contracts.signed", Earlier: "contests.decided", Kind: regulation.Broken},
			{Later: "contests.decided", Earlier: "contests.announced", Kind: regulation.Unknown},
		},
		Says:  []regulation.Statement{kept, broken, doneLate, overdue, pending, notDecided, unknown, stayedUndecided, nothing},
		Check: contractWithWinner,
	},
	{
		Code:       "result-published",
		Needs:      []string{"contests", "publications"},
		Parameters: []regulation.Parameter{{Name: "channels", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")}},
		Assumes:    []regulation.Convention{dutyWithoutTerm},
		Says:       []regulation.Statement{kept, doneLate, overdue, pending, notDecided, unknown, stayedUndecided, nothing},
		Check:      resultPublished,
	},
}

var (
	keptInTie       = said(regulation.Kept, "tie")
	keptByReason    = said(regulation.Kept, "reason") // the winner is not first, and the reason is recorded
	notDecided      = said(regulation.Pending, "undecided")
	stayedUndecided = said(regulation.Unknown, "undecided") // the year is over
)

// undecided settles the outcome of a contest without a recorded result: pending until the year
// is over, then unknown.
func undecided(c *regulation.Case, o *regulation.Outcome) {
	if c.YearEnd().Before(c.AsOf) {
		o.Says(stayedUndecided, nil)
		return
	}
	o.Says(notDecided, nil)
}

// applicant is the name of who applied or, where it is not known, the code of the application.
func applicant(a *jme.Application) locale.Text {
	if o := a.Organisation.Get(); o != nil {
		return o.Name
	}
	return locale.Same(a.ID)
}

// winnerFollowsScores checks that the winner has the highest total, or that the reason for
// another choice is recorded.
func winnerFollowsScores(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		r := scores.Rank(x, c.Settings.Zone())
		if r.Winner == nil {
			undecided(c, o)
			return
		}
		for _, s := range r.Sheets {
			o.See("applications", s.Application.ID)
		}
		if last := r.Sheets[len(r.Sheets)-1]; last.Missing > 0 {
			o.Says(unknown, locale.Args{"Missing": aScore.Count(last.Missing), "Who": applicant(last.Application)})
			return
		}
		winner, first := r.Winner, r.Sheets[0]
		args := locale.Args{"Winner": applicant(winner.Application), "Total": points{winner.Total}, "First": applicant(first.Application), "Best": points{first.Total}}
		switch {
		case winner.Place > 1 && winner.Application.Reason.IsZero():
			o.Says(broken, args)
		case winner.Place > 1:
			args["Reason"] = winner.Application.Reason
			o.Says(keptByReason, args)
		case len(r.Sheets) > 1 && r.Sheets[1].Place == 1:
			o.Says(keptInTie, args)
		default:
			o.Says(kept, args)
		}
	})
}

// contractWithWinner checks that the contract of the contest is with the organisation that won
// it. Where there are several contracts, one with another organisation is named.
func contractWithWinner(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		winner := scores.Winner(x)
		if winner == nil {
			undecided(c, o)
			return
		}
		o.See("applications", winner.ID)
		args := locale.Args{"Winner": applicant(winner)}
		var with *jme.Contract
		for _, d := range c.Contracts {
			if d.Contest.Is(x) && !d.Signed.IsZero() && (with == nil || d.Organisation.ID != winner.Organisation.ID) {
				with = d
			}
		}
		if with == nil {
			untermed(c, o, notDone, args)
			return
		}
		o.See("contracts", with.ID).Done = with.Signed.Day()
		args["Number"], args["Other"] = with.Number, with.Organisation.ID
		if other := with.Organisation.Get(); other != nil {
			args["Other"] = other.Name
		}
		if with.Organisation.ID != winner.Organisation.ID {
			o.Says(broken, args)
			return
		}
		done(c, o, args)
	})
}

// resultPublished checks that the result was published on every channel, on the day of the
// decision or later.
func resultPublished(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		decided := x.Decided.Day()
		if decided.IsZero() {
			undecided(c, o)
			return
		}
		missing, _, last := onChannels(c, o, c.Words("channels"), decided, time.Time{}, record("contests", x.ID))
		args := locale.Args{"Channels": regulation.Labels("publications", "channel", c.Words("channels")), "Missing": regulation.Labels("publications", "channel", missing), "Decided": decided}
		if len(missing) > 0 {
			untermed(c, o, notDone, args)
			return
		}
		o.Done = last
		done(c, o, args)
	})
}

// points is a total of scores as an argument of a sentence, shown with two digits after the point.
type points struct{ *big.Rat }

func (x points) In(l locale.Lang) string { return locale.For(l).Number(x.FloatString(2)) }
