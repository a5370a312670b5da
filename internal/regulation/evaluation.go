package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// evaluation applies the rules of a municipality's regulation.
type evaluation struct {
	m      *jme.Municipality
	asOf   time.Time
	unread []string // registers that cannot be relied on
	clock  *Clock
	index  index
	cycles map[int]*jme.Cycle // by year
}

func newEvaluation(m *jme.Municipality, asOf time.Time, unread []string) *evaluation {
	return &evaluation{
		m: m, asOf: asOf, unread: unread, clock: NewClock(m.Calendar, m.Settings.TimeZone), index: newIndex(m),
		cycles: map[int]*jme.Cycle{},
	}
}

// cycle gathers a year once.
func (e *evaluation) cycle(year int) *jme.Cycle {
	if e.cycles[year] == nil {
		e.cycles[year] = e.m.Cycle(year, e.asOf)
	}
	return e.cycles[year]
}

// outcomes are those of all clauses with a rule, in all years.
func (e *evaluation) outcomes() []Outcome {
	var all []Outcome
	years := years(e.m, e.asOf)
	for _, clause := range e.m.Regulation.Clauses {
		nth := map[*Rule]int{}
		for i := range clause.Checks {
			rule := Find(clause.Checks[i].Rule)
			if rule == nil {
				continue
			}
			nth[rule]++
			for _, year := range years {
				for _, o := range e.judge(rule, clause.Number, &clause.Checks[i], e.cycle(year)) {
					o.nth = nth[rule]
					all = append(all, o)
				}
			}
		}
	}
	return all
}

// years are those from the first to the last with records, and on to the present one, without
// those in which the regulation was not in force.
func years(m *jme.Municipality, asOf time.Time) []int {
	recorded := append(m.Years(), asOf.Year())
	act := m.Regulation.Act
	from := cmp.Or(act.InForceFrom, act.Date)
	var all []int
	for y := slices.Min(recorded); y <= slices.Max(recorded); y++ {
		before := !from.IsZero() && y < from.Year()
		after := !act.InForceUntil.IsZero() && y > act.InForceUntil.Year()
		if !before && !after {
			all = append(all, y)
		}
	}
	return all
}

// judge applies a rule to a year, and again by each other reading of an assumption.
func (e *evaluation) judge(rule *Rule, clause string, check *jme.Check, cycle *jme.Cycle) []Outcome {
	c := &Case{
		Municipality: e.m, Cycle: cycle, AsOf: e.asOf, Clock: e.clock, index: e.index,
		rule: rule, clause: clause, parameters: check.Parameters, values: map[string]string{},
	}
	for _, register := range rule.Needs {
		if t := e.m.Table(register); t == nil || !t.Whole || slices.Contains(e.unread, register) {
			c.year().says(notChecked, locale.Args{"Register": jme.Schema(register).Title})
			return c.outcomes()
		}
	}
	for _, a := range e.m.Regulation.Assumptions {
		c.values[a.Code] = a.Value
	}
	rule.Check(c)
	all := c.outcomes()
	for _, convention := range rule.Assumes {
		for _, value := range convention.Values {
			if value != c.values[convention.Code] {
				e.otherwise(all, c, convention.Code, value)
			}
		}
	}
	for i := range all {
		e.exempt(&all[i])
	}
	return all
}

// otherwise notes where another reading of an assumption gives another kind of outcome.
func (e *evaluation) otherwise(all []Outcome, c *Case, code, value string) {
	other := *c
	other.out, other.values = nil, map[string]string{code: value}
	for k, v := range c.values {
		if k != code {
			other.values[k] = v
		}
	}
	c.rule.Check(&other)
	by := map[Record]*Outcome{} // a rule gives one outcome to a subject
	for i := range all {
		by[all[i].Subject] = &all[i]
	}
	for _, o := range other.outcomes() {
		if as := by[o.Subject]; as != nil && as.Kind != o.Kind {
			as.Otherwise = append(as.Otherwise, Otherwise{code, value, o.Kind, o.Due, e.title(code)})
		}
	}
}

// title is what the municipality calls an assumption or, where it has no title, the code.
func (e *evaluation) title(code string) locale.Text {
	for _, a := range e.m.Regulation.Assumptions {
		if a.Code == code && !a.Title.IsZero() {
			return a.Title
		}
	}
	return locale.Same(code)
}

// exempt sets an outcome aside that an exemption covers. The exemption must not have run out
// when the thing was done or, where it is not done, by today. What was kept needs none.
func (e *evaluation) exempt(o *Outcome) {
	if o.Kind == Kept || o.Kind == NotApplicable {
		return
	}
	for _, x := range e.m.Exemptions {
		if x.Rule != o.Rule || x.SubjectRegister != "" && (Record{x.SubjectRegister, x.Subject}) != o.Subject {
			continue
		}
		if by := cmp.Or(o.Done, e.asOf); x.Until.IsZero() || !x.Until.Day().Before(by) {
			o.Exemption, o.Without, o.Kind = x.ID, o.Kind, NotApplicable
			o.Evidence = append(o.Evidence, Record{"exemptions", x.ID})
			return
		}
	}
}
