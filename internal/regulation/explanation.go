package regulation

import (
	"slices"
	"time"

	"achyk/internal/locale"
)

// Explanation is what those who are judged say of an outcome. It changes nothing of it, and it is
// shown wherever the outcome is.
type Explanation struct {
	ID   string      // in the register explanations
	By   locale.Text // who explains
	Day  time.Time
	Text locale.Text // their own words
}

// Head says who explains, on which day, and that the words are their own.
func (x *Explanation) Head(p *locale.Printer) locale.Parts {
	return p.Parts("regulation.explained", locale.Args{"By": x.By, "Day": x.Day})
}

// Sentence is the head and the words.
func (x *Explanation) Sentence(p *locale.Printer) string {
	return x.Head(p).String() + ": " + locale.Quoted(x.Text).Parts(p.Lang()).String() + "."
}

// Explainable tells whether an outcome of a kind is explained. What was kept needs no explanation,
// and what is not decided cannot have one yet.
func (k Kind) Explainable() bool { return k == Broken || k == Overdue || k == SetAside }

// explain adds to outcomes what those who are judged say of them: the explanations of the same rule,
// year and subject, by day.
func (e *evaluation) explain(outcomes []*Outcome) {
	type key struct {
		rule    string
		year    int
		subject Record
	}
	by := map[key][]Explanation{}
	for _, x := range e.m.Explanations {
		k := key{x.Rule, x.Year, Record{x.SubjectRegister, x.Subject}}
		by[k] = append(by[k], Explanation{x.ID, x.Who(&e.m.Settings), x.Date.Day(), x.Text})
	}
	for _, all := range by {
		slices.SortStableFunc(all, func(a, b Explanation) int { return a.Day.Compare(b.Day) })
	}
	for _, o := range outcomes {
		if o.Kind.Explainable() {
			o.Explanations = by[key{o.Rule, o.Year, o.Subject}]
		}
	}
}
