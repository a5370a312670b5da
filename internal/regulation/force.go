package regulation

import (
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/wording"
)

// begins has, by register, the columns that tell on which day a duty about a record begins, the
// first that has a value. A column after a dot is of the record that the one before it refers to.
// A rule whose duty begins with another event names its own ([Rule.Begins]). Where no column
// tells the day, and for the year as a whole, a duty begins with the year.
var begins = map[string][]string{
	"panels":            {"formed"},
	"contests":          {"announced"},
	"contracts":         {"signed", "starts"},
	"assessments":       {"fieldwork_from", "planned_from"},
	"findings":          {"assessment.fieldwork_from", "assessment.planned_from"},
	jme.AnalyticLetters: {"date"},
}

// governs reports whether a wording was in force on the day on which a duty about a subject began.
func (e *evaluation) governs(text *wording.Clause, rule *Rule, year int, subject Record) bool {
	if e.always && text.From.IsZero() && text.Until.IsZero() {
		return true
	}
	day := e.began(rule, year, subject)
	return text.Holds(day) && wording.InForce(&e.m.Regulation, day)
}

// began is the day on which a duty about a subject began.
func (e *evaluation) began(rule *Rule, year int, subject Record) time.Time {
	if r, ok := e.m.Record(subject.Register, subject.ID); ok {
		for _, columns := range [2][]string{rule.Begins, begins[subject.Register]} {
			for _, column := range columns {
				if day := e.day(r, column); !day.IsZero() {
					return day
				}
			}
		}
	}
	return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
}

// day is the day in a column of a record or, behind a dot, of the record that the column refers to.
func (e *evaluation) day(r jme.Record, column string) time.Time {
	column, further, _ := strings.Cut(column, ".")
	cell := r.Table.Value(r.Row, column)
	if further != "" {
		to, _ := e.m.Record(r.Table.Schema.Column(column).Register, cell)
		if to.Table == nil {
			return time.Time{}
		}
		return e.day(to, further)
	}
	return momentOf(cell, e.clock).day
}
