package year

import (
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// AnswersView shows what was done about each recommendation.
type AnswersView struct {
	StepBase
	Counts []page.Count
	Groups []AnswerGroup
}

// AnswerGroup is the recommendations that have the same kind of answer. Those without an answer
// come first.
type AnswerGroup struct {
	Mark, Label string
	Items       []RecommendationCard
}

// RecommendationCard is a recommendation with the measures taken on it.
type RecommendationCard struct {
	Link     page.Link
	Who      page.Text
	Silent   []status.Sentence // says that there is no response; empty if there is one
	Due      string
	Late     string
	Finding  page.Link
	Measures []MeasureCard
}

// MeasureCard is a measure: what the provider or body says about it, and what was verified.
type MeasureCard struct {
	Link     page.Link
	Status   page.Value
	Date     string
	Promised string // "until …", if it is still to be done
	Outcome  page.Phrase
	Verified []VerifiedLine
}

// VerifiedLine is one verification of a measure.
type VerifiedLine struct {
	Mark, Label, By, Date string
	Self                  bool // by the body that was to act
	Note                  page.Phrase
}

// Answers are the pages that show what was done about the recommendations.
var Answers = page.Kind[AnswersView]{Template: "answers", Pages: step(jme.StepAnswers, answers)}

// answers returns the page of the recommendations of a year.
func answers(p *page.Place, c *jme.Cycle, base StepBase) AnswersView {
	v := AnswersView{StepBase: base}
	for _, answer := range jme.Answers {
		group := AnswerGroup{Mark: string(answer), Label: p.T("site.mark." + string(answer))}
		for _, r := range c.Recommendations {
			if r.Answer(p.Today) == answer {
				group.Items = append(group.Items, recommendation(p, r))
			}
		}
		if n := len(group.Items); n > 0 {
			v.Counts = append(v.Counts, page.Count{Mark: group.Mark, Label: group.Label, Count: p.Int(n)})
			v.Groups = append(v.Groups, group)
		}
	}
	return v
}

// recommendation returns a recommendation with the measures taken on it.
func recommendation(p *page.Place, r *jme.Recommendation) RecommendationCard {
	card := RecommendationCard{
		Link:    p.Record("recommendations", r.ID),
		Who:     p.Text(judgement.Actor(p.Town.Municipality, r.Addressee, r.Provider.Get())),
		Finding: p.Record("findings", r.Finding.ID),
	}
	card.Link.Text = page.Phrase{p.Text(r.Text)}
	if len(r.Measures) == 0 {
		card.Silent = []status.Sentence{status.Unanswered(p, r)}
	}
	if !r.Due.IsZero() {
		card.Due = p.Until(r.Due.Time)
		if n := page.Days(r.Due.Day(), p.Today); n > 0 && r.Open() {
			card.Late = p.N("site.days.late", n)
		}
	}
	for _, x := range r.Measures {
		line := MeasureCard{Link: p.Record("measures", x.ID), Outcome: p.Phrase(x.Outcome), Date: p.Day(x.Proposed)}
		if !x.Done.IsZero() {
			line.Date = p.Day(x.Done)
		}
		line.Status = p.Cell("measures", x.ID, "status")
		if x.Open() && !x.Due.IsZero() {
			line.Promised = p.Until(x.Due.Time)
		}
		for _, y := range x.Checks() {
			line.Verified = append(line.Verified, verified(p, y))
		}
		card.Measures = append(card.Measures, line)
	}
	return card
}

// verified returns a verification of a measure.
func verified(p *page.Place, x *jme.Verification) VerifiedLine {
	schema := jme.Schema("verifications")
	line := VerifiedLine{
		Mark: page.Mark("verifications", "result", x.Result), Label: schema.Column("result").Label(x.Result).In(p.Lang), Self: x.Self(),
		By: schema.Column("by").Label(x.By).In(p.Lang), Date: p.Day(x.Date), Note: p.Phrase(x.Note),
	}
	if line.Self && x.Result == "eliminated" {
		line.Mark = string(jme.AnswerSelf)
	}
	return line
}
