package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
)

// contestRules are about who may monitor and how applications to a contest are called for.
var contestRules = []*Rule{
	{
		Code:    "route-matches-funding",
		Needs:   []string{"contracts", "contests", "assessments"},
		Assumes: []Convention{{Code: "funding-and-route"}},
		Says:    []Statement{kept, keptDirectly, broken, unknown, none},
		Check:   routeMatchesFunding,
	},
	{
		Code:  "criteria-before-opening",
		Needs: []string{"contests", "criteria"},
		Says:  []Statement{kept, overdue, pending, unknown, none},
		Check: criteriaBeforeOpening,
	},
	{
		Code:       "announced-on-channels",
		Needs:      []string{"contests", "publications"},
		Parameters: []Parameter{{Name: "channels", Type: Words, Required: true, Words: wordsOf("publications", "channel")}},
		Assumes:    []Convention{{Code: "announcement-by-closing"}},
		Says:       []Statement{kept, broken, overdue, pending, unknown, none},
		Check:      announcedOnChannels,
	},
	{
		Code:       "application-window",
		Needs:      []string{"contests", "applications", jme.Calendar},
		Parameters: []Parameter{{Name: "days", Type: Whole, Required: true}},
		Assumes: []Convention{
			{"application-window-starts", []string{"next-day", "same-day"}},
			{"deadline-on-day-off", []string{"next-working-day", "same-day"}},
			{"last-day-ends", []string{"announced-hour", "end-of-day"}},
		},
		Says:  []Statement{kept, broken, lateAdmitted, notWhole, pending, unknown, holidayOpen, uncountable, none},
		Check: applicationWindow,
	},
	{
		Code:  "applications-registered",
		Needs: []string{"contests", "applications"},
		Says:  []Statement{kept, broken, pending, unknown, noApplication, none},
		Check: applicationsRegistered,
	},
}

var (
	keptDirectly  = Statement{Kept, "direct"}         // a direct contract that names its donor
	lateAdmitted  = Statement{Broken, "late"}         // an application received after the close was admitted
	notWhole      = Statement{Broken, "hour"}         // the last day ended before midnight
	holidayOpen   = Statement{Unknown, "announced"}   // it depends on a day off that is not announced
	uncountable   = Statement{Unknown, "uncountable"} // the calendar does not reach that far
	noApplication = Statement{Unknown, "empty"}
)

// eachContest calls look with an outcome for each contest of the year. In a year without
// contests the rule does not apply.
func (c *Case) eachContest(look func(x *jme.Contest, o *Outcome)) {
	for _, x := range c.Cycle.Contests {
		look(x, c.of("contests", x.ID))
	}
	if len(c.Cycle.Contests) == 0 {
		c.none()
	}
}

// routeMatchesFunding checks that a direct contract names its donor and that a contract paid
// from the budget follows from a contest.
func routeMatchesFunding(c *Case) {
	for _, d := range c.Contracts {
		if c.contractYear(d) != c.Cycle.Year {
			continue
		}
		o := c.of("contracts", d.ID)
		args := locale.Args{"Number": d.Number, "Donor": d.Donor}
		contest := d.Contest.Get()
		if contest != nil {
			o.see("contests", contest.ID)
		}
		switch {
		case d.Route == "direct" && d.Funding == "city-budget":
			o.says(broken, args)
		case d.Route == "direct" && d.Funding == "donor" && d.Donor != "":
			o.says(keptDirectly, args)
		case d.Route == "contest" && contest != nil && d.Funding != "":
			o.says(kept, args)
		default:
			o.says(unknown, args)
		}
	}
	if len(c.out) == 0 {
		c.none()
	}
}

// contractYear is the year to which a contract belongs: the year of its contest, else of the
// first assessment under it, else of its signing.
func (c *Case) contractYear(d *jme.Contract) int {
	if x := d.Contest.Get(); x != nil {
		return x.Year
	}
	if year, known := c.contracted[d.ID]; known {
		return year
	}
	return d.Signed.Day().Year()
}

// criteriaBeforeOpening checks that the application form and the criteria are recorded when
// applications are opened. The registers do not say when they were written, so the rule cannot
// find that they came too late.
func criteriaBeforeOpening(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		for _, criterion := range x.Criteria {
			o.see("criteria", criterion.ID)
		}
		args := locale.Args{"Criteria": number{aCriterion, len(x.Criteria)}, "Form": x.ApplicationForm}
		if x.ApplicationForm != "" && len(x.Criteria) > 0 {
			o.says(kept, args)
			return
		}
		c.undone(o, cmp.Or(c.Clock.Day(x.Opened), c.Clock.Day(x.Closes)), beforeOpening, notDone, args)
	})
}

// announcedOnChannels checks that the call was published on every channel by the day on which
// applications closed.
func announcedOnChannels(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		due := c.Clock.Day(x.Closes)
		missing, late, last := c.onChannels(o, c.words("channels"), time.Time{}, due, Record{"contests", x.ID})
		args := locale.Args{"Channels": labels("publications", "channel", c.words("channels")), "Missing": labels("publications", "channel", missing), "Late": labels("publications", "channel", late)}
		o.due(due, byClosing)
		switch {
		case len(late) > 0 && !due.IsZero():
			o.Done = last
			o.says(broken, args)
		case len(missing) > 0:
			c.undone(o, due, byClosing, notDone, args)
		case due.IsZero():
			o.says(unknown, args)
		default:
			o.Done = last
			o.says(kept, args)
		}
	})
}

// applicationWindow checks that the announced last day is not before the computed one, and that
// no application received after the announced hour was admitted. An assumption decides whether
// a last day that closes at 17:00 counts as a whole day.
func applicationWindow(c *Case) {
	days, _ := c.whole("days")
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		announced, closes := x.Announced.Day(), c.Clock.Day(x.Closes)
		args := locale.Args{"Announced": announced, "Closes": closes, "Hour": x.Closes.In(c.Settings.Zone()).Format("15:04"), "Days": number{aDay, days}}
		if announced.IsZero() || closes.IsZero() {
			o.says(unknown, args)
			return
		}
		term := clock.Term{
			Days:    days,
			SameDay: c.values["application-window-starts"] == "same-day",
			Roll:    c.values["deadline-on-day-off"] == "next-working-day",
		}
		due := c.Clock.Count(announced, term)
		if !due.Known() {
			o.says(uncountable, args)
			return
		}
		o.counted(announced, term, due)
		if !closes.After(c.AsOf) {
			o.Done = closes
		}
		late := 0
		for _, a := range x.Applications {
			admitted := a.Status == "admitted" || a.Status == "not-selected" || a.Status == "winner"
			if admitted && !a.Received.IsZero() && a.Received.After(x.Closes.Time) {
				o.see("applications", a.ID)
				late++
			}
		}
		args["Late"] = number{anApplication, late}
		switch {
		case closes.Before(due.Day):
			args["Short"] = number{aDay, clock.Days(closes, due.Day)}
			o.says(broken, args)
		case late > 0:
			o.says(lateAdmitted, args)
		case closes.Equal(due.Day) && c.values["last-day-ends"] == "end-of-day" && !c.Clock.EndOfDay(x.Closes):
			o.says(notWhole, args)
		case closes.Before(due.Latest):
			o.says(holidayOpen, args)
		case !closes.Before(c.AsOf):
			o.says(pending, args)
		default:
			o.says(kept, args)
		}
	})
}

// applicationsRegistered checks that applications are numbered from 1 without a gap or a
// repetition, and that each has a time of receipt and a status; a refusal also needs a reason.
func applicationsRegistered(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		closes := c.Clock.Day(x.Closes)
		var numbers []int
		silent := 0
		for _, a := range x.Applications {
			o.see("applications", a.ID)
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
		args := locale.Args{"Applications": number{anApplication, len(numbers)}, "Silent": silent, "Gap": gap}
		switch {
		case gap > 0:
			o.says(broken, args)
		case !closes.IsZero() && !closes.Before(c.AsOf):
			o.due(closes, byClosing)
			o.says(pending, args)
		case len(numbers) == 0:
			o.says(noApplication, args)
		case silent > 0:
			o.says(unknown, args)
		default:
			o.says(kept, args)
		}
	})
}
