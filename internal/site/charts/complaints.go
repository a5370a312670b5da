package charts

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"achyk/internal/chart"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Complaint is the kind of appeals that are charted.
const Complaint = "complaint"

// Counted returns the first and the last month for which the municipality has counted appeals.
func Counted(t *page.Town) (first, last time.Time) {
	for _, a := range t.Appeals {
		if a.Period.IsZero() {
			continue
		}
		if first.IsZero() || a.Period.Before(first) {
			first = a.Period.Time
		}
		if a.Period.After(last) {
			last = a.Period.Time
		}
	}
	return first, last
}

// ServiceCount is how many complaints there were about a service.
type ServiceCount struct {
	Service *jme.Service
	Count   int
}

// ComplaintsIn counts the complaints from a place by service, the most first: those of the last twelve months for
// which the municipality has counted any.
func ComplaintsIn(t *page.Town, x *jme.Territory) (all []ServiceCount) {
	_, last := Counted(t)
	for _, a := range t.Appeals {
		s := a.Service.Get()
		if s == nil || !a.Territory.Is(x) || a.Kind != Complaint || !a.Period.After(last.AddDate(-1, 0, 0)) || a.Count == 0 {
			continue
		}
		i := slices.IndexFunc(all, func(c ServiceCount) bool { return c.Service == s })
		if i < 0 {
			i, all = len(all), append(all, ServiceCount{Service: s})
		}
		all[i].Count += a.Count
	}
	slices.SortFunc(all, func(a, b ServiceCount) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Service.ID, b.Service.ID))
	})
	return all
}

// Complaints are the complaints from a place by service.
func Complaints(t *page.Town, x *jme.Territory) Chart {
	return Chart{"territories/" + x.ID + "/complaints", record(t, "territories", x.ID), func(p *page.Place) *Data {
		counts := ComplaintsIn(p.Town, x)
		if len(counts) == 0 {
			return nil
		}
		_, last := Counted(p.Town)
		d := &Data{
			Title: p.F("site.chart.complaints", locale.Args{"To": p.YearMonth(last)}), Of: p.Text(x.Name), Registers: []string{jme.Appeals},
			Head: []page.Head{head(p, "why.service", false), head(p, "subject.count", true)},
		}
		all := 0
		for _, c := range counts {
			row := chart.Row{Label: chart.Words(p.Text(c.Service.Name)), Bars: chart.Stack([]float64{float64(c.Count)}, []chart.Fill{chart.Middle}), Value: p.Int(c.Count)}
			d.Chart.Rows, d.Rows = append(d.Chart.Rows, row), append(d.Rows, []Cell{said(p.Text(c.Service.Name)), count(p, c.Count)})
			d.Chart.Most = max(d.Chart.Most, float64(c.Count))
			all += c.Count
		}
		d.Says = p.NF("site.subject.complaints_year", all, locale.Args{"To": p.YearMonth(last)})
		return d
	}}
}
