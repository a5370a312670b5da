// Package regulation executes a regulation: it says of every clause with a rule, and of
// every year, whether it was kept, from which records, and by which count of days.
package regulation

import (
	"time"

	"achyk/internal/jme"
)

// Clock counts days by the calendar register. A day the register names is what it says
// there; any other is a working day from Monday to Friday. That is why two regimes need
// no code: which day was carried over to which is written down, day by day.
type Clock struct {
	days  map[time.Time]*jme.CalendarDay
	years map[int]bool // that the calendar knows: those it has days of
	zone  *time.Location
}

// NewClock makes the clock of a municipality.
func NewClock(calendar []*jme.CalendarDay, zone string) *Clock {
	c := &Clock{days: map[time.Time]*jme.CalendarDay{}, years: map[int]bool{}, zone: time.UTC}
	if location, err := time.LoadLocation(zone); err == nil {
		c.zone = location
	}
	for _, d := range calendar {
		if !d.Date.IsZero() {
			c.days[d.Date.Day()] = d
			c.years[d.Date.Year()] = true
		}
	}
	return c
}

// Day is the day of a moment on the municipality's own calendar, as midnight UTC.
func (c *Clock) Day(moment jme.Date) time.Time {
	if moment.IsZero() {
		return time.Time{}
	}
	return jme.Date{Time: moment.In(c.zone)}.Day()
}

// endOfDay tells whether nothing is left of a moment's day but its last minute.
func (c *Clock) endOfDay(moment jme.Date) bool {
	local := moment.In(c.zone)
	return local.Hour() == 23 && local.Minute() == 59
}

// Term is how a deadline is counted. What the regulation's text leaves open, its named
// assumptions fill in.
type Term struct {
	Days    int
	Working bool // working days, not calendar days
	SameDay bool // the day of the event is the first day; else the next day is
	Roll    bool // a last day that is not worked moves to the next working day
}

// Due is the last day of a term.
type Due struct {
	Day     time.Time          // zero: cannot be counted, the calendar does not reach that far
	Latest  time.Time          // later than Day where tentative days decide; else equal
	Decided []*jme.CalendarDay // the tentative days that make the difference
	Off     []time.Time        // working days by the week that the calendar takes off, in order
	Extra   []time.Time        // Saturdays and Sundays that it has worked
}

// Known tells whether the day could be counted.
func (d Due) Known() bool { return !d.Day.IsZero() }

// Tentative tells whether the day hangs on one that has not been announced.
func (d Due) Tentative() bool { return d.Known() && !d.Latest.Equal(d.Day) }

// Count finds the last day of a term that begins with the event on a day. A tentative
// day is counted both ways: as it is announced, the deadline is Day, Latest, or between.
func (c *Clock) Count(event time.Time, t Term) Due {
	early, ok := c.count(event, t, false)
	late, okLate := c.count(event, t, true)
	if !ok || !okLate {
		return Due{}
	}
	due := Due{Day: early, Latest: late}
	if due.Tentative() {
		for day := event; !day.After(late); day = next(day) {
			if c.works(day, false) != c.works(day, true) {
				due.Decided = append(due.Decided, c.days[day])
			}
		}
	}
	day := event // the first day at which the calendar was looked
	if !t.SameDay {
		day = next(day)
	}
	if !t.Working {
		day = day.AddDate(0, 0, t.Days-1)
	}
	for ; (t.Working || t.Roll) && !day.After(late); day = next(day) {
		switch works := c.works(day, true); {
		case !works && !weekend(day):
			due.Off = append(due.Off, day)
		case works && weekend(day):
			due.Extra = append(due.Extra, day)
		}
	}
	return due
}

// count counts with tentative days as off, or as worked.
func (c *Clock) count(event time.Time, t Term, off bool) (time.Time, bool) {
	if t.Days < 1 {
		return time.Time{}, false
	}
	day := event
	if !t.SameDay {
		day = next(day)
	}
	if !t.Working {
		day = day.AddDate(0, 0, t.Days-1)
	} else {
		for left := t.Days; ; day = next(day) {
			if !c.covers(day) {
				return time.Time{}, false
			}
			if c.works(day, off) {
				left--
			}
			if left == 0 {
				return day, true
			}
		}
	}
	for t.Roll {
		if !c.covers(day) {
			return time.Time{}, false
		}
		if c.works(day, off) {
			break
		}
		day = next(day)
	}
	return day, true
}

// covers tells whether the calendar knows the year of a day. A year without a single
// holiday is one that nobody has written down.
func (c *Clock) covers(day time.Time) bool { return c.years[day.Year()] }

// works tells whether a day is worked; off is what to take a tentative day for.
func (c *Clock) works(day time.Time, off bool) bool {
	weekday := !weekend(day)
	d := c.days[day]
	switch {
	case d == nil:
		return weekday
	case d.Status != "tentative":
		return d.Kind == "working-day"
	case d.Kind == "working-day": // not off, if it comes true
		return !off || weekday
	default:
		return !off && weekday
	}
}

func weekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

func next(day time.Time) time.Time { return day.AddDate(0, 0, 1) }

// between counts the days from one day to another, the first left out.
func between(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }
