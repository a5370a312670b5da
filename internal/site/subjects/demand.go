package subjects

import (
	"strconv"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
)

// DemandView says how much residents asked about a service, and whether it was chosen.
type DemandView struct {
	Sentence string
	Chosen   bool
	Reason   page.Phrase // why it was chosen; empty if it was not, or no reason is recorded
	NoReason string      // says that no reason is recorded
	Year     page.Link   // the page that compares all services
}

// demand returns how a service stood in the newest year. It returns nil if nobody asked about any.
func demand(p *page.Place, service string) *DemandView {
	c := p.Town.Current()
	if c == nil {
		return nil
	}
	for i, d := range c.Demand {
		if d.Service.ID != service || d.Appeals == 0 && len(d.Suggestions) == 0 && !d.Chosen {
			continue
		}
		v := &DemandView{
			Chosen: d.Chosen,
			Sentence: p.NF("site.subject.rank", d.Appeals, locale.Args{
				"Year": page.Year(c.Year), "Place": p.Int(i + 1), "All": p.Int(len(c.Demand)),
			}),
			Year: page.Link{Text: page.Own(p.F("site.subject.all_services", locale.Args{"Year": page.Year(c.Year)})), Href: p.To(p.Town.StepPath(c.Year, jme.StepWhy))},
		}
		if d.Entry != nil {
			v.Reason = p.Phrase(d.Entry.Reason)
		}
		if v.Reason == nil {
			v.NoReason = p.T("site.why.unreasoned")
		}
		return v
	}
	return nil
}

// MonthsView is a count by month, as a chart and a table.
type MonthsView struct {
	Sentence string
	Title    string // of the chart: what is counted, from which month to which
	Bars     []MonthBar
	Width    string     // of the chart, in its own units
	Highest  string     // says how high the highest bar is
	Rows     []MonthBar // the newest month first
	Data     page.Link

	Month, Complaints, InNumbers string // headings of the table, and of what opens it
}

// MonthBar is one month. The chart is 40 units high, and its bars begin at zero.
type MonthBar struct {
	Month, Count string
	X, Y, Height string
}

// mostMonths is how many months the chart shows, and height how high it is.
const mostMonths, height = 24, 40

// complaints returns the complaints about a service by month, up to the newest month for which the
// municipality has counted any appeals. A month without a record had none. It returns nil if
// no complaints are counted.
func complaints(p *page.Place, appeals []*jme.Appeal) *MonthsView {
	first, last := charts.Counted(p.Town)
	counts := map[time.Time]int{}
	year, before, all := 0, 0, 0
	for _, a := range appeals {
		if a.Kind != charts.Complaint {
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
	if from := last.AddDate(0, 1-mostMonths, 0); from.After(first) {
		first = from
	}
	v := &MonthsView{
		Title:    p.F("site.subject.complaints_title", locale.Args{"From": p.YearMonth(first), "To": p.YearMonth(last)}),
		Sentence: p.NF("site.subject.complaints_year", year, locale.Args{"To": p.YearMonth(last)}),
		Data:     p.Register(p.Town.Table(jme.Appeals)),
		Month:    p.T("site.subject.month"), Complaints: p.T("site.subject.count"), InNumbers: p.T("site.subject.in_numbers"),
	}
	if !last.AddDate(-2, 1, 0).Before(first) {
		v.Sentence += " " + p.N("site.subject.complaints_before", before)
	}
	most := 1
	for m := first; !m.After(last); m = m.AddDate(0, 1, 0) {
		most = max(most, counts[m])
	}
	v.Highest = p.N("site.subject.highest", most)
	n := 0
	for m := first; !m.After(last); m = m.AddDate(0, 1, 0) {
		tall := float64(counts[m]) / float64(most) * height
		v.Bars = append(v.Bars, MonthBar{
			Month: p.YearMonth(m), Count: p.Int(counts[m]),
			X: strconv.Itoa(n*10 + 1), Y: units(height - tall), Height: units(tall),
		})
		n++
	}
	v.Width = strconv.Itoa(n * 10)
	for i := range v.Bars {
		v.Rows = append(v.Rows, v.Bars[len(v.Bars)-1-i])
	}
	return v
}

// units writes a length in a chart.
func units(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
