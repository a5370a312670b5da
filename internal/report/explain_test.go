package report

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/regulation/rules"
	"achyk/internal/source"
	"achyk/internal/table"
	"achyk/internal/tools/towntest"
)

func explained(t *testing.T, code string, set *jme.Dataset, l locale.Lang) string {
	t.Helper()
	var b strings.Builder
	known, err := Explain(&b, code, set, locale.For(l))
	if err != nil || !known {
		t.Fatal(code, known, err)
	}
	return b.String()
}

func sample(t *testing.T) *jme.Dataset {
	t.Helper()
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// hole matches what an empty argument leaves in a sentence: quotation marks, brackets or
// backquotes around nothing, two spaces, a space before a stop.
var hole = regexp.MustCompile("⟦|⟧|<no value>|«»|“”|\\( *\\)|``|‹›|  |[^ ] [.,;:!?](?: |$)|[-–] [.,;]|\\.\\.(?: |$)")

// quoted matches code in a sentence, where such marks are allowed.
var quoted = regexp.MustCompile("`[^`]+`")

// General has a word for every argument of every sentence.
func TestNoSentenceHasAHole(t *testing.T) {
	for _, l := range locale.Langs {
		for _, c := range diag.Codes {
			for _, part := range []string{"what", "mend"} {
				if text := quoted.ReplaceAllString(General(c, part, locale.For(l)), "`"); hole.MatchString(text) || text == "" {
					t.Errorf("%s.%s in %v: %q in %q", c, part, l, hole.FindString(text), text)
				}
			}
		}
	}
	for _, broken := range []string{"The cell “” is empty.", "“Date” (): 7", "It must be .", "the file  is"} {
		if !hole.MatchString(broken) {
			t.Errorf("%q passes", broken)
		}
	}
}

// Every code is explained in every language, with and without a repository.
func TestExplainEverything(t *testing.T) {
	set := sample(t)
	for _, l := range locale.Langs {
		for _, code := range codes() {
			for _, set := range []*jme.Dataset{nil, {}, set} {
				text := explained(t, code, set, l)
				if strings.ContainsAny(text, "⟦⟧") || !strings.Contains(text, code) || !strings.HasSuffix(text, "\n") {
					t.Errorf("%s in %v:\n%s", code, l, text)
				}
			}
		}
	}
	var b strings.Builder
	if known, err := Explain(&b, "no-such-code", set, locale.For(locale.En)); known || err != nil || b.Len() > 0 {
		t.Error(known, err, b.String())
	}
}

// A rule is explained with the values that the sample gives its parameters and assumptions.
func TestExplainRule(t *testing.T) {
	text := explained(t, "application-window", sample(t), locale.En)
	for _, want := range []string{
		"Applicants have enough time [application-window]",
		"Outcomes it can give: kept, broken, still awaited, unknown, not applicable\n",
		"(contests), Applications (applications)",
		"  days: Days to apply (a whole number from 0, required)\n",
		"    same-day: the day of the announcement itself\n",
		"  Osh city, clause 14: Thirty days to apply\n    Days to apply: 30\n" +
			"    Which day is the first of the 30: the day after the announcement (application-window-starts = next-day)\n",
		"    rule = \"application-window\"\n    parameters = { days = 7 }\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if text := explained(t, "application-window", nil, locale.En); strings.Contains(text, "clause 14:") {
		t.Error(text)
	}
}

func TestExplainCode(t *testing.T) {
	want := `bad-year
error: the site is not built until it is mended

  “‹title of the column›” (‹column›): “‹value›” cannot be read as a year.
  How to mend: Write the year in four digits only, without words or signs, as in ` + "`2026`" + `.

For example:  26  →  2026
`
	if got := explained(t, "bad-year", nil, locale.En); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Reading the wrong cell of an example gives its code, reading the mended cell gives nothing.
func TestExamples(t *testing.T) {
	types := map[diag.Code]table.Type{
		diag.BadID: table.ID, diag.BadInteger: table.Integer, diag.BadNumber: table.Number, diag.BadBoolean: table.Boolean,
		diag.BadDate: table.Date, diag.BadDateTime: table.DateTime, diag.BadYearMonth: table.YearMonth, diag.BadYear: table.Year,
		diag.BadURL: table.URL, diag.BadPath: table.Path,
	}
	for code, x := range examples {
		schema, problems := table.ParseSchema("trees", &source.File{Path: "trees.schema.toml", Data: fmt.Appendf(nil, `
title = { ky = "Бактар" }
primary_key = ["id"]
[[column]]
name = "id"
type = "string"
title = { ky = "Коду" }
[[column]]
name = "cell"
type = %q
title = { ky = "Уяча" }
`, types[code])}, table.Allowed{})
		if len(problems) > 0 {
			t.Fatal(code, problems)
		}
		for cell, want := range map[string][]diag.Code{x.wrong: {code}, x.mended: nil} {
			_, problems := table.Read(&source.File{Path: "trees.csv", Data: fmt.Appendf(nil, "id,cell\nt-1,\"%s\"\n", cell)}, "town/trees", schema)
			var got []diag.Code
			for _, d := range problems {
				got = append(got, d.Code)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q gives %v", code, cell, got)
			}
		}
	}
}

func TestCodes(t *testing.T) {
	for _, l := range locale.Langs {
		var b strings.Builder
		if err := Codes(&b, locale.For(l)); err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, code := range codes() {
			i := strings.Index(b.String()[at:], "\n  "+code+" ")
			if i < 0 {
				t.Fatalf("%s is missing or out of order in %v", code, l)
			}
			at += i
		}
	}
}

func TestNear(t *testing.T) {
	for code, want := range map[string][]string{
		"aplication-window": {"application-window"},
		"bad-dat":           {"bad-date"},
		"rule-unknwn":       {"rule-unknown"},
		"x":                 nil,
	} {
		if got := Near(code); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", code, got, want)
		}
	}
	if len(codes()) != len(rules.All)+len(diag.Codes) {
		t.Error("codes are missing")
	}
}
