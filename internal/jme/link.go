package jme

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/gocarina/gocsv"

	"achyk/internal/table"
)

// Link reads the typed records from the tables and ties them together. It is called
// once, before the Dataset is handed on. An error is a fault of the program: whatever
// does not fit a schema was refused, and emptied, by the tables.
func (m *Municipality) Link() error {
	m.byID = map[reflect.Type]any{}
	m.tables = map[string]*table.Table{}
	for _, t := range m.Tables {
		m.tables[t.Schema.Name] = t
	}
	err := errors.Join(
		decode(m, "territories", &m.Territories),
		decode(m, "providers", &m.Providers),
		decode(m, "services", &m.Services),
		decode(m, "service_providers", &m.ServiceProviders),
		decode(m, "requirements", &m.Requirements),
		decode(m, "indicators", &m.Indicators),
		decode(m, "appeals", &m.Appeals),
		decode(m, "events", &m.Events),
		decode(m, "suggestions", &m.Suggestions),
		decode(m, "decisions", &m.Decisions),
		decode(m, "annual_list", &m.AnnualList),
		decode(m, "panels", &m.Panels),
		decode(m, "panel_members", &m.Members),
		decode(m, "organisations", &m.Organisations),
		decode(m, "contests", &m.Contests),
		decode(m, "contest_services", &m.ContestServices),
		decode(m, "criteria", &m.Criteria),
		decode(m, "applications", &m.Applications),
		decode(m, "scores", &m.Scores),
		decode(m, "recusals", &m.Recusals),
		decode(m, "contracts", &m.Contracts),
		decode(m, "payments", &m.Payments),
		decode(m, "letters", &m.AssistLetters),
		decode(m, "assessments", &m.Assessments),
		decode(m, "visits", &m.Visits),
		decode(m, "measurements", &m.Measurements),
		decode(m, "findings", &m.Findings),
		decode(m, "replies", &m.Replies),
		decode(m, "recommendations", &m.Recommendations),
		decode(m, "reports", &m.Reports),
		decode(m, "obstructions", &m.Obstructions),
		decode(m, "publications", &m.Publications),
		decode(m, "distributions", &m.Distributions),
		decode(m, "measures", &m.Measures),
		decode(m, "verifications", &m.Verifications),
		decode(m, "attachments", &m.Attachments),
		decode(m, "exemptions", &m.Exemptions),
		decode(m, Calendar, &m.Calendar),
		decode(m, AnalyticLetters, &m.AnalyticLetters),
	)
	if err != nil {
		return fmt.Errorf("municipality %s: %w", m.ID, err)
	}
	m.linkBack()
	m.referrers = map[address][]Link{}
	m.refer(m.Tables)
	return nil
}

// linkBack fills the lists that go down the chain.
func (m *Municipality) linkBack() {
	resolve(m, m.Territories)
	resolve(m, m.Providers)
	resolve(m, m.ServiceProviders)
	resolve(m, m.Requirements)
	resolve(m, m.Indicators)
	resolve(m, m.Appeals)
	resolve(m, m.Events)
	resolve(m, m.Suggestions)
	resolve(m, m.AnnualList)
	resolve(m, m.Panels)
	resolve(m, m.Distributions)
	resolve(m, m.AnalyticLetters)
	resolve(m, m.AssistLetters)
	resolve(m, m.Obstructions)
	resolve(m, m.Exemptions)
	resolve(m, m.Contests)
	resolve(m, m.Contracts)
	resolve(m, m.Assessments)

	children(m, m.Members, func(x *Member) Ref[Panel] { return x.Panel }, func(p *Panel) *[]*Member { return &p.Members })
	resolve(m, m.ContestServices)
	for _, x := range m.ContestServices {
		if c, e := x.Contest.Get(), x.Entry.Get(); c != nil && e != nil {
			c.Entries = append(c.Entries, e)
		}
	}
	children(m, m.Criteria, func(x *Criterion) Ref[Contest] { return x.Contest }, func(p *Contest) *[]*Criterion { return &p.Criteria })
	children(m, m.Applications, func(x *Application) Ref[Contest] { return x.Contest }, func(p *Contest) *[]*Application { return &p.Applications })
	children(m, m.Scores, func(x *Score) Ref[Application] { return x.Application }, func(p *Application) *[]*Score { return &p.Scores })
	children(m, m.Recusals, func(x *Recusal) Ref[Application] { return x.Application }, func(p *Application) *[]*Recusal { return &p.Recusals })
	children(m, m.Payments, func(x *Payment) Ref[Contract] { return x.Contract }, func(p *Contract) *[]*Payment { return &p.Payments })
	children(m, m.Visits, func(x *Visit) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Visit { return &p.Visits })
	children(m, m.Measurements, func(x *Measurement) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Measurement { return &p.Measurements })
	hang(m.Measurements, func(x *Measurement) Ref[Indicator] { return x.Indicator }, func(p *Indicator) *[]*Measurement { return &p.Measurements })
	children(m, m.Findings, func(x *Finding) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Finding { return &p.Findings })
	children(m, m.Reports, func(x *Report) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Report { return &p.Reports })
	children(m, m.Replies, func(x *Reply) Ref[Finding] { return x.Finding }, func(p *Finding) *[]*Reply { return &p.Replies })
	children(m, m.Recommendations, func(x *Recommendation) Ref[Finding] { return x.Finding }, func(p *Finding) *[]*Recommendation { return &p.Recommendations })
	children(m, m.Measures, func(x *Measure) Ref[Recommendation] { return x.Recommendation }, func(p *Recommendation) *[]*Measure { return &p.Measures })
	children(m, m.Verifications, func(x *Verification) Ref[Measure] { return x.Measure }, func(p *Measure) *[]*Verification { return &p.Verifications })
}

// children resolves records and hangs each on its parent.
func children[C, P any](m *Municipality, records []*C, parent func(*C) Ref[P], list func(*P) *[]*C) {
	resolve(m, records)
	hang(records, parent, list)
}

// hang hangs each record on its parent.
func hang[C, P any](records []*C, parent func(*C) Ref[P], list func(*P) *[]*C) {
	for _, r := range records {
		if p := parent(r).Get(); p != nil {
			*list(p) = append(*list(p), r)
		}
	}
}

func recordType[T any]() reflect.Type { return reflect.TypeFor[T]() }

// decode reads a register's rows into typed records and remembers them by key.
func decode[T any](m *Municipality, register string, into *[]*T) error {
	t := m.tables[register]
	if t == nil {
		return nil
	}
	if err := gocsv.UnmarshalCSV(&rows{table: t, next: -1}, into); err != nil && !errors.Is(err, gocsv.ErrEmptyCSVFile) {
		return fmt.Errorf("register %s: %w", register, err)
	}
	byID := make(map[string]*T, len(*into))
	for i, record := range *into {
		byID[t.Rows[i].Key] = record
	}
	m.byID[recordType[T]()] = byID
	return nil
}

// resolve finds the records that references of one register's records name.
func resolve[T any](m *Municipality, records []*T) {
	typ := recordType[T]()
	var fields []int
	for i := range typ.NumField() {
		if reflect.PointerTo(typ.Field(i).Type).Implements(reflect.TypeFor[linker]()) {
			fields = append(fields, i)
		}
	}
	for _, record := range records {
		v := reflect.ValueOf(record).Elem()
		for _, i := range fields {
			v.Field(i).Addr().Interface().(linker).link(m)
		}
	}
}

// rows hands a table to gocsv. The three fields of a text column are one struct there,
// which gocsv knows by names with a dot.
type rows struct {
	table *table.Table
	next  int // row to read; -1 is the header
}

func (r *rows) Read() ([]string, error) {
	r.next++
	switch {
	case r.next == 0:
		return r.header(), nil
	case r.next > len(r.table.Rows):
		return nil, io.EOF
	}
	return r.table.Rows[r.next-1].Values, nil
}

func (r *rows) ReadAll() ([][]string, error) {
	all := [][]string{r.header()}
	for i := range r.table.Rows {
		all = append(all, r.table.Rows[i].Values)
	}
	return all, nil
}

func (r *rows) header() []string {
	s := r.table.Schema
	names := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.Name
		if c := s.Columns[f.Column]; c.Type == table.Text {
			names[i] = c.Name + "." + [...]string{"Ky", "Ru", "En"}[f.Lang]
		}
	}
	return names
}
