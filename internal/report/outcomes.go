package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Alarming tells whether any clause is broken or overdue. check --strict then fails.
func Alarming(outcomes []regulation.Outcome) bool {
	return slices.ContainsFunc(outcomes, func(o regulation.Outcome) bool {
		return o.Kind == regulation.Broken || o.Kind == regulation.Overdue
	})
}

// outcomesText lists the outcomes by kind, in the order of regulation.Kinds, and then counts
// each kind. Kept clauses, and those that do not apply without an exemption, are only counted.
func outcomesText(w io.Writer, outcomes []regulation.Outcome, p *locale.Printer) error {
	if len(outcomes) == 0 {
		return nil
	}
	var b strings.Builder
	var counts []string
	fmt.Fprintf(&b, "\n%s\n", p.T("report.outcomes"))
	for _, kind := range regulation.Kinds {
		n := 0
		for i := range outcomes {
			o := &outcomes[i]
			if o.Kind != kind {
				continue
			}
			n++
			if kind == regulation.Kept || kind == regulation.NotApplicable && o.Exemption == "" {
				continue
			}
			fmt.Fprintf(&b, "%s: %s [%s %s]\n  %s\n", Visible(outcomeOf(o)), kind.Word(p), o.Clause, o.Rule, Visible(o.Sentence(p)))
		}
		counts = append(counts, fmt.Sprintf("%s – %s", kind.Word(p), p.Int(n)))
	}
	fmt.Fprintf(&b, "%s\n", strings.Join(counts, ", "))
	_, err := io.WriteString(w, b.String())
	return err
}

// outcomeOf names the subject of an outcome: "osh/contests/contest-2025", or "osh/2025" for a
// year as a whole.
func outcomeOf(o *regulation.Outcome) string {
	if o.Subject.ID == "" {
		return fmt.Sprintf("%s/%d", o.Municipality, o.Year)
	}
	return o.Municipality + "/" + o.Subject.Register + "/" + o.Subject.ID
}

// outcome is an outcome in JSON.
type outcome struct {
	Kind         string              `json:"kind"` // "outcome"
	Municipality string              `json:"municipality"`
	Year         int                 `json:"year"`
	Clause       string              `json:"clause"`
	Rule         string              `json:"rule"`
	Subject      regulation.Record   `json:"subject"` // two empty texts for a year as a whole
	Outcome      regulation.Kind     `json:"outcome"`
	Due          string              `json:"due"`
	DueLatest    string              `json:"due_latest,omitempty"` // Due if the holidays that are not confirmed become days off
	Done         string              `json:"done"`
	DaysLate     int                 `json:"days_late"`
	Assumptions  []string            `json:"assumptions"`
	Otherwise    []otherwise         `json:"otherwise,omitempty"`
	Exemption    string              `json:"exemption,omitempty"`
	Without      regulation.Kind     `json:"without_exemption,omitempty"`
	Evidence     []regulation.Record `json:"evidence"`
	Message      string              `json:"message"`
	Messages     map[string]string   `json:"messages"`
}

type otherwise struct {
	Assumption string          `json:"assumption"`
	Value      string          `json:"value"`
	Outcome    regulation.Kind `json:"outcome"`
	Due        string          `json:"due"`
}

func outcomesJSON(w io.Writer, outcomes []regulation.Outcome, p *locale.Printer) error {
	encoder := NewEncoder(w)
	for i := range outcomes {
		o := &outcomes[i]
		line := outcome{
			Kind: "outcome", Municipality: o.Municipality, Year: o.Year, Clause: o.Clause, Rule: o.Rule, Subject: o.Subject,
			Outcome: o.Kind, Due: isoDay(o.Due), DueLatest: isoDay(o.Latest), Done: isoDay(o.Done), DaysLate: o.DaysLate,
			Assumptions: append([]string{}, o.Assumptions...), Evidence: append([]regulation.Record{}, o.Evidence...),
			Exemption: o.Exemption, Without: o.Without, Message: o.Sentence(p), Messages: map[string]string{},
		}
		for _, x := range o.Otherwise {
			line.Otherwise = append(line.Otherwise, otherwise{x.Assumption, x.Value, x.Kind, isoDay(x.Due)})
		}
		for _, l := range locale.Langs {
			line.Messages[l.String()] = o.Sentence(locale.For(l))
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// isoDay returns a day as 2006-01-02, and "" for the zero time.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
