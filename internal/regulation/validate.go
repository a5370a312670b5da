package regulation

import (
	"maps"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
)

// Validate checks what a municipality asks of the rules: that the rules in its regulation and
// its exemptions exist, that their parameters are known, fit and are complete, and that the
// assumptions they rest on have a reading the rule knows.
func (all Rules) Validate(m *jme.Municipality) diag.List {
	var problems diag.List
	r := &m.Regulation
	for _, clause := range r.Clauses {
		for i := range clause.Checks {
			check := &clause.Checks[i]
			if rule := all.Find(check.Rule); rule != nil {
				validate(rule, r, check, &problems)
				continue
			}
			problems.Add(diag.Diagnostic{Code: diag.RuleUnknown, File: r.File, Span: check.Span, Value: check.Rule, Args: diag.Args{"words": all.codes()}})
		}
	}
	if t := m.Table("exemptions"); t != nil {
		for i := range t.Rows {
			if row := &t.Rows[i]; t.Value(row, "rule") != "" && all.Find(t.Value(row, "rule")) == nil {
				problems.Add(t.Problem(diag.RuleUnknown, row, t.Schema.Field("rule"), diag.Args{"words": all.codes()}))
			}
		}
	}
	return problems
}

func validate(rule *Rule, r *jme.Regulation, check *jme.Check, problems *diag.List) {
	for _, name := range slices.Sorted(maps.Keys(check.Parameters)) {
		i := slices.IndexFunc(rule.Parameters, func(p Parameter) bool { return p.Name == name })
		if i < 0 {
			var known []string
			for _, p := range rule.Parameters {
				known = append(known, p.Name)
			}
			problems.Add(diag.Diagnostic{Code: diag.ParameterUnknown, File: r.File, Span: check.Spans[name], Value: name, Args: diag.Args{"parent": rule.Code, "words": known}})
			continue
		}
		if p := &rule.Parameters[i]; !p.fits(check.Parameters[name]) {
			problems.Add(diag.Diagnostic{Code: diag.ParameterWrong, File: r.File, Span: check.Spans[name], Value: name, Args: diag.Args{"parent": rule.Code, "want": string(p.Type), "words": p.codes()}})
		}
	}
	for _, p := range rule.Parameters {
		if _, given := check.Parameters[p.Name]; p.Required && !given {
			problems.Add(diag.Diagnostic{Code: diag.ParameterMissing, File: r.File, Span: check.Span, Value: p.Name, Args: diag.Args{"parent": rule.Code, "want": string(p.Type), "words": p.codes()}})
		}
	}
	for _, a := range rule.Assumes {
		i := slices.IndexFunc(r.Assumptions, func(x jme.Assumption) bool { return x.Code == a.Code })
		if len(a.Values) == 0 || i >= 0 && slices.Contains(a.Values, r.Assumptions[i].Value) {
			continue
		}
		span := check.Span
		if i >= 0 {
			span = r.Assumptions[i].Span
		}
		problems.Add(diag.Diagnostic{Code: diag.AssumptionNeeded, File: r.File, Span: span, Value: a.Code, Args: diag.Args{"parent": rule.Code, "words": a.Values}})
	}
}
