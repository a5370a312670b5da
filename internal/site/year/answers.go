package year

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

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

	Services, Bodies []Choice    // of which readers may choose one
	Choose           template.JS // chooses; empty if there is nothing to choose
}

// Choice is what readers may choose, and how many recommendations it has.
type Choice struct{ Key, Name, Count string }

// Answers are the pages that show what was done about the recommendations.
var Answers = page.Kind[AnswersView]{Template: "answers", Style: page.Chosen, Pages: step(jme.StepAnswers, answers)}

// answers returns the page of the recommendations of a year.
func answers(p *page.Place, c *jme.Cycle, base StepBase) AnswersView {
	groups := status.AnswerGroups(p, c.Recommendations)
	v := AnswersView{StepBase: base, Counts: status.CountsOf(p, groups), Groups: groups, Chart: charts.Show(p, charts.Answers(p.Town, c))}
	v.Services = choices(p, groups, func(c *status.RecommendationCard) (string, string) { return c.ServiceID, c.Service.Text.String() })
	v.Bodies = choices(p, groups, func(c *status.RecommendationCard) (string, string) { return c.Body, c.Who.Text })
	if len(v.Services)+len(v.Bodies) > 2 {
		v.Choose = p.Templates.Script(page.Chosen)
	}
	return v
}

// choices returns what readers may choose recommendations by, in the order of the alphabet.
func choices(p *page.Place, groups []status.AnswerGroup, of func(*status.RecommendationCard) (key, name string)) (all []Choice) {
	counts, names := map[string]int{}, map[string]string{}
	for _, g := range groups {
		for i := range g.Items {
			key, name := of(&g.Items[i])
			counts[key]++
			names[key] = name
		}
	}
	for key, name := range names {
		all = append(all, Choice{key, name, p.Int(counts[key])})
	}
	slices.SortFunc(all, func(a, b Choice) int { return cmp.Or(p.Compare(a.Name, b.Name), strings.Compare(a.Key, b.Key)) })
	return all
}
