package jme_test

import (
	"testing"

	"achyk/internal/jme"
	"achyk/internal/tools/jmetest"
)

// TestAnswers checks what became of recommendations: the best of their answers, but nothing hides
// a check that found the problem not fixed, and nobody checks himself.
func TestAnswers(t *testing.T) {
	for _, test := range []struct {
		explains string
		of       cells     // the recommendation
		measures []cells   // on it
		checks   [][]cells // of each measure
		want     jme.Answer
	}{
		{"nobody answered, and the day has passed", cells{"due": "2026-11-19"}, nil, nil, jme.AnswerNone},
		{"nobody answered; the day that has not come is for the work", cells{"due": "2027-11-20"}, nil, nil, jme.AnswerNone},
		{"no day was named", cells{}, nil, nil, jme.AnswerNone},
		{"there is time until the end of the day", cells{"due": "2026-11-20"}, []cells{{"status": "adopted"}}, nil, jme.AnswerNow},
		{"declined", cells{}, []cells{{"status": "declined"}}, nil, jme.AnswerDeclined},
		{"another measure was adopted", cells{}, []cells{{"status": "declined"}, {"status": "adopted"}}, nil, jme.AnswerNow},
		{"adopted, and the day has passed", cells{"due": "2026-11-19"}, []cells{{"status": "adopted", "due": "2027-11-19"}}, nil, jme.AnswerLate},
		{"the day that was promised has passed", cells{}, []cells{{"status": "adopted", "due": "2026-11-19"}}, nil, jme.AnswerLate},
		{"nobody checked", cells{}, []cells{{"status": "done"}}, nil, jme.AnswerSaid},
		{"checked by the commission", cells{"addressee": "executive"}, []cells{{"status": "done", "initiator": "executive"}},
			[][]cells{{{"by": "panel", "result": "eliminated"}}}, jme.AnswerChecked},
		{"the last check counts, by its day and not by its id", cells{}, []cells{{"status": "done"}},
			[][]cells{{{"by": "panel", "result": "partly", "date": "2026-02-01"}, {"by": "panel", "result": "eliminated", "date": "2026-01-01"}}}, jme.AnswerPartly},
		{"fixed after a check that found it not fixed", cells{}, []cells{{"status": "done"}},
			[][]cells{{{"by": "panel", "result": "not-eliminated", "date": "2026-01-01"}, {"by": "panel", "result": "eliminated", "date": "2026-02-01"}}}, jme.AnswerChecked},
		{"another measure said to be done hides no check", cells{}, []cells{{"status": "done"}, {"status": "done"}},
			[][]cells{{{"by": "panel", "result": "partly"}}}, jme.AnswerPartly},
		{"the executive checked itself", cells{}, []cells{{"status": "done", "initiator": "executive"}},
			[][]cells{{{"by": "executive", "result": "eliminated"}}}, jme.AnswerSelf},
		{"the deputies are the council", cells{}, []cells{{"status": "done", "initiator": "deputies"}},
			[][]cells{{{"by": "council", "result": "eliminated"}}}, jme.AnswerSelf},
		{"the addressee checked what others did for it", cells{"addressee": "executive"}, []cells{{"status": "done", "initiator": "deputies"}},
			[][]cells{{{"by": "executive", "result": "eliminated"}}}, jme.AnswerSelf},
		{"the provider is the executive", cells{"addressee": "provider", "provider": "office"}, []cells{{"status": "done", "initiator": "provider"}},
			[][]cells{{{"by": "executive", "result": "eliminated"}}}, jme.AnswerSelf},
		{"the executive checked a provider", cells{"addressee": "provider", "provider": "plant"}, []cells{{"status": "done", "initiator": "provider"}},
			[][]cells{{{"by": "executive", "result": "eliminated"}}}, jme.AnswerChecked},
		{"praise of oneself does not undo a check by others", cells{"addressee": "executive"}, []cells{{"status": "done", "initiator": "executive"}},
			[][]cells{{{"by": "panel", "result": "partly", "date": "2026-01-01"}, {"by": "executive", "result": "eliminated", "date": "2026-02-01"}}}, jme.AnswerPartly},
		{"they mended what they had found themselves", cells{"addressee": "executive"}, []cells{{"status": "done", "initiator": "executive"}},
			[][]cells{{{"by": "executive", "result": "partly", "date": "2026-01-01"}, {"by": "executive", "result": "eliminated", "date": "2026-02-01"}}}, jme.AnswerSelf},
		{"a check found it not fixed at all", cells{}, []cells{{"status": "done"}},
			[][]cells{{{"by": "panel", "result": "not-eliminated"}}}, jme.AnswerNotFixed},
		{"they admit themselves that it is fixed in part only", cells{"addressee": "executive"}, []cells{{"status": "done", "initiator": "executive"}},
			[][]cells{{{"by": "executive", "result": "partly"}}}, jme.AnswerPartly},
	} {
		test.of["id"] = "r"
		var checks []cells
		for i, m := range test.measures {
			m["id"], m["recommendation"] = string(rune('a'+i)), "r"
			if i < len(test.checks) {
				for j, c := range test.checks[i] {
					c["id"], c["measure"] = m["id"]+string(rune('0'+j)), m["id"]
					checks = append(checks, c)
				}
			}
		}
		m := jmetest.Linked(t, jme.ByContest, jmetest.BuiltIn("recommendations", test.of), jmetest.BuiltIn("measures", test.measures...), jmetest.BuiltIn("verifications", checks...),
			jmetest.BuiltIn("providers", cells{"id": "office", "kind": "executive-body"}, cells{"id": "plant", "kind": "municipal-enterprise"}))
		if got := m.Recommendations[0].Answer(day("2026-11-20")); got != test.want {
			t.Errorf("%s: %s, want %s", test.explains, got, test.want)
		}
	}
}
