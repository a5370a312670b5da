package year

import (
	"achyk/internal/jme"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// FindingsView shows what was assessed and found.
type FindingsView struct {
	StepBase
	Tally       *status.Tally
	Chart       *charts.Figure
	Assessments []AssessmentCard
}

// AssessmentCard is one assessment with its findings.
type AssessmentCard struct {
	ID           string // fragment that leads to the card
	Title        page.Link
	Kind         string // "evaluation, regular"
	Provider     page.Phrase
	Fieldwork    string
	Visits       string
	Status       status.Sentence
	Tally        *status.Tally
	Findings     []status.FindingCard
	Measurements charts.Comparison
	More         page.Link // says how many measurements are not listed, and leads to them; may be empty
	Reports      []page.Value
	Withheld     []status.Sentence // says of the report that it is not on the site yet
}

// Findings are the pages that show what was found.
var Findings = page.Kind[FindingsView]{Template: "findings", Pages: step(jme.StepFindings, findings)}

// findings returns the page of the findings of a year.
func findings(p *page.Place, c *jme.Cycle, base StepBase) FindingsView {
	v := FindingsView{StepBase: base, Chart: charts.Show(p, charts.Verdicts(p.Town, c))}
	v.Tally = status.TallyOf(p, c.Findings)
	room := mostMeasurements
	for _, a := range c.Assessments {
		card := assessment(p, a)
		if rest := len(card.Measurements.Lines) - room; rest > 0 {
			card.Measurements.Lines = card.Measurements.Lines[:room]
			card.More = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(p.Town.ListPath("measurements"))}
		}
		room -= len(card.Measurements.Lines)
		v.Assessments = append(v.Assessments, card)
	}
	return v
}

// assessment returns an assessment with its findings.
func assessment(p *page.Place, a *jme.Assessment) AssessmentCard {
	schema := jme.Schema("assessments")
	card := AssessmentCard{
		ID: a.ID, Title: p.Record("assessments", a.ID),
		Kind:      schema.Column("mode").Label(a.Mode).In(p.Lang) + " · " + schema.Column("regularity").Label(a.Regularity).In(p.Lang),
		Fieldwork: p.Span(a.FieldworkFrom, a.FieldworkTo), Status: status.Assessment(p, a),
	}
	if s := a.Service.Get(); s != nil {
		card.Title.Text = page.Phrase{p.Text(s.Name)}
		if x := a.Provider.Get(); x != nil {
			card.Provider = page.Phrase{p.Text(x.Name)}
		}
	} else if x := a.Provider.Get(); x != nil {
		card.Title.Text = page.Phrase{p.Text(x.Name)}
	}
	if len(a.Visits) > 0 {
		card.Visits = p.N("site.count.visits", len(a.Visits))
	}
	card.Tally = status.TallyOf(p, a.Findings)
	for _, f := range a.Findings {
		card.Findings = append(card.Findings, status.Pictured(p, f))
	}
	card.Measurements, card.Withheld = charts.Compare(p, a.Measurements), status.Withheld(p, a)
	for _, r := range a.Reports {
		if v := p.File(r.Document); !v.Empty {
			card.Reports = append(card.Reports, v)
		}
	}
	return card
}

// mostMeasurements is how many measurements the page of a year lists. More elements slow a weak
// phone. The register has the others.
const mostMeasurements = 100
