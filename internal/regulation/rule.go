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
	Says       []Statement  // all it can say; each has messages, and a case in testdata
	Check      func(*Case)  // looks at one year and settles its outcomes
}

// Statement is one thing a rule can say of its subject. Its words are the message
// "regulation.<rule>.<key>", so rules can share a statement and say it in words of their own.
type Statement struct {
	Kind Kind
	key  string
}

// Statements whose words have the name of their kind. Others stand beside their rules.
var (
	kept    = Statement{Kept, "kept"}
	broken  = Statement{Broken, "broken"}
	overdue = Statement{Overdue, "overdue"}
	pending = Statement{Pending, "pending"}
	unknown = Statement{Unknown, "unknown"}
	none    = Statement{NotApplicable, "none"} // the year has nothing the rule could be about
)

// doneLate is said of a duty that was done after its last day.
var doneLate = Statement{Broken, "done_late"}

// byAnotherBody is said of a decision that another body made than the one the clause names.
var byAnotherBody = Statement{Broken, "foreign"}

// notChecked is said of any rule whose registers could not be read. Its message belongs to no
// rule.
var notChecked = Statement{Unknown, "not_checked"}

// unmet are the statements about a duty of which nothing is recorded: its last day is not
// known, has passed, or lies ahead.
type unmet struct{ unknown, overdue, pending Statement }

var notDone = unmet{unknown, overdue, pending}

// All is every rule, in the order of the process.
var All = slices.Concat(choiceRules, panelRules, contestRules, awardRules, fieldworkRules, letterRules)

// Find returns the rule with a code, or nil.
func Find(code string) *Rule {
	for _, r := range All {
		if r.Code == code {
			return r
		}
	}
	return nil
}

// Can lists the kinds of outcome the rule can give, each once, in the order of its statements.
func (r *Rule) Can() []Kind {
	var kinds []Kind
	for _, s := range r.Says {
		if !slices.Contains(kinds, s.Kind) {
			kinds = append(kinds, s.Kind)
		}
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
