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

// Alarming tells whether a clause was broken or is overdue.
func Alarming(outcomes []regulation.Outcome) bool {
	return slices.ContainsFunc(outcomes, func(o regulation.Outcome) bool {
		return o.Kind == regulation.Broken || o.Kind == regulation.Overdue
	})
}

// outcomesText lists what is broken, overdue, pending, unknown or set aside by an
// exemption, in this order, and counts the rest.
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
			fmt.Fprintf(&b, "%s: %s [%s %s]\n  %s\n", visible(outcomeOf(o)), kind.Word(p), o.Clause, o.Rule, visible(o.Sentence(p)))
		}
		counts = append(counts, fmt.Sprintf("%s – %s", kind.Word(p), p.Int(n)))
	}
	fmt.Fprintf(&b, "%s\n", strings.Join(counts, ", "))
	_, err := io.WriteString(w, b.String())
	return err
}

// outcomeOf names what an outcome is of: "osh/contests/contest-2025", or the year.
func outcomeOf(o *regulation.Outcome) string {
	if o.Subject.ID == "" {
		return fmt.Sprintf("%s/%d", o.Municipality, o.Year)
	}
	return o.Municipality + "/" + o.Subject.Register + "/" + o.Subject.ID
}

// outcome is an outcome as machines read it; the names are part of the contract.
type outcome struct {
	Kind         string              `json:"kind"` // "outcome"
	Municipality string              `json:"municipality"`
	Year         int                 `json:"year"`
	Clause       string              `json:"clause"`
	Rule         string              `json:"rule"`
	Subject      regulation.Record   `json:"subject"` // of the year as a whole: two empty texts
	Outcome      regulation.Kind     `json:"outcome"`
	Due          string              `json:"due"`
	DueLatest    string              `json:"due_latest,omitempty"` // if tentative holidays are announced as days off
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
	encoder := newEncoder(w)
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

// isoDay is a day as the registers write it, "" where there is none.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
