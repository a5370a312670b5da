// Package newcycle lays out a year of joint monitoring and evaluation before it begins, or while it goes on: what
// the regulation will ask for, by when, and where it is to be recorded.
//
// It makes no records. A row in a register says that something happened: that a council approved a list, that a
// contest was announced. Before it happened the row would be a false record, and once published it would stay in the
// history. What is known before is little: the year, ids that go on as those of the last year, the kind of a
// decision and who is to take it, who provides a service on the list. This is written into drafts, which are no part of the
// repository: rows of sheets to fill in. Each lacks a cell that must be filled, so that the desk refuses it until
// somebody has filled it in.
//
// What the year has already gets no draft, so a plan can be made again at any time.
package newcycle

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/table"
	"achyk/internal/wording"
)

// Plan is a year as it is laid out.
type Plan struct {
	Municipality *jme.Municipality
	Year         int
	AsOf         time.Time            // the day by which the year is judged: today or, if it has not begun, its first
	Deadlines    []judgement.Deadline // that are known already, the earliest first
	Clauses      []Clause             // in force on that day, in the order of the regulation
	Days         int                  // days of the year in the calendar of days off
	Tentative    []time.Time          // of these, the days that are not confirmed yet; deadlines may move by them
	Drafts       []Draft              // of what the year does not have yet
	Letter       string               // id of the analytic letter that is to be written; empty if there is one
}

// Clause is what a clause asks for in the year.
type Clause struct {
	wording.Clause
	Duties []Duty // none: no rule checks the clause
}

// Duty is a check of a clause.
type Duty struct {
	Rule     *regulation.Rule
	Check    *jme.Check
	Begun    bool                  // something is recorded that it is about
	Outcomes []*regulation.Outcome // that are not settled
}

// Draft is a row that will be needed. Cells has what is known of it, by field.
type Draft struct {
	Register string
	Cells    map[string]string
}

// Of lays out a year of a municipality, as of a day.
func Of(m *jme.Municipality, year int, today time.Time) *Plan {
	p := &Plan{Municipality: m, Year: year, AsOf: today}
	if first := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); today.Before(first) {
		p.AsOf = first
	}
	p.clauses()
	if t := m.Table(jme.Calendar); t != nil {
		for i := range t.Rows {
			if day := t.Value(&t.Rows[i], "date"); strings.HasPrefix(day, strconv.Itoa(year)) {
				p.Days++
				if t.Value(&t.Rows[i], "status") == "tentative" {
					if d, err := time.Parse(time.DateOnly, day); err == nil {
						p.Tentative = append(p.Tentative, d)
					}
				}
			}
		}
	}
	p.drafts()
	return p
}

// clauses finds what the clauses that are in force ask for, and how it stands.
func (p *Plan) clauses() {
	judged := judgement.Of(p.Municipality, p.AsOf)
	for _, d := range judged.Deadlines {
		if d.Outcome != nil && d.Outcome.Year == p.Year || d.Outcome == nil && d.Date.Year() == p.Year {
			p.Deadlines = append(p.Deadlines, d)
		}
	}
	r := &p.Municipality.Regulation
	for i := range r.Clauses {
		c := Clause{Clause: wording.On(r, &r.Clauses[i], p.AsOf)}
		if !c.Holds(p.AsOf) {
			continue
		}
		for j := range c.Checks {
			d := Duty{Rule: rules.All.Find(c.Checks[j].Rule), Check: &c.Checks[j]}
			if d.Rule == nil {
				continue
			}
			open := []regulation.Kind{regulation.Pending, regulation.Overdue, regulation.Unknown}
			for _, o := range judged.Outcomes {
				if o.Year != p.Year || o.Clause != c.Number || o.Rule != d.Rule.Code {
					continue
				}
				d.Begun = d.Begun || o.Kind != regulation.NotApplicable
				if slices.Contains(open, o.Kind) {
					d.Outcomes = append(d.Outcomes, o)
				}
			}
			c.Duties = append(c.Duties, d)
		}
		p.Clauses = append(p.Clauses, c)
	}
}

// parameter is what a clause tells a rule, or "" if no clause in force asks for the rule.
func (p *Plan) parameter(rule, name string) (value string, asked bool) {
	for _, c := range p.Clauses {
		for _, d := range c.Duties {
			if d.Rule.Code == rule {
				value, _ = d.Check.Parameters[name].(string)
				return value, true
			}
		}
	}
	return "", false
}

// drafts lists what the year does not have yet and something is known of.
func (p *Plan) drafts() {
	m, all := p.Municipality, func(string) bool { return true }
	c, year := m.Cycle(p.Year, p.AsOf), strconv.Itoa(p.Year)
	byContest := m.Regulation.Act.Procedure != jme.ByGroup
	if issuer, asked := p.parameter("annual-list-approved", "issuer"); asked && len(c.Entries) == 0 {
		p.add("annual_list", map[string]string{"year": year, "decision": p.decision("annual-list", "list", issuer)})
	}
	if len(c.Panels) == 0 {
		issuer, _ := p.parameter("group-formed-by-decision", "issuer")
		kind := "working-commission"
		if !byContest {
			kind = "monitoring-group"
		}
		p.add("panels", map[string]string{"id": cmp.Or(p.next("panels", all), "panel-"+year), "kind": kind, "decision": p.decision("form-panel", "panel", issuer)})
	}
	if byContest && len(c.Contests) == 0 {
		p.add("contests", map[string]string{"id": cmp.Or(p.next("contests", all), "contest-"+year), "year": year})
	}
	p.assessments(c)
	if len(c.AnalyticLetters) == 0 {
		p.Letter = m.ID + "-" + year
	}
}

// decision returns the id of a decision, whose number and day are known when it is taken, and adds its draft if it is
// not on record yet.
func (p *Plan) decision(kind, word, issuer string) string {
	t := p.Municipality.Table("decisions")
	of := func(key string) bool { return t.Value(t.Lookup(key), "kind") == kind }
	id := cmp.Or(p.next("decisions", of), "d-"+strconv.Itoa(p.Year)+"-"+word)
	if t.Lookup(id) == nil {
		p.add("decisions", map[string]string{"id": id, "issuer": issuer, "kind": kind})
	}
	return id
}

// assessments adds the drafts of assessments: of each service on the list by each of its providers or, where the
// regulation asks for no list, of what was monitored regularly the year before. How each is done is left open.
func (p *Plan) assessments(c *jme.Cycle) {
	m, year := p.Municipality, strconv.Itoa(p.Year)
	has := func(service, provider string) bool {
		return slices.ContainsFunc(c.Assessments, func(a *jme.Assessment) bool {
			return a.Service.ID == service && (provider == "" || a.Provider.ID == provider)
		})
	}
	n := 0
	number := func() string { // those of the last year end with numbers, or with names that are not known
		id := p.next("assessments", func(string) bool { return true })
		parts := counted.FindStringSubmatch(id)
		for parts != nil {
			n++
			if id := parts[1] + strconv.Itoa(n); m.Table("assessments").Lookup(id) == nil {
				return id
			}
		}
		return ""
	}
	for _, e := range c.Entries {
		if has(e.Service.ID, "") {
			continue
		}
		found := false
		for _, sp := range m.ServiceProviders {
			if sp.Service.ID == e.Service.ID && !sp.ValidFrom.Day().After(p.AsOf) && (sp.ValidTo.IsZero() || !sp.ValidTo.Day().Before(p.AsOf)) {
				found = true
				p.add("assessments", map[string]string{"id": number(), "year": year, "service": e.Service.ID, "provider": sp.Provider.ID, "entry": e.ID})
			}
		}
		if !found {
			p.add("assessments", map[string]string{"id": number(), "year": year, "service": e.Service.ID, "entry": e.ID})
		}
	}
	if _, asked := p.parameter("annual-list-approved", "issuer"); asked {
		return
	}
	for _, a := range m.Assessments {
		if a.Year == p.Year-1 && a.Regularity == "regular" && !has(a.Service.ID, a.Provider.ID) {
			id := p.next("assessments", func(key string) bool { return key == a.ID })
			p.add("assessments", map[string]string{"id": id, "year": year, "regularity": a.Regularity, "service": a.Service.ID, "provider": a.Provider.ID})
		}
	}
}

// add adds a draft. An id that a record has is not proposed.
func (p *Plan) add(register string, cells map[string]string) {
	if p.Municipality.Table(register).Lookup(cells["id"]) != nil {
		cells["id"] = ""
	}
	p.Drafts = append(p.Drafts, Draft{register, cells})
}

var (
	years   = regexp.MustCompile(`20[0-9]{2}`)
	counted = regexp.MustCompile(`^(.*[^0-9])[0-9]{1,3}$`)
)

// next is the id of the last record that is meant, with the year that is laid out in the place of its own. It is empty
// if ids tell no year.
func (p *Plan) next(register string, meant func(key string) bool) string {
	t := p.Municipality.Table(register)
	for i := len(t.Rows) - 1; i >= 0; i-- {
		key := t.Rows[i].Key
		if at := years.FindStringIndex(key); at != nil && meant(key) {
			return key[:at[0]] + strconv.Itoa(p.Year) + key[at[1]:]
		}
	}
	return ""
}

// Rows are the drafts of a register, as rows of it.
func (p *Plan) Rows(t *table.Table) (rows []table.Row) {
	for _, d := range p.Drafts {
		if d.Register == t.Schema.Name {
			rows = append(rows, t.Schema.Row(d.Cells))
		}
	}
	return rows
}

// Registers are those that have drafts, in the order in which they are to be brought in.
func (p *Plan) Registers() (names []string) {
	for _, d := range p.Drafts {
		if !slices.Contains(names, d.Register) {
			names = append(names, d.Register)
		}
	}
	return names
}
