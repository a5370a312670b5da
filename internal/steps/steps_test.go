package steps_test

import (
	"strings"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/steps"
	"achyk/internal/tools/jmetest"
)

type cells = map[string]string

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// Each step of a year is done, goes on, is not due yet, or lacks the records it should
// have.
func TestSteps(t *testing.T) {
	for _, test := range []struct {
		name string
		m    *jme.Municipality
		asOf string
		want string
	}{
		{"nothing on record", jmetest.Linked(t, jme.ByContest), "2026-11-20", "why not-due, contest not-due, findings not-due, letter not-due, answers not-due"},
		{"nothing on record, and the year is over", jmetest.Linked(t, jme.ByContest), "2027-01-01", "why unknown, contest unknown, findings unknown, letter unknown, answers unknown"},
		{"no letter, and the year is over", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("assessments", cells{"id": "a", "year": "2026", "fieldwork_from": "2026-07-01"})), "2027-01-01",
			"why unknown, contest unknown, findings now, letter unknown, answers unknown"},
		{"findings without a report", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("decisions", cells{"id": "d", "date": "2026-03-02"}),
			jmetest.BuiltIn("annual_list", cells{"id": "l", "year": "2026", "decision": "d"}), jmetest.BuiltIn("contests", cells{"id": "c", "year": "2026", "closes": "2026-05-10T17:00+06:00"}),
			jmetest.BuiltIn("contracts", cells{"id": "k", "contest": "c", "signed": "2026-06-01"}), jmetest.BuiltIn("findings", cells{"id": "f", "assessment": "a"}),
			jmetest.BuiltIn("assessments", cells{"id": "a", "year": "2026", "contract": "k", "fieldwork_from": "2026-07-01", "planned_to": "2026-08-31"})), "2026-11-20",
			"why done 2026-03-02, contest done 2026-06-01, findings now 2026-08-31, letter not-due, answers not-due"},
		{"contest open, no list", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("contests", cells{"id": "c", "year": "2026", "closes": "2026-12-01T17:00+06:00"})), "2026-11-20",
			"why unknown, contest now 2026-12-01, findings not-due, letter not-due, answers not-due"},
		{"contest closed, no contract", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("contests", cells{"id": "c", "year": "2026", "closes": "2026-10-01T17:00+06:00"})), "2026-11-20",
			"why unknown, contest now, findings not-due, letter not-due, answers not-due"},
		{"group", jmetest.Linked(t, jme.ByGroup, jmetest.BuiltIn("panels", cells{"id": "g", "formed": "2026-02-02"}), jmetest.BuiltIn("assessments", cells{"id": "a", "year": "2026", "panel": "g"}),
			jmetest.BuiltIn("reports", cells{"id": "r", "assessment": "a", "delivered": "2026-06-30"})), "2026-11-20",
			"why unknown, group done 2026-02-02, findings done 2026-06-30, letter not-due, answers not-due"},
		{"a visit, and no first day of fieldwork", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("assessments", cells{"id": "a", "year": "2026"}),
			jmetest.BuiltIn("visits", cells{"id": "v", "assessment": "a", "date": "2026-11-20"})), "2026-11-20",
			"why unknown, contest unknown, findings now, letter not-due, answers not-due"},
		{"letter on two channels", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("analytic_letters", cells{"id": "l", "year": "2026"}),
			jmetest.BuiltIn("publications", cells{"id": "p-1", "subject_register": "analytic_letters", "subject": "l", "published": "2026-12-02"},
				cells{"id": "p-2", "subject_register": "analytic_letters", "subject": "l", "published": "2026-12-01"},
				cells{"id": "p-3", "subject_register": "reports", "subject": "l", "published": "2026-11-01"})), "2026-12-20",
			"why unknown, contest unknown, findings unknown, letter done 2026-12-01, answers not-due"},
		{"letter said to be published before it was written", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("analytic_letters", cells{"id": "l", "year": "2026", "date": "2026-12-01"}),
			jmetest.BuiltIn("publications", cells{"id": "p-1", "subject_register": "analytic_letters", "subject": "l", "published": "2026-11-30"})), "2026-12-20",
			"why unknown, contest unknown, findings unknown, letter now, answers not-due"},
		{"a report without a letter", jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("assessments", cells{"id": "a", "year": "2026"}, cells{"id": "b", "year": "2026"}),
			jmetest.BuiltIn("reports", cells{"id": "r-1", "assessment": "a", "delivered": "2026-11-01"}, cells{"id": "r-2", "assessment": "b", "delivered": "2026-11-02"}),
			jmetest.BuiltIn("analytic_letters", cells{"id": "l", "year": "2026", "date": "2026-12-01", "reports": "r-1"}),
			jmetest.BuiltIn("publications", cells{"id": "p-1", "subject_register": "analytic_letters", "subject": "l", "published": "2026-12-01"})), "2026-12-20",
			"why unknown, contest unknown, findings done 2026-11-02, letter now, answers not-due"},
	} {
		var got []string
		for _, s := range steps.Of(test.m.Cycle(2026, day(test.asOf)), day(test.asOf)) {
			step := string(s.Name) + " " + string(s.State)
			if !s.Date.IsZero() {
				step += " " + s.Date.Format(time.DateOnly)
			}
			got = append(got, step)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s:\n%s, want\n%s", test.name, strings.Join(got, ", "), test.want)
		}
	}
}

// TestCurrent checks at which step a year is.
func TestCurrent(t *testing.T) {
	for states, want := range map[string]int{
		"done now not-due": 1, "done not-due not-due": 1, "unknown done unknown": 2, "done unknown unknown": 1, "unknown unknown": 0, "unknown done": 2, "unknown now unknown": 1,
	} {
		var all []steps.Step
		for state := range strings.FieldsSeq(states) {
			all = append(all, steps.Step{State: steps.State(state)})
		}
		if got := steps.Current(all); got != want {
			t.Errorf("%s: at step %d, want %d", states, got, want)
		}
	}
}

// TestFailedContest checks that nobody waits for a contest that failed, from the day on which it did.
func TestFailedContest(t *testing.T) {
	m := &jme.Municipality{Contests: []*jme.Contest{{
		ID: "c1", Year: 2026, Announced: jme.Date{Time: day("2026-03-01")}, Closes: jme.Date{Time: day("2026-03-30")},
		Decided: jme.Date{Time: day("2026-03-10")}, Result: jme.Cancelled,
	}}}
	for asOf, waits := range map[string]bool{"2026-03-09": true, "2026-03-10": false} {
		step := steps.Of(m.Cycle(2026, day(asOf)), day(asOf))[1]
		if (step.State == steps.Now) != waits {
			t.Errorf("on %s the selection is %q", asOf, step.State)
		}
	}
}

// TestToldSteps checks that a year does not count what happens later.
func TestToldSteps(t *testing.T) {
	on := day("2026-03-10")
	told := jmetest.Linked(t, jme.ByContest,
		jmetest.BuiltIn("contests", cells{"id": "k", "year": "2026", "announced": "2026-03-11", "opened": "2026-03-12", "closes": "2026-04-09T17:00+06:00"}),
		jmetest.BuiltIn("decisions", cells{"id": "d", "date": "2026-03-11"}),
		jmetest.BuiltIn("annual_list", cells{"id": "l", "year": "2026", "decision": "d"}),
		jmetest.BuiltIn("assessments", cells{"id": "a", "year": "2026"}),
		jmetest.BuiltIn("findings", cells{"id": "f", "assessment": "a"}),
		jmetest.BuiltIn("reports", cells{"id": "b", "assessment": "a", "delivered": "2026-03-11"}),
	).Told(on)
	var got []string
	for _, s := range steps.Of(told.Cycle(2026, on), on) {
		got = append(got, string(s.Name)+" "+string(s.State))
	}
	if strings.Join(got, ", ") != "why unknown, contest unknown, findings now, letter not-due, answers not-due" {
		t.Errorf("the steps are %v", got)
	}
}
