package rules

import (
	"path/filepath"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
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

// TestNothingPendsForEver judges the project's data and all cases as of a far day: what is pending
// then has a last day that lies ahead. A rule that waits must say for which day, or that it is
// unknown.
func TestNothingPendsForEver(t *testing.T) {
	pending := func(name string, m *jme.Municipality, far time.Time) {
		for _, o := range evaluate(m, far) {
			if o.Kind == regulation.Pending && o.Due.Before(far) {
				t.Errorf("%s: %s is pending: %s", name, o.ID(), o.Sentence(locale.For(locale.En)))
			}
		}
	}
	for _, m := range sample(t).Municipalities {
		pending(m.ID, m, casetest.Day("2099-06-30"))
	}
	names, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range names {
		pending(name, casetest.Read(t, name).Town, casetest.Day("2032-06-30"))
	}
}
