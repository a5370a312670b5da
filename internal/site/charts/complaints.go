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

// period is what is recorded of some months.
type period struct {
	from, to                time.Time
	months, recorded, count int // recorded: of the months, those for which there is a record
}

// over counts the complaints of the twelve months up to one, or of fewer where the municipality counted none before.
func over(p *page.Place, counts map[time.Time]int, to time.Time) period {
	first, _ := counted(p.Town)
	s := period{from: to.AddDate(0, 1-chart.MostColumns, 0), to: to}
	if s.from.Before(first) {
		s.from = first
	}
	for m := s.from; !m.After(to); m = m.AddDate(0, 1, 0) {
		s.months++
		if n, ok := counts[m]; ok {
			s.recorded++
			s.count += n
		}
	}
	return s
}

// args names the months of a period.
func (s period) args(p *page.Place) locale.Args {
	return locale.Args{"From": p.YearMonth(s.from), "To": p.YearMonth(s.to), "Months": p.Possessive(s.recorded), "All": p.Int(s.months)}
}

// whole reports whether what is recorded is all: each month has a record, and none is withheld.
func (s period) whole(limit int) bool { return limit <= 1 && s.recorded == s.months }

// say says how many complaints there were. Where not all is recorded, it says no sum that could be taken for the whole.
func (s period) say(p *page.Place, limit int) string {
	switch {
	case s.recorded == 0:
		return p.F("site.subject.complaints_none", s.args(p))
	case s.whole(limit):
		return p.NF("site.subject.complaints_all", s.count, s.args(p))
	}
	return p.NF("site.subject.complaints_least", s.count, s.args(p))
}

// withheld says that small counts of a place are not published, if they are not.
func withheld(p *page.Place, limit int) string {
	if limit <= 1 {
		return ""
	}
	return " " + p.F("site.subject.complaints_withheld", locale.Args{"Limit": p.Ablative(limit)})
}

// ServiceCount is how many complaints about a service are recorded, and in how many of how many months.
type ServiceCount struct {
	Service       *jme.Service
	Count         int
	Recorded, All int
}

// ComplaintsIn counts the recorded complaints from a place by service, the most first: those of the last twelve months for
// which the municipality has counted any.
func ComplaintsIn(p *page.Place, x *jme.Territory) (all []ServiceCount) {
	by := map[*jme.Service]map[time.Time]int{}
	for _, a := range p.Town.Appeals {
		if s := a.Service.Get(); s != nil && a.Territory.Is(x) && a.Kind == complaint {
			if by[s] == nil {
				by[s] = map[time.Time]int{}
			}
			by[s][a.Period.Time] += a.Count
		}
	}
	_, last := counted(p.Town)
	for s, counts := range by {
		if y := over(p, counts, last); y.count > 0 {
			all = append(all, ServiceCount{s, y.count, y.recorded, y.months})
		}
	}
	slices.SortFunc(all, func(a, b ServiceCount) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Service.ID, b.Service.ID))
	})
	return all
}

// Complaints are the complaints from a place by service.
func Complaints(t *page.Town, x *jme.Territory) Chart {
	return Chart{"territories/" + x.ID + "/complaints", record(t, "territories", x.ID), func(p *page.Place) *Data {
		services := ComplaintsIn(p, x)
		if len(services) == 0 {
			return nil
		}
		_, last := counted(p.Town)
		year := over(p, countsOf(p, from(x)), last)
		d := &Data{
			Title: p.F("site.chart.complaints", year.args(p)), Of: p.Text(x.Name), Registers: []string{jme.Appeals},
			Head: []page.Head{head(p, "why.service", false), head(p, "subject.least", true), head(p, "subject.months", true), head(p, "subject.of_months", true)},
		}
		for _, c := range services {
			row := chart.Row{Label: chart.Words(p.Text(c.Service.Name)), Bars: chart.Stack([]float64{float64(c.Count)}, []chart.Fill{chart.Middle}), Value: "≥ " + p.Int(c.Count)}
			d.Chart.Rows, d.Rows = append(d.Chart.Rows, row), append(d.Rows, []Cell{said(p.Text(c.Service.Name)), count(p, c.Count), count(p, c.Recorded), count(p, c.All)})
			d.Chart.Most = max(d.Chart.Most, float64(c.Count))
		}
		d.Says = year.say(p, p.Town.Settings.SmallCell) + withheld(p, p.Town.Settings.SmallCell)
		return d
	}}
}

// from chooses the appeals from a place.
func from(x *jme.Territory) func(*jme.Appeal) bool {
	return func(a *jme.Appeal) bool { return a.Territory.Is(x) }
}

// countsOf adds up complaints by month. A month without a record is not among them.
func countsOf(p *page.Place, about func(*jme.Appeal) bool) map[time.Time]int {
	counts := map[time.Time]int{}
	for _, a := range p.Town.Appeals {
		if a.Kind == complaint && about(a) {
			counts[a.Period.Time] += a.Count
		}
	}
	return counts
}

// mostMonths is how many months are charted: a year, and the one before it to compare.
const mostMonths = 2 * chart.MostColumns

// ComplaintsAbout are the complaints about a service by month.
func ComplaintsAbout(t *page.Town, s *jme.Service) Chart {
	return months(t, "services", s.ID, s.Name, 1, func(a *jme.Appeal) bool { return a.Service.Is(s) })
}

// ComplaintsFrom are the complaints from a place by month.
func ComplaintsFrom(t *page.Town, x *jme.Territory) Chart {
	return months(t, "territories", x.ID, x.Name, t.Settings.SmallCell, from(x))
}

// months charts complaints about the record of a register by month, up to the newest month for which the municipality
// has counted any appeals. A month without a record is not a month without complaints: counts of a place below limit are not recorded.
// So years are told beside each other only where both are whole.
func months(t *page.Town, register, id string, name locale.Text, limit int, about func(*jme.Appeal) bool) Chart {
	return Chart{register + "/" + id + "/months", record(t, register, id), func(p *page.Place) *Data {
		first, last := counted(p.Town)
		counts, all := countsOf(p, about), 0
		for _, n := range counts {
			all += n
		}
		if all == 0 {
			return nil
		}
		year := over(p, counts, last)
		says := year.say(p, limit)
		if end := last.AddDate(-1, 0, 0); !last.AddDate(-2, 1, 0).Before(first) && year.whole(limit) && over(p, counts, end).whole(limit) {
			says += " " + over(p, counts, end).say(p, limit)
		}
		says += withheld(p, limit)
		if from := last.AddDate(0, 1-mostMonths, 0); from.After(first) {
			first = from
		}
		unknown := p.T("site.subject.unrecorded")
		if limit > 1 {
			unknown = p.F("site.subject.unrecorded_or_few", locale.Args{"Limit": p.Ablative(limit)})
		}
		d := &Data{
			Title: p.F("site.subject.complaints_title", locale.Args{"From": p.YearMonth(first), "To": p.YearMonth(last)}),
			Of:    p.Text(name), Says: says, Registers: []string{jme.Appeals},
			Head: []page.Head{head(p, "subject.month", false), head(p, "subject.count", true), head(p, "subject.note", false)},
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
				d.Chart.Keys = []chart.Key{{Fill: chart.Empty, Text: unknown}}
				row.Columns = append(row.Columns, chart.Column{Unknown: true, Name: name})
				d.Rows = append(d.Rows, []Cell{month, {Numeric: true}, words(unknown)})
				continue
			}
			row.Columns = append(row.Columns, chart.Column{Value: float64(n), Shown: p.Int(n), Name: name})
			d.Chart.Most = max(d.Chart.Most, float64(n))
			d.Rows = append(d.Rows, []Cell{month, count(p, n), {}})
		}
		return d
	}}
}
