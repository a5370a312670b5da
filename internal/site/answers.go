package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// AnswersView is what came of each recommendation.
type AnswersView struct {
	Base
	StepBase
	Counts []AnswerCount
	Groups []AnswerGroup
}

// AnswerCount says how many recommendations stand one way.
type AnswerCount struct{ Mark, Label, Count string }

// AnswerGroup is the recommendations that stand one way; silence comes first.
type AnswerGroup struct {
	Mark, Label string
	Items       []RecommendationCard
}

// RecommendationCard is a recommendation with what was done about it.
type RecommendationCard struct {
	Link     Link
	Who      Said
	Since    string // "no response recorded since …, N days"; empty where there is one
	Due      string
	Late     string
	Finding  Link
	Measures []MeasureCard
}

// MeasureCard is a measure: what they say, and what was checked.
type MeasureCard struct {
	Link     Link
	Status   Value
	Date     string
	Outcome  Phrase
	Verified []VerifiedLine
}

// VerifiedLine is one check of a measure.
type VerifiedLine struct {
	Mark, Label, By, Date string
	Note                  Phrase
}

func (e *edition) answers(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "answers")
	return page(e, path, e.templates.answers, func(href func(string) string) AnswersView {
		v := AnswersView{Base: e.stepBase(t, c, "answers", href), StepBase: e.stepHead(t, c, "answers", href)}
		for _, answer := range []jme.Answer{jme.AnswerNone, jme.AnswerDeclined, jme.AnswerNow, jme.AnswerSaid, jme.AnswerChecked} {
			group := AnswerGroup{Mark: string(answer), Label: e.T("site.mark." + string(answer))}
			for _, r := range c.Recommendations {
				if r.Answer() == answer {
					group.Items = append(group.Items, e.recommendation(t, r, href))
				}
			}
			if n := len(group.Items); n > 0 {
				v.Counts = append(v.Counts, AnswerCount{group.Mark, group.Label, e.Int(n)})
				v.Groups = append(v.Groups, group)
			}
		}
		return v
	})
}

// silentSince says since when nobody has answered. The days are counted, and no more: the
// regulation of Osh sets no term for an answer (clause 23).
func (e *edition) silentSince(r *jme.Recommendation) string {
	made := r.Made()
	if made.IsZero() || made.After(e.today()) {
		return e.T("site.answers.silent")
	}
	return e.NF("site.answers.since", days(made, e.today()), locale.Args{"since": e.Since(made)})
}

func (e *edition) recommendation(t *town, r *jme.Recommendation, href func(string) string) RecommendationCard {
	m := t.Municipality
	card := RecommendationCard{
		Link:    e.recordLink(m, "recommendations", r.ID, href),
		Who:     e.said(regulation.Actor(m, r.Addressee, r.Provider.Get())),
		Finding: e.recordLink(m, "findings", r.Finding.ID, href),
	}
	card.Link.Text = Phrase{e.said(r.Text)}
	if r.Answer() == jme.AnswerNone {
		card.Since = e.silentSince(r)
	}
	if !r.Due.IsZero() {
		card.Due = e.Until(r.Due.Time)
		if n := days(r.Due.Day(), e.today()); n > 0 && r.Answer() == jme.AnswerNone {
			card.Late = e.N("site.days.late", n)
		}
	}
	for _, x := range r.Measures {
		line := MeasureCard{Link: e.recordLink(m, "measures", x.ID, href), Outcome: e.saidIf(x.Outcome), Date: e.day(x.Proposed)}
		if !x.Done.IsZero() {
			line.Date = e.day(x.Done)
		}
		for _, f := range e.facts(m, "measures", x.ID, href, "status") {
			line.Status = f.Values[0]
		}
		schema := jme.Schema("verifications")
		for _, y := range x.Verifications {
			line.Verified = append(line.Verified, VerifiedLine{
				Mark: mark("verifications", "result", y.Result), Label: schema.Column("result").Label(y.Result).In(e.lang),
				By: schema.Column("by").Label(y.By).In(e.lang), Date: e.day(y.Date), Note: e.saidIf(y.Note),
			})
		}
		card.Measures = append(card.Measures, line)
	}
	return card
}
