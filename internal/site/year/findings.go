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
	Measurements []MeasurementLine
	Compared     bool      // at least one measurement has an earlier value
	More         page.Link // says how many measurements are not listed, and leads to them; may be empty
	Reports      []page.Value
}

// MeasurementLine is the value of an indicator, with the earlier one of the same provider.
type MeasurementLine struct {
	Indicator page.Link
	Where     page.Phrase
	Target    string
	Value     string
	Date      string // on which it was measured; empty if that is not recorded
	Before    string
	BeforeOn  string
	Change    string
	Good      string // "better", "worse", or "" if the change is neither
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
		if rest := len(card.Measurements) - room; rest > 0 {
			card.Measurements = card.Measurements[:room]
			card.More = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(p.Town.ListPath("measurements"))}
		}
		room -= len(card.Measurements)
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
	for _, x := range a.Measurements {
		line := measurement(p, a, x)
		card.Compared = card.Compared || line.Before != ""
		card.Measurements = append(card.Measurements, line)
	}
	for _, r := range a.Reports {
		if v := p.File(r.Document); !v.Empty {
			card.Reports = append(card.Reports, v)
		}
	}
	return card
}

// mostMeasurements is how many measurements the page of a year lists. More elements slow a weak
// phone (ux.md 5.1). The register has the others.
const mostMeasurements = 120

// measurement returns a value with the last earlier one of the same indicator, provider and
// territory. Values of different indicators are not compared.
func measurement(p *page.Place, a *jme.Assessment, x *jme.Measurement) MeasurementLine {
	line := MeasurementLine{Indicator: p.Record("indicators", x.Indicator.ID)}
	i := x.Indicator.Get()
	if i == nil {
		return line
	}
	show := func(n jme.Number) string { return p.Measured(p.Number(n.String()), i.Unit) }
	line.Target, line.Date = show(i.Target), shortDay(p, x.Date)
	if x.Value.Valid {
		line.Value = charts.Range(p, i, []*jme.Measurement{x})
	}
	if t := x.Territory.Get(); t != nil {
		line.Where = page.Phrase{p.Text(t.Name)}
	}
	var before *jme.Measurement
	for _, y := range i.Measurements {
		earlier := y.Assessment.Get()
		if earlier != nil && earlier != a && y.Date.Before(x.Date.Time) && earlier.Provider.ID == a.Provider.ID &&
			y.Territory.ID == x.Territory.ID && (before == nil || before.Date.Before(y.Date.Time)) {
			before = y
		}
	}
	if before == nil || !before.Value.Valid || !x.Value.Valid {
		return line
	}
	line.Before, line.BeforeOn = charts.Range(p, i, []*jme.Measurement{before}), shortDay(p, before.Date)
	change := x.Value.Decimal.Sub(before.Value.Decimal)
	line.Change = p.Number(change.String())
	if change.IsPositive() {
		line.Change = "+" + line.Change
	}
	switch better := i.Better; {
	case change.IsZero() || better == "equal":
	case change.IsPositive() == (better == "higher"):
		line.Good = "better"
	default:
		line.Good = "worse"
	}
	return line
}

// shortDay writes a date for a table, or "" if it is not known.
func shortDay(p *page.Place, d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return p.ShortDate(d.Time)
}
