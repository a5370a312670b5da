// Package sequence says which of two days that records tell must come first, because the one
// thing cannot be without the other. It finds the days that are recorded the other way round,
// and days that contradict a word on what happened: a measure that is done, and no day on which it was.
//
// What a clause asks to be done in an order is not here, as that a commission is formed before a
// contest is announced: that can be broken, and the rules say so. Neither is what the schema of a
// register says of the days of one record, nor the days of fieldwork, of contracts and of
// decisions, between or after which something lies: load reports these in words of their own.
package sequence

import (
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// Pair are two days of which Later cannot come before Earlier.
type Pair struct {
	Later, Earlier string    // columns, written "payments.date"
	Along          string    // "replies.finding.assessment": the register of the one record, and the references that lead from it to the other; without any, both days are of one record
	Unless         []string  // a column of that register, and the words with which the order may be another
	Code           diag.Code // of what is reported; empty: diag.OutOfSequence
}

// Pairs are all of them. Of two about one day, the one that tells more stands first.
var Pairs = []Pair{
	{Later: "panels.formed", Earlier: "decisions.date", Along: "panels.decision", Code: diag.DecidedLater},
	{Later: "contests.opened", Earlier: "contests.announced", Along: "contests"},
	{Later: "contests.decided", Earlier: "contests.announced", Along: "contests", Unless: []string{"result", "cancelled"}}, // it may be cancelled before it is announced
	{Later: "contests.announced", Earlier: "contests.announced", Along: "contests.repeats"},
	{Later: "applications.received", Earlier: "contests.announced", Along: "applications.contest"},
	{Later: "contests.decided", Earlier: "applications.received", Along: "applications.contest", Unless: []string{"status", "", "received", "admitted", "refused", "withdrawn", "not-selected"}}, // what came too late did not win
	{Later: "contracts.signed", Earlier: "decisions.date", Along: "contracts.decision", Code: diag.DecidedLater},
	{Later: "contracts.signed", Earlier: "contests.decided", Along: "contracts.contest"}, // it is signed with the winner
	{Later: "contracts.signed", Earlier: "contests.announced", Along: "contracts.contest"},
	{Later: "payments.date", Earlier: "contracts.signed", Along: "payments.contract"},

	{Later: "letters.sent", Earlier: "contests.announced", Along: "letters.contract.contest"}, // on the ground of the applications, so that it need not wait for the contract
	{Later: "measurements.date", Earlier: "visits.date", Along: "measurements.visit"},
	{Later: "replies.date", Earlier: "assessments.fieldwork_from", Along: "replies.finding.assessment"},

	{Later: "recommendations.due", Earlier: "assessments.fieldwork_from", Along: "recommendations.finding.assessment"},
	{Later: "reports.delivered", Earlier: "assessments.fieldwork_to", Along: "reports.assessment"},
	{Later: "reports.delivered", Earlier: "assessments.fieldwork_from", Along: "reports.assessment"},
	{Later: "analytic_letters.date", Earlier: "reports.delivered", Along: "analytic_letters.reports"}, // it is written from these reports
	{Later: "analytic_letters.date", Earlier: "panels.formed", Along: "analytic_letters.panel"},
	{Later: "publications.published", Earlier: "analytic_letters.date", Along: "publications.subject"},
	{Later: "publications.published", Earlier: "reports.delivered", Along: "publications.subject"},
	{Later: "publications.published", Earlier: "contests.announced", Along: "publications.subject"},
	{Later: "publications.published", Earlier: "contracts.signed", Along: "publications.subject"},
	{Later: "publications.published", Earlier: "decisions.date", Along: "publications.subject"},
	{Later: "distributions.sent", Earlier: "analytic_letters.date", Along: "distributions.letter"},
	{Later: "events.date", Earlier: "analytic_letters.date", Along: "events.letter"},
	{Later: "events.date", Earlier: "reports.delivered", Along: "events.report"},

	{Later: "measures.proposed", Earlier: "assessments.fieldwork_from", Along: "measures.recommendation.finding.assessment"},
	{Later: "decisions.date", Earlier: "measures.proposed", Along: "measures.decision"}, // it adopts or declines the measure
	{Later: "verifications.date", Earlier: "measures.proposed", Along: "verifications.measure"},
	{Later: "verifications.date", Earlier: "measures.done", Along: "verifications.measure", Unless: []string{"result", "", "partly", "not-eliminated"}}, // until it is done, a check finds that
}

// Event is a day that a record tells, or a word that tells what happened.
type Event struct {
	jme.Record
	Column *table.Column
}

// Value is the day, moment or word as it stands in the register, or "".
func (e Event) Value() string { return e.Row.Values[e.Column.Field()] }

// Each calls take with the two days of each pair that is recorded the other way round. Days of a record
// that contradict each other are reported as such, and not compared with those of another.
func Each(m *jme.Municipality, take func(p *Pair, later, earlier Event)) {
	for i := range Pairs {
		p := &Pairs[i]
		path := strings.Split(p.Along, ".")
		t := m.Table(path[0])
		if t == nil {
			continue
		}
		unless := -1
		if len(p.Unless) > 0 {
			unless = t.Schema.Field(p.Unless[0])
		}
		for j := range t.Rows {
			from := jme.Record{Table: t, Row: &t.Rows[j]}
			if unless >= 0 && slices.Contains(p.Unless[1:], from.Row.Values[unless]) {
				continue
			}
			for _, to := range follow(m, from, path[1:]) {
				later, ok := event(p.Later, from, to)
				if !ok {
					continue
				}
				earlier, ok := event(p.Earlier, to, from)
				if ok && Before(later.Value(), earlier.Value()) && !disordered(later.Record) && !disordered(earlier.Record) {
					take(p, later, earlier)
				}
			}
		}
	}
}

// follow returns the records to which references lead, one after the other, from a record.
func follow(m *jme.Municipality, from jme.Record, references []string) []jme.Record {
	if len(references) == 0 {
		return []jme.Record{from}
	}
	var to []jme.Record
	column := from.Table.Schema.Column(references[0])
	register := jme.Target(from.Table, from.Row, column)
	if column.Type != table.Ref { // the ids of the reports that a letter names
		register = column.Name
	}
	for id := range strings.FieldsSeq(from.Row.Values[column.Field()]) {
		if r, ok := m.Record(register, id); ok {
			to = append(to, follow(m, r, references[1:])...)
		}
	}
	return to
}

// event is what a column tells by the first of two records that is of its register.
func event(name string, of ...jme.Record) (e Event, ok bool) {
	register, column, _ := strings.Cut(name, ".")
	i := slices.IndexFunc(of, func(r jme.Record) bool { return r.Table.Schema.Name == register })
	if i < 0 {
		return e, false
	}
	e = Event{of[i], of[i].Table.Schema.Column(column)}
	return e, e.Value() != ""
}

// disordered reports whether days of a record are not in the order that its schema gives.
func disordered(r jme.Record) bool {
	return slices.ContainsFunc(r.Table.Schema.Order, func(pair []string) bool {
		first, second := r.Table.Value(r.Row, pair[0]), r.Table.Value(r.Row, pair[1])
		return first != "" && second != "" && Before(second, first)
	})
}

// Before reports whether a day or moment is earlier than another. If one of the two has no time
// of day, the days are compared.
func Before(first, second string) bool {
	a, okA := table.ParseTime(first)
	b, okB := table.ParseTime(second)
	if len(first) <= len("2006-01-02") || len(second) <= len("2006-01-02") {
		n := min(len(table.Day(first)), len(table.Day(second)))
		return first[:n] < second[:n]
	}
	return okA && okB && a.Before(b)
}
