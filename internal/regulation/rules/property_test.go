package rules

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/table"
	"achyk/internal/tools/casetest"
)

// TestMovedDates moves dates of the sample at random and judges it as of a random day. Of every
// outcome that is kept, the records that it rests on had happened by that day and are in the order
// that its rule takes for granted, and the thing was done by its last day. Every date in every
// sentence is one of a record that the outcome rests on, or the last day.
func TestMovedDates(t *testing.T) {
	towns := sample(t).Municipalities
	rapid.Check(t, func(t *rapid.T) {
		m := towns[rapid.IntRange(0, len(towns)-1).Draw(t, "town")]
		asOf := casetest.Day("2024-06-01").AddDate(0, 0, rapid.IntRange(0, 1200).Draw(t, "day"))
		m = moved(t, m)
		for _, o := range evaluate(m, asOf) {
			days := evidenceDays(m, o)
			if o.Kind == regulation.Kept {
				keptRightly(t, m, o, asOf)
			}
			for _, said := range datesIn(o.Sentence(locale.For(locale.En))) {
				if !days[said] && !said.Equal(o.Due) && !said.Equal(o.Latest) {
					t.Errorf("as of %s, %s says %s, which no record it rests on has: %s", asOf.Format(time.DateOnly), o.ID(), said.Format(time.DateOnly), o.Sentence(locale.For(locale.En)))
				}
			}
		}
	})
}

// moved is a municipality with a few dates moved by up to 500 days.
func moved(t *rapid.T, m *jme.Municipality) *jme.Municipality {
	other := &jme.Municipality{ID: m.ID, Settings: m.Settings, Regulation: m.Regulation, LetterTexts: m.LetterTexts, Tables: slices.Clone(m.Tables)}
	dates := dateFields(m)
	for range rapid.IntRange(1, 5).Draw(t, "moves") {
		at := dates[rapid.IntRange(0, len(dates)-1).Draw(t, "column")]
		register := other.Tables[at.register]
		rows := slices.Clone(register.Rows)
		row := &rows[rapid.IntRange(0, len(rows)-1).Draw(t, "row")]
		when, ok := table.ParseTime(row.Values[at.field])
		if !ok {
			continue
		}
		format := time.DateOnly
		if len(row.Values[at.field]) > len(format) {
			format = "2006-01-02T15:04Z07:00"
		}
		row.Values = slices.Clone(row.Values)
		row.Values[at.field] = when.AddDate(0, 0, rapid.IntRange(-500, 500).Draw(t, "days")).Format(format)
		other.Tables[at.register] = table.Made(register.Schema, register.Label, rows)
		other.Tables[at.register].File, other.Tables[at.register].Whole = register.File, register.Whole
	}
	if err := other.Link(); err != nil {
		t.Fatal(err)
	}
	return other
}

// dateField is a column with dates or moments, by the number of its register and of its field.
type dateField struct{ register, field int }

// dateFields are those of the registers with rows, without keys and the calendar.
func dateFields(m *jme.Municipality) (all []dateField) {
	for i, register := range m.Tables {
		if len(register.Rows) == 0 || register.Schema.Name == jme.Calendar {
			continue
		}
		for f, field := range register.Schema.Fields {
			typ := register.Schema.Columns[field.Column].Type
			if (typ == table.Date || typ == table.DateTime) && !slices.Contains(register.Schema.PrimaryKey, field.Name) {
				all = append(all, dateField{i, f})
			}
		}
	}
	return all
}

// happens are the columns that tell when something happened.
var happens = map[string]string{
	"applications": "received", "contracts": "signed", "decisions": "date", "distributions": "sent", "events": "date", "letters": "sent",
	jme.AnalyticLetters: "date", "publications": "published", "reports": "delivered", "panel_members": "valid_from",
}

// keptRightly checks what a kept outcome rests on.
func keptRightly(t *rapid.T, m *jme.Municipality, o *regulation.Outcome, asOf time.Time) {
	if !o.Due.IsZero() && o.Done.After(o.Due) && o.Done.After(o.Latest) {
		t.Errorf("%s is kept and was done on %s, after %s", o.ID(), o.Done, o.Due)
	}
	if o.Done.After(asOf) {
		t.Errorf("as of %s, %s is kept on %s", asOf, o.ID(), o.Done)
	}
	for _, e := range o.Evidence {
		if at := dayOf(m, e, happens[e.Register]); at.After(asOf) {
			t.Errorf("as of %s, %s is kept by %v of %s", asOf, o.ID(), e, at)
		}
	}
	for _, x := range All.Find(o.Rule).Order {
		for _, p := range o.Compared(&x) {
			later, earlier := dayOf(m, p.Later, x.Later.Column()), dayOf(m, p.Earlier, x.Earlier.Column())
			if !later.IsZero() && !earlier.After(asOf) && later.Before(earlier) {
				t.Errorf("as of %s, %s is kept, but %s of %s is on %s, before %s of %s on %s", asOf, o.ID(), x.Later, p.Later.ID, later, x.Earlier, p.Earlier.ID, earlier)
			}
		}
	}
}

// dayOf is the day in a cell of a record, or the zero day.
func dayOf(m *jme.Municipality, of regulation.Record, column string) time.Time {
	r, ok := m.Record(of.Register, of.ID)
	if !ok || column == "" {
		return time.Time{}
	}
	at, ok := table.ParseTime(r.Table.Value(r.Row, column))
	if !ok {
		return time.Time{}
	}
	return jme.Date{Time: at.In(m.Settings.Zone())}.Day()
}

// evidenceDays are the days that a sentence may name besides its last day: those in the records
// that the outcome rests on, the day after each, which is the first without a member that left, and
// the first day of the year.
func evidenceDays(m *jme.Municipality, o *regulation.Outcome) map[time.Time]bool {
	days := map[time.Time]bool{time.Date(o.Year, 1, 1, 0, 0, 0, 0, time.UTC): true}
	for _, e := range o.Evidence {
		if r, ok := m.Record(e.Register, e.ID); ok {
			for _, f := range r.Table.Schema.Fields {
				if day := dayOf(m, e, f.Name); !day.IsZero() {
					days[day], days[day.AddDate(0, 0, 1)] = true, true
				}
			}
		}
	}
	return days
}

var englishDate = regexp.MustCompile(`\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`)

// datesIn are the dates that a sentence names.
func datesIn(sentence string) (days []time.Time) {
	for _, s := range englishDate.FindAllString(sentence, -1) {
		if day, err := time.Parse("2 January 2006", s); err == nil {
			days = append(days, day)
		}
	}
	return days
}
