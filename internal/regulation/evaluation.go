package regulation

import (
	"slices"
	"sync/atomic"
	"time"

	"achyk/internal/fault"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
	"achyk/internal/wording"
)

// Evaluate applies the rules that a municipality's regulation asks for to each year, as of a day
// (midnight UTC). The rules see the registers as they were on that day. Each outcome is judged by the text
// that was in force on the day on which its duty began; where there was none, there is no outcome.
// A rule that reads a register named in unread, or one whose table was not read whole, is not
// checked. More than limits.Outcomes are not all: the other checks are left out, so that the caller
// can refuse them in time.
//
// The outcomes are in the order of the clauses, for each clause by version and year, and for each
// year by subject.
func (all Rules) Evaluate(m *jme.Municipality, asOf time.Time, unread ...string) []*Outcome {
	m = m.AsOf(asOf)
	from, _ := wording.Begins(&m.Regulation)
	e := &evaluation{
		m: m, asOf: asOf, unread: unread, clock: clock.New(m.Calendar, m.Settings.Zone()), index: newIndex(m),
		always: from.IsZero() && m.Regulation.Act.InForceUntil.IsZero(),
	}
	cycles := slices.DeleteFunc(m.Cycles(asOf), unrecorded(m, from.Year(), asOf.Year()))
	var found atomic.Int64
	var checks []func() []*Outcome // of each clause in each year
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
					n := nth[rule]
					checks = append(checks, func() []*Outcome {
						if found.Load() > limits.Outcomes {
							return nil
						}
						judged := e.judge(rule, text.Number, &text.Checks[j], cycle)
						judged = slices.DeleteFunc(judged, func(o *Outcome) bool { return !e.governs(&text, rule, o.Year, o.Subject) })
						for _, o := range judged {
							o.Version, o.nth = text.Version, n
						}
						found.Add(int64(len(judged)))
						return judged
					})
				}
			}
		}
	}
	judged := slices.Concat(inParallel(checks)...)
	e.explain(judged)
	return judged
}

// unrecorded tells which years not to judge, because the records do not reach there: those without
// records before the first that has some and lies within the force of the regulation, and after the
// present one. A year that is mistyped makes no duties of the years on the way to it.
func unrecorded(m *jme.Municipality, force, present int) func(*jme.Cycle) bool {
	years, first := m.Years(), present
	for _, year := range years {
		if year >= force {
			first = min(first, year)
		}
	}
	return func(c *jme.Cycle) bool {
		return !slices.Contains(years, c.Year) && (c.Year < first || c.Year > present)
	}
}

// inParallel runs checks, which change nothing that others read, and returns their outcomes in the
// same order. It panics if one of them panics.
func inParallel(checks []func() []*Outcome) [][]*Outcome {
	outcomes := make([][]*Outcome, len(checks))
	if err := fault.InParallel(len(checks), func(i int) { outcomes[i] = checks[i]() }); err != nil {
		panic(err) // here, where the caller can catch it
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
func (e *evaluation) judge(rule *Rule, clause string, check *jme.Check, cycle *jme.Cycle) []*Outcome {
	c := &Case{
		Municipality: e.m, Cycle: cycle, AsOf: e.asOf, Clock: e.clock, index: e.index,
		rule: rule, clause: clause, parameters: check.Parameters, values: map[string]string{}, asked: map[string]bool{},
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
	for _, a := range rule.Assumes {
		if _, named := c.values[a.Code]; named {
			c.assumed = append(c.assumed, a.Code)
		}
	}
	all := e.check(c)
	e.readOtherwise(all, c)
	return all
}

// check runs the rule of a case.
func (e *evaluation) check(c *Case) []*Outcome {
	c.rule.Check(c)
	all := c.outcomes()
	for _, o := range all {
		e.exempt(o)
		o.withholds = c.rule.Withholds && o.Exemption != ""
	}
	return all
}
