package status

import (
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/tools/jmetest"
)

// TestProposedIsNotUnderWay checks that a measure that is only proposed is not filed under what is under way.
func TestProposedIsNotUnderWay(t *testing.T) {
	for _, test := range []struct {
		explains       string
		measure        map[string]string
		due            string
		label, waiting string
	}{
		{"proposed, and the day is ahead", map[string]string{"status": "proposed"}, "2026-03-31", "Answered, not done yet", "30 days left"},
		{"adopted, and the day has passed", map[string]string{"status": "adopted"}, "2026-02-01", "Not done, day passed", "the suggested day passed 28 days ago"},
	} {
		test.measure["id"], test.measure["recommendation"], test.measure["initiator"] = "m", "r", "provider"
		m := jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("recommendations", map[string]string{"id": "r", "due": test.due, "addressee": "provider"}),
			jmetest.BuiltIn("measures", test.measure))
		site := &page.Site{Options: page.Options{Data: &jme.Dataset{}}}
		site.Today = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		p := &page.Place{Edition: &page.Edition{Site: site, Printer: locale.For(locale.En)}, Town: &page.Town{Municipality: m}}
		r := m.Recommendations[0]
		if label, said := AnswerName(p, r.Answer(p.Today)), waiting(p, r); label != test.label || said != test.waiting {
			t.Errorf("%s: %q, %q; want %q, %q", test.explains, label, said, test.label, test.waiting)
		}
	}
}
