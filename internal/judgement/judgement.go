// Package judgement works out, once for a municipality and a day, what pages, reports and
// downloads show of how its regulation was kept.
//
// [Of] returns a [Judgement]:
//
//   - Outcomes: what package regulation finds of each clause with a rule in each year.
//   - Deadlines: the days that lie ahead or have passed unmet. Records name some, such as the
//     answer to a recommendation; clauses set the others, and those are counted by the outcomes.
//   - Missing: what ought to be on record and is not, each with a [Reason].
//   - Cycles: the years that have a page.
//
// [Judgement.Tables] makes two derived registers of it, which are published like the registers
// that people fill in: compliance has a row for each outcome, deadlines one for each deadline. Their
// schemas are in package jme.
//
// The package applies no rule itself, and whoever shows a judgement only reads it. All days are
// midnight UTC.
package judgement

import (
	"slices"
	"time"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/table"
)

// Judgement is how the regulation of a municipality was kept, as of a day.
type Judgement struct {
	Municipality *jme.Municipality
	AsOf         time.Time             // midnight UTC
	Told         *jme.Municipality     // as pages tell of it on the day (jme.Municipality.Told); the records below are of it
	Cycles       []*jme.Cycle          // years with records or outcomes, newest first
	Outcomes     []*regulation.Outcome // by clause, year and subject
	Deadlines    []Deadline            // that lie ahead or have passed unmet, earliest first
	Missing      []Missing             // the gravest first

	unread []string // see Of
}

// Of executes the regulation of a municipality. Rules that read a register named in unread, or
// one whose table was not read whole, are not checked.
func Of(m *jme.Municipality, asOf time.Time, unread ...string) *Judgement {
	told := m.Told(asOf)
	outcomes := rules.All.Evaluate(m, asOf, unread...)
	return &Judgement{
		Municipality: m, AsOf: asOf, Told: told, Outcomes: outcomes, unread: unread,
		Cycles: shown(told, told.Cycles(asOf), outcomes), Deadlines: deadlines(told, outcomes, asOf), Missing: missing(told, outcomes, asOf),
	}
}

// shown are the cycles with records or outcomes, newest first. A year without records has
// outcomes if a clause asks for something to be recorded in it.
func shown(m *jme.Municipality, cycles []*jme.Cycle, outcomes []*regulation.Outcome) []*jme.Cycle {
	has := map[int]bool{}
	for _, year := range m.Years() {
		has[year] = true
	}
	for _, o := range outcomes {
		has[o.Year] = true
	}
	var all []*jme.Cycle
	for _, c := range slices.Backward(cycles) {
		if has[c.Year] {
			all = append(all, c)
		}
	}
	return all
}

// Assuming are the outcomes there would be if assumptions of the regulation were read otherwise.
// Readings of assumptions that the regulation does not name change nothing.
func (j *Judgement) Assuming(readings []regulation.Reading) []*regulation.Outcome {
	m := *j.Municipality
	m.Regulation.Assumptions = slices.Clone(m.Regulation.Assumptions)
	for _, r := range readings {
		for i := range m.Regulation.Assumptions {
			if a := &m.Regulation.Assumptions[i]; a.Code == r.Assumption {
				a.Value = r.Value
			}
		}
	}
	return rules.All.Evaluate(&m, j.AsOf, j.unread...)
}

// Exemptions finds the exemptions that set no outcome aside: those that were decided after the
// last day of what they are for, and those that have run out or that nothing matches.
// [regulation.Rules.Validate] reports those from an unknown rule and those for no record.
func (j *Judgement) Exemptions() diag.List {
	used, late := map[string]bool{}, map[string]bool{}
	for _, o := range j.Outcomes {
		used[o.Exemption], late[o.Refused] = true, true
	}
	var problems diag.List
	t := j.Municipality.Table("exemptions")
	for _, x := range j.Municipality.Exemptions {
		row := t.Lookup(x.ID)
		switch {
		case row == nil || used[x.ID] || x.Subject == "" || rules.All.Find(x.Rule) == nil:
		case late[x.ID]:
			problems.Add(t.Problem(diag.ExemptionLate, row, t.Schema.Field("decision"), diag.Args{"value": x.ID}))
		default:
			problems.Add(t.Problem(diag.ExemptionIdle, row, t.Schema.Field("id"), nil))
		}
	}
	return problems
}

// Withheld finds the documents of reports that are public although an exemption says that the report is not published yet.
func (j *Judgement) Withheld() diag.List {
	var problems diag.List
	t := j.Municipality.Table(jme.Reports)
	found := map[string]bool{}
	for _, o := range j.Outcomes {
		for _, r := range o.Withheld(j.Municipality) {
			row, x := t.Lookup(r.ID), jme.Get[jme.Exemption](j.Municipality, o.Exemption)
			if r.Document != "" && row != nil && x != nil && !found[r.ID] {
				found[r.ID] = true
				problems.Add(t.Problem(diag.WithheldPublic, row, t.Schema.Field("document"), diag.Args{"parent": x.ID, "until": x.Until.Day()}))
			}
		}
	}
	return problems
}

// Explanations finds the explanations for which there is nothing to explain on that day, and those
// that are dated before it began. One that is dated after the day is not there yet.
// [regulation.Rules.Validate] reports those of an unknown rule.
func (j *Judgement) Explanations() diag.List {
	of := map[string]*regulation.Outcome{}
	for _, o := range j.Outcomes {
		for _, x := range o.Explanations {
			of[x.ID] = o
		}
	}
	var problems diag.List
	t := j.Municipality.Table(jme.Explanations)
	for _, x := range j.Municipality.Explanations {
		row, o := t.Lookup(x.ID), of[x.ID]
		switch {
		case row == nil || x.Date.Day().After(j.AsOf) || rules.All.Find(x.Rule) == nil:
		case o == nil:
			problems.Add(t.Problem(diag.ExplanationIdle, row, t.Schema.Field("id"), nil))
		case x.Date.Day().Before(o.Began()):
			problems.Add(t.Problem(diag.ExplanationEarly, row, t.Schema.Field("date"), diag.Args{"since": o.Began()}))
		}
	}
	return problems
}

// UnconfirmedDays finds the days of the calendar that have passed and are still tentative. Each
// leaves two last days to every term that it falls into.
func UnconfirmedDays(calendar *table.Table, asOf time.Time) diag.List {
	var problems diag.List
	if calendar == nil {
		return nil
	}
	date := calendar.Schema.Field("date")
	for i := range calendar.Rows {
		row := &calendar.Rows[i]
		if day, ok := table.ParseTime(row.Values[date]); ok && day.Before(asOf) && calendar.Value(row, "status") == "tentative" {
			problems.Add(calendar.Problem(diag.TentativePassed, row, date, nil))
		}
	}
	return problems
}

// planned are the days of what happened that may well be written down beforehand: meetings and contests are announced, seats
// and groups end on a day that is known, fieldwork is planned.
var planned = []string{"events", "contests", "panels", "panel_members", "assessments"}

// DaysToCome finds records of what happened on a day that has not come; most likely the year is mistyped. No outcome and no page
// counts them, so a duty that was done is called overdue, and nothing else says why.
func DaysToCome(m *jme.Municipality, today time.Time) (problems diag.List) {
	last := today.AddDate(farAhead, 0, 0)
	for _, r := range jme.BuiltIn() {
		t := m.Table(r.Name)
		if t == nil || slices.Contains(planned, r.Name) {
			continue
		}
		for _, column := range append([]string{r.Day}, r.Later...) {
			field := t.Schema.Field(column)
			for i := range t.Rows {
				day, ok := table.ParseTime(t.Value(&t.Rows[i], column))
				if ok && day.After(today.AddDate(0, 0, 1)) && !day.After(last) { // FarDays finds those after it
					problems.Add(t.Problem(diag.ToCome, &t.Rows[i], field, nil))
				}
			}
		}
	}
	return problems
}

// farAhead is how many years ahead a day may lie: the longest contracts for services run ten.
const farAhead = 10

// FarDays finds days that lie so far ahead that they are most likely mistyped: 2062 for 2026. It looks at registers,
// settings and the front matter of texts.
func FarDays(d *jme.Dataset, asOf time.Time) (problems diag.List) {
	last := asOf.AddDate(farAhead, 0, 0).Format(time.DateOnly)
	far := func(day string) bool { return day > last[:min(len(day), len(last))] }
	for _, m := range d.Municipalities {
		for _, t := range m.Tables {
			for i, f := range t.Schema.Fields {
				if c := &t.Schema.Columns[f.Column]; !c.Type.Dated() && c.Type != table.Year {
					continue
				}
				for j := range t.Rows {
					if far(t.Rows[j].Values[i]) {
						problems.Add(t.Problem(diag.FarAhead, &t.Rows[j], i, nil))
					}
				}
			}
		}
	}
	for _, w := range d.Dates {
		if far(w.Value) {
			problems.Add(diag.Diagnostic{Code: diag.FarAhead, File: w.File, Span: w.Span, Value: w.Value, Args: diag.Args{"value": w.Value, "column": "", "column_title": ""}})
		}
	}
	return problems
}
