package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// How the organisation that monitors is found.
var contestRules = []*Rule{
	{
		Code:    "route-matches-funding",
		Needs:   []string{"contracts", "contests", "assessments"},
		Assumes: []Convention{{Code: "funding-and-route"}},
		Can:     []Kind{Kept, Broken, Unknown, NotApplicable},
		Check:   routeMatchesFunding,
	},
	{
		Code:  "criteria-before-opening",
		Needs: []string{"contests", "criteria"},
		Can:   []Kind{Kept, Overdue, Pending, Unknown, NotApplicable},
		Check: criteriaBeforeOpening,
	},
	{
		Code:       "announced-on-channels",
		Needs:      []string{"contests", "publications"},
		Parameters: []Parameter{{Name: "channels", Type: Words, Required: true, Words: wordsOf("publications", "channel")}},
		Assumes:    []Convention{{Code: "announcement-by-closing"}},
		Can:        []Kind{Kept, Broken, Overdue, Pending, Unknown, NotApplicable},
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
		Can:   []Kind{Kept, Broken, Pending, Unknown, NotApplicable},
		Check: applicationWindow,
	},
	{
		Code:  "applications-registered",
		Needs: []string{"contests", "applications"},
		Can:   []Kind{Kept, Broken, Pending, Unknown, NotApplicable},
		Check: applicationsRegistered,
	},
	{
		Code:  "winner-follows-scores",
		Needs: []string{"contests", "applications", "criteria", "scores", "recusals", "panel_members"},
		Can:   []Kind{Kept, Broken, Pending, Unknown, NotApplicable},
		Check: winnerFollowsScores,
	},
	{
		Code:    "contract-with-winner",
		Needs:   []string{"contests", "applications", "contracts"},
		Assumes: []Convention{withoutTerm},
		Can:     []Kind{Kept, Broken, Overdue, Pending, Unknown, NotApplicable},
		Check:   contractWithWinner,
	},
	{
		Code:       "result-published",
		Needs:      []string{"contests", "publications"},
		Parameters: []Parameter{{Name: "channels", Type: Words, Required: true, Words: wordsOf("publications", "channel")}},
		Assumes:    []Convention{withoutTerm},
		Can:        []Kind{Kept, Overdue, Pending, Unknown, NotApplicable},
		Check:      resultPublished,
	},
}

// eachContest looks at the contests of the year; without any, the rule does not apply.
func (c *Case) eachContest(look func(x *jme.Contest, o *Outcome)) {
	for _, x := range c.Cycle.Contests {
		look(x, c.of("contests", x.ID))
	}
	if len(c.Cycle.Contests) == 0 {
		c.none()
	}
}

// undecided settles the outcome of a contest without a result: it waits for one, until
// the year is over and nobody knows.
func (c *Case) undecided(o *Outcome) {
	if c.yearEnd().Before(c.AsOf) {
		o.says(Unknown, "undecided", nil)
		return
	}
	o.says(Pending, "undecided", nil)
}

// routeMatchesFunding: a direct contract names its donor; a contract the budget pays for
// has a contest behind it.
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
			o.says(Broken, "", args)
		case d.Route == "direct" && d.Funding == "donor" && d.Donor != "":
			o.says(Kept, "direct", args)
		case d.Route == "contest" && contest != nil && d.Funding != "":
			o.says(Kept, "", args)
		default:
			o.says(Unknown, "", args)
		}
	}
	if len(c.out) == 0 {
		c.none()
	}
}

// contractYear is the year a contract serves: that of its contest, else of what was
// monitored under it, else of its signing.
func (c *Case) contractYear(d *jme.Contract) int {
	if x := d.Contest.Get(); x != nil {
		return x.Year
	}
	if year, known := c.contracted[d.ID]; known {
		return year
	}
	return d.Signed.Day().Year()
}

// criteriaBeforeOpening: the form and the criteria are there when applications are opened.
// The registers do not say when they were written; an opening without them is overdue.
func criteriaBeforeOpening(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		for _, criterion := range x.Criteria {
			o.see("criteria", criterion.ID)
		}
		args := locale.Args{"Criteria": number{"criteria", len(x.Criteria)}, "Form": x.ApplicationForm}
		if x.ApplicationForm != "" && len(x.Criteria) > 0 {
			o.says(Kept, "", args)
			return
		}
		o.undone(c.AsOf, cmp.Or(c.Clock.Day(x.Opened), c.Clock.Day(x.Closes)), "opening", args)
	})
}

// announcedOnChannels: the call is on every channel before applications close; after that
// it calls nobody.
func announcedOnChannels(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		due := c.Clock.Day(x.Closes)
		missing, late, last := c.onChannels(o, c.words("channels"), time.Time{}, due, Record{"contests", x.ID})
		args := locale.Args{"Channels": labels("publications", "channel", c.words("channels")), "Missing": labels("publications", "channel", missing), "Late": labels("publications", "channel", late)}
		o.due(due, "closing")
		switch {
		case len(late) > 0 && !due.IsZero():
			o.Done = last
			o.says(Broken, "", args)
		case len(missing) > 0:
			o.undone(c.AsOf, due, "closing", args)
		case due.IsZero():
			o.says(Unknown, "", args)
		default:
			o.Done = last
			o.says(Kept, "", args)
		}
	})
}

// onChannels finds which channels a record has not been public on since a day, and which
// only after the due day; last is when the last of them followed.
func (c *Case) onChannels(o *Outcome, channels []string, from, due time.Time, subjects ...Record) (missing, late []string, last time.Time) {
	for _, channel := range channels {
		day := c.published(o, channel, from, subjects...)
		if day.IsZero() {
			missing = append(missing, channel)
			continue
		}
		if !due.IsZero() && day.After(due) {
			late = append(late, channel)
		}
		if day.After(last) {
			last = day
		}
	}
	return missing, late, last
}

// applicationWindow: the announced last day is not before the computed one, and nobody who
// came after the announced hour was admitted. Whether a last day that ends at five in the
// afternoon is a whole one is an assumption.
func applicationWindow(c *Case) {
	days, _ := c.whole("days")
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		announced, closes := x.Announced.Day(), c.Clock.Day(x.Closes)
		args := locale.Args{"Announced": announced, "Closes": closes, "Hour": x.Closes.In(c.Clock.zone).Format("15:04"), "Days": number{"days", days}}
		if announced.IsZero() || closes.IsZero() {
			o.says(Unknown, "", args)
			return
		}
		term := Term{
			Days:    days,
			SameDay: c.values["application-window-starts"] == "same-day",
			Roll:    c.values["deadline-on-day-off"] == "next-working-day",
		}
		due := c.Clock.Count(announced, term)
		if !due.Known() {
			o.says(Unknown, "uncountable", args)
			return
		}
		o.counted(announced, term, due)
		o.Done = c.pastMoment(x.Closes)
		late := 0
		for _, a := range x.Applications {
			admitted := a.Status == "admitted" || a.Status == "not-selected" || a.Status == "winner"
			if admitted && !a.Received.IsZero() && a.Received.After(x.Closes.Time) {
				o.see("applications", a.ID)
				late++
			}
		}
		args["Late"] = number{"applications", late}
		switch {
		case closes.Before(due.Day):
			args["Short"] = number{"days", between(closes, due.Day)}
			o.says(Broken, "", args)
		case late > 0:
			o.says(Broken, "late", args)
		case closes.Equal(due.Day) && c.values["last-day-ends"] == "end-of-day" && !c.Clock.endOfDay(x.Closes):
			o.says(Broken, "hour", args)
		case closes.Before(due.Latest):
			o.says(Unknown, "announced", args)
		case !closes.Before(c.AsOf):
			o.says(Pending, "", args)
		default:
			o.says(Kept, "", args)
		}
	})
}

// applicationsRegistered: numbers without a gap from 1, a time of receipt, and a word on
// what became of each.
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
		args := locale.Args{"Applications": number{"applications", len(numbers)}, "Silent": silent, "Gap": gap}
		switch {
		case gap > 0:
			o.says(Broken, "", args)
		case !closes.IsZero() && !closes.Before(c.AsOf):
			o.due(closes, "closing")
			o.says(Pending, "", args)
		case len(numbers) == 0:
			o.says(Unknown, "empty", args)
		case silent > 0:
			o.says(Unknown, "", args)
		default:
			o.says(Kept, "", args)
		}
	})
}

// contractWithWinner: the contest's contract is with the organisation that won it, and none
// with another.
func contractWithWinner(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		winner := winnerOf(x)
		if winner == nil {
			c.undecided(o)
			return
		}
		o.see("applications", winner.ID)
		args := locale.Args{"Winner": name(winner)}
		var with *jme.Contract
		for _, d := range c.Contracts {
			if d.Contest.Is(x) && !c.past(d.Signed).IsZero() && (with == nil || d.Organisation.ID != winner.Organisation.ID) {
				with = d
			}
		}
		if with == nil {
			c.untermed(o, args)
			return
		}
		o.see("contracts", with.ID).Done = with.Signed.Day()
		args["Number"], args["Other"] = with.Number, with.Organisation.ID
		if other := with.Organisation.Get(); other != nil {
			args["Other"] = other.Name
		}
		if with.Organisation.ID != winner.Organisation.ID {
			o.says(Broken, "", args)
			return
		}
		o.says(Kept, "", args)
	})
}

// resultPublished: the result is on every channel, on the day of the decision or after.
func resultPublished(c *Case) {
	c.eachContest(func(x *jme.Contest, o *Outcome) {
		decided := c.past(x.Decided)
		if decided.IsZero() {
			c.undecided(o)
			return
		}
		missing, _, last := c.onChannels(o, c.words("channels"), decided, time.Time{}, Record{"contests", x.ID})
		args := locale.Args{"Channels": labels("publications", "channel", c.words("channels")), "Missing": labels("publications", "channel", missing), "Decided": decided}
		if len(missing) > 0 {
			c.untermed(o, args)
			return
		}
		o.Done = last
		o.says(Kept, "", args)
	})
}
