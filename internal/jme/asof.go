package jme

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/table"
)

// AsOf returns the municipality as its registers were, or could have been, on a day (midnight
// UTC): without records of what happened afterwards, and with empty cells in place of later days
// of other records. Plans, terms and validity are not events and stay. So rules cannot take what
// is announced for done, and need not compare each date with the day.
//
// The table registers says which columns tell what happened. The result of a contest and the status of an
// application are those of the day as well: before the decision nobody had won. A verdict, which has no
// day, is there when fieldwork has ended, or with the report, beside which an end to come stays as well: they
// contradict each other. If nothing lies after the day, the result is m itself; else it shares no records.
func (m *Municipality) AsOf(day time.Time) *Municipality {
	return m.seen(asOf{Municipality: m, day: day})
}

// Told returns the municipality as pages tell of it on a day: AsOf, with the events to come, because they are announced, and
// without the term of a contest that was not.
func (m *Municipality) Told(day time.Time) *Municipality {
	return m.seen(asOf{Municipality: m, day: day, announced: true})
}

// WithRecords returns the municipality with the typed records of another, which is a view of it. Its registers stay, and what
// refers to what in them.
func (m *Municipality) WithRecords(of *Municipality) *Municipality {
	with := *of
	with.Langs, with.Tables, with.NotKept, with.tables, with.referrers = m.Langs, m.Tables, m.NotKept, m.tables, m.referrers
	return &with
}

// seen makes a view of the municipality.
func (m *Municipality) seen(v asOf) *Municipality {
	v.gone = map[string]map[string]bool{}
	view := &Municipality{ID: m.ID, Settings: m.Settings, Regulation: m.Regulation, LetterTexts: m.LetterTexts, Official: m.Official, News: m.News}
	same := true
	for _, t := range m.Tables {
		then := v.table(t)
		same = same && then == t
		view.Tables = append(view.Tables, then)
	}
	if same {
		return m
	}
	if err := view.Link(); err != nil {
		panic(err) // m was linked from the same cells
	}
	return view
}

// asOf makes the tables of a view.
type asOf struct {
	*Municipality
	day       time.Time
	announced bool                       // events to come stay
	gone      map[string]map[string]bool // by register: the keys of the records that are left out
}

// table returns a register as it was on the day. Registers must be given in the order of the
// process, in which a record follows the one without which it cannot be.
func (v *asOf) table(t *table.Table) *table.Table {
	r, _ := Find(t.Schema.Name)
	if r.Day == "" && r.With == "" && r.Once == "" && len(r.Later) == 0 || v.announced && r.Name == "events" {
		return t
	}
	rows := make([]table.Row, 0, len(t.Rows))
	changed := false
	gone := map[string]bool{}
	for i := range t.Rows {
		row := &t.Rows[i]
		if v.after(t.Value(row, r.Day)) || r.With != "" && v.gone[t.Schema.Column(r.With).Register][t.Value(row, r.With)] || v.after(v.once(t, row, r)) {
			gone[row.Key], changed = true, true
			continue
		}
		then := *row
		for field, value := range v.altered(t, row, r.Later) {
			then.Values = slices.Clone(then.Values)
			then.Values[t.Schema.Field(field)] = value
			changed = true
		}
		rows = append(rows, then)
	}
	v.gone[t.Schema.Name] = gone
	if !changed {
		return t
	}
	then := table.Made(t.Schema, t.Label, rows)
	then.File, then.Whole = t.File, t.Whole
	return then
}

// once returns the cell of another record that tells when a thing without a day happened, or "".
func (v *asOf) once(t *table.Table, row *table.Row, r Register) string {
	reference, column, ok := strings.Cut(r.Once, ".")
	if !ok {
		return ""
	}
	other, ok := v.Record(t.Schema.Column(reference).Register, t.Value(row, reference))
	if !ok || column == "fieldwork_to" && v.reported(other.Row.Key) {
		return ""
	}
	return other.Table.Value(other.Row, column)
}

// reported reports whether a report on an assessment was delivered by the day.
func (v *asOf) reported(assessment string) bool {
	a := Get[Assessment](v.Municipality, assessment)
	return a != nil && slices.ContainsFunc(a.Reports, func(r *Report) bool { return !r.Delivered.IsZero() && !r.Delivered.Day().After(v.day) })
}

// altered returns the fields of a row that had another value on the day: none, or that of a measure which went on.
func (v *asOf) altered(t *table.Table, row *table.Row, later []string) map[string]string {
	fields := map[string]string{}
	for _, field := range later {
		if v.after(t.Value(row, field)) && !(field == "fieldwork_to" && v.reported(row.Key)) {
			fields[field] = ""
		}
	}
	switch t.Schema.Name {
	case "applications":
		if x := Get[Contest](v.Municipality, t.Value(row, "contest")); x != nil && v.after(x.Decided.Format("2006-01-02")) {
			fields["status"], fields["refused_for"] = "", ""
		}
	case "measures":
		if v.after(t.Value(row, "done")) {
			fields["status"] = InProgress
		}
	case "contests":
		if v.after(t.Value(row, "decided")) {
			fields["result"] = ""
		}
		if v.announced && v.after(t.Value(row, "announced")) {
			fields["opened"], fields["closes"] = "", "" // nobody could know them
		}
	}
	return fields
}

// after reports whether a cell holds a day or moment after the day. Moments are on the day that
// they have in the municipality's time zone.
func (v *asOf) after(cell string) bool {
	at, ok := table.ParseTime(cell)
	if len(cell) > len("2006-01-02") {
		at = at.In(v.Settings.Zone())
	}
	return ok && Date{at}.Day().After(v.day)
}
