package regulation

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
	"achyk/internal/wording"
)

// Validate checks what a municipality asks of the rules: that the rules in its regulation and
// its exemptions and explanations exist, that no clause asks twice for the same, that their parameters are known, fit and are
// complete, and that the assumptions they rest on have a reading the rule knows and each has an effect.
func (all Rules) Validate(m *jme.Municipality) diag.List {
	var problems diag.List
	r := &m.Regulation
	for i := range r.Clauses {
		all.validate(r, r.Clauses[i].Checks, &problems)
		for _, v := range r.Clauses[i].Versions {
			all.validate(r, v.Checks, &problems)
		}
	}
	all.validateAssumptions(r, &problems)
	for _, register := range []string{"exemptions", jme.Explanations} {
		all.validateRuleOf(m.Table(register), &problems)
	}
	validateExemptions(m, &problems)
	validateYears(m, &problems)
	return problems
}

// validateRuleOf reports records of a register that name a rule that there is not.
func (all Rules) validateRuleOf(t *table.Table, problems *diag.List) {
	if t == nil {
		return
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		if rule := t.Value(row, "rule"); rule != "" && all.Find(rule) == nil {
			problems.Add(t.Problem(diag.RuleUnknown, row, t.Schema.Field("rule"), diag.Args{"words": all.codes()}))
		}
	}
}

// validateExemptions reports exemptions for no record, and those that another body than the council
// decided: the regulations do not say who may set a rule aside.
func validateExemptions(m *jme.Municipality, problems *diag.List) {
	t := m.Table("exemptions")
	if t == nil {
		return
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		if t.Value(row, "subject") == "" {
			problems.Add(t.Problem(diag.ExemptionBlanket, row, t.Schema.Field("subject"), diag.Args{"parent": row.Key}))
		}
		if x := jme.Get[jme.Exemption](m, row.Key); x != nil && x.Decision.Get() != nil && x.Decision.Get().Issuer != "council" {
			problems.Add(t.Problem(diag.ExemptionIssuer, row, t.Schema.Field("decision"), diag.Args{"parent": row.Key, "have": x.Decision.Get().Issuer}))
		}
	}
}

// validateYears reports records of years before the regulation was in force, which have no outcomes.
func validateYears(m *jme.Municipality, problems *diag.List) {
	from, _ := wording.Begins(&m.Regulation)
	var found diag.Collector
	for _, t := range m.Tables {
		field := t.Schema.Field("year")
		if field < 0 || t.Schema.Own {
			continue
		}
		for i := range t.Rows {
			if year, err := strconv.Atoi(t.Rows[i].Values[field]); err == nil && year < from.Year() {
				found.Add(t.Problem(diag.BeforeForce, &t.Rows[i], field, diag.Args{"since": yearText(from.Year())}))
			}
		}
	}
	*problems = append(*problems, found.List...)
}

// validate checks the checks of a clause, or those of one of its versions.
func (all Rules) validate(r *jme.Regulation, checks []jme.Check, problems *diag.List) {
	for i := range checks {
		check := &checks[i]
		if rule := all.Find(check.Rule); rule != nil {
			validate(rule, r, check, problems)
			if slices.ContainsFunc(checks[:i], func(before jme.Check) bool { return sameCheck(&before, check) }) {
				problems.Add(diag.Diagnostic{Code: diag.RuleTwice, File: r.File, Span: check.Span, Value: check.Rule})
			}
			continue
		}
		problems.Add(diag.Diagnostic{Code: diag.RuleUnknown, File: r.File, Span: check.Span, Value: check.Rule, Args: diag.Args{"words": all.codes()}})
	}
}

// sameCheck tells whether two checks of a clause judge the same: each would count every outcome once more.
func sameCheck(a, b *jme.Check) bool {
	return a.Rule == b.Rule && len(a.Parameters) == len(b.Parameters) && (len(a.Parameters) == 0 || reflect.DeepEqual(a.Parameters, b.Parameters))
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
			problems.Add(diag.Diagnostic{Code: diag.ParameterWrong, File: r.File, Span: check.Spans[name], Value: name, Args: diag.Args{"parent": rule.Code, "want": p.wants(), "form": p.form(), "from": p.least(), "limit": p.most(), "words": p.codes()}})
		}
	}
	for _, p := range rule.Parameters {
		if _, given := check.Parameters[p.Name]; p.Required && !given {
			problems.Add(diag.Diagnostic{Code: diag.ParameterMissing, File: r.File, Span: check.Span, Value: p.Name, Args: diag.Args{"parent": rule.Code, "want": p.wants(), "form": p.form(), "from": p.least(), "limit": p.most(), "words": p.codes()}})
		}
	}
	for _, a := range rule.Assumes {
		i := slices.IndexFunc(r.Assumptions, func(x jme.Assumption) bool { return x.Code == a.Code })
		if i < 0 && a.Optional || i >= 0 && slices.Contains(a.Values, r.Assumptions[i].Value) {
			continue
		}
		span := check.Span
		if i >= 0 {
			span = r.Assumptions[i].Span
		}
		problems.Add(diag.Diagnostic{Code: diag.AssumptionNeeded, File: r.File, Span: span, Value: a.Code, Args: diag.Args{"parent": rule.Code, "words": a.Values}})
	}
}
