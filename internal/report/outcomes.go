package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Alarming tells whether any clause is broken or overdue. check --strict then fails.
func Alarming(outcomes []*regulation.Outcome) bool {
	return slices.ContainsFunc(outcomes, func(o *regulation.Outcome) bool {
		return o.Kind == regulation.Broken || o.Kind == regulation.Overdue
	})
}

// outcomesText lists the outcomes by kind, in the order of regulation.Kinds, and then counts
// each kind. Kept clauses, those that do not apply without an exemption, and more than most of one kind for
// a rule and year are only counted.
func outcomesText(w io.Writer, outcomes []*regulation.Outcome, _ Day, p *locale.Printer) error {
	if len(outcomes) == 0 {
		return nil
	}
	var b strings.Builder
	var counts []string
	fmt.Fprintf(&b, "\n%s\n", p.T("report.outcomes"))
	for _, kind := range regulation.Kinds {
		var listed []*regulation.Outcome
		n := 0
		for _, o := range outcomes {
			if o.Kind != kind {
				continue
			}
			n++
			if kind != regulation.Kept && (kind != regulation.NotApplicable || o.Exemption != "") {
				listed = append(listed, o)
			}
		}
		head := func(place, what, clause, rule string) {
			fmt.Fprintf(&b, "%s: %s [%s %s]\n", Visible(place), what, locale.Clause(clause).In(p.Lang()), rule)
		}
		fold(len(listed), func(i int) alike { return alikeOf(listed[i]) }, func(i int) {
			o := listed[i]
			head(outcomeOf(o), kind.Word(p), o.Clause, o.Rule)
			fmt.Fprintf(&b, "  %s\n", Visible(strings.TrimSpace(o.Sentence(p)+" "+o.SinceWords(p))))
			explanationsText(&b, o, p)
		}, func(a alike, n int) {
			head(fmt.Sprintf("%s/%d", a.municipality, a.year), kind.Word(p)+": "+p.N("report.more", n), a.clause, a.rule)
			fmt.Fprintf(&b, "  %s\n", p.T("report.all"))
		})
		counts = append(counts, fmt.Sprintf("%s – %s", kind.Word(p), p.Int(n)))
	}
	fmt.Fprintf(&b, "%s\n", strings.Join(counts, ", "))
	_, err := io.WriteString(w, b.String())
	return err
}

// explanationsText writes what those who are judged say of an outcome.
func explanationsText(b *strings.Builder, o *regulation.Outcome, p *locale.Printer) {
	for i := range o.Explanations {
		fmt.Fprintf(b, "  %s\n", Visible(o.Explanations[i].Sentence(p)))
	}
}

// alike is what outcomes of one kind have in common of which the first are written.
type alike struct {
	municipality string
	year         int
	clause, rule string
}

func alikeOf(o *regulation.Outcome) alike { return alike{o.Municipality, o.Year, o.Clause, o.Rule} }

// outcomeOf names the subject of an outcome: "osh/contests/contest-2025", or "osh/2025" for a
// year as a whole.
func outcomeOf(o *regulation.Outcome) string {
	if o.Subject.ID == "" {
		return fmt.Sprintf("%s/%d", o.Municipality, o.Year)
	}
	return o.Municipality + "/" + o.Subject.Register + "/" + o.Subject.ID
}

// outcome is an outcome in JSON: the fields of the register compliance, and its sentence in the
// reader's language.
type outcome struct {
	Kind         string `json:"kind"` // "outcome"
	Municipality string `json:"municipality"`
	judgement.Row
	Message string `json:"message"`
	Day
}

func outcomesJSON(w io.Writer, outcomes []*regulation.Outcome, day Day, p *locale.Printer) error {
	encoder := NewEncoder(w)
	for _, o := range outcomes {
		if err := encoder.Encode(outcome{"outcome", o.Municipality, judgement.RowOf(o, locale.Langs[:]), o.Sentence(p), day}); err != nil {
			return err
		}
	}
	return nil
}
