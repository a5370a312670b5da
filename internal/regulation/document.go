package regulation

import (
	"fmt"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// What is said of the rules themselves: achyk explain and the page of the rules print it.

// Name is what a parameter of the rule is called: by a message of the rule's own, else by
// the one that all rules share.
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

// Say puts a value of the parameter in words; one that does not fit stands as it is.
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
	for _, w := range x.Words {
		if w.Code == word {
			return inText(w.Label).Parts(p.Lang()).String()
		}
	}
	return word
}

// Title is what an assumption leaves open; a municipality gives it a title of its own.
func (c Convention) Title(p *locale.Printer) string {
	return p.T("regulation.assumption." + c.Code + ".title")
}

// Reading is a value of an assumption in words, or "" for one that no rule knows.
func (c Convention) Reading(value string, p *locale.Printer) string {
	if !slices.Contains(c.Values, value) {
		return ""
	}
	return p.T("regulation.assumption." + c.Code + "." + value)
}

// Use is a clause that asks a rule.
type Use struct {
	Municipality *jme.Municipality
	Clause       *jme.Clause
	Check        *jme.Check
}

// Uses are the clauses of a municipality that ask the rule, in their order.
func (r *Rule) Uses(m *jme.Municipality) []Use {
	var uses []Use
	for i := range m.Regulation.Clauses {
		clause := &m.Regulation.Clauses[i]
		for j := range clause.Checks {
			if check := &clause.Checks[j]; check.Rule == r.Code {
				uses = append(uses, Use{m, clause, check})
			}
		}
	}
	return uses
}

// Assumption is how the municipality of the clause reads what the convention leaves open,
// or nil.
func (u Use) Assumption(c Convention) *jme.Assumption {
	for i := range u.Municipality.Regulation.Assumptions {
		if a := &u.Municipality.Regulation.Assumptions[i]; a.Code == c.Code {
			return a
		}
	}
	return nil
}

// Example is the part of a regulation.toml that asks the rule, as the program would take
// it: a clause with the parameters the rule must be told (where it needs none, the first
// it can be), and the assumptions of which it knows more than one reading.
func (r *Rule) Example() string {
	var b strings.Builder
	text := `{ ky = "…", ru = "…", en = "…" }`
	for _, c := range r.Assumes {
		if len(c.Values) > 0 {
			fmt.Fprintf(&b, "[[assumption]]\ncode  = %q\ntitle = %s\ntext  = %s\nvalue = %q\n\n", c.Code, text, text, c.Values[0])
		}
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

// example is a value that fits, in TOML.
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
