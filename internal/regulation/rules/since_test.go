package rules

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/tools/casetest"
)

// TestSince compares the day since which an outcome stands with judging on other days: on the day
// before, the kind is another one, and since then it is the same. The outcomes are those of the
// sample and of all cases.
func TestSince(t *testing.T) {
	dated := map[regulation.Kind]int{}
	for _, m := range sample(t).Municipalities {
		for _, day := range []string{"2025-12-20", "2026-11-21"} {
			stands(t, m, casetest.Day(day), dated)
		}
	}
	names, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range names {
		c := casetest.Read(t, name)
		onlyBy(t, All.Find(filepath.Base(filepath.Dir(name))), c.Town)
		t.Run(name, func(t *testing.T) { stands(t, c.Town, c.AsOf, dated) })
	}
	for _, kind := range []regulation.Kind{regulation.Kept, regulation.Broken, regulation.Overdue} {
		if dated[kind] < 20 {
			t.Errorf("only %d outcomes that are %s have a day", dated[kind], kind)
		}
	}
}

// stands checks the outcomes of a municipality.
func stands(t *testing.T, m *jme.Municipality, asOf time.Time, dated map[regulation.Kind]int) {
	t.Helper()
	judged := map[time.Time]map[string]*regulation.Outcome{}
	on := func(day time.Time) map[string]*regulation.Outcome {
		if judged[day] == nil {
			judged[day] = map[string]*regulation.Outcome{}
			for _, o := range evaluate(m, day) {
				judged[day][o.ID()] = o
			}
		}
		return judged[day]
	}
	for id, o := range on(asOf) {
		switch {
		case o.Kind == regulation.Overdue && o.Since.IsZero():
			t.Errorf("%s is overdue, and nobody knows since when", id)
		case o.Since.IsZero():
			continue
		}
		dated[o.Kind]++
		// What was kept until something broke it, On takes for pending before; a closing
		// day that was moved likewise.
		if before := on(o.Since.AddDate(0, 0, -1))[id]; before != nil && before.Kind == o.Kind {
			t.Errorf("%s was %s before %s", id, o.Kind, o.Since.Format(time.DateOnly))
		} else if before != nil && before.Kind != regulation.Kept && o.Rule != "application-window" && o.On(o.Since.AddDate(0, 0, -1)) != before.Kind && before.Kind != regulation.Unknown && before.Kind != regulation.NotApplicable {
			t.Errorf("%s was %s the day before %s, not %s", id, before.Kind, o.Since.Format(time.DateOnly), o.On(o.Since.AddDate(0, 0, -1)))
		}
		for days := 0; days <= int(asOf.Sub(o.Since).Hours())/24; days = days*3 + 1 {
			if then := on(o.Since.AddDate(0, 0, days))[id]; then == nil || then.Kind != o.Kind {
				t.Errorf("%s was not %s %d days after %s", id, o.Kind, days, o.Since.Format(time.DateOnly))
			}
		}
	}
}

// TestBreachesAreDated checks that of what is broken the day is known since when, but for what the
// registers cannot date: these statements are listed.
func TestBreachesAreDated(t *testing.T) {
	undated := []string{
		"annual-list-approved foreign", "annual-list-approved old", "annual-list-approved reused", "list-grounded broken", "list-followed unlisted",
		"applications-registered broken", "object-in-scope broken", "every-requirement-has-a-verdict unchecked",
	}
	names, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range names {
		c := casetest.Read(t, name)
		onlyBy(t, All.Find(filepath.Base(filepath.Dir(name))), c.Town)
		for _, o := range evaluate(c.Town, c.AsOf) {
			if of := o.Rule + " " + o.Said.Key; o.Kind == regulation.Broken && o.Since.IsZero() && !slices.Contains(undated, of) {
				t.Errorf("%s: nobody knows since when it is broken: %s", name, of)
			}
		}
	}
}

// TestMonths checks that the last month of a year agrees with the outcomes, that each month agrees
// with judging on its last day, and that what is kept or broken never becomes less.
func TestMonths(t *testing.T) {
	asOf := casetest.Day("2026-11-21")
	var dayless int
	for _, m := range sample(t).Municipalities {
		now := evaluate(m, asOf)
		var of []*regulation.Outcome
		counts := map[regulation.Kind]int{}
		for _, o := range now {
			if o.Year == 2025 {
				of = append(of, o)
				if !o.Since.IsZero() || o.Kind == regulation.Pending {
					counts[o.Kind]++
				}
			}
		}
		months, undated := regulation.Months(of, 2025, asOf)
		if dayless += undated; len(months) < 12 {
			t.Fatalf("%s: %d months", m.ID, len(months))
		}
		for kind, n := range counts {
			if last := months[len(months)-1].Counts[kind]; last != n {
				t.Errorf("%s: at last %d are %s, want %d", m.ID, last, kind, n)
			}
		}
		for i, month := range months {
			then := map[string]regulation.Kind{}
			for _, o := range evaluate(m, month.Day) {
				then[o.ID()] = o.Kind
			}
			for _, kind := range []regulation.Kind{regulation.Kept, regulation.Broken, regulation.Overdue} {
				n := 0
				for _, o := range of {
					if !o.Since.IsZero() && then[o.ID()] == kind {
						n++
					}
				}
				if month.Counts[kind] != n {
					t.Errorf("%s, %s: %d are %s, judged on that day %d", m.ID, month.Day.Format(time.DateOnly), month.Counts[kind], kind, n)
				}
				if i > 0 && kind != regulation.Overdue && month.Counts[kind] < months[i-1].Counts[kind] {
					t.Errorf("%s, %s: fewer are %s than before", m.ID, month.Day.Format(time.DateOnly), kind)
				}
			}
		}
	}
	if dayless == 0 {
		t.Error("all outcomes have a day")
	}
}
