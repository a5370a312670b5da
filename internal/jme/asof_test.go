package jme_test

import (
	"slices"
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/tools/jmetest"
)

func TestAsOf(t *testing.T) {
	m := jmetest.Linked(t, jme.ByContest,
		jmetest.BuiltIn("events", cells{"id": "before", "date": "2026-03-01"}, cells{"id": "after", "date": "2026-03-11"}, cells{"id": "undated"}),
		jmetest.BuiltIn("suggestions", cells{"id": "s1", "event": "before"}, cells{"id": "s2", "event": "after"}, cells{"id": "s3"}),
		jmetest.BuiltIn("contests", cells{"id": "k1", "announced": "2026-03-10", "closes": "2026-04-09T17:00+06:00", "decided": "2026-04-20"}),
		jmetest.BuiltIn("applications",
			cells{"id": "a1", "contest": "k1", "received": "2026-03-10T23:59+06:00", "status": "winner"},
			cells{"id": "a2", "contest": "k1", "received": "2026-03-10T19:00Z", "status": "refused"}), // 01:00 of the next day in Bishkek
		jmetest.BuiltIn("scores", cells{"application": "a1", "member": "x"}, cells{"application": "a2", "member": "x"}),
		jmetest.BuiltIn("decisions", cells{"id": "d1", "date": "2026-03-10"}, cells{"id": "d2", "date": "2026-03-11"}),
		jmetest.BuiltIn("annual_list", cells{"id": "l1", "decision": "d1"}, cells{"id": "l2", "decision": "d2"}, cells{"id": "l3"}),
		jmetest.BuiltIn("assessments", cells{"id": "as1", "fieldwork_to": "2026-03-11"}, cells{"id": "as2"}),
		jmetest.BuiltIn("findings", cells{"id": "f1", "assessment": "as1"}, cells{"id": "f2", "assessment": "as2"}),
		jmetest.BuiltIn("recommendations", cells{"id": "r1", "finding": "f1"}, cells{"id": "r2", "finding": "f2"}),
	)
	m.Settings.TimeZone = "Asia/Bishkek"
	v := m.AsOf(day("2026-03-10"))
	for register, want := range map[string][]string{
		"events": {"before", "undated"}, "suggestions": {"s1", "s3"}, "applications": {"a1"}, "scores": {"a1_x_"}, "contests": {"k1"}, "decisions": {"d1"},
		"annual_list": {"l1", "l3"}, "assessments": {"as1", "as2"}, "findings": {"f2"}, "recommendations": {"r2"},
	} {
		if got := v.Table(register).KeyNames(); !slices.Equal(got, want) {
			t.Errorf("%s are %v, want %v", register, got, want)
		}
	}
	if x := v.Contests[0]; !x.Decided.IsZero() || x.Announced.IsZero() || x.Closes.IsZero() {
		t.Errorf("the contest is announced %v, closes %v, decided %v; want no decision, and the others", x.Announced, x.Closes, x.Decided)
	}
	if a := v.Contests[0].Applications; len(a) != 1 || a[0].Status != "" {
		t.Error("somebody has won before the decision")
	}
	if m.Contests[0].Decided.IsZero() || len(m.Applications) != 2 || m.Applications[0].Status != "winner" {
		t.Error("the municipality itself was changed")
	}
	if m.AsOf(day("2026-04-20")) != m {
		t.Error("nothing lies after the day, and a copy was made")
	}
}

// TestTold checks what pages tell of on a day: nothing that happened later is done, and what is announced stays.
func TestTold(t *testing.T) {
	m := jmetest.Linked(t, jme.ByContest,
		jmetest.BuiltIn("events", cells{"id": "e", "date": "2026-03-11"}),
		jmetest.BuiltIn("contests", cells{"id": "k", "year": "2026", "announced": "2026-03-11", "opened": "2026-03-12", "closes": "2026-04-09T17:00+06:00"}),
		jmetest.BuiltIn("decisions", cells{"id": "d", "date": "2026-03-11"}),
		jmetest.BuiltIn("annual_list", cells{"id": "l", "year": "2026", "decision": "d"}),
		jmetest.BuiltIn("assessments", cells{"id": "a", "year": "2025"}),
		jmetest.BuiltIn("findings", cells{"id": "f", "assessment": "a"}),
		jmetest.BuiltIn("recommendations", cells{"id": "r", "finding": "f"}),
		jmetest.BuiltIn("reports", cells{"id": "b", "assessment": "a", "delivered": "2026-03-11"}),
		jmetest.BuiltIn("measures", cells{"id": "m", "recommendation": "r", "proposed": "2026-03-10", "status": "done", "done": "2026-03-11"}),
		jmetest.BuiltIn("verifications", cells{"id": "v", "measure": "m", "date": "2026-03-11", "by": "panel", "result": "eliminated"}),
	)
	on := day("2026-03-10")
	told := m.WithRecords(m.Told(on))
	if len(told.Events) != 1 || len(told.Table("verifications").Rows) != 1 || len(told.Verifications) != 0 {
		t.Errorf("there are %d events and %d verifications", len(told.Events), len(told.Verifications))
	}
	if a := told.Recommendations[0].Answer(on); a != jme.AnswerNow {
		t.Errorf("the answer is %q before it was carried out", a)
	}
	if a := m.Recommendations[0].Answer(on); a != jme.AnswerChecked {
		t.Errorf("the municipality itself was changed: %q", a)
	}
	if x := told.Contests[0]; !x.Announced.IsZero() || !x.Closes.IsZero() || len(told.Cycle(2026, on).Decisions) > 0 {
		t.Error("what is announced or decided later is known")
	}
}

// TestAsOfColumns compares the columns that AsOf reads with the schemas.
func TestAsOfColumns(t *testing.T) {
	for _, r := range jme.BuiltIn() {
		s := jme.Schema(r.Name)
		for _, column := range append(slices.Clone(r.Later), r.Day) {
			if c := s.Column(column); column != "" && (c == nil || !c.Type.Dated()) {
				t.Errorf("%s has no day in a column %q", r.Name, column)
			}
		}
		if reference, column, ok := strings.Cut(r.Once, "."); r.Once != "" && (!ok || s.Column(reference) == nil || !jme.Schema(s.Column(reference).Register).Column(column).Type.Dated()) {
			t.Errorf("%s has no day at %q", r.Name, r.Once)
		}
		if c := s.Column(r.With); r.With != "" && (c == nil || !slices.Contains(jme.Registers[:slices.Index(jme.Registers, r.Name)], c.Register)) {
			t.Errorf("%s refers by %q to no register before it", r.Name, r.With)
		}
	}
}
