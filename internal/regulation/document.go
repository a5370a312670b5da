package regulation

import (
	"fmt"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/wording"
)

// Name is the name of a parameter in words: a message of this rule or, where there is none, the
// one that all rules share. It is shown by achyk explain and on the page of rules, like all in
// this file.
func (r *Rule) Name(parameter string, p *locale.Printer) string {
	if own := "regulation." + r.Code + ".parameter." + parameter; p.Has(own) {
		return p.T(own)
	}
	return p.T("regulation.parameter." + parameter)
}

// Word is the type in words.
func (t Type) Word(p *locale.Printer) string {
	first, _, _ := strings.Cut(string(t), " ") // "array of strings"
	return p.T("regulation.type." + first)
}

// Say is a value of the parameter in words. A value that does not fit is written as package fmt
// prints it.
func (x *Parameter) Say(value any, p *locale.Printer) string {
	switch v := value.(type) {
	case int64:
		return p.Number(fmt.Sprint(v))
	case bool:
		return p.T(fmt.Sprintf("regulation.value.%t", v))
	case string:
		return x.label(v, p)
	}
	words, ok := texts(value)
	if !ok {
		return fmt.Sprint(value)
	}
	for i, w := range words {
		words[i] = x.label(w, p)
	}
	return strings.Join(words, ", ")
}

func (x *Parameter) label(word string, p *locale.Printer) string {
	for _, w := range x.Fitting() {
		if w.Code == word {
			return InText(w.Label).Parts(p.Lang()).String()
		}
	}
	return word
}

// Title says what the assumption is about. A municipality can give it another title.
func (c Convention) Title(p *locale.Printer) string {
	return p.T("regulation.assumption." + c.Code + ".title")
}

// Reading is a reading of the assumption in words, or "" for one that the rules do not know.
func (c Convention) Reading(value string, p *locale.Printer) string {
	if !slices.Contains(c.Values, value) {
		return ""
	}
	return p.T("regulation.assumption." + c.Code + "." + value)
}

// Use is a clause that is checked by a rule.
type Use struct {
	Municipality *jme.Municipality
	Clause       *wording.Clause
	Check        *jme.Check
}

// Uses are the clauses of a municipality that are checked by the rule, or were, in their order. A
// check that an amendment left as it was is one use, with the first wording that has it.
func (r *Rule) Uses(m *jme.Municipality) []Use {
	var uses []Use
	for i := range m.Regulation.Clauses {
		for _, clause := range wording.Of(&m.Regulation, &m.Regulation.Clauses[i]) {
			for j := range clause.Checks {
				check := &clause.Checks[j]
				same := func(u Use) bool { return u.Check == check }
				if check.Rule == r.Code && !slices.ContainsFunc(uses, same) {
					uses = append(uses, Use{m, &clause, check})
				}
			}
		}
	}
	return uses
}

// Assumption is the municipality's entry for a convention of the rule, or nil.
func (u Use) Assumption(c Convention) *jme.Assumption {
	for i := range u.Municipality.Regulation.Assumptions {
		if a := &u.Municipality.Regulation.Assumptions[i]; a.Code == c.Code {
			return a
		}
	}
	return nil
}

// Example is a piece of regulation.toml that uses the rule and loads without findings: the
// assumptions that the rule rests on, and a clause with the required parameters or,
// where none is required, the first optional one.
func (r *Rule) Example() string {
	var b strings.Builder
	text := `{ ky = "…", ru = "…", en = "…" }`
	for _, c := range r.Assumes {
		fmt.Fprintf(&b, "[[assumption]]\ncode  = %q\ntitle = %s\ntext  = %s\nvalue = %q\n\n", c.Code, text, text, c.Values[0])
	}
	fmt.Fprintf(&b, "[[clause]]\nnumber  = \"1\"\ntitle   = %s\nsummary = %s\nstatus  = \"in-hand\"\n[[clause.check]]\nrule = %q\n", text, text, r.Code)
	var told []string
	for i := range r.Parameters {
		if x := &r.Parameters[i]; x.Required {
			told = append(told, x.Name+" = "+x.example())
		}
	}
	if len(told) == 0 && len(r.Parameters) > 0 {
		told = append(told, r.Parameters[0].Name+" = "+r.Parameters[0].example())
	}
	if len(told) > 0 {
		fmt.Fprintf(&b, "parameters = { %s }\n", strings.Join(told, ", "))
	}
	return b.String()
}

// example is a value that fits, written in TOML.
func (x *Parameter) example() string {
	switch x.Type {
	case Whole:
		return "7"
	case Truth:
		return "true"
	case Word:
		return fmt.Sprintf("%q", x.codes()[0])
	default:
		words := x.codes()
		for i, w := range words {
			words[i] = fmt.Sprintf("%q", w)
		}
		return "[" + strings.Join(words[:min(2, len(words))], ", ") + "]"
	}
}
