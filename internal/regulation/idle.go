package regulation

import (
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/wording"
)

// Idle says why an assumption of a regulation, by its place there, has no effect, or "": "again" if one above has
// the same code, "date" if it says since when the regulation is in force and the act does, "unasked"
// if it decides outcomes of rules that no clause calls. An assumption that no rule rests on says how a text is
// read, and is never idle. Pages do not show what is idle: readers would take it for how things are judged.
func (all Rules) Idle(r *jme.Regulation, at int) (why string) {
	a := &r.Assumptions[at]
	switch {
	case slices.ContainsFunc(r.Assumptions[:at], func(x jme.Assumption) bool { return x.Code == a.Code }):
		return "again"
	case a.Code == wording.InForceFrom:
		if !r.Act.InForceFrom.IsZero() || !r.Act.Date.IsZero() {
			return "date"
		}
	case all.Convention(a.Code) != nil && !all.asks(r, a.Code):
		return "unasked"
	}
	return ""
}

// Assumed are the places of the assumptions of a regulation that are made for a clause: those on which the rules rest that
// check the clause, or did, and those that the municipality names for it. One can be made for several clauses. None is idle.
func (all Rules) Assumed(r *jme.Regulation, c *jme.Clause) (places []int) {
	for i := range r.Assumptions {
		a := &r.Assumptions[i]
		rests := func(check jme.Check) bool {
			rule := all.Find(check.Rule)
			return rule != nil && rule.rests(a.Code)
		}
		if all.Idle(r, i) == "" && (a.Clause == c.Number || checked(c, rests)) {
			places = append(places, i)
		}
	}
	return places
}

// rests reports whether a rule rests on an assumption.
func (r *Rule) rests(code string) bool {
	return slices.ContainsFunc(r.Assumes, func(c Convention) bool { return c.Code == code })
}

// checked reports whether a check of a clause, as it reads or as it read once, is such a one.
func checked(c *jme.Clause, such func(jme.Check) bool) bool {
	return slices.ContainsFunc(c.Checks, such) || slices.ContainsFunc(c.Versions, func(v jme.Version) bool { return slices.ContainsFunc(v.Checks, such) })
}

// asks reports whether a clause is checked, or was, by a rule that rests on an assumption. A check that names no
// rule may have been meant to name one that does.
func (all Rules) asks(r *jme.Regulation, code string) bool {
	asks := func(check jme.Check) bool {
		rule := all.Find(check.Rule)
		return rule == nil || rule.rests(code)
	}
	return slices.ContainsFunc(r.Clauses, func(c jme.Clause) bool { return checked(&c, asks) })
}

// validateAssumptions reports assumptions without effect.
func (all Rules) validateAssumptions(r *jme.Regulation, problems *diag.List) {
	for i := range r.Assumptions {
		a := &r.Assumptions[i]
		if why := all.Idle(r, i); why != "" && a.Code != "" {
			problems.Add(diag.Diagnostic{Code: diag.AssumptionIdle, File: r.File, Span: a.Span, Value: a.Code, Args: diag.Args{"detail": diag.Phrase("toml.assumption-" + why)}})
		}
	}
}
