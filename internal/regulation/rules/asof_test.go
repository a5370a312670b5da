package rules

import (
	"path/filepath"
	"slices"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/table"
	"achyk/internal/tools/casetest"
)

// TestNothingFromTheFuture judges the project's data as of many days. No outcome may rest on a
// record of what happened later, or say that something was done on a later day.
func TestNothingFromTheFuture(t *testing.T) {
	seen := 0
	for _, m := range sample(t).Municipalities {
		for day := casetest.Day("2024-01-15"); day.Before(casetest.Day("2027-06-01")); day = day.AddDate(0, 0, 37) {
			for _, o := range evaluate(m, day) {
				if o.Done.After(day) {
					t.Errorf("as of %s, %s: done on %s", day, o.ID(), o.Done)
				}
				for _, e := range o.Evidence {
					column := map[string]string{
						"applications": "received", "contracts": "signed", "decisions": "date", "distributions": "sent", "events": "date", "letters": "sent",
						jme.AnalyticLetters: "date", "publications": "published", "reports": "delivered", "panel_members": "valid_from",
					}[e.Register]
					r, ok := m.Record(e.Register, e.ID)
					if column == "" || !ok {
						continue
					}
					seen++
					if at, ok := table.ParseTime(r.Table.Value(r.Row, column)); ok && (jme.Date{Time: at.In(m.Settings.Zone())}).Day().After(day) {
						t.Errorf("as of %s, %s rests on %s %s of %s", day.Format("2006-01-02"), o.ID(), e.Register, e.ID, at.Format("2006-01-02"))
					}
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no evidence was looked at")
	}
}

// TestNothingPendsForEver judges all cases and the project's data as of a day on which everything
// has run out. A rule that waits must say for which day, or that it is unknown.
func TestNothingPendsForEver(t *testing.T) {
	judged := slices.Concat(panelRules, contestRules, applicationRules, awardRules)
	towns := sample(t).Municipalities
	names, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range names {
		towns = append(towns, casetest.Read(t, name).Town)
	}
	for _, m := range towns {
		for _, o := range evaluate(m, casetest.Day("2035-12-31")) {
			if o.Kind == regulation.Pending && slices.ContainsFunc(judged, func(r *regulation.Rule) bool { return r.Code == o.Rule }) {
				t.Errorf("%s is pending", o.ID())
			}
		}
	}
}
