package regulation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// TestMissing checks that what is missing is listed with its reason, the gravest first.
func TestMissing(t *testing.T) {
	const name = "testdata/missing.txtar"
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m, asOf := municipality(t, "", a)
	var b strings.Builder
	for _, x := range Judge(m, asOf).Missing {
		fmt.Fprintf(&b, "%s:", x.Reason)
		switch x.Reason {
		case NotDone, NotRecorded:
			fmt.Fprintf(&b, " clause %s %d %s\n", x.Outcome.Clause, x.Outcome.Year, x.Outcome.Subject.ID)
		case NotAnswered:
			fmt.Fprintln(&b, "", x.Recommendation.ID)
		case NotActedOn:
			fmt.Fprintln(&b, "", x.Obstruction.ID)
		case NotVerified:
			fmt.Fprintln(&b, "", x.Measure.ID)
		case TextNotInHand:
			fmt.Fprintln(&b, " clause", x.Clause.Number)
		}
	}
	golden(t, name, a, b.String())
	for _, r := range Reasons {
		if !strings.Contains(b.String(), string(r)+":") {
			t.Errorf("nothing is missing because of %q", r)
		}
		for _, l := range locale.Langs {
			p := locale.For(l)
			whole(t, string(r), l, p.T("site.missing."+string(r)+".title"), p.T("site.missing."+string(r)+".lead"))
		}
	}
}

// TestJudgement checks that a judgement has one cycle for each year with records or outcomes,
// newest first, that deadlines are in order, and that the registers have all rows.
func TestJudgement(t *testing.T) {
	for _, m := range sample(t).Municipalities {
		j := Judge(m, date("2028-03-01"))
		var years []int
		for _, c := range j.Cycles {
			years = append(years, c.Year)
		}
		if !slices.IsSortedFunc(years, func(a, b int) int { return b - a }) || len(slices.Compact(slices.Clone(years))) != len(years) {
			t.Errorf("%s: the years are %v", m.ID, years)
		}
		if !slices.Contains(years, 2028) {
			t.Errorf("%s: the present year is not among %v", m.ID, years)
		}
		for _, y := range m.Years() {
			if !slices.Contains(years, y) {
				t.Errorf("%s: %d has records and no cycle", m.ID, y)
			}
		}
		for i := range j.Outcomes {
			if !slices.Contains(years, j.Outcomes[i].Year) {
				t.Errorf("%s: %s has no cycle", m.ID, j.Outcomes[i].ID())
			}
		}
		if !slices.IsSortedFunc(j.Deadlines, func(a, b Deadline) int { return a.Date.Compare(b.Date) }) {
			t.Errorf("%s: the deadlines are not in order", m.ID)
		}
		for table, want := range map[string]int{jme.Compliance: len(j.Outcomes), jme.Deadlines: len(j.Deadlines)} {
			got := j.Table()
			if table == jme.Deadlines {
				got = j.DeadlineTable()
			}
			if len(got.Rows) != want {
				t.Errorf("%s: %d rows in %s, want %d", m.ID, len(got.Rows), table, want)
			}
		}
	}
}

// TestHostileTexts checks that a name or a title of any characters comes out of a sentence
// unchanged, in a part of its own language, and that the parts add up to the sentence.
func TestHostileTexts(t *testing.T) {
	a, err := txtar.ParseFile("testdata/results-published/overdue.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"\ue001Аты\ue00f", "\ue000", "{{.Provider}}", "{{end}}", "⟦key⟧", "а\nб", "%!s(а)", "«а» “б”"} {
		m, asOf := municipality(t, "results-published", a)
		m.Providers[0].Name = locale.Text{Ky: text}
		for i := range m.Regulation.Assumptions {
			m.Regulation.Assumptions[i].Title = locale.Text{Ky: text}
		}
		o := &Judge(m, asOf).Outcomes[0]
		if len(o.Otherwise) == 0 {
			t.Fatal("the case rests on no assumption")
		}
		for _, l := range []locale.Lang{locale.Ru, locale.En} {
			var all string
			marked := 0
			for _, part := range o.Parts(locale.For(l)) {
				all += part.Text
				if part.Text == text && part.Lang == locale.Ky {
					marked++
				} else if part.Lang != l {
					t.Errorf("%q is in %v", part.Text, part.Lang)
				}
			}
			if marked != 2 { // the provider and the assumption
				t.Errorf("%q is marked %d times in %q, want 2", text, marked, all)
			}
			if all != o.Sentence(locale.For(l)) {
				t.Errorf("%q is not the sentence", all)
			}
		}
		if parts := o.Parts(locale.For(locale.Ky)); len(parts) != 1 {
			t.Errorf("%q has foreign parts in Kyrgyz", parts)
		}
	}
}
