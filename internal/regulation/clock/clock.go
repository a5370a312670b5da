package clock

import (
	"time"

	"achyk/internal/jme"
)

// Clock counts days by the calendar register. A day that the register names is worked or off
// as it says there; any other day is worked from Monday to Friday. The register lists each day
// that was moved, so the clock does not know the laws on moving days off, which changed after 2024
// and can change again.
type Clock struct {
	days  map[time.Time]*jme.CalendarDay
	years map[int]bool // in which the calendar names at least one day
	zone  *time.Location

	holidays *Clock // see Holidays
}

// New makes the clock of a municipality from its calendar and its time zone.
func New(calendar []*jme.CalendarDay, zone *time.Location) *Clock {
	c := &Clock{days: map[time.Time]*jme.CalendarDay{}, years: map[int]bool{}, zone: zone}
	c.holidays = &Clock{days: map[time.Time]*jme.CalendarDay{}, years: c.years, zone: zone}
	for _, d := range calendar {
		if d.Date.IsZero() {
			continue
		}
		c.days[d.Date.Day()], c.years[d.Date.Year()] = d, true
		if d.Kind != "day-off" {
			c.holidays.days[d.Date.Day()] = d
		}
	}
	return c
}

// Holidays is the same clock for those whom days off beside the holidays do not bind: the
// government gives them to bodies paid from the budget, and recommends them to others.
func (c *Clock) Holidays() *Clock { return c.holidays }

// Day is the day on which a moment falls in the time zone of the municipality. A zero moment has
// the zero day.
func (c *Clock) Day(moment jme.Date) time.Time { return DayIn(c.zone, moment) }

// DayIn is the day on which a moment falls in a time zone. A zero moment has the zero day.
func DayIn(zone *time.Location, moment jme.Date) time.Time {
	if moment.IsZero() {
		return time.Time{}
	}
	return jme.Date{Time: moment.In(zone)}.Day()
}

// LastDay is the last day on which something can be handed in until a moment. One before offices open,
// at nine, leaves nothing of its own day.
func (c *Clock) LastDay(moment jme.Date) time.Time {
	day := c.Day(moment)
	if !moment.IsZero() && moment.In(c.zone).Hour() < 9 {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// EndOfDay reports whether a moment is in the last minute of its day.
func (c *Clock) EndOfDay(moment jme.Date) bool {
	local := moment.In(c.zone)
	return local.Hour() == 23 && local.Minute() == 59
}

// Term is how a deadline is counted. Where the text of a regulation leaves it open, the
// assumptions of the regulation decide.
type Term struct {
	Days    int
	Working bool // working days, not calendar days
	SameDay bool // the day of the event is the first day; else the next day is
	Roll    bool // a last day that is not worked moves to the next working day
}

// Due is the last day of a term.
type Due struct {
	Day     time.Time          // zero if the calendar does not reach that far
	Latest  time.Time          // the day if all tentative days are announced as days off; never before Day
	Decided []*jme.CalendarDay // the tentative days that make Latest differ from Day
	Off     []time.Time        // Mondays to Fridays that are not worked, in order
	Extra   []time.Time        // Saturdays and Sundays that are worked, in order
}

// Known reports whether the day could be counted.
func (d Due) Known() bool { return !d.Day.IsZero() }

// Tentative reports whether the day depends on days off that have not been announced.
func (d Due) Tentative() bool { return d.Known() && !d.Latest.Equal(d.Day) }

// Count finds the last day of a term that begins with an event. It counts twice: with all
// tentative days as worked, for Day, and with all of them as off, for Latest. Once they are
// announced, the last day is one of the two or lies between them.
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
	day := event // becomes the first day on which the calendar matters
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

// longest is the most days that are counted, 270 years. Far larger numbers would overflow, so that a last day came
// to lie before the event.
const longest = 100_000

// count counts with tentative days as off or as worked. It is false where the calendar does
// not reach far enough, and for a term without days or of too many.
func (c *Clock) count(event time.Time, t Term, off bool) (time.Time, bool) {
	if t.Days < 1 || t.Days > longest {
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

// covers reports whether the calendar knows the year of a day. Every year has holidays, so a
// year without any in the register has not been entered yet.
func (c *Clock) covers(day time.Time) bool { return c.years[day.Year()] }

// works reports whether a day is worked. Where a tentative entry of the calendar and the day of
// the week disagree, the day is off if off is set, and worked if it is not.
func (c *Clock) works(day time.Time, off bool) bool {
	weekday := !weekend(day)
	d := c.days[day]
	switch {
	case d == nil:
		return weekday
	case d.Status != "tentative":
		return d.Kind == "working-day"
	case d.Kind == "working-day": // a weekend that may come to be worked
		return !off || weekday
	default:
		return !off && weekday
	}
}

func weekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

func next(day time.Time) time.Time { return day.AddDate(0, 0, 1) }

// Days is the number of days from one day to another. It is negative if the other is earlier.
func Days(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }

// Latest is the later of two days. The zero day is before all others.
func Latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
