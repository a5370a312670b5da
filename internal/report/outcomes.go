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
// each kind. Kept clauses, and those that do not apply without an exemption, are only counted.
func outcomesText(w io.Writer, outcomes []*regulation.Outcome, p *locale.Printer) error {
	if len(outcomes) == 0 {
		return nil
	}
	var b strings.Builder
	var counts []string
	fmt.Fprintf(&b, "\n%s\n", p.T("report.outcomes"))
	for _, kind := range regulation.Kinds {
		n := 0
		for _, o := range outcomes {
			if o.Kind != kind {
				continue
			}
			n++
			if kind == regulation.Kept || kind == regulation.NotApplicable && o.Exemption == "" {
				continue
			}
			fmt.Fprintf(&b, "%s: %s [%s %s]\n  %s\n", Visible(outcomeOf(o)), kind.Word(p), locale.Clause(o.Clause).In(p.Lang()), o.Rule, Visible(strings.TrimSpace(o.Sentence(p)+" "+o.SinceWords(p))))
			explanationsText(&b, o, p)
		}
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
}

func outcomesJSON(w io.Writer, outcomes []*regulation.Outcome, p *locale.Printer) error {
	encoder := NewEncoder(w)
	for _, o := range outcomes {
		if err := encoder.Encode(outcome{"outcome", o.Municipality, judgement.RowOf(o, locale.Langs[:]), o.Sentence(p)}); err != nil {
			return err
		}
	}
	return nil
}
