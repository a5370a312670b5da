package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
	"achyk/internal/table"
	"achyk/internal/wording"
)

// The words of the parameter counted.
const (
	CalendarDays = "calendar-days"
	WorkingDays  = "working-days"
)

// TermParameters are the parameters of a rule whose clause gives a term in days. The clause may say by
// which days it is counted; each rule has days by which it counts otherwise. See [Case.Term].
var TermParameters = []Parameter{
	{Name: "days", Type: Whole, Required: true, Least: 1},
	{Name: "counted", Type: Word, Words: func() []table.Value {
		return []table.Value{
			{Code: CalendarDays, Label: locale.Text{Ky: "календардык күндөр", Ru: "календарные дни", En: "calendar days"}},
			{Code: WorkingDays, Label: locale.Text{Ky: "жумушчу күндөр", Ru: "рабочие дни", En: "working days"}},
		}
	}},
}

// Term is the term that a clause gives by [TermParameters], and its days as a sentence has them. If the
// clause does not say by which days it is counted, the usual ones are.
func (c *Case) Term(usual string) (clock.Term, Number) {
	days, _ := c.Whole("days")
	t := clock.Term{Days: days, Working: cmp.Or(c.Word("counted"), usual) == WorkingDays}
	return t, length(t)
}

// TermBy is the term that a clause gave by another rule than that of the case, as it read on a day, and
// whether one did.
func (c *Case) TermBy(rule, usual string, day time.Time) (t clock.Term, given bool) {
	for i := range c.Regulation.Clauses {
		for _, text := range wording.Of(&c.Regulation, &c.Regulation.Clauses[i]) {
			j := slices.IndexFunc(text.Checks, func(x jme.Check) bool { return x.Rule == rule })
			if j >= 0 && text.Holds(day) {
				t, _ = (&Case{parameters: text.Checks[j].Parameters}).Term(usual)
				return t, true
			}
		}
	}
	return t, false
}

// length is the length of a term, counted.
func length(t clock.Term) Number {
	if t.Working {
		return AWorkingDay.Count(t.Days)
	}
	return ACalendarDay.Count(t.Days)
}
