package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// MunicipalityView is a municipality's own front page.
type MunicipalityView struct {
	Base
	Name         Said
	Introduction Phrase
	Next         *Deadline
	Later        []Deadline // after the next
	Passed       []Deadline // overdue, the oldest first
	Year         string
	YearHref     string
	Steps        []StepView
	StepOf       string
	Results      *Tally
	ResultsTitle string
	ResultsHref  string
	Services     []ServiceResult
	Silence      *Silence
	Kept         *Kept
	KeptTitle    string // with the year
	Missing      Link
	Years        []Link
	News         []NewsItem
	Stages       []StageView
	Council      Said
	Executive    Said
	Office       Phrase
	Website      string
}

// ServiceResult is one assessment in a line.
type ServiceResult struct {
	Name     Phrase
	Provider Phrase
	Href     string
	Tally    *Tally   // nil before there are findings
	Status   Sentence // until then
}

// Silence counts recommendations that nobody answered.
type Silence struct {
	Sentence string
	Href     string
}

// StageView is a group of registers.
type StageView struct {
	Name      string
	Registers []RegisterLine
}

// RegisterLine is a register in a list of them.
type RegisterLine struct {
	Name        Said
	Href        string
	Rows        string
	Empty       bool
	Description Said
}

func (e *edition) municipality(t *town) Page {
	m := t.Municipality
	path := townPath(m)
	return page(e, path, e.templates.municipality, func(href func(string) string) MunicipalityView {
		s := m.Settings
		v := MunicipalityView{
			Base: e.base(href, path, s.Name.In(e.lang), s.Introduction.In(e.lang), t),
			Name: e.said(s.Name), Introduction: e.saidIf(s.Introduction),
			Council: e.said(s.Council), Executive: e.said(s.Executive),
			Office: e.saidIf(s.Contact.Office), Website: s.Contact.Website,
			News: e.newsItems(t, href, 3), Stages: e.stages(m, href), Missing: e.missingLink(t, href),
		}
		v.Crumbs = v.Crumbs[:1]
		for i := range t.deadlines {
			line := e.deadline(t, &t.deadlines[i], href)
			switch {
			case line.Overdue:
				v.Passed = append(v.Passed, line)
			case v.Next == nil:
				v.Next = &line
			case len(v.Later) < 4:
				v.Later = append(v.Later, line)
			}
		}
		if c := t.current(); c != nil {
			v.Year, v.YearHref = year(c.Year), e.to(href, yearPath(m, c.Year))
			v.Steps = e.steps(m, c, href, "")
			steps := c.Steps(e.today())
			v.StepOf = e.T("site.step.all")
			if i := jme.Current(steps); i < len(steps) {
				v.StepOf = e.F("site.step.of", locale.Args{"n": e.Int(i + 1), "of": e.Int(len(steps))})
			}
		}
		if c := t.latestResults(); c != nil {
			v.Results = e.yearTally(m, c, href)
			v.ResultsTitle = e.F("site.results.title", locale.Args{"Year": year(c.Year)})
			v.ResultsHref = e.to(href, stepPath(m, c.Year, "findings"))
			v.Services = e.serviceResults(m, c, href)
			v.Silence = e.silence(m, c, href)
			v.Kept = e.kept(t, c, href)
			v.KeptTitle = e.T("site.kept.title") + ", " + year(c.Year)
		}
		for _, c := range t.cycles {
			v.Years = append(v.Years, Link{Text: own(year(c.Year)), Href: e.to(href, yearPath(m, c.Year))})
		}
		return v
	})
}

func (e *edition) serviceResults(m *jme.Municipality, c *jme.Cycle, href func(string) string) []ServiceResult {
	var results []ServiceResult
	for _, a := range c.Assessments {
		r, _ := m.Record("assessments", a.ID)
		line := ServiceResult{Href: e.to(href, stepPath(m, c.Year, "findings")) + "#" + a.ID, Tally: e.tally(a.Findings)}
		if s := a.Service.Get(); s != nil {
			line.Name = Phrase{e.said(s.Name)}
		}
		if p := a.Provider.Get(); p != nil {
			line.Provider = Phrase{e.said(p.Name)}
		}
		if line.Name == nil {
			line.Name, line.Provider = line.Provider, nil
		}
		if line.Name == nil {
			line.Name = e.short(m, r)
		}
		if line.Tally == nil {
			line.Status = e.assessmentStatus(a)
		}
		results = append(results, line)
	}
	return results
}

func (e *edition) silence(m *jme.Municipality, c *jme.Cycle, href func(string) string) *Silence {
	n := 0
	for _, r := range c.Recommendations {
		if r.Answer() == jme.AnswerNone {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return &Silence{
		Sentence: e.NF("site.silence", n, locale.Args{"all": e.Int(len(c.Recommendations))}),
		Href:     e.to(href, stepPath(m, c.Year, "answers")),
	}
}

// stages lists the registers by the step of the process they belong to.
func (e *edition) stages(m *jme.Municipality, href func(string) string) []StageView {
	var views []StageView
	for _, stage := range m.ByStage() {
		view := StageView{Name: e.T("site.stage." + string(stage.Stage))}
		for _, t := range stage.Tables {
			s := t.Schema
			view.Registers = append(view.Registers, RegisterLine{
				Name: e.said(s.Title), Href: e.to(href, listPath(m, s.Name, 1)),
				Rows: e.Int(len(t.Rows)), Empty: len(t.Rows) == 0, Description: e.said(s.Description),
			})
		}
		views = append(views, view)
	}
	return views
}
