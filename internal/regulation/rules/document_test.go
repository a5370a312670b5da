package rules

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/wording"
)

// TestExamples checks that the example of every rule loads, and that Validate finds nothing in it.
func TestExamples(t *testing.T) {
	act := "[act]\ntitle = { ky = \"Жобо\" }\nprocedure = \"contest\"\ncopy = \"draft\"\n\n"
	for _, r := range All {
		file := "data/town/regulation.toml"
		set, problems, err := load.Load(fstest.MapFS{file: {Data: []byte(act + r.Example())}})
		if err != nil {
			t.Fatal(err)
		}
		m := set.Municipality("town")
		for _, d := range append(problems, All.Validate(m)...) {
			if d.Name() == file {
				t.Errorf("%s: %s %q in\n%s", r.Code, d.Code, d.Value, r.Example())
			}
		}
		if uses := r.Uses(m); len(uses) != 1 || uses[0].Clause.Number != "1" {
			t.Errorf("%s: the clause does not ask the rule:\n%s", r.Code, r.Example())
		}
	}
}

// TestDutiesAreChecked checks that each clause of the sample that lays a duty on somebody is checked
// by a rule or says why it cannot be, and that no clause says so that is.
func TestDutiesAreChecked(t *testing.T) {
	unchecked := 0
	for _, m := range sample(t).Municipalities {
		for _, c := range m.Regulation.Clauses {
			if c.InHand() && !c.Duty.IsZero() && len(c.Checks) == 0 && c.Unchecked.IsZero() {
				t.Errorf("%s, clause %s, has a duty and no rule, and does not say why", m.ID, c.Number)
			}
			if !c.Unchecked.IsZero() {
				if unchecked++; len(c.Checks) > 0 {
					t.Errorf("%s, clause %s, is checked and says that it cannot be", m.ID, c.Number)
				}
			}
		}
	}
	if unchecked == 0 {
		t.Error("no clause says why it cannot be checked")
	}
}

// wordings are assumptions of the sample that only name how a text is read. They have no second
// reading that could be computed, because no outcome follows from the first.
var wordings = map[string]string{
	wording.InForceFrom:           "any year is a reading; it decides which years are judged, not how",
	"no-deadline-for-answers":     "clause 23 says what deputies and the mayor's office may do; a rule would make a duty of it",
	"duties-without-a-body":       "whose duty it is stands at each clause; of no outcome another body is known that could be meant",
	"repealed-basis-read-forward": "which law is shown beside the one that is cited is not for a record to keep",
}

// TestEveryAssumptionCanBeReadOtherwise checks that each assumption that a rule rests on has at
// least two readings, also where several rules rest on it, and that the sample names none whose
// other reading nobody thought of.
func TestEveryAssumptionCanBeReadOtherwise(t *testing.T) {
	for _, r := range All {
		for _, c := range r.Assumes {
			if len(c.Values) < 2 || !slices.Equal(c.Values, All.Convention(c.Code).Values) {
				t.Errorf("%s: %s has the readings %q", r.Code, c.Code, c.Values)
			}
		}
	}
	for _, m := range sample(t).Municipalities {
		for _, a := range m.Regulation.Assumptions {
			if All.Convention(a.Code) == nil && wordings[a.Code] == "" {
				t.Errorf("%s: no rule computes %s", m.ID, a.Code)
			}
		}
	}
}

// TestWordsOfRules checks that parameters, assumptions and their values have words in every
// language, and that no such words are left over.
func TestWordsOfRules(t *testing.T) {
	told := map[string]bool{}
	for _, l := range locale.Langs {
		p := locale.For(l)
		for _, r := range All {
			for i := range r.Parameters {
				x := &r.Parameters[i]
				told[x.Name], told[r.Code+".parameter."+x.Name] = true, true
				said := []string{r.Name(x.Name, p), x.Type.Word(p), x.Say(int64(7), p), x.Say(true, p)}
				for _, w := range x.Fitting() {
					said = append(said, x.Say(w.Code, p))
				}
				whole(t, r.Code, l, said...)
			}
			for _, c := range r.Assumes {
				told[c.Code] = true
				said := []string{c.Title(p)}
				for _, v := range c.Values {
					said = append(said, c.Reading(v, p))
				}
				whole(t, r.Code, l, said...)
			}
			for _, name := range r.Needs {
				whole(t, r.Code, l, jme.Schema(name).Title.Get(l))
			}
		}
	}
	for _, key := range locale.Keys(locale.Ky) {
		key, ours := strings.CutPrefix(key, "regulation.")
		parts := strings.Split(key, ".")
		switch {
		case !ours || len(parts) < 2:
		case parts[0] == "parameter" || parts[0] == "assumption":
			if !told[parts[1]] {
				t.Errorf("regulation.%s is of no rule", key)
			}
		case parts[1] == "parameter" && !told[key]:
			t.Errorf("regulation.%s is of no rule", key)
		}
	}
}

func whole(t *testing.T, rule string, l locale.Lang, said ...string) {
	t.Helper()
	for _, s := range said {
		if s == "" || strings.Contains(s, "⟦") {
			t.Errorf("%s in %v: %q", rule, l, s)
		}
	}
}

// TestSay checks the words for values, and that a value that does not fit is still shown.
func TestSay(t *testing.T) {
	channels := &All.Find("announced-on-channels").Parameters[0]
	for _, test := range []struct {
		value any
		want  string
	}{
		{int64(1500), "1,500"},
		{true, "yes"},
		{[]any{"site-executive", "media"}, "website of the executive body, mass media"},
		{"pigeon", "pigeon"},
		{[]any{"media", int64(3)}, "[media 3]"},
	} {
		if got := channels.Say(test.value, locale.For(locale.En)); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
