package pipeline

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"achyk/internal/cases"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/tools/towntest"
)

// TestCasesOfTheSample checks that all cases of the sample are as expected.
func TestCasesOfTheSample(t *testing.T) {
	tested, err := Test(Options{Source: towntest.Sample(t)}, "")
	if err != nil || len(tested) == 0 {
		t.Fatalf("%d cases: %v", len(tested), err)
	}
	for _, x := range tested {
		if !x.Passed() {
			t.Errorf("%s: %v %q", x.File, x.Mistake, x.Differs)
		}
	}
}

// TestCasesPinTheNumbers alters each number and each word in the clauses of the sample's
// regulations, one at a time. At least one case of the municipality must then fail.
func TestCasesPinTheNumbers(t *testing.T) {
	files := os.DirFS(towntest.Sample(t))
	set, _, err := load.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	source := &Source{files: files}
	altered := 0
	for _, m := range set.Municipalities {
		for i := range m.Regulation.Clauses {
			clause := &m.Regulation.Clauses[i]
			for j := range clause.Checks {
				check := &clause.Checks[j]
				rule, is := rules.All.Find(check.Rule), check.Parameters
				for name, value := range is {
					if name == "desirable" { // decides no outcome
						continue
					}
					for _, other := range otherValues(rule, name, value) {
						altered++
						check.Parameters = maps.Clone(is)
						check.Parameters[name] = other
						if !fails(t, source, m) {
							t.Errorf("%s, clause %s: no case fails if %s is %v in place of %v", m.ID, clause.Number, name, other, value)
						}
					}
				}
				check.Parameters = is
			}
		}
	}
	if altered < 20 {
		t.Errorf("only %d values were altered", altered)
	}
}

// otherValues are values that a parameter could have by mistake.
func otherValues(rule *regulation.Rule, name string, value any) (others []any) {
	switch v := value.(type) {
	case int64:
		return []any{v - 1, v + 1}
	case bool:
		return []any{!v}
	case string:
		for i := range rule.Parameters {
			for _, w := range rule.Parameters[i].Fitting() {
				if rule.Parameters[i].Name == name && w.Code != v {
					others = append(others, w.Code)
				}
			}
		}
	case []any:
		for i := range v {
			if len(v) > 1 {
				others = append(others, slices.Delete(slices.Clone(v), i, i+1))
			}
		}
	}
	return others
}

// fails reports whether a case of a municipality is not as expected.
func fails(t *testing.T, s *Source, m *jme.Municipality) bool {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(towntest.Sample(t), "data", m.ID, "cases"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		x, err := s.test(m, fmt.Sprintf("data/%s/cases/%s", m.ID, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !x.Passed() {
			return true
		}
	}
	return false
}

// TestCaseMistakes checks what is said of an archive that is no case.
func TestCaseMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"no day\n-- want --\n":                                 "day",
		"as of 2026-02-30\n-- want --\n":                       "day",
		"as of 2026-03-01\n-- contest --\nid\nc1\n":            "file",
		"as of 2026-03-01\n-- contests --\nid,year\nc1,soon\n": "cell",
		"as of 2026-03-01\n-- regulation.toml --\n[act\n":      "cell",
	} {
		_, err := cases.Parse(txtar.Parse([]byte(text)), cases.Base{ID: "town"})
		if mistake, ok := err.(*cases.Mistake); !ok || mistake.What != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
