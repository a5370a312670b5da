package status

import (
	"slices"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
	"achyk/internal/tools/jmetest"
)

// TestCheckSaysNothingOfOthers has measures that the executive carried out and checked itself. Only where nobody else
// checked a measure may its page say so; the record of one check never does.
func TestCheckSaysNothingOfOthers(t *testing.T) {
	words := locale.For(locale.En)
	only, self, partly := words.T("site.status.verification.itself"), words.T("site.status.verification.self"), words.T("site.status.verification.partly")
	for _, test := range []struct {
		explains string
		checks   []map[string]string
		want     []string // of the measure, after what it says of itself
	}{
		{"nobody else checked", []map[string]string{{"by": "executive", "result": "eliminated"}}, []string{only}},
		{"they had found something wrong before", []map[string]string{
			{"by": "executive", "result": "partly", "date": "2026-01-01"}, {"by": "executive", "result": "eliminated", "date": "2026-02-01"},
		}, []string{partly, only}},
		{"others checked as well", []map[string]string{
			{"by": "executive", "result": "eliminated", "date": "2026-01-01"}, {"by": "panel", "result": "partly", "date": "2026-02-01"},
		}, []string{self, partly}},
	} {
		tables := []*table.Table{jmetest.BuiltIn("measures", map[string]string{"id": "m", "initiator": "executive", "status": "done"})}
		for i, c := range test.checks {
			c["id"], c["measure"] = string(rune('a'+i)), "m"
		}
		m := jmetest.Linked(t, jme.ByContest, append(tables, jmetest.BuiltIn("verifications", test.checks...))...)
		p := &page.Place{Edition: &page.Edition{Site: &page.Site{Options: page.Options{Data: &jme.Dataset{}}}, Printer: words}, Town: &page.Town{Municipality: m}}
		var got []string
		for _, s := range measure(p, m.Measures[0])[1:] {
			got = append(got, s.String())
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: the measure says %q, want %q", test.explains, got, test.want)
		}
		for _, v := range m.Verifications {
			_, word := checked(p, v)
			if said := check(p, v).String(); said == only || word == words.T("site.mark.self-checked") {
				t.Errorf("%s: the check %s says %q and %q", test.explains, v.ID, said, word)
			}
		}
	}
}
