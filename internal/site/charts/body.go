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

// BodySays says how a body does, in one or two sentences: how many of its days have passed, how it kept the clauses that
// it owes.
func BodySays(p *page.Place, body string) (sentences []string) {
	if said := passed(p, body); said != "" {
		sentences = append(sentences, said)
	}
	if d := Body(p.Town, body).data(p); d != nil {
		sentences = append(sentences, d.Says)
	}
	if len(sentences) == 0 {
		return []string{p.T("site.body.lead")}
	}
	return sentences
}

// passed says how many days have passed on which a body was to act by a clause, and how late it is at most. It is
// empty if none has.
func passed(p *page.Place, body string) string {
	n, most := 0, 0
	for _, d := range p.Town.Passed {
		if status.Owes(p.Town, body, d) {
			n, most = n+1, max(most, page.Days(d.Last(), p.Today))
		}
	}
	if n == 0 {
		return ""
	}
	return p.NF("site.body.passed", n, locale.Args{"days": p.N("site.chart.days", most)}) + "."
}

// Body is how a body kept the clauses that it owes, year by year.
func Body(t *page.Town, body string) Chart {
	return Chart{"bodies/" + body, t.BodyPath(body), func(p *page.Place) *Data {
		d := &Data{Title: p.T("site.chart.body"), Of: status.BodyName(p, body), Registers: []string{jme.Compliance}, Head: []page.Head{head(p, "chart.year", false)}}
		for _, k := range outcomeFills {
			d.Chart.Keys = append(d.Chart.Keys, chart.Key{Fill: k.fill, Text: status.KindName(p, k.kind)})
			d.Head = append(d.Head, head(p, "outcome."+string(k.kind), true))
		}
		all := map[regulation.Kind]int{}
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
			d.Chart.Most = max(d.Chart.Most, float64(n))
			for kind, n := range counts {
				all[kind] += n
			}
		}
		if len(d.Rows) == 0 {
			return nil
		}
		d.Says = status.Verdict(p, all) + "."
		return d
	}}
}
