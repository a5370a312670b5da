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

// complaint is the kind of appeals that are charted.
const complaint = "complaint"

// counted returns the first and the last month for which the municipality has counted appeals.
func counted(t *page.Town) (first, last time.Time) {
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
	_, last := counted(t)
	for _, a := range t.Appeals {
		s := a.Service.Get()
		if s == nil || !a.Territory.Is(x) || a.Kind != complaint || !a.Period.After(last.AddDate(-1, 0, 0)) || a.Count == 0 {
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
		_, last := counted(p.Town)
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

// mostMonths is how many months are charted: a year, and the one before it to compare.
const mostMonths = 2 * chart.MostColumns

// ComplaintsAbout are the complaints about a service by month.
func ComplaintsAbout(t *page.Town, s *jme.Service) Chart {
	return months(t, "services", s.ID, s.Name, func(a *jme.Appeal) bool { return a.Service.Is(s) })
}

// ComplaintsFrom are the complaints from a place by month.
func ComplaintsFrom(t *page.Town, x *jme.Territory) Chart {
	return months(t, "territories", x.ID, x.Name, func(a *jme.Appeal) bool { return a.Territory.Is(x) })
}

// months charts complaints about the record of a register by month, up to the newest month for which the municipality
// has counted any appeals. A month without a record is not a month without complaints: small numbers of a place may not be recorded.
func months(t *page.Town, register, id string, name locale.Text, about func(*jme.Appeal) bool) Chart {
	return Chart{register + "/" + id + "/months", record(t, register, id), func(p *page.Place) *Data {
		first, last := counted(p.Town)
		counts := map[time.Time]int{} // without the months that have no record
		all, year, before := 0, 0, 0
		for _, a := range p.Town.Appeals {
			if a.Kind != complaint || !about(a) {
				continue
			}
			counts[a.Period.Time] += a.Count
			all += a.Count
			switch {
			case a.Period.After(last.AddDate(-1, 0, 0)):
				year += a.Count
			case a.Period.After(last.AddDate(-2, 0, 0)):
				before += a.Count
			}
		}
		if all == 0 {
			return nil
		}
		says := p.NF("site.subject.complaints_year", year, locale.Args{"To": p.YearMonth(last)})
		if !last.AddDate(-2, 1, 0).Before(first) {
			says += " " + p.N("site.subject.complaints_before", before)
		}
		if from := last.AddDate(0, 1-mostMonths, 0); from.After(first) {
			first = from
		}
		gaps := unrecorded(counts, first, last)
		if gaps > 0 {
			says += " " + p.N("site.subject.complaints_gap", gaps)
		}
		d := &Data{
			Title: p.F("site.subject.complaints_title", locale.Args{"From": p.YearMonth(first), "To": p.YearMonth(last)}),
			Of:    p.Text(name), Says: says, Registers: []string{jme.Appeals},
			Head: []page.Head{head(p, "subject.month", false), head(p, "subject.count", true), head(p, "subject.note", false)},
		}
		if gaps > 0 {
			d.Chart.Keys = []chart.Key{{Fill: chart.Empty, Text: p.T("site.subject.unrecorded")}}
		}
		for m := first; !m.After(last); m = m.AddDate(0, 1, 0) {
			if left := 12*(last.Year()-m.Year()) + int(last.Month()-m.Month()) + 1; m.Equal(first) || left%chart.MostColumns == 0 {
				to := m.AddDate(0, (left-1)%chart.MostColumns, 0)
				d.Chart.Rows = append(d.Chart.Rows, chart.Row{Label: chart.Words{Text: p.YearMonth(m) + " – " + p.YearMonth(to)}})
			}
			row := &d.Chart.Rows[len(d.Chart.Rows)-1]
			month, name := Cell{Raw: m.Format("2006-01"), Shown: page.Text{Text: p.YearMonth(m)}}, p.Int(int(m.Month()))
			n, ok := counts[m]
			if !ok {
				row.Columns = append(row.Columns, chart.Column{Unknown: true, Name: name})
				d.Rows = append(d.Rows, []Cell{month, {Numeric: true}, words(p.T("site.subject.unrecorded"))})
				continue
			}
			row.Columns = append(row.Columns, chart.Column{Value: float64(n), Shown: p.Int(n), Name: name})
			d.Chart.Most = max(d.Chart.Most, float64(n))
			d.Rows = append(d.Rows, []Cell{month, count(p, n), {}})
		}
		return d
	}}
}

// unrecorded is how many months from the first to the last have no record.
func unrecorded(counts map[time.Time]int, first, last time.Time) (n int) {
	for m := first; !m.After(last); m = m.AddDate(0, 1, 0) {
		if _, ok := counts[m]; !ok {
			n++
		}
	}
	return n
}
