package judgement

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"achyk/internal/cases"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/tools/casetest"
)

// FuzzJudgement judges municipalities of any records. Nothing panics, every sentence is there in every language, and
// the registers that are made have a row for each outcome and deadline.
func FuzzJudgement(f *testing.F) {
	const rules = "../regulation/rules/testdata/"
	text, err := os.ReadFile(rules + "regulation.toml")
	if err != nil {
		f.Fatal(err)
	}
	regulation, err := cases.Regulation("regulation.toml", text)
	if err != nil {
		f.Fatal(err)
	}
	calendar := casetest.Parse(f, txtar.Parse([]byte("as of 2026-01-01\n"))).Town.Table(jme.Calendar)
	names, err := filepath.Glob(rules + "*/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(text) < most {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > most {
			return
		}
		base := cases.Base{ID: "town", Settings: jme.Settings{TimeZone: "Asia/Bishkek"}, Regulation: regulation, Calendar: calendar}
		c, err := cases.Parse(txtar.Parse([]byte(text)), base)
		if err != nil {
			return
		}
		j := Of(c.Town, c.AsOf)
		j.Exemptions()
		j.Explanations()
		for i, made := range j.Tables() {
			if want := []int{len(j.Outcomes), len(j.Deadlines)}[i]; len(made.Rows) != want {
				t.Errorf("%s has %d rows, want %d", made.Label, len(made.Rows), want)
			}
		}
		for _, l := range locale.Langs {
			p := locale.For(l)
			said := func(sentences ...string) {
				for _, s := range sentences {
					if strings.Contains(s, "⟦") {
						t.Errorf("%v: %s", l, s)
					}
				}
			}
			for _, o := range j.Outcomes {
				said(o.Sentence(p), o.Counted(p), o.SinceWords(p), o.Standing(p))
				if o.Sentence(p) == "" {
					t.Errorf("%s has no sentence", o.ID())
				}
			}
			for i := range j.Deadlines {
				d := &j.Deadlines[i]
				said(d.What(p), d.Counted(p), d.Otherwise(p))
			}
		}
	})
}

// most is the number of bytes of a case that FuzzJudgement judges: longer ones are slow.
const most = 8 << 10
