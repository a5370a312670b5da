package charts

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/chart"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/wording"
)

// Late is how many days late the duties of each clause were done, or are still, year by year.
func Late(t *page.Town) Chart {
	return Chart{"late", t.DeadlinesPath(), func(p *page.Place) *Data {
		return late(p, p.T("site.chart.late"), p.Town.Cycles...)
	}}
}

// LateIn is the same for one year.
func LateIn(t *page.Town, c *jme.Cycle) Chart {
	return Chart{page.Year(c.Year) + "/late", t.OutcomesOfYear(c.Year), func(p *page.Place) *Data {
		return late(p, p.F("site.chart.late_in", locale.Args{"Year": page.Year(c.Year)}), c)
	}}
}

// late charts, by clause and year, the duty that was the latest.
func late(p *page.Place, title string, cycles ...*jme.Cycle) *Data {
	d := &Data{
		Title: title, Registers: []string{jme.Compliance},
		Head: []page.Head{head(p, "chart.clause", false), head(p, "chart.title", false), head(p, "chart.year", false), head(p, "chart.cases", true), head(p, "chart.most", true)},
	}
	d.Chart.Keys = []chart.Key{{Fill: chart.Dark, Text: p.T("site.chart.still")}, {Fill: chart.Hatched, Text: p.T("site.chart.done_late")}}
	worst, cases := 0, 0
	for i := range p.Town.Regulation.Clauses {
		clause := wording.On(&p.Town.Regulation, &p.Town.Regulation.Clauses[i], p.Today)
		label := clauseName(p, clause.Number, clause.Title)
		for _, c := range cycles {
			n, most, fill := 0, 0, chart.Hatched
			for _, o := range p.Town.OutcomesOf(c.Year, clause.Number) {
				if o.DaysLate == 0 || !status.NeedsAttention(o) {
					continue
				}
				n, most = n+1, max(most, o.DaysLate)
				if o.Done.IsZero() {
					fill = chart.Dark
				}
			}
			if n == 0 {
				continue
			}
			value := p.N("site.chart.days", most)
			if len(cycles) > 1 {
				value = page.Year(c.Year) + ": " + value
			}
			d.Chart.Rows = append(d.Chart.Rows, chart.Row{Label: chart.Words(label), Bars: chart.Stack([]float64{float64(most)}, []chart.Fill{fill}), Value: value})
			d.Rows = append(d.Rows, []Cell{{Raw: clause.Number, Shown: page.Text{Text: locale.Clause(clause.Number).In(p.Lang)}}, said(p.Text(clause.Title)), yearCell(c.Year), count(p, n), count(p, most)})
			label = page.Text{} // the next year of the same clause
			cases, worst = cases+n, max(worst, most)
		}
	}
	if cases == 0 {
		return nil
	}
	d.Chart.Most = float64(worst)
	d.Says = p.NF("site.chart.late_says", cases, locale.Args{"days": p.N("site.chart.days", worst)})
	return d
}

// clauseName is the number of a clause with its title.
func clauseName(p *page.Place, number string, title locale.Text) page.Text {
	name := p.Text(title)
	name.Text = locale.Clause(number).In(p.Lang) + ". " + name.Text
	return name
}

// Line is a year as a line of duties and deeds: for each clause, the last days of its duties and the days on
// which they were done.
func Line(t *page.Town, c *jme.Cycle) Chart {
	return Chart{page.Year(c.Year) + "/line", t.YearPath(c.Year), func(p *page.Place) *Data {
		d := &Data{
			Title: p.F("site.chart.line", locale.Args{"Year": page.Year(c.Year)}), Registers: []string{jme.Compliance},
			Head: []page.Head{head(p, "chart.clause", false), head(p, "chart.title", false), head(p, "chart.rule", false), head(p, "chart.about", false), head(p, "chart.outcome", false), head(p, "chart.due", false), head(p, "chart.done", false), head(p, "chart.days_late", true)},
		}
		dated := slices.DeleteFunc(slices.Clone(p.Town.OutcomesOf(c.Year, "")), func(o *regulation.Outcome) bool {
			return o.Due.IsZero() && o.Done.IsZero() || o.Kind == regulation.NotApplicable || o.Kind == regulation.SetAside
		})
		if len(dated) == 0 {
			return nil
		}
		from, to := span(dated)
		at := func(day time.Time) float64 { return float64(page.Days(from, day)) }
		d.Chart.Most, d.Chart.Ticks = at(to), ticks(p, from, to)
		d.Chart.Keys = []chart.Key{
			{Shape: chart.Ring, Text: p.T("site.chart.last_day")}, {Shape: chart.Dot, Text: p.T("site.chart.deed")},
			{Fill: chart.Hatched, Text: p.T("site.chart.done_late")}, {Fill: chart.Dark, Text: p.T("site.chart.still")},
		}
		needs := 0
		for i := range p.Town.Regulation.Clauses {
			clause := wording.On(&p.Town.Regulation, &p.Town.Regulation.Clauses[i], p.Today)
			row, counts := chart.Row{Label: chart.Words(clauseName(p, clause.Number, clause.Title))}, map[regulation.Kind]int{}
			for _, o := range dated {
				if o.Clause != clause.Number {
					continue
				}
				counts[o.Kind]++
				row.Bars, row.Signs = append(row.Bars, delay(o, at, p.Today, to)...), append(row.Signs, signs(o, at)...)
				d.Rows = append(d.Rows, []Cell{
					{Raw: clause.Number, Shown: page.Text{Text: locale.Clause(clause.Number).In(p.Lang)}}, said(p.Text(clause.Title)), rule(p, o.Rule), about(p, o),
					words(status.KindName(p, o.Kind)), date(p, jme.Date{Time: o.Due}), date(p, jme.Date{Time: o.Done}), count(p, o.DaysLate),
				})
				if status.NeedsAttention(o) {
					needs++
				}
			}
			for _, kind := range regulation.Kinds {
				if n := counts[kind]; n > 0 {
					row.Says = append(row.Says, chart.Key{Text: status.KindName(p, kind) + ": " + p.Int(n)})
				}
			}
			if len(counts) > 0 {
				d.Chart.Rows = append(d.Chart.Rows, row)
			}
		}
		d.Says = p.NF("site.chart.line_says", len(dated), locale.Args{"needs": needs})
		return d
	}}
}

// rule is the title of a rule, by its code.
func rule(p *page.Place, code string) Cell { return words(p.T("regulation." + code + ".title")) }

// about is the record that an outcome judges, or nothing if that is the year as a whole.
func about(p *page.Place, o *regulation.Outcome) Cell {
	if o.Subject.ID == "" {
		return Cell{}
	}
	return said(p.Record(o.Subject.Register, o.Subject.ID).Text.Flat())
}

// span is the time from the first of the month of the first day to the day after the last, and some days more if a duty
// is not done yet: its bar ends at the edge, and the table says how many days it is late.
func span(outcomes []*regulation.Outcome) (from, to time.Time) {
	for _, o := range outcomes {
		for _, day := range []time.Time{o.Due, o.Done} {
			if day.IsZero() {
				continue
			}
			if from.IsZero() || day.Before(from) {
				from = day
			}
			if day.After(to) {
				to = day
			}
		}
	}
	if slices.ContainsFunc(outcomes, func(o *regulation.Outcome) bool { return status.NeedsAttention(o) && o.Done.IsZero() }) {
		to = to.AddDate(0, 0, 20) // room for the bar of a duty that is not done yet
	}
	return time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC), to.AddDate(0, 0, 1)
}

// mostTicks is how many dates stand above a line of days.
const mostTicks = 5

// ticks are the first days of months, as many as have room.
func ticks(p *page.Place, from, to time.Time) (all []chart.Tick) {
	months := 12*(to.Year()-from.Year()) + int(to.Month()-from.Month()) + 1
	step := (months + mostTicks - 1) / mostTicks
	for day := from; !day.After(to); day = day.AddDate(0, step, 0) {
		all = append(all, chart.Tick{At: float64(page.Days(from, day)), Text: p.ShortDate(day)})
	}
	return all
}

// delay is the time between the last day of a duty and the day on which it was done or, if it is not, today.
func delay(o *regulation.Outcome, at func(time.Time) float64, today, end time.Time) []chart.Bar {
	last := cmp.Or(o.Latest, o.Due)
	switch {
	case last.IsZero() || !status.NeedsAttention(o):
	case o.Done.After(last):
		return []chart.Bar{{From: at(last), To: at(o.Done), Fill: chart.Hatched}}
	case o.Done.IsZero() && today.After(last):
		if today.After(end) {
			today = end
		}
		return []chart.Bar{{From: at(last), To: at(today), Fill: chart.Dark}}
	}
	return nil
}

// signs are the last day of a duty and the day on which it was done.
func signs(o *regulation.Outcome, at func(time.Time) float64) (all []chart.Sign) {
	if !o.Due.IsZero() {
		all = append(all, chart.Sign{At: at(o.Due), Shape: chart.Ring})
	}
	if !o.Done.IsZero() {
		all = append(all, chart.Sign{At: at(o.Done), Shape: chart.Dot})
	}
	return all
}
