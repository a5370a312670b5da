package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// YearView is one cycle, as steps.
type YearView struct {
	Base
	Heading  string
	Year     string
	Sentence string // where the year stands
	StepOf   string
	Steps    []StepView
	Next     *Deadline
	Services []ServiceResult
	Tally    *Tally
	Kept     *Kept
	Alarms   []Sentence // what was broken or is overdue this year
	Missing  Link
	Others   []Link // other years
}

// year lists the pages of a cycle.
func (e *edition) year(t *town, c *jme.Cycle) []Page {
	pages := []Page{e.overview(t, c), e.why(t, c), e.findings(t, c), e.letter(t, c), e.answers(t, c), e.compliance(t, c)}
	if t.Regulation.Act.Procedure == jme.ByGroup {
		return append(pages, e.group(t, c))
	}
	return append(pages, e.contest(t, c))
}

func (e *edition) overview(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := yearPath(m, c.Year)
	return page(e, path, e.templates.year, func(href func(string) string) YearView {
		y := locale.Args{"Year": year(c.Year)}
		v := YearView{Heading: e.F("site.year.title", y), Year: year(c.Year), Steps: e.steps(m, c, href, "")}
		steps := c.Steps(e.today())
		if i := jme.Current(steps); i < len(steps) {
			v.StepOf = e.F("site.step.of", locale.Args{"n": e.Int(i + 1), "of": e.Int(len(steps))})
			v.Sentence = e.F("site.year.at."+string(steps[i].Name), y)
		} else {
			v.StepOf, v.Sentence = e.T("site.step.all"), e.F("site.year.complete", y)
		}
		for i := range v.Steps {
			v.Steps[i].Lines = e.stepLines(c, string(steps[i].Name))
		}
		v.Base = e.base(href, path, e.F("site.year.title", y)+" — "+m.Settings.Name.In(e.lang), v.Sentence, t)
		if c == t.current() {
			v.Next, _ = e.next(t, href)
		}
		v.Services = e.serviceResults(m, c, href)
		v.Tally = e.yearTally(m, c, href)
		v.Kept, v.Missing = e.kept(t, c, href), e.missingLink(t, href)
		for _, o := range t.byClause[clauseOf{c.Year, ""}] {
			if late(o) {
				v.Alarms = append(v.Alarms, e.outcomeSentence(m, o, href))
			}
		}
		for _, o := range t.cycles {
			v.Others = append(v.Others, Link{Text: own(year(o.Year)), Href: e.to(href, yearPath(m, o.Year)), Current: o == c})
		}
		return v
	})
}

// stepLines says in a line or two what a step holds.
func (e *edition) stepLines(c *jme.Cycle, step string) []string {
	var lines []string
	count := func(key string, n int) {
		if n > 0 {
			lines = append(lines, e.N("site.count."+key, n))
		}
	}
	switch step {
	case "why":
		count("entries", len(c.Entries))
		count("hearings", len(c.Hearings))
	case "contest":
		for _, x := range c.Contests {
			count("applications", len(x.Applications))
		}
		for _, d := range c.Deals {
			if o := d.Organisation.Get(); o != nil {
				lines = append(lines, o.Name.In(e.lang))
			}
		}
	case "group":
		for _, p := range c.Panels {
			count("members", len(p.Members))
		}
	case "findings":
		count("assessments", len(c.Assessments))
		if len(c.Findings) > 0 {
			lines = append(lines, e.tally(c.Findings).Sentence)
		}
	case "letter":
		count("letters", len(c.Letters))
		count("discussions", len(c.Discussions))
	case "answers":
		count("recommendations", len(c.Recommendations))
		n := 0
		for _, r := range c.Recommendations {
			if r.Answer() == jme.AnswerNone {
				n++
			}
		}
		count("unanswered", n)
	}
	return lines
}

// stepBase is what the pages of a step share.
func (e *edition) stepBase(t *town, c *jme.Cycle, step string, href func(string) string) Base {
	name := e.T("site.step." + step)
	b := e.base(href, stepPath(t.Municipality, c.Year, step), name+", "+year(c.Year)+" — "+t.Settings.Name.In(e.lang), e.F("site.lead."+step, locale.Args{"Year": year(c.Year)}), t)
	b.crumb(own(year(c.Year)), e.to(href, yearPath(t.Municipality, c.Year)))
	return b
}

// StepBase is the head of a step's page: its place in the year.
type StepBase struct {
	Heading string
	Lead    string
	Year    string
	Steps   []StepView
	Sources []RegisterFiles // that the page's numbers are counted from
}

// RegisterFiles is a register and its files: where a reader counts what a page says.
type RegisterFiles struct {
	Register Link
	Files    []FileLine
}

// sources are the registers that the numbers of a step's page are counted from.
var sources = map[string][]string{
	"why":      {"appeals", "suggestions", "annual_list"},
	"contest":  {"applications", "criteria", "scores", "recusals"},
	"group":    {"panels", "panel_members"},
	"findings": {"findings", "measurements"},
	"letter":   {"publications", "distributions", "events"},
	"answers":  {"recommendations", "measures", "verifications"},
}

func (e *edition) sources(m *jme.Municipality, href func(string) string, registers ...string) []RegisterFiles {
	var views []RegisterFiles
	for _, name := range registers {
		if reg := m.Table(name); reg != nil && len(reg.Rows) > 0 {
			views = append(views, RegisterFiles{
				Link{Text: Phrase{e.said(reg.Schema.Title)}, Href: e.to(href, listPath(m, name, 1))}, e.downloads(m, name, href),
			})
		}
	}
	return views
}

func (e *edition) stepHead(t *town, c *jme.Cycle, step string, href func(string) string) StepBase {
	return StepBase{
		Heading: e.T("site.step." + step), Lead: e.F("site.lead."+step, locale.Args{"Year": year(c.Year)}),
		Year: year(c.Year), Steps: e.steps(t.Municipality, c, href, step),
		Sources: e.sources(t.Municipality, href, sources[step]...),
	}
}
