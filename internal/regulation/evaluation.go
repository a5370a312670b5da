package regulation

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
	"achyk/internal/wording"
)

// Evaluate applies the rules that a municipality's regulation asks for to each year, as of a day (midnight
// UTC). The rules see the registers as they were on that day. Each outcome is judged by the text
// that was in force on the day on which its duty began; where there was none, there is no outcome.
// A rule that reads a register named in unread, or one whose table was not read whole, is not
// checked.
//
// The outcomes are in the order of the clauses, for each clause by version and year, and for each
// year by subject.
func (all Rules) Evaluate(m *jme.Municipality, asOf time.Time, unread ...string) []Outcome {
	m = m.AsOf(asOf)
	from, _ := wording.Begins(&m.Regulation)
	e := &evaluation{
		m: m, asOf: asOf, unread: unread, clock: clock.New(m.Calendar, m.Settings.Zone()), index: newIndex(m),
		always: from.IsZero() && m.Regulation.Act.InForceUntil.IsZero(),
	}
	cycles := m.Cycles(asOf)
	var outcomes []Outcome
	for i := range m.Regulation.Clauses {
		for _, text := range wording.Of(&m.Regulation, &m.Regulation.Clauses[i]) {
			nth := map[*Rule]int{}
			for j := range text.Checks {
				rule := all.Find(text.Checks[j].Rule)
				if rule == nil {
					continue
				}
				nth[rule]++
				for _, cycle := range cycles {
					for _, o := range e.judge(rule, text.Number, &text.Checks[j], cycle) {
						if e.governs(&text, rule, o.Year, o.Subject) {
							o.Version, o.nth = text.Version, nth[rule]
							outcomes = append(outcomes, o)
						}
					}
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
	always bool // the regulation is in force on all days
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
