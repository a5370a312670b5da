package rules

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/regulation/evidence"
	"achyk/internal/regulation/scores"
)

// applicationRules are about the time to apply to a contest and the register of applications.
var applicationRules = []*regulation.Rule{
	{
		Code:       "application-window",
		Needs:      []string{"contests", "applications", jme.Calendar},
		Parameters: regulation.TermParameters,
		Assumes: []regulation.Convention{
			{Code: "application-window-starts", Values: []string{"next-day", "same-day"}},
			{Code: "deadline-on-day-off", Values: []string{"next-working-day", "same-day"}},
			{Code: "last-day-ends", Values: []string{"announced-hour", "end-of-day"}},
		},
		// The clause counts the time to apply from the announcement, and nobody may decide before it
		// has run out. It forbids neither to apply before the announcement nor to open what has come.
		Order: []regulation.Order{
			{Later: "applications.received", Earlier: "contests.announced", Kind: regulation.Unknown},
			{Later: "contests.decided", Earlier: "contests.closes", Kind: regulation.Broken},
		},
		Says:  []regulation.Statement{kept, broken, lateAdmitted, refusedAsLate, notWhole, pending, notAnnounced, notFailed, refusedInTime, unknown, holidayOpen, uncountable, void, nothing},
		Check: applicationWindow,
	},
	{
		Code:  "applications-registered",
		Needs: []string{"contests", "applications"},
		Order: []regulation.Order{{Later: "applications.received", Earlier: "contests.announced", Kind: regulation.Unknown}},
		Says:  []regulation.Statement{kept, broken, outOfTurn, pending, notAnnounced, beforeCall, unassessed, notFailed, unknown, noApplication, void, nothing},
		Check: applicationsRegistered,
	},
}

var (
	lateAdmitted  = said(regulation.Broken, "late")         // an application received after the close was admitted
	refusedAsLate = said(regulation.Broken, "refused_late") // one received before the close was refused as late
	notWhole      = said(regulation.Broken, "hour")         // the last day ended before midnight
	holidayOpen   = said(regulation.Unknown, "announced")   // it depends on a day off that is not announced
	uncountable   = said(regulation.Unknown, "uncountable") // the calendar does not reach that far
	unassessed    = said(regulation.Pending, "assessed")    // there is no word yet on what became of some
	noApplication = said(regulation.Unknown, "empty")
	beforeCall    = said(regulation.Unknown, "early") // some are registered, and the contest is not announced
	outOfTurn     = said(regulation.Unknown, "turn")  // a later number was received earlier
)

// refusedInTime is said of an application that was received before the close and refused on no
// recorded ground. The reason is a text that the program cannot judge, so it is shown, and a
// person has to say whether it means that the application came late.
var refusedInTime = said(regulation.Unknown, "refused")

// applicationWindow checks that the announced last day is not before the computed one, that no
// application received after the announced hour was admitted, and that none received before it was
// refused as late. An assumption decides whether a last day that closes at 17:00 counts as a whole
// day. The announced hour is the one that is recorded now: if the close was moved, the new one.
func applicationWindow(c *regulation.Case) {
	term, days := c.Term(regulation.CalendarDays)
	term.SameDay, term.Roll = c.Reading("application-window-starts") == "same-day", c.Reading("deadline-on-day-off") == "next-working-day"
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		announced, closes, last := x.Announced.Day(), c.Clock.Day(x.Closes), c.Clock.LastDay(x.Closes)
		args := locale.Args{"Announced": announced, "Closes": closes, "Over": closes.Before(c.AsOf), "Hour": closingHour(c, x), "Days": days}
		if evidence.CancelledBy(x, closes) {
			failed(o, x)
			return
		}
		if evidence.Ahead(c, x) {
			o.Says(notAnnounced, args)
			return
		}
		if announced.IsZero() || closes.IsZero() {
			o.Says(unknown, args)
			return
		}
		due := c.Clock.Count(announced, term)
		if !due.Known() {
			o.Says(uncountable, args)
			return
		}
		o.DueInTerm(announced, term, due)
		if !closes.After(c.AsOf) && !closes.After(due.Latest) { // to give more time is not to be late
			o.Done = closes
		}
		late, refused, wrong := evidence.Admission(c, o, x)
		args["Late"] = anApplication.Count(late)
		if refused != nil {
			args["Who"], args["Received"], args["Reason"], args["Silent"] = evidence.Applicant(refused), c.Clock.Day(refused.Received), refused.Reason, refused.Reason.IsZero()
		}
		switch {
		case last.Before(due.Day):
			args["Short"] = regulation.ADay.Count(clock.Days(last, due.Day))
			o.Stands = announced
			o.Says(broken, args)
		case closes.Equal(due.Day) && c.Reading("last-day-ends") == "end-of-day" && !c.Clock.EndOfDay(x.Closes):
			o.Stands = announced
			o.Says(notWhole, args)
		case late > 0:
			o.Stands = wrong
			o.Says(lateAdmitted, args)
		case refused != nil && refused.RefusedFor == "late":
			o.Stands = wrong
			o.Says(refusedAsLate, args)
		case last.Before(due.Latest):
			o.Says(holidayOpen, args)
		case refused != nil:
			o.Says(refusedInTime, args)
		case !closes.Before(c.AsOf) && contrary(c, o, x):
		case !closes.Before(c.AsOf):
			o.Says(pending, args)
		default:
			o.Stands = closes.AddDate(0, 0, 1)
			o.Says(kept, args)
		}
	})
}

// closingHour is the time of day at which applications close.
func closingHour(c *regulation.Case, x *jme.Contest) string {
	return x.Closes.In(c.Settings.Zone()).Format("15:04")
}

// applicationsRegistered checks that applications are numbered from 1 without a gap or a
// repetition in the order of their receipt, and that each has a time of receipt and a status; a
// refusal also needs a reason. Until the contest is decided or the year is over, there is time to say
// what becomes of an application; after that, that it was admitted is not the last word on it.
func applicationsRegistered(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		closes := c.Clock.Day(x.Closes)
		applications := slices.Clone(x.Applications)
		slices.SortStableFunc(applications, func(a, b *jme.Application) int { return a.Number - b.Number })
		decided := !x.Decided.IsZero() || x.Failed() || scores.Winner(x) != nil
		silent, open, gap, turn := 0, 0, 0, 0
		var last time.Time // the latest receipt so far
		for i, a := range applications {
			o.See("applications", a.ID)
			refused := a.Status == "refused" || a.Status == "not-selected"
			unsaid := a.Status == "" || a.Status == "received" || a.Status == "admitted" && decided && !x.Failed()
			switch {
			case a.Received.IsZero() || refused && a.Reason.IsZero() || unsaid && (decided || c.YearEnd().Before(c.AsOf)):
				silent++
			case unsaid:
				open++
			}
			if a.Number != i+1 && gap == 0 {
				gap = i + 1
			}
			if !a.Received.IsZero() && a.Received.Before(last) && turn == 0 {
				turn = a.Number
			}
			if a.Received.After(last) {
				last = a.Received.Time
			}
		}
		args := locale.Args{"Applications": anApplication.Count(len(applications)), "Silent": silent, "Open": anApplication.Count(open), "Gap": gap, "Turn": turn, "Hour": closingHour(c, x)}
		switch {
		case gap > 0:
			o.Says(broken, args)
		case contrary(c, o, x):
		case x.Failed() && (len(applications) == 0 || evidence.CancelledBy(x, closes)):
			failed(o, x)
		case evidence.Ahead(c, x) && len(applications) > 0:
			o.Says(beforeCall, args)
		case evidence.Ahead(c, x):
			o.Says(notAnnounced, args)
		case !closes.IsZero() && !closes.Before(c.AsOf):
			o.DueBy(closes, byClosing)
			o.Says(pending, args)
		case len(applications) == 0:
			o.Says(noApplication, args)
		case silent > 0:
			o.Says(unknown, args)
		case turn > 0:
			o.Says(outOfTurn, args)
		case open > 0:
			o.Says(unassessed, args)
		default:
			if !closes.IsZero() {
				o.Stands = clock.Latest(closes.AddDate(0, 0, 1), x.Decided.Day())
			}
			o.Says(kept, args)
		}
	})
}
