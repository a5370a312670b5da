package report

import (
	"fmt"
	"io"
	"strings"

	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Because is why outcomes become other ones.
type Because string

// The reasons. The heading of the list in text is the message "report.turned.<reason>".
const (
	Assumed  Because = "assumed"  // assumptions are read otherwise
	Proposed Because = "proposed" // what is proposed is not what is published
)

// turnsText lists the outcomes with what they turn from and to, and says why they are what they
// are afterwards.
func turnsText(w io.Writer, because Because, turns []regulation.Turn, _ Day, p *locale.Printer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", p.T("report.turned."+string(because)))
	if len(turns) == 0 {
		fmt.Fprintf(&b, "  %s\n", p.T("report.turned.none"))
	}
	fold(len(turns), func(i int) alike { return alikeOf(turns[i].Of()) }, func(i int) {
		t, o := turns[i], turns[i].Of()
		fmt.Fprintf(&b, "%s: %s [%s %s]\n", Visible(outcomeOf(o)), t.Sentence(p), locale.Clause(o.Clause).In(p.Lang()), o.Rule)
		if t.To != nil {
			fmt.Fprintf(&b, "  %s\n", Visible(t.To.Sentence(p)))
			explanationsText(&b, t.To, p)
		}
	}, func(a alike, n int) {
		fmt.Fprintf(&b, "%s/%d: %s [%s %s]\n  %s\n", Visible(a.municipality), a.year, p.N("report.more", n), locale.Clause(a.clause).In(p.Lang()), a.rule, p.T("report.all"))
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// turn is an outcome that turns in JSON.
type turn struct {
	Kind         string            `json:"kind"` // "turn"
	Because      Because           `json:"because"`
	ID           string            `json:"id"`
	Municipality string            `json:"municipality"`
	Year         int               `json:"year"`
	Clause       string            `json:"clause"`
	Rule         string            `json:"rule"`
	Subject      regulation.Record `json:"subject"`
	From         *standing         `json:"from"` // null: there is no such outcome
	To           *standing         `json:"to"`
	Message      string            `json:"message"`
	Messages     map[string]string `json:"messages"`
	Why          string            `json:"why,omitempty"` // the clause, and what is said of it then
	*Day
}

type standing struct {
	Outcome  regulation.Kind `json:"outcome"`
	Due      string          `json:"due"`
	DaysLate int             `json:"days_late"`
}

func standingOf(o *regulation.Outcome) *standing {
	if o == nil {
		return nil
	}
	row := judgement.RowOf(o, locale.Langs[:])
	return &standing{row.Outcome, row.Due, row.DaysLate}
}

func turnsJSON(w io.Writer, because Because, turns []regulation.Turn, day Day, p *locale.Printer) error {
	encoder := NewEncoder(w)
	for _, t := range turns {
		made := turnOf(because, t, p)
		made.Day = &day
		if err := encoder.Encode(made); err != nil {
			return err
		}
	}
	return nil
}

// turnOf returns a turn as JSON writes it.
func turnOf(because Because, t regulation.Turn, p *locale.Printer) turn {
	o := t.Of()
	made := turn{
		Kind: "turn", Because: because, ID: o.ID(), Municipality: o.Municipality, Year: o.Year, Clause: o.Clause, Rule: o.Rule, Subject: o.Subject,
		From: standingOf(t.From), To: standingOf(t.To), Message: t.Sentence(p), Messages: map[string]string{},
	}
	for _, l := range locale.Langs {
		made.Messages[l.String()] = t.Sentence(locale.For(l))
	}
	if t.To != nil {
		made.Why = locale.Clause(o.Clause).In(p.Lang()) + ". " + t.To.Sentence(p)
	}
	return made
}
