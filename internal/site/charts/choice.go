package charts

import (
	"strconv"

	"achyk/internal/chart"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/scores"
	"achyk/internal/site/page"
)

// Demand is how much residents asked about each service, and whether it was chosen.
func Demand(t *page.Town, c *jme.Cycle) Chart {
	return Chart{page.Year(c.Year) + "/demand", t.StepPath(c.Year, jme.StepWhy), func(p *page.Place) *Data {
		d := &Data{
			Title: p.F("site.chart.demand", locale.Args{"Year": page.Year(c.Year)}), Registers: []string{"appeals", "suggestions", "annual_list"},
			Head: []page.Head{head(p, "why.service", false), head(p, "why.appeals", true), head(p, "why.asked", true), head(p, "why.supporters", true), head(p, "why.chosen", false), head(p, "chart.reason", false)},
		}
		d.Chart.Keys = []chart.Key{{Fill: chart.Middle, Text: p.T("site.why.yes")}, {Fill: chart.Pale, Text: p.T("site.why.no")}}
		asked, chosen := 0, 0
		for _, x := range c.Demand {
			asked += x.Appeals
			name, fill, answer, reason := p.Text(x.Service.Name), chart.Pale, p.T("site.why.no"), Reason(p, &x)
			if x.Chosen {
				chosen++
				fill, answer = chart.Middle, p.T("site.why.yes")
			}
			row := chart.Row{Label: chart.Words(name), Bars: chart.Stack([]float64{float64(x.Appeals)}, []chart.Fill{fill}), Value: p.Int(x.Appeals)}
			if reason.Text != "" {
				row.Says = []chart.Key{{Text: answer + ": " + reason.Text}}
			}
			d.Chart.Rows = append(d.Chart.Rows, row)
			d.Chart.Most = max(d.Chart.Most, float64(x.Appeals))
			d.Rows = append(d.Rows, []Cell{said(name), count(p, x.Appeals), count(p, len(x.Suggestions)), count(p, x.Supporters), words(answer), said(reason)})
		}
		if asked == 0 {
			return nil
		}
		d.Says = p.NF("site.chart.demand_says", asked, locale.Args{"all": len(c.Demand), "chosen": chosen})
		return d
	}}
}

// Reason is the reason that is recorded for choosing a service, or says that none is. It is empty for a
// service that nobody asked about.
func Reason(p *page.Place, x *jme.Demand) page.Text {
	if x.Entry != nil && !x.Entry.Reason.IsZero() {
		return p.Text(x.Entry.Reason)
	}
	if x.Appeals+len(x.Suggestions) > 0 {
		return page.Text{Text: p.T("site.why.unreasoned")}
	}
	return page.Text{}
}

// partFills are the fills of the parts of a sum, in an order in which neighbours differ most.
var partFills = []chart.Fill{chart.Middle, chart.Hatched, chart.Pale, chart.Crossed, chart.Empty, chart.Dotted, chart.Dark, chart.Striped}

// Scores are the points of the applications of a contest, criterion by criterion. A contest with more
// criteria than there are fills has the totals only in the picture, and all points in the table.
func Scores(t *page.Town, x *jme.Contest) Chart {
	return Chart{page.Year(x.Year) + "/scores/" + x.ID, t.StepPath(x.Year, jme.StepContest), func(p *page.Place) *Data {
		ranking := scores.Rank(x, p.Town.Settings.Zone())
		d := &Data{Title: p.T("site.chart.scores"), Of: page.Text{Text: page.Year(x.Year)}, Registers: []string{"applications", "criteria", "scores"}}
		d.Head = append(d.Head, head(p, "contest.who", false))
		parts := len(ranking.Criteria) <= len(partFills)
		for i, criterion := range ranking.Criteria {
			name := p.Text(criterion.Name)
			d.Head = append(d.Head, page.Head{Title: name, Numeric: true})
			weight, _ := criterion.Weight.Decimal.Float64()
			if d.Chart.Most += weight; parts {
				d.Chart.Keys = append(d.Chart.Keys, chart.Key{Fill: partFills[i], Text: p.F("site.chart.criterion", locale.Args{"name": name.Text, "weight": p.Number(criterion.Weight.String())})})
			}
		}
		d.Head = append(d.Head, head(p, "contest.total", true))
		for _, s := range ranking.Sheets {
			if len(s.Application.Scores) == 0 || s.Missing > 0 {
				continue
			}
			name := p.Untranslated(s.Application.ID)
			if o := s.Application.Organisation.Get(); o != nil {
				name = p.Text(o.Name)
			}
			row, cells := chart.Row{Label: chart.Words(name), Value: p.Number(s.Total.FloatString(2))}, []Cell{said(name)}
			var lengths []float64
			for i, part := range s.Rows {
				raw := part.Part.FloatString(2)
				length, _ := strconv.ParseFloat(raw, 64) // as it is written
				lengths, cells = append(lengths, length), append(cells, number(p, raw))
				if parts {
					row.Says = append(row.Says, chart.Key{Fill: partFills[i], Text: p.Number(raw)})
				}
			}
			bars := lengths
			if !parts {
				bars = []float64{sum(lengths)}
			}
			row.Bars = chart.Stack(bars, partFills)
			d.Chart.Rows, d.Rows = append(d.Chart.Rows, row), append(d.Rows, append(cells, number(p, s.Total.FloatString(2))))
			d.Chart.Most = max(d.Chart.Most, sum(lengths))
		}
		if len(d.Rows) == 0 {
			return nil
		}
		d.Says = p.N("site.chart.scores_say", len(d.Rows))
		return d
	}}
}

// sum adds numbers.
func sum(numbers []float64) (all float64) {
	for _, n := range numbers {
		all += n
	}
	return all
}
