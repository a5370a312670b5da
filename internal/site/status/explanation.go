package status

import (
	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
)

// Explanation is what those who are judged say of an outcome. Their words stand apart from those of
// the site.
type Explanation struct {
	Head  []page.Text // who explains, on which day
	Href  string      // its record
	Words page.Text   // empty where only the head is shown
}

// Explained returns the explanations of an outcome, with their words.
func Explained(p *page.Place, o *regulation.Outcome) []Explanation {
	all := ExplainedBriefly(p, o)
	for i := range all {
		all[i].Words = p.Text(o.Explanations[i].Text)
	}
	return all
}

// ExplainedBriefly returns the heads of the explanations of outcomes, for places with little room.
// Each leads to the words.
func ExplainedBriefly(p *page.Place, outcomes ...*regulation.Outcome) (all []Explanation) {
	for _, o := range outcomes {
		for i := range o.Explanations {
			x := &o.Explanations[i]
			all = append(all, Explanation{Head: p.Marked(x.Head(p.Printer)), Href: p.Record(jme.Explanations, x.ID).Href})
		}
	}
	return all
}

// explained says how the outcome stands that a row of the register of outcomes tells of, if it is explained.
func explained(p *page.Place, r jme.Record) []Sentence {
	o := p.Town.Outcome(r.Row.Key)
	if o == nil || len(o.Explanations) == 0 {
		return nil
	}
	return []Sentence{{Mark: Marks[o.Kind], Text: KindName(p, o.Kind), Late: NeedsAttention(o), Explained: Explained(p, o)}}
}

// explains returns the outcomes that an explanation is shown beside, or says that there is none.
func explains(p *page.Place, x *jme.Explanation) (out []Sentence) {
	for _, o := range p.Town.OutcomesOf(x.Year, "") {
		for i := range o.Explanations {
			if o.Explanations[i].ID == x.ID {
				s := Outcome(p, o)
				s.Explained = nil // it is this record
				out = append(out, s)
			}
		}
	}
	if out == nil {
		out = []Sentence{{Mark: "unknown", Text: p.T("site.status.explanation.idle")}}
	}
	return out
}
