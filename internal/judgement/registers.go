package judgement

import (
	"strconv"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
	"achyk/internal/table"
)

// Tables makes the derived registers compliance and deadlines.
func (j *Judgement) Tables() []*table.Table {
	return []*table.Table{j.complianceTable(), j.deadlineTable()}
}

// complianceTable makes the register of outcomes.
func (j *Judgement) complianceTable() *table.Table {
	s := jme.DerivedSchema(jme.Compliance).In(locale.Ky, j.Municipality.Langs)
	var rows []table.Row
	for _, o := range j.Outcomes {
		row := RowOf(o, s.Langs)
		rows = append(rows, s.Row(row.cells()))
	}
	t, _ := table.New(s, j.Municipality.ID+"/"+jme.Compliance, rows)
	return t
}

// deadlineTable makes the register of deadlines.
func (j *Judgement) deadlineTable() *table.Table {
	s := jme.DerivedSchema(jme.Deadlines).In(locale.Ky, j.Municipality.Langs)
	var rows []table.Row
	for i := range j.Deadlines {
		rows = append(rows, s.Row(j.deadlineCells(&j.Deadlines[i], s.Langs)))
	}
	t, _ := table.New(s, j.Municipality.ID+"/"+jme.Deadlines, rows)
	return t
}

func (j *Judgement) deadlineCells(d *Deadline, languages []locale.Lang) map[string]string {
	cells := map[string]string{
		"id": d.Key(), "due": isoDay(d.Date), "state": "ahead", "basis": string(d.SetBy),
		"subject_register": d.Register, "subject": d.ID,
	}
	cells["suggested"], cells["promised"] = isoDay(d.Suggested.Day()), isoDay(d.Promised.Day())
	switch d.SetBy {
	case BySuggestion:
		cells["suggested"] = cells["due"]
	case ByPromise:
		cells["promised"] = cells["due"]
	}
	if passed := clock.Days(d.Last(), j.AsOf); passed > 0 {
		cells["state"], cells["days_passed"] = "passed", strconv.Itoa(passed)
		if !d.SetBy.Voluntary() {
			cells["state"], cells["days_late"] = "overdue", strconv.Itoa(passed)
		}
	}
	cells["assumptions"] = strings.Join(d.Assumptions, " ")
	if o := d.Outcome; o != nil {
		cells["clause"], cells["rule"], cells["year"] = o.Clause, o.Rule, strconv.Itoa(o.Year)
		cells["latest"] = isoDay(o.Latest)
		cells["explanations"] = ids(explained(o))
	}
	who := d.Who(j.Municipality)
	for _, l := range languages {
		cells["what_"+l.String()], cells["counted_"+l.String()], cells["who_"+l.String()] = l.Said(d.What), l.Said(d.Counted), who.Get(l)
		if l.BuiltIn() {
			cells["who_"+l.String()] = who.In(l)
		}
	}
	return cells
}

// isoDay writes a day as registers have it; the zero day is an empty cell.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
