package regulation

import "achyk/internal/locale"

// RecordsWithoutDay is the assumption about records that have no day of their own, as verdicts and
// annexes: those on record today are taken to have been there in time. By the other reading nobody knows.
// A rule that counts such records rests on it, and says by [Outcome.Undated] by when they were to be there.
var RecordsWithoutDay = Convention{Code: "records-without-day", Values: []string{"in-time", "not-known"}, Optional: true}

// WhenRecorded is said of an outcome that would be kept if what has no day was there in time. Its message
// belongs to no rule.
var WhenRecorded = Statement{Unknown, "when_recorded"}

// undated settles anew an outcome that is kept because of records without a day, by the reading that nobody
// knows since when they are there. Until the day by which they were to be there has passed, they are in time.
func (c *Case) undated(o *Outcome) {
	if o.Kind == Kept && !o.Undated.IsZero() && o.Undated.Before(c.AsOf) && c.Reading(RecordsWithoutDay.Code) == RecordsWithoutDay.Values[1] {
		kept := *o
		o.Says(WhenRecorded, locale.Args{"By": o.Undated, "Kept": statement{&kept}})
	}
}

// statement is what the rule says of an outcome as an argument of a sentence.
type statement struct{ *Outcome }

func (s statement) In(l locale.Lang) string {
	return locale.For(l).Parts(s.message(), s.arguments()).String()
}
