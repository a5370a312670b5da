// Package clock finds the last days of terms. It knows the calendar and no rules: a caller says
// when a term begins and how it is counted.
//
// A [Clock] belongs to a municipality. It counts by the register calendar, which names each day
// that is worked or off against the day of the week, and by the time zone of the municipality,
// which decides the day of a moment.
//
// [Clock.Count] counts a [Term] from the day of an event:
//
//   - The first day is the day after the event or, with SameDay, the event's own day.
//   - Calendar days are counted through. Of working days only those that the calendar has as
//     worked are counted.
//   - With Roll, a last day that is off moves to the next day that is worked.
//
// A day off that the Cabinet has not announced yet, as the two Aits depend on the moon, is
// tentative. The clock counts with all tentative days worked and with all of them off, and [Due]
// has both results: once they are announced, the last day is one of the two or lies between them.
//
// The clock does not guess. A calendar without any entry for a year does not reach that year, and
// a term that needs to know whether a day of that year is worked has no last day.
//
// All days are midnight UTC. The zero day means that a day is not known.
package clock
