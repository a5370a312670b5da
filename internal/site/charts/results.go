package charts

import (
	"slices"

	"achyk/internal/chart"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// verdictFills are the fills of verdicts, in the order of status.Verdicts.
var verdictFills = [4]chart.Fill{chart.Pale, chart.Hatched, chart.Dark, chart.Empty}

// verdictChart is a chart of verdicts, to which rows are added.
type verdictChart struct {
	*Data
	p *page.Place
}

// newVerdicts returns a chart of verdicts without rows. what are the headings of the columns before the
// numbers.
func newVerdicts(p *page.Place, title string, what ...page.Head) *verdictChart {
	v := &verdictChart{&Data{Title: title, Head: what, Registers: []string{"findings"}}, p}
	for i, mark := range status.Verdicts {
		v.Chart.Keys = append(v.Chart.Keys, chart.Key{Fill: verdictFills[i], Text: p.T("site.mark." + mark)})
		v.Head = append(v.Head, head(p, "mark."+mark, true))
	}
	return v
}

// group adds a heading of rows.
func (v *verdictChart) group(key string) {
	v.Chart.Rows = append(v.Chart.Rows, chart.Row{Label: chart.Words{Text: v.p.T("site.chart." + key)}})
}

// add adds a row: the cells before the numbers, what the row is called, and the findings.
func (v *verdictChart) add(label page.Text, findings []*jme.Finding, cells ...Cell) {
	if len(findings) == 0 {
		return
	}
	counts := status.CountVerdicts(findings)
	row := chart.Row{Label: chart.Words(label)}
	lengths := make([]float64, len(counts))
	for i, n := range counts {
		lengths[i] = float64(n)
		cells = append(cells, count(v.p, n))
		if n > 0 {
			row.Says = append(row.Says, chart.Key{Fill: verdictFills[i], Text: v.p.Int(n)})
		}
	}
	row.Bars = chart.Stack(lengths, verdictFills[:])
	v.Chart.Rows, v.Rows = append(v.Chart.Rows, row), append(v.Rows, cells)
	v.Chart.Most = max(v.Chart.Most, float64(len(findings)))
}

// data returns the chart, or nil if nothing was found. findings are all that it counts.
func (v *verdictChart) data(findings []*jme.Finding) *Data {
	tally := status.TallyOf(v.p, findings)
	if tally == nil {
		return nil
	}
	v.Says = tally.Sentence
	return v.Data
}

// Verdicts are the verdicts of a year by direction, and by what was assessed.
func Verdicts(t *page.Town, c *jme.Cycle) Chart {
	return Chart{page.Year(c.Year) + "/verdicts", t.StepPath(c.Year, jme.StepFindings), func(p *page.Place) *Data {
		v := newVerdicts(p, p.F("site.chart.verdicts", locale.Args{"Year": page.Year(c.Year)}), head(p, "chart.part", false))
		v.group("by_direction")
		column := jme.Schema("requirements").Column("direction")
		for _, value := range column.Values {
			v.add(p.Text(value.Label), slices.DeleteFunc(slices.Clone(c.Findings), func(f *jme.Finding) bool {
				q := f.Requirement.Get()
				return q == nil || q.Direction != value.Code
			}), said(p.Text(value.Label)))
		}
		v.group("by_service")
		for i, r := range status.Results(p, c) {
			name := r.Name[0]
			if r.Provider != nil {
				name.Text += " — " + r.Provider.String()
			}
			v.add(name, c.Assessments[i].Findings, said(name))
		}
		return v.data(c.Findings)
	}}
}

// ServiceVerdicts are the verdicts on a service, year by year.
func ServiceVerdicts(t *page.Town, s *jme.Service) Chart {
	return Chart{"services/" + s.ID + "/verdicts", record(t, "services", s.ID), func(p *page.Place) *Data {
		v := newVerdicts(p, p.T("site.chart.years"), head(p, "chart.year", false), head(p, "chart.provider", false))
		v.Of = p.Text(s.Name)
		var newest []*jme.Finding // of all providers, as the page of the service counts them
		for _, c := range p.Town.Cycles {
			var found []*jme.Finding
			for _, a := range c.Assessments {
				if !a.Service.Is(s) {
					continue
				}
				label, who := page.Text{Text: page.Year(c.Year)}, page.Text{}
				if x := a.Provider.Get(); x != nil {
					who = p.Text(x.Name)
					label.Text += " — " + who.Text
				}
				v.add(label, a.Findings, yearCell(c.Year), said(who))
				found = append(found, a.Findings...)
			}
			if newest == nil {
				newest = found
			}
		}
		return v.data(newest)
	}}
}

// fates are the fills of what became of recommendations: dark is what nobody does, pale what is done.
var fates = map[jme.Answer]chart.Fill{
	jme.AnswerNone: chart.Dark, jme.AnswerDeclined: chart.Dark, jme.AnswerNotFixed: chart.Dark, jme.AnswerPartly: chart.Middle, jme.AnswerLate: chart.Crossed,
	jme.AnswerNow: chart.Hatched, jme.AnswerSaid: chart.Dotted, jme.AnswerSelf: chart.Dotted, jme.AnswerChecked: chart.Pale,
}

// Answers is what became of a year's recommendations: how many came so far on the way from a finding to
// a check, and where each stands.
func Answers(t *page.Town, c *jme.Cycle) Chart {
	return Chart{page.Year(c.Year) + "/answers", t.StepPath(c.Year, jme.StepAnswers), func(p *page.Place) *Data {
		if len(c.Recommendations) == 0 {
			return nil
		}
		d := &Data{
			Title: p.F("site.chart.answers", locale.Args{"Year": page.Year(c.Year)}), Registers: []string{"findings", "recommendations", "measures", "verifications"},
			Head: []page.Head{head(p, "chart.part", false), head(p, "chart.number", true)},
		}
		add := func(text string, n int, fill chart.Fill) {
			d.Chart.Most = max(d.Chart.Most, float64(n))
			d.Chart.Rows = append(d.Chart.Rows, chart.Row{Label: chart.Words{Text: text}, Bars: chart.Stack([]float64{float64(n)}, []chart.Fill{fill}), Value: p.Int(n)})
			d.Rows = append(d.Rows, []Cell{words(text), count(p, n)})
		}
		heading := func(key string) {
			d.Chart.Rows = append(d.Chart.Rows, chart.Row{Label: chart.Words{Text: p.T("site.chart." + key)}})
		}
		counts, answered := map[jme.Answer]int{}, 0
		for _, r := range c.Recommendations {
			counts[r.Answer(p.Today)]++
			if len(r.Measures) > 0 {
				answered++
			}
		}
		verdicts := status.CountVerdicts(c.Findings)
		heading("way")
		add(p.T("site.chart.unmet"), verdicts[1]+verdicts[2], chart.Middle)
		add(p.T("site.chart.advised"), len(c.Recommendations), chart.Middle)
		add(p.T("site.chart.answered"), answered, chart.Middle)
		add(p.T("site.chart.said_done"), counts[jme.AnswerSaid]+counts[jme.AnswerSelf]+counts[jme.AnswerNotFixed]+counts[jme.AnswerPartly]+counts[jme.AnswerChecked], chart.Dotted)
		add(p.T("site.chart.checked_done"), counts[jme.AnswerChecked], chart.Pale)
		heading("state")
		for _, a := range jme.Answers {
			if counts[a] > 0 {
				add(status.AnswerName(p, a), counts[a], fates[a])
			}
		}
		d.Says = p.NF("site.chart.answers_say", len(c.Recommendations), locale.Args{"answered": answered, "checked": counts[jme.AnswerChecked]})
		return d
	}}
}
