package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
)

// Evaluate applies the rules that a municipality's regulation asks for to each year, as of a day (midnight
// UTC). The rules see the registers as they were on that day. Years in which the regulation was
// not in force are left out. A rule that reads a register named in unread, or one whose table was
// not read whole, is not checked.
//
// The outcomes are in the order of the clauses, for each clause by year, and for each year by
// subject.
func (all Rules) Evaluate(m *jme.Municipality, asOf time.Time, unread ...string) []Outcome {
	m = m.AsOf(asOf)
	e := &evaluation{m, asOf, unread, clock.New(m.Calendar, m.Settings.Zone()), newIndex(m)}
	cycles := m.Cycles(asOf)
	var outcomes []Outcome
	for _, clause := range m.Regulation.Clauses {
		nth := map[*Rule]int{}
		for i := range clause.Checks {
			rule := all.Find(clause.Checks[i].Rule)
			if rule == nil {
				continue
			}
			nth[rule]++
			for _, cycle := range cycles {
				if !inForce(&m.Regulation.Act, cycle.Year) {
					continue
				}
				for _, o := range e.judge(rule, clause.Number, &clause.Checks[i], cycle) {
					o.nth = nth[rule]
					outcomes = append(outcomes, o)
				}
			}
		}
	}
	return outcomes
}

// evaluation is what all rules have in common when they are applied to a municipality.
type evaluation struct {
	m      *jme.Municipality
	asOf   time.Time
	unread []string // registers that cannot be relied on
	clock  *clock.Clock
	index  *index
}

// inForce reports whether an act was in force on at least one day of a year.
func inForce(act *jme.Act, year int) bool {
	from := cmp.Or(act.InForceFrom, act.Date)
	before := !from.IsZero() && year < from.Year()
	after := !act.InForceUntil.IsZero() && year > act.InForceUntil.Year()
	return !before && !after
}

// judge applies a rule to a year, and again by each other reading of an assumption.
func (e *evaluation) judge(rule *Rule, clause string, check *jme.Check, cycle *jme.Cycle) []Outcome {
	c := &Case{
		Municipality: e.m, Cycle: cycle, AsOf: e.asOf, Clock: e.clock, index: e.index,
		rule: rule, clause: clause, parameters: check.Parameters, values: map[string]string{},
	}
	for _, register := range rule.Needs {
		if t := e.m.Table(register); t == nil || !t.Whole || slices.Contains(e.unread, register) {
			c.OfYear().Says(NotChecked, locale.Args{"Register": jme.Schema(register).Title})
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
