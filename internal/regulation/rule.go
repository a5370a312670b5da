package regulation

import (
	"slices"

	"achyk/internal/locale"
)

// Rule is one thing that a clause can ask for. docs/development.md says how to add one.
type Rule struct {
	Code       string       // kebab-case; also the key of the rule's messages
	Needs      []string     // registers it reads: if one could not be read, the rule is not checked
	Parameters []Parameter  // what a clause can tell it
	Assumes    []Convention // assumptions of the regulation that it rests on
	Order      []Order      // of events, without which no outcome is kept; each has a case in testdata
	Begins     []string     // columns of its subject that tell on which day the duty begins, where the table begins says otherwise
	Says       []Statement  // all it can say besides; each has messages, and a case in testdata
	Undated    bool         // since when it is kept does not follow from the days of its outcomes
	Withholds  bool         // an exemption from it leaves the report of an assessment unpublished
	Check      func(*Case)  // looks at one year and settles its outcomes
}

// Statement is one thing a rule can say of its subject. Its words are the message
// "regulation.<rule>.<key>", so rules can share a statement and say it in words of their own.
type Statement struct {
	Kind Kind
	Key  string
}

// NotChecked is said of any rule whose registers could not be read. Its message belongs to no
// rule.
var NotChecked = Statement{Unknown, "not_checked"}

// Rules are the rules that a program knows, in the order of the process.
type Rules []*Rule

// Find returns the rule with a code, or nil.
func (all Rules) Find(code string) *Rule {
	for _, r := range all {
		if r.Code == code {
			return r
		}
	}
	return nil
}

// Convention returns the assumption with a code on which a rule rests, or nil: then no outcome
// follows from how it is read.
func (all Rules) Convention(code string) *Convention {
	for _, r := range all {
		for i := range r.Assumes {
			if r.Assumes[i].Code == code {
				return &r.Assumes[i]
			}
		}
	}
	return nil
}

// codes are the codes of the rules.
func (all Rules) codes() []string {
	codes := make([]string, len(all))
	for i, r := range all {
		codes[i] = r.Code
	}
	return codes
}

// Can lists the kinds of outcome the rule can give, each once, in the order of its statements.
func (r *Rule) Can() []Kind {
	var kinds []Kind
	add := func(k Kind) {
		if !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	for _, s := range r.Says {
		add(s.Kind)
	}
	for _, x := range r.Order {
		add(x.Kind)
	}
	return kinds
}

// Obliges reports whether somebody must act by the rule's due day. The other rules only wait
// for a day to come before they can say more.
func (r *Rule) Obliges() bool { return slices.Contains(r.Can(), Overdue) }

// Title is the rule in a few words.
func (r *Rule) Title(p *locale.Printer) string { return p.T("regulation." + r.Code + ".title") }

// Help says in full what the rule checks.
func (r *Rule) Help(p *locale.Printer) string { return p.T("regulation." + r.Code + ".help") }

// Duty says what must be done by the rule's due day, for a list of deadlines. Only rules with
// an overdue outcome have one.
func (r *Rule) Duty(p *locale.Printer) string { return p.T("regulation." + r.Code + ".duty") }
