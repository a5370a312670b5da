package year

import (
	"achyk/internal/jme"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// AnswersView shows what was done about each recommendation.
type AnswersView struct {
	StepBase
	Counts []page.Count
	Groups []status.AnswerGroup // those without an answer come first
	Chart  *charts.Figure
}

// Answers are the pages that show what was done about the recommendations.
var Answers = page.Kind[AnswersView]{Template: "answers", Pages: step(jme.StepAnswers, answers)}

// answers returns the page of the recommendations of a year.
func answers(p *page.Place, c *jme.Cycle, base StepBase) AnswersView {
	groups := status.AnswerGroups(p, c.Recommendations)
	return AnswersView{StepBase: base, Counts: status.CountsOf(p, groups), Groups: groups, Chart: charts.Show(p, charts.Answers(p.Town, c))}
}
