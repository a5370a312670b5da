package regulation

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/scores"
)

// awardRules are about how the winner of a contest is chosen and made known.
var awardRules = []*Rule{
	{
		Code:  "winner-follows-scores",
		Needs: []string{"contests", "applications", "criteria", "scores", "recusals", "panel_members"},
		Says:  []Statement{kept, keptInTie, keptByReason, broken, notDecided, unknown, stayedUndecided, none},
		Check: winnerFollowsScores,
	},
	{
		Code:    "contract-with-winner",
		Needs:   []string{"contests", "applications", "contracts"},
		Assumes: []Convention{dutyWithoutTerm},
		Says:    []Statement{kept, broken, doneLate, overdue, pending, notDecided, unknown, stayedUndecided, none},
		Check:   contractWithWinner,
	},
	{
		Code:       "result-published",
		Needs:      []string{"contests", "publications"},
		Parameters: []Parameter{{Name: "channels", Type: Words, Required: true, Words: wordsOf("publications", "channel")}},
		Assumes:    []Convention{dutyWithoutTerm},
		Says:       []Statement{kept, doneLate, overdue, pending, notDecided, unknown, stayedUndecided, none},
		Check:      resultPublished,
	},
}

var (
	keptInTie       = Statement{Kept, "tie"}
	keptByReason    = Statement{Kept, "reason"} // the winner is not first, and the reason is recorded
	notDecided      = Statement{Pending, "undecided"}
	stayedUndecided = Statement{Unknown, "undecided"} // the year is over
)

// undecided settles the outcome of a contest without a recorded result: pending until the year
// is over, then unknown.
func (c *Case) undecided(o *Outcome) {
	if c.yearEnd().Before(c.AsOf) {
		o.says(stayedUndecided, nil)
		return
	}
	o.says(notDecided, nil)
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
func winnerFollowsScores(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		r := scores.Rank(x, c.Settings.Zone())
		if r.Winner == nil {
			c.undecided(o)
			return
		}
		for _, s := range r.Sheets {
			o.see("applications", s.Application.ID)
		}
		if last := r.Sheets[len(r.Sheets)-1]; last.Missing > 0 {
			o.says(unknown, locale.Args{"Missing": number{aScore, last.Missing}, "Who": applicant(last.Application)})
			return
		}
		winner, first := r.Winner, r.Sheets[0]
		args := locale.Args{"Winner": applicant(winner.Application), "Total": points{winner.Total}, "First": applicant(first.Application), "Best": points{first.Total}}
		switch {
		case winner.Place > 1 && winner.Application.Reason.IsZero():
			o.says(broken, args)
		case winner.Place > 1:
			args["Reason"] = winner.Application.Reason
			o.says(keptByReason, args)
		case len(r.Sheets) > 1 && r.Sheets[1].Place == 1:
			o.says(keptInTie, args)
		default:
			o.says(kept, args)
		}
	})
}

// contractWithWinner checks that the contract of the contest is with the organisation that won
// it. Where there are several contracts, one with another organisation is named.
func contractWithWinner(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		winner := scores.Winner(x)
		if winner == nil {
			c.undecided(o)
			return
		}
		o.see("applications", winner.ID)
		args := locale.Args{"Winner": applicant(winner)}
		var with *jme.Contract
		for _, d := range c.Contracts {
			if d.Contest.Is(x) && !d.Signed.IsZero() && (with == nil || d.Organisation.ID != winner.Organisation.ID) {
				with = d
			}
		}
		if with == nil {
			c.untermed(o, notDone, args)
			return
		}
		o.see("contracts", with.ID).Done = with.Signed.Day()
		args["Number"], args["Other"] = with.Number, with.Organisation.ID
		if other := with.Organisation.Get(); other != nil {
			args["Other"] = other.Name
		}
		if with.Organisation.ID != winner.Organisation.ID {
			o.says(broken, args)
			return
		}
		c.done(o, args)
	})
}

// resultPublished checks that the result was published on every channel, on the day of the
// decision or later.
func resultPublished(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		decided := x.Decided.Day()
		if decided.IsZero() {
			c.undecided(o)
			return
		}
		missing, _, last := c.onChannels(o, c.words("channels"), decided, time.Time{}, Record{"contests", x.ID})
		args := locale.Args{"Channels": labels("publications", "channel", c.words("channels")), "Missing": labels("publications", "channel", missing), "Decided": decided}
		if len(missing) > 0 {
			c.untermed(o, notDone, args)
			return
		}
		o.Done = last
		c.done(o, args)
	})
}
