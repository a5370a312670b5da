package rules

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
)

// contestRules are about who may monitor and how applications to a contest are called for.
var contestRules = []*regulation.Rule{
	{
		Code:    "route-matches-funding",
		Needs:   []string{"contracts", "contests", "assessments"},
		Assumes: []regulation.Convention{{Code: "funding-and-route"}},
		Says:    []regulation.Statement{kept, keptDirectly, broken, unknown, nothing},
		Check:   routeMatchesFunding,
	},
	{
		Code:  "criteria-before-opening",
		Needs: []string{"contests", "criteria"},
		Says:  []regulation.Statement{kept, overdue, pending, unknown, nothing},
		Check: criteriaBeforeOpening,
	},
	{
		Code:       "announced-on-channels",
		Needs:      []string{"contests", "publications"},
		Parameters: []regulation.Parameter{{Name: "channels", Type: regulation.Words, Required: true, Words: regulation.WordsOf("publications", "channel")}},
		Assumes:    []regulation.Convention{{Code: "announcement-by-closing"}},
		Says:       []regulation.Statement{kept, broken, overdue, pending, unknown, nothing},
		Check:      announcedOnChannels,
	},
	{
		Code:       "application-window",
		Needs:      []string{"contests", "applications", jme.Calendar},
		Parameters: []regulation.Parameter{{Name: "days", Type: regulation.Whole, Required: true}},
		Assumes: []regulation.Convention{
			{Code: "application-window-starts", Values: []string{"next-day", "same-day"}},
			{Code: "deadline-on-day-off", Values: []string{"next-working-day", "same-day"}},
			{Code: "last-day-ends", Values: []string{"announced-hour", "end-of-day"}},
		},
		Says:  []regulation.Statement{kept, broken, lateAdmitted, notWhole, pending, unknown, holidayOpen, uncountable, nothing},
		Check: applicationWindow,
	},
	{
		Code:  "applications-registered",
		Needs: []string{"contests", "applications"},
		Says:  []regulation.Statement{kept, broken, pending, unknown, noApplication, nothing},
		Check: applicationsRegistered,
	},
}

var (
	keptDirectly  = said(regulation.Kept, "direct")         // a direct contract that names its donor
	lateAdmitted  = said(regulation.Broken, "late")         // an application received after the close was admitted
	notWhole      = said(regulation.Broken, "hour")         // the last day ended before midnight
	holidayOpen   = said(regulation.Unknown, "announced")   // it depends on a day off that is not announced
	uncountable   = said(regulation.Unknown, "uncountable") // the calendar does not reach that far
	noApplication = said(regulation.Unknown, "empty")
)

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

// routeMatchesFunding checks that a direct contract names its donor and that a contract paid
// from the budget follows from a contest.
func routeMatchesFunding(c *regulation.Case) {
	for _, d := range c.Contracts {
		if contractYear(c, d) != c.Cycle.Year {
			continue
		}
		o := c.Of("contracts", d.ID)
		args := locale.Args{"Number": d.Number, "Donor": d.Donor}
		contest := d.Contest.Get()
		if contest != nil {
			o.See("contests", contest.ID)
		}
		switch {
		case d.Route == "direct" && d.Funding == "city-budget":
			o.Says(broken, args)
		case d.Route == "direct" && d.Funding == "donor" && d.Donor != "":
			o.Says(keptDirectly, args)
		case d.Route == "contest" && contest != nil && d.Funding != "":
			o.Says(kept, args)
		default:
			o.Says(unknown, args)
		}
	}
	if c.Silent() {
		none(c)
	}
}

// contractYear is the year to which a contract belongs: the year of its contest, else of the
// first assessment under it, else of its signing.
func contractYear(c *regulation.Case, d *jme.Contract) int {
	if x := d.Contest.Get(); x != nil {
		return x.Year
	}
	if year, known := c.FirstYear(d.ID); known {
		return year
	}
	return d.Signed.Day().Year()
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
		if x.ApplicationForm != "" && len(x.Criteria) > 0 {
			o.Says(kept, args)
			return
		}
		undone(c, o, cmp.Or(c.Clock.Day(x.Opened), c.Clock.Day(x.Closes)), beforeOpening, notDone, args)
	})
}

// announcedOnChannels checks that the call was published on every channel by the day on which
// applications closed.
func announcedOnChannels(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		due := c.Clock.Day(x.Closes)
		missing, late, last := onChannels(c, o, c.Words("channels"), time.Time{}, due, record("contests", x.ID))
		args := locale.Args{"Channels": regulation.Labels("publications", "channel", c.Words("channels")), "Missing": regulation.Labels("publications", "channel", missing), "Late": regulation.Labels("publications", "channel", late)}
		o.DueBy(due, byClosing)
		switch {
		case len(late) > 0 && !due.IsZero():
			o.Done = last
			o.Says(broken, args)
		case len(missing) > 0:
			undone(c, o, due, byClosing, notDone, args)
		case due.IsZero():
			o.Says(unknown, args)
		default:
			o.Done = last
			o.Says(kept, args)
		}
	})
}

// applicationWindow checks that the announced last day is not before the computed one, and that
// no application received after the announced hour was admitted. An assumption decides whether
// a last day that closes at 17:00 counts as a whole day.
func applicationWindow(c *regulation.Case) {
	days, _ := c.Whole("days")
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		announced, closes := x.Announced.Day(), c.Clock.Day(x.Closes)
		args := locale.Args{"Announced": announced, "Closes": closes, "Hour": x.Closes.In(c.Settings.Zone()).Format("15:04"), "Days": regulation.ADay.Count(days)}
		if announced.IsZero() || closes.IsZero() {
			o.Says(unknown, args)
			return
		}
		term := clock.Term{
			Days:    days,
			SameDay: c.Reading("application-window-starts") == "same-day",
			Roll:    c.Reading("deadline-on-day-off") == "next-working-day",
		}
		due := c.Clock.Count(announced, term)
		if !due.Known() {
			o.Says(uncountable, args)
			return
		}
		o.DueInTerm(announced, term, due)
		if !closes.After(c.AsOf) {
			o.Done = closes
		}
		late := 0
		for _, a := range x.Applications {
			admitted := a.Status == "admitted" || a.Status == "not-selected" || a.Status == "winner"
			if admitted && !a.Received.IsZero() && a.Received.After(x.Closes.Time) {
				o.See("applications", a.ID)
				late++
			}
		}
		args["Late"] = anApplication.Count(late)
		switch {
		case closes.Before(due.Day):
			args["Short"] = regulation.ADay.Count(clock.Days(closes, due.Day))
			o.Says(broken, args)
		case late > 0:
			o.Says(lateAdmitted, args)
		case closes.Equal(due.Day) && c.Reading("last-day-ends") == "end-of-day" && !c.Clock.EndOfDay(x.Closes):
			o.Says(notWhole, args)
		case closes.Before(due.Latest):
			o.Says(holidayOpen, args)
		case !closes.Before(c.AsOf):
			o.Says(pending, args)
		default:
			o.Says(kept, args)
		}
	})
}

// applicationsRegistered checks that applications are numbered from 1 without a gap or a
// repetition, and that each has a time of receipt and a status; a refusal also needs a reason.
func applicationsRegistered(c *regulation.Case) {
	eachContest(c, func(x *jme.Contest, o *regulation.Outcome) {
		closes := c.Clock.Day(x.Closes)
		var numbers []int
		silent := 0
		for _, a := range x.Applications {
			o.See("applications", a.ID)
			numbers = append(numbers, a.Number)
			refused := a.Status == "refused" || a.Status == "not-selected"
			if a.Received.IsZero() || a.Status == "" || refused && a.Reason.IsZero() {
				silent++
			}
		}
		slices.Sort(numbers)
		gap := 0
		for i, n := range numbers {
			if n != i+1 && gap == 0 {
				gap = i + 1
			}
		}
		args := locale.Args{"Applications": anApplication.Count(len(numbers)), "Silent": silent, "Gap": gap}
		switch {
		case gap > 0:
			o.Says(broken, args)
		case !closes.IsZero() && !closes.Before(c.AsOf):
			o.DueBy(closes, byClosing)
			o.Says(pending, args)
		case len(numbers) == 0:
			o.Says(noApplication, args)
		case silent > 0:
			o.Says(unknown, args)
		default:
			o.Says(kept, args)
		}
	})
}
