package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// FindingsView is what was checked and found.
type FindingsView struct {
	Base
	StepBase
	Tally       *Tally
	Assessments []AssessmentCard
}

// AssessmentCard is one assessment with its findings.
type AssessmentCard struct {
	ID           string // the anchor
	Title        Link
	Kind         string // "evaluation, regular"
	Provider     Phrase
	Fieldwork    string
	Visits       string
	Status       Sentence
	Tally        *Tally
	Findings     []FindingCard
	Measurements []MeasurementLine
	Compared     bool // some measurement can be compared with an earlier one
	Reports      []Value
}

// FindingCard is a finding with the provider's answer beside it.
type FindingCard struct {
	Link        Link
	Mark, Label string
	Requirement Phrase
	Source      Phrase
	Text        Phrase
	Evidence    string
	Replies     []ReplyLine
}

// ReplyLine is a provider's reply.
type ReplyLine struct {
	Who  Phrase
	Date string
	Text Said
}

// MeasurementLine is an indicator's value, and the one before of the same provider.
type MeasurementLine struct {
	Indicator Link
	Where     Phrase
	Target    string
	Value     string
	Before    string
	Change    string
	Good      string // mark: better, worse, or ""
}

func (e *edition) findings(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "findings")
	return page(e, path, e.templates.findings, func(href func(string) string) FindingsView {
		v := FindingsView{Base: e.stepBase(t, c, "findings", href), StepBase: e.stepHead(t, c, "findings", href)}
		v.Tally = e.tally(c.Findings)
		for _, a := range c.Assessments {
			v.Assessments = append(v.Assessments, e.assessment(m, a, href))
		}
		return v
	})
}

func (e *edition) assessment(m *jme.Municipality, a *jme.Assessment, href func(string) string) AssessmentCard {
	schema := jme.Schema("assessments")
	card := AssessmentCard{
		ID: a.ID, Title: e.recordLink(m, "assessments", a.ID, href),
		Kind:      schema.Column("mode").Label(a.Mode).In(e.lang) + " · " + schema.Column("regularity").Label(a.Regularity).In(e.lang),
		Fieldwork: e.term(a.FieldworkFrom, a.FieldworkTo), Status: e.assessmentStatus(a),
	}
	if s := a.Service.Get(); s != nil {
		card.Title.Text = Phrase{e.said(s.Name)}
		if p := a.Provider.Get(); p != nil {
			card.Provider = Phrase{e.said(p.Name)}
		}
	} else if p := a.Provider.Get(); p != nil {
		card.Title.Text = Phrase{e.said(p.Name)}
	}
	if len(a.Visits) > 0 {
		card.Visits = e.N("site.count.visits", len(a.Visits))
	}
	card.Tally = e.tally(a.Findings)
	for _, f := range a.Findings {
		card.Findings = append(card.Findings, e.finding(m, f, href))
	}
	for _, x := range a.Measurements {
		line := e.measurement(m, a, x, href)
		card.Compared = card.Compared || line.Before != ""
		card.Measurements = append(card.Measurements, line)
	}
	if len(card.Measurements) > mostMeasurements {
		card.Measurements = card.Measurements[:mostMeasurements]
	}
	for _, r := range a.Reports {
		if v := e.fileLink(m, r.Document, href); !v.Empty {
			card.Reports = append(card.Reports, v)
		}
	}
	return card
}

// mostMeasurements of one assessment are listed on the year's page, to keep it readable
// on a phone; all are one click away, at the assessment's own record.
const mostMeasurements = 12

func (e *edition) finding(m *jme.Municipality, f *jme.Finding, href func(string) string) FindingCard {
	card := FindingCard{
		Link: e.recordLink(m, "findings", f.ID, href),
		Mark: mark("findings", "verdict", f.Verdict), Label: jme.Schema("findings").Column("verdict").Label(f.Verdict).In(e.lang),
		Text: e.saidIf(f.Text),
	}
	if r := f.Requirement.Get(); r != nil {
		card.Requirement = Phrase{e.said(r.Text)}
		card.Source = e.saidIf(r.Source)
		if r.Clause != "" {
			card.Source = append(card.Source, Said{Text: e.clause(r.Clause)})
		}
	}
	if r, ok := m.Record("findings", f.ID); ok {
		if n := len(m.AttachmentsOf(r)); n > 0 {
			card.Evidence = e.N("site.count.evidence", n)
		}
	}
	for _, r := range f.Replies {
		line := ReplyLine{Date: e.day(r.Date), Text: e.said(r.Text)}
		if p := r.Provider.Get(); p != nil {
			line.Who = Phrase{e.said(p.Name)}
		}
		card.Replies = append(card.Replies, line)
	}
	return card
}

func (e *edition) clause(number string) string {
	if number == "" {
		return ""
	}
	return e.F("site.clause.short", locale.Args{"number": number})
}

// measurement compares with the last earlier value of the same indicator, provider and
// territory. Where the indicator is another there is nothing to compare, and nothing is.
func (e *edition) measurement(m *jme.Municipality, a *jme.Assessment, x *jme.Measurement, href func(string) string) MeasurementLine {
	line := MeasurementLine{Indicator: e.recordLink(m, "indicators", x.Indicator.ID, href)}
	i := x.Indicator.Get()
	if i == nil {
		return line
	}
	show := func(n jme.Number) string { return e.measured(e.Number(n.String()), i.Unit) }
	line.Value, line.Target = show(x.Value), show(i.Target)
	if t := x.Territory.Get(); t != nil {
		line.Where = Phrase{e.said(t.Name)}
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
	line.Before = show(before.Value)
	change := x.Value.Decimal.Sub(before.Value.Decimal)
	line.Change = e.Number(change.String())
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
