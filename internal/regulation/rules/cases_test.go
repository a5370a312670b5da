package rules

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/tools/casetest"
)

// evaluate applies the regulation of a municipality to all years, as package judgement does.
func evaluate(m *jme.Municipality, asOf time.Time, unread ...string) []*regulation.Outcome {
	return All.Evaluate(m, asOf, unread...)
}

// optional are registers that an outcome may name as evidence although its rule can do without
// them: an exemption, and the decision on it, set an outcome aside after the rule has spoken, and list-grounded says
// "unknown" of an entry whose service is not in the register.
var optional = map[string]bool{"exemptions": true, "decisions": true, "services": true}

// TestCases evaluates the cases testdata/<rule>/<name>.txtar, which package casetest describes, by
// that rule alone. The file want of a case has the outcomes with their sentences. The clauses,
// with their numbers and assumptions, are those of testdata/regulation.toml unless the case has
// its own.
//
// The test fails if a statement of a rule, or a source of a last day, has no case, if a rule looks
// at a register that it does not list, and if a clause gives a rule other parameters than it knows.
func TestCases(t *testing.T) {
	from := map[string]bool{}
	for _, rule := range All {
		t.Run(rule.Code, func(t *testing.T) {
			names, _ := filepath.Glob("testdata/" + rule.Code + "/*.txtar")
			said, ordered := map[regulation.Statement]bool{}, map[regulation.Order]bool{}
			for _, name := range names {
				c := casetest.Read(t, name)
				onlyBy(t, rule, c.Town)
				var b strings.Builder
				for _, o := range evaluate(c.Town, c.AsOf) {
					if o.Order != nil {
						ordered[*o.Order] = true
					} else if !slices.Contains(rule.Says, o.Said) && o.Said != regulation.WhenRecorded {
						t.Errorf("%s: the rule says %q, which its field Says does not list", name, o.Said.Key)
					}
					said[o.Said] = true
					for _, r := range o.Evidence {
						if !slices.Contains(rule.Needs, r.Register) && !optional[r.Register] {
							t.Errorf("%s: the rule looks at the register %s, which its field Needs does not list", name, r.Register)
						}
					}
					if !o.Due.IsZero() {
						from[string(o.Basis)] = true
					}
					write(&b, o)
					for _, l := range locale.Langs {
						if counted := o.Counted(locale.For(l)); strings.Contains(counted, "⟦") || counted == "" && !o.Due.IsZero() {
							t.Errorf("%s: how the last day was counted is %q in %v", name, counted, l)
						}
					}
				}
				c.Want(t, b.String())
			}
			for _, x := range rule.Order {
				if !ordered[x] {
					t.Errorf("no case in testdata/%s has %s before %s", rule.Code, x.Later, x.Earlier)
				}
			}
			for _, s := range slices.Concat(rule.Says, whenRecorded(rule)) {
				if !said[s] {
					t.Errorf("no case in testdata/%s says %q, which is %s", rule.Code, s.Key, s.Kind)
				}
			}
		})
	}
	for _, b := range constants(t, "Basis") {
		if !from[b] {
			t.Errorf("no case has a last day from %q", b)
		}
	}
}

// whenRecorded is what a rule can say besides if it counts records without a day.
func whenRecorded(rule *regulation.Rule) []regulation.Statement {
	if slices.ContainsFunc(rule.Assumes, func(c regulation.Convention) bool { return c.Code == regulation.RecordsWithoutDay.Code }) {
		return []regulation.Statement{regulation.WhenRecorded}
	}
	return nil
}

// onlyBy leaves in a regulation the clauses that ask for a rule.
func onlyBy(t *testing.T, rule *regulation.Rule, m *jme.Municipality) {
	t.Helper()
	m.Regulation.Clauses = slices.DeleteFunc(m.Regulation.Clauses, func(c jme.Clause) bool { return c.Checks[0].Rule != rule.Code })
	if len(m.Regulation.Clauses) == 0 {
		t.Errorf("no clause asks for the rule: add one to testdata/regulation.toml")
	}
	for _, p := range All.Validate(m) {
		if p.Severity() == diag.Error {
			t.Errorf("%s: %s %s", p.File.Path, p.Code, p.Value)
		}
	}
}

// write writes an outcome in the form of a case.
func write(b *strings.Builder, o *regulation.Outcome) {
	fmt.Fprintf(b, "%s %d", o.Kind, o.Year)
	if o.Subject.ID != "" {
		fmt.Fprintf(b, " %s/%s", o.Subject.Register, o.Subject.ID)
	}
	for _, day := range []struct {
		name string
		time.Time
	}{{"due", o.Due}, {"latest", o.Latest}, {"done", o.Done}} {
		if !day.IsZero() {
			fmt.Fprintf(b, " %s %s", day.name, day.Format(time.DateOnly))
		}
	}
	if o.DaysLate > 0 {
		fmt.Fprintf(b, " late %d", o.DaysLate)
	}
	fmt.Fprintln(b)
	for _, l := range locale.Langs {
		fmt.Fprintf(b, "  %s\n", o.Sentence(locale.For(l)))
	}
}
