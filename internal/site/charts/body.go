package charts

import (
	"achyk/internal/chart"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/wording"
)

// outcomeFills are the kinds of outcome that are charted, each with its fill.
var outcomeFills = []struct {
	kind regulation.Kind
	fill chart.Fill
}{
	{regulation.Broken, chart.Dark}, {regulation.Overdue, chart.Crossed}, {regulation.Pending, chart.Empty},
	{regulation.Unknown, chart.Dotted}, {regulation.Kept, chart.Pale}, {regulation.SetAside, chart.Striped},
}

// Owed counts the outcomes of the clauses that a body owes in a year, by kind.
func Owed(t *page.Town, body string, year int) map[regulation.Kind]int {
	counts := map[regulation.Kind]int{}
	for _, clause := range wording.Owed(&t.Regulation, body) {
		for kind, n := range t.CountsOf(year, clause.Number) {
			counts[kind] += n
		}
	}
	return counts
}

// BodySays says how a body kept the clauses that it owes, or that nothing is judged yet.
func BodySays(p *page.Place, body string) string {
	if d := Body(p.Town, body).data(p); d != nil {
		return d.Says
	}
	return p.T("site.body.lead")
}

// Body is how a body kept the clauses that it owes, year by year.
func Body(t *page.Town, body string) Chart {
	return Chart{"bodies/" + body, t.BodyPath(body), func(p *page.Place) *Data {
		d := &Data{Title: p.T("site.chart.body"), Of: status.BodyName(p, body), Registers: []string{jme.Compliance}, Head: []page.Head{head(p, "chart.year", false)}}
		for _, k := range outcomeFills {
			d.Chart.Keys = append(d.Chart.Keys, chart.Key{Fill: k.fill, Text: status.KindName(p, k.kind)})
			d.Head = append(d.Head, head(p, "outcome."+string(k.kind), true))
		}
		judged, kept := 0, 0
		for _, c := range p.Town.Cycles {
			counts, cells := Owed(p.Town, body, c.Year), []Cell{yearCell(c.Year)}
			row, n := chart.Row{Label: chart.Words{Text: page.Year(c.Year)}}, 0
			var lengths []float64
			var fills []chart.Fill
			for _, k := range outcomeFills {
				of := counts[k.kind]
				lengths, fills, n = append(lengths, float64(of)), append(fills, k.fill), n+of
				if cells = append(cells, count(p, of)); of > 0 {
					row.Says = append(row.Says, chart.Key{Fill: k.fill, Text: p.Int(of)})
				}
			}
			if n == 0 {
				continue
			}
			row.Bars = chart.Stack(lengths, fills)
			d.Chart.Rows, d.Rows = append(d.Chart.Rows, row), append(d.Rows, cells)
			d.Chart.Most, kept = max(d.Chart.Most, float64(n)), kept+counts[regulation.Kept]
			judged += counts[regulation.Kept] + counts[regulation.Broken] + counts[regulation.Overdue] + counts[regulation.Unknown]
		}
		if len(d.Rows) == 0 {
			return nil
		}
		d.Says = p.NF("site.chart.body_says", judged, locale.Args{"kept": p.Int(kept)})
		return d
	}}
}
