// Package closing tells which published cells may be altered without a reason: those that their
// schema leaves free, always or until a day that has not come yet (free and open_until, see
// table.ParseSchema). It also compares published texts, and judges reasons. The check of proposals and the desk ask it.
package closing

import (
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// Code returns the code of what is wrong with altering a cell of a published record, or "" if that
// needs no reason. report is the delivered report that closed the record, if one did.
func Code(m *jme.Municipality, t *table.Table, row *table.Row, field string, now time.Time) (code diag.Code, report string) {
	s := t.Schema
	column := &s.Columns[s.Fields[s.Field(field)].Column]
	if column.Free {
		return "", ""
	}
	paths := column.OpenUntil
	if paths == nil {
		paths = s.OpenUntil
	}
	for _, path := range paths {
		if path == column.Name {
			if Ended(t.Value(row, field), now) {
				return diag.ClosedDateMoved, ""
			}
			continue
		}
		for _, d := range days(m, t, row, strings.Split(path, ".")) {
			if d.day != "" && (Ended(d.day, now) || d.day == today(d.day, now)) {
				if d.register == jme.Reports {
					report = d.key
				}
				return diag.PublishedAltered, report
			}
		}
	}
	if len(paths) > 0 {
		return "", ""
	}
	return diag.PublishedAltered, ""
}

// closing is a day that a path leads to, and the record that has it.
type closing struct{ register, key, day string }

// days follows a path from a record. A step is a column, or a register whose records refer to one that
// was come to.
func days(m *jme.Municipality, t *table.Table, row *table.Row, path []string) (all []closing) {
	rows := []*table.Row{row}
	for i, step := range path {
		column := t.Schema.Column(step)
		switch last := i == len(path)-1; {
		case column != nil && last:
			for _, r := range rows {
				all = append(all, closing{t.Schema.Name, r.Key, t.Value(r, step)})
			}
		case column != nil:
			to := m.Table(column.Register)
			if to == nil {
				return nil
			}
			var next []*table.Row
			for _, r := range rows {
				if target := to.Lookup(t.Value(r, step)); target != nil {
					next = append(next, target)
				}
			}
			t, rows = to, next
		default:
			from := m.Table(step)
			if from == nil {
				return nil
			}
			rows = referring(from, t.Schema.Name, rows)
			t = from
		}
	}
	return all
}

// referring returns the rows of a table that refer to one of the rows of a register.
func referring(t *table.Table, register string, rows []*table.Row) (all []*table.Row) {
	keys := map[string]bool{}
	for _, r := range rows {
		keys[r.Key] = true
	}
	for i := range t.Rows {
		for k, f := range t.Schema.Fields {
			if c := &t.Schema.Columns[f.Column]; c.Type == table.Ref && c.Register == register && keys[t.Rows[i].Values[k]] {
				all = append(all, &t.Rows[i])
				break
			}
		}
	}
	return all
}

// Ended reports whether a day or month has ended, or a time has passed.
func Ended(date string, now time.Time) bool {
	t, ok := table.ParseTime(date)
	if len(date) > len(time.DateOnly) {
		return ok && t.Before(now)
	}
	return ok && date < today(date, now)
}

// today returns the present day, or month, in the form of a date.
func today(form string, now time.Time) string {
	return now.Format(time.DateOnly)[:min(len(form), len(time.DateOnly))]
}
