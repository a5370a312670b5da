package regulation

import (
	"maps"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// Parameter is something regulation.toml tells a rule.
type Parameter struct {
	Name     string
	Type     Type
	Required bool
	Words    []table.Value // the words that fit, for Word and Words, with what people read
}

// Type is what a parameter holds.
type Type string

// The types; the words are TOML's own, in which reports speak of them.
const (
	Whole Type = "integer" // from 0
	Truth Type = "boolean"
	Word  Type = "string"
	Words Type = "array of strings"
)

// Convention is an assumption a rule rests on, and the values it knows; without values it
// is a reading of the text that has no other here.
type Convention struct {
	Code   string
	Values []string
}

func (c *Case) whole(name string) (int, bool) {
	n, ok := c.parameters[name].(int64)
	return int(n), ok
}

func (c *Case) truth(name string) bool {
	b, _ := c.parameters[name].(bool)
	return b
}

func (c *Case) word(name string) string {
	s, _ := c.parameters[name].(string)
	return s
}

func (c *Case) words(name string) []string {
	words, _ := texts(c.parameters[name])
	return words
}

func texts(v any) ([]string, bool) {
	values, ok := v.([]any)
	var words []string
	for _, v := range values {
		s, isText := v.(string)
		words, ok = append(words, s), ok && isText
	}
	return words, ok
}

// Validate finds what a regulation asks of rules that they do not know or cannot be told,
// and exemptions from rules there are not.
func Validate(m *jme.Municipality) diag.List {
	var problems diag.List
	r := &m.Regulation
	for _, clause := range r.Clauses {
		for i := range clause.Checks {
			check := &clause.Checks[i]
			if rule := Find(check.Rule); rule != nil {
				validate(rule, r, check, &problems)
				continue
			}
			problems.Add(diag.Diagnostic{Code: diag.RuleUnknown, File: r.File, Span: check.Span, Value: check.Rule, Args: diag.Args{"words": codes()}})
		}
	}
	if t := m.Table("exemptions"); t != nil {
		for i := range t.Rows {
			if row := &t.Rows[i]; t.Value(row, "rule") != "" && Find(t.Value(row, "rule")) == nil {
				problems.Add(t.Problem(diag.RuleUnknown, row, t.Schema.Field("rule"), diag.Args{"words": codes()}))
			}
		}
	}
	return problems
}

// Idle finds the exemptions that set none of the outcomes aside. An unknown rule is
// Validate's to report.
func Idle(m *jme.Municipality, outcomes []Outcome) diag.List {
	used := map[string]bool{}
	for i := range outcomes {
		used[outcomes[i].Exemption] = used[outcomes[i].Exemption] || outcomes[i].Municipality == m.ID
	}
	var problems diag.List
	t := m.Table("exemptions")
	for _, x := range m.Exemptions {
		if row := t.Lookup(x.ID); row != nil && !used[x.ID] && Find(x.Rule) != nil {
			problems.Add(t.Problem(diag.ExemptionIdle, row, t.Schema.Field("id"), nil))
		}
	}
	return problems
}

func codes() []string {
	var all []string
	for _, r := range All {
		all = append(all, r.Code)
	}
	return all
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

func (p *Parameter) fits(v any) bool {
	fitting := p.codes()
	known := func(words ...string) bool {
		return len(fitting) == 0 || !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(fitting, w) })
	}
	switch p.Type {
	case Whole:
		n, ok := v.(int64)
		return ok && n >= 0
	case Truth:
		_, ok := v.(bool)
		return ok
	case Word:
		s, ok := v.(string)
		return ok && known(s)
	default:
		words, ok := texts(v)
		return ok && len(words) > 0 && known(words...)
	}
}

// codes are the words that fit as they stand in TOML.
func (p *Parameter) codes() []string {
	var codes []string
	for _, w := range p.Words {
		codes = append(codes, w.Code)
	}
	return codes
}

// wordsOf are the words of an enum column, for parameters that are checked against records.
func wordsOf(register, column string) []table.Value {
	return jme.Schema(register).Column(column).Values
}
