package charts

import (
	"achyk/internal/site/page"
)

// EmbedView is the page of one chart.
type EmbedView struct {
	page.Base
	Demo   bool
	Of     page.Phrase
	Figure *Figure
	Source string
	Back   page.Link // to the page that the chart belongs to
}

// Pages are the pages of charts. Search engines are sent to the pages that the charts belong to.
var Pages = page.Kind[EmbedView]{Template: "embed", Style: page.Chart, Pages: func(s *page.Site, add page.Add[EmbedView]) {
	for _, t := range s.Towns {
		for _, c := range of(s, t) {
			add(t, c.own(t), c.page)
		}
	}
}}

// page returns the page of the chart.
func (c Chart) page(p *page.Place) EmbedView {
	f, d := c.figure(p)
	f.Head, f.Rows = d.Head, d.Rows
	v := EmbedView{
		Base: p.TownBase(d.Title, d.Says), Demo: p.Data.Site.Demonstration, Figure: f, Source: source(p, d),
		Back: page.Link{Text: page.Own(p.T("site.chart.back")), Href: p.To(c.Page)},
	}
	if d.Of.Text != "" {
		v.Of = append(v.Of, d.Of)
	}
	v.Of = append(v.Of, p.Text(p.Town.Settings.Name))
	return v
}
