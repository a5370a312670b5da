package jme

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Cycle is one year of joint monitoring and evaluation, with its records in the order of
// the process.
type Cycle struct {
	Municipality *Municipality
	Year         int

	Entries  []*Entry  // the services on the year's list
	Decision *Decision // that approved the list, the latest if there are several; or nil
	Demand   []Demand  // of all services, the most asked about first
	From, To time.Time // the months whose appeals count: From <= month < To
	Hearings []*Event  // at which residents named priorities
	Contests []*Contest
	Panels   []*Panel    // that select the monitor, or monitor themselves
	Deals    []*Contract // with the organisations that monitor

	Assessments     []*Assessment
	Findings        []*Finding
	Recommendations []*Recommendation
	AnalyticLetters []*AnalyticLetter
	Discussions     []*Event // of the results
}

// Demand says how much residents asked about a service.
type Demand struct {
	Service     *Service
	Appeals     int
	Suggestions []*Suggestion
	Supporters  int    // of the suggestions whose supporters were counted
	Chosen      bool   // it is on the year's list or, if there is no list, was examined
	Entry       *Entry // on the year's list, or nil
}

// Cycle gathers the records of a year. If its services have not been chosen, hearings and
// appeals count until asOf.
func (m *Municipality) Cycle(year int, asOf time.Time) *Cycle {
	c := &Cycle{Municipality: m, Year: year, Decision: m.listDecision(year)}
	for _, e := range m.AnnualList {
		if e.Year == year {
			c.Entries = append(c.Entries, e)
		}
	}
	for _, x := range m.Contests {
		if x.Year == year {
			c.Contests = append(c.Contests, x)
			c.Panels = append(c.Panels, x.Panel.Get())
		}
	}
	for _, a := range m.Assessments {
		if a.Year != year {
			continue
		}
		c.Assessments = append(c.Assessments, a)
		c.Findings = append(c.Findings, a.Findings...)
		c.Panels = append(c.Panels, a.Panel.Get())
		c.Deals = append(c.Deals, a.Contract.Get())
	}
	for _, x := range m.Contracts {
		if of := x.Contest.Get(); of != nil && of.Year == year {
			c.Deals = append(c.Deals, x)
		}
	}
	for _, f := range c.Findings {
		c.Recommendations = append(c.Recommendations, f.Recommendations...)
	}
	for _, l := range m.AnalyticLetters {
		if slices.Contains(m.YearsOf(l), year) {
			c.AnalyticLetters = append(c.AnalyticLetters, l)
			c.Panels = append(c.Panels, l.Panel.Get())
		}
	}
	c.Panels, c.Deals = unique(c.Panels), unique(c.Deals)
	c.Discussions = m.discussions[year]
	c.gatherHearings(asOf)
	c.gatherDemand()
	return c
}

// Cycles gathers every year from the first to the last with records, and on to the year of
// asOf, oldest first.
func (m *Municipality) Cycles(asOf time.Time) []*Cycle {
	years := append(m.Years(), asOf.Year())
	var cycles []*Cycle
	for y := slices.Min(years); y <= slices.Max(years); y++ {
		cycles = append(cycles, m.Cycle(y, asOf))
	}
	return cycles
}

// unique returns each record once, where it stands first, and no nil.
func unique[T any](all []*T) []*T {
	seen := map[*T]bool{nil: true}
	return slices.DeleteFunc(all, func(x *T) bool {
		again := seen[x]
		seen[x] = true
		return again
	})
}

// gatherHearings finds the events on priorities after the choice of the year before and up to
// this year's. It also sets the months whose appeals count: the twelve whole months before
// the choice.
func (c *Cycle) gatherHearings(asOf time.Time) {
	end := time.Date(c.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	if !asOf.IsZero() && asOf.Before(end) {
		end = asOf
	}
	if day := c.Municipality.chosen(c.Year); !day.IsZero() {
		end = day
	}
	begin := latest(time.Date(c.Year-1, 1, 1, 0, 0, 0, 0, time.UTC), c.Municipality.chosen(c.Year-1))
	for _, e := range c.Municipality.Events {
		if e.Purpose == "priorities" && e.Date.Day().After(begin) && !e.Date.Day().After(end) {
			c.Hearings = append(c.Hearings, e)
		}
	}
	c.To = time.Date(end.Year(), end.Month(), 1, 0, 0, 0, 0, time.UTC)
	c.From = c.To.AddDate(-1, 0, 0)
}

// listDecision is the decision that approved the list of a year, or nil. Of several, as when a service was added,
// it is the latest: before it the list was not what it is.
func (m *Municipality) listDecision(year int) (latest *Decision) {
	for _, e := range m.AnnualList {
		if d := e.Decision.Get(); d != nil && e.Year == year && (latest == nil || d.Date.Day().After(latest.Date.Day())) {
			latest = d
		}
	}
	return latest
}

// chosen is the day by which the services of a year were chosen: that of the decision on its list or, where a group asks for no
// list, that on which the first of its assessments went into the field. It is zero if neither is recorded.
func (m *Municipality) chosen(year int) (day time.Time) {
	if d := m.listDecision(year); d != nil {
		day = d.Date.Day()
	}
	if !day.IsZero() || m.Regulation.Act.Procedure != ByGroup {
		return day
	}
	for _, a := range m.Assessments {
		if from := a.FieldworkFrom.Day(); a.Year == year && !from.IsZero() && (day.IsZero() || from.Before(day)) {
			day = from
		}
	}
	return day
}

// gatherDemand counts what residents asked for.
func (c *Cycle) gatherDemand() {
	// Before the first month that has a count, appeals were not counted at all.
	first := c.To
	for _, a := range c.Municipality.Appeals {
		if d := a.Period.Day(); !d.IsZero() && d.Before(first) {
			first = d
		}
	}
	c.From = latest(c.From, first)
	by := map[*Service]*Demand{}
	for _, s := range c.Municipality.Services {
		by[s] = &Demand{Service: s}
	}
	for _, a := range c.Municipality.Appeals {
		if d := by[a.Service.Get()]; d != nil && !a.Period.Day().Before(c.From) && a.Period.Day().Before(c.To) {
			d.Appeals += a.Count
		}
	}
	for _, s := range c.Municipality.Suggestions {
		if d := by[s.Service.Get()]; d != nil && slices.Contains(c.Hearings, s.Event.Get()) {
			d.Suggestions = append(d.Suggestions, s)
			d.Supporters += int(s.Supporters.Decimal.IntPart())
		}
	}
	for _, e := range c.Entries {
		if d := by[e.Service.Get()]; d != nil {
			d.Chosen, d.Entry = true, e
		}
	}
	if len(c.Entries) == 0 {
		for _, a := range c.Assessments {
			if d := by[a.Service.Get()]; d != nil {
				d.Chosen = true
			}
		}
	}
	for _, s := range c.Municipality.Services {
		c.Demand = append(c.Demand, *by[s])
	}
	slices.SortStableFunc(c.Demand, func(a, b Demand) int {
		return cmp.Or(cmp.Compare(b.Appeals, a.Appeals), cmp.Compare(len(b.Suggestions), len(a.Suggestions)))
	})
}

// discussionsByYear finds the events that discuss results, by the year whose results they
// discuss: that of the letter or report that an event names. An event that names none, or a letter
// that is not there yet, is taken to discuss the last year of which a report had been delivered by
// the day of the event.
func (m *Municipality) discussionsByYear() map[int][]*Event {
	reported := map[int]time.Time{} // by year: the day of its first report
	for _, r := range m.Reports {
		if a, day := r.Assessment.Get(), r.Delivered.Day(); a != nil && !day.IsZero() && (reported[a.Year].IsZero() || day.Before(reported[a.Year])) {
			reported[a.Year] = day
		}
	}
	events := map[int][]*Event{}
	for _, e := range m.Events {
		if e.Purpose == "results" {
			for _, year := range m.yearsDiscussed(e, reported) {
				events[year] = append(events[year], e)
			}
		}
	}
	return events
}

// yearsDiscussed are the years whose results an event discusses: one, unless it names a letter
// about several. The year is 0 if it is not known. reported has the day of the first report of
// each year.
func (m *Municipality) yearsDiscussed(e *Event, reported map[int]time.Time) []int {
	year := 0
	switch l, r := e.Letter.Get(), e.Report.Get(); {
	case l != nil:
		return m.YearsOf(l)
	case r != nil && r.Assessment.Get() != nil:
		year = r.Assessment.Get().Year
	case e.Report.ID == "":
		for y, day := range reported {
			if !day.After(e.Date.Day()) {
				year = max(year, y)
			}
		}
	}
	return []int{year}
}

// YearsOf are the years that an analytic letter is about: those of the assessments whose reports it
// names or, where it names none of a known year, the one that it gives itself.
func (m *Municipality) YearsOf(l *AnalyticLetter) (years []int) {
	for id := range strings.FieldsSeq(l.Reports) {
		if r := Get[Report](m, id); r != nil && r.Assessment.Get() != nil && r.Assessment.Get().Year != 0 {
			years = append(years, r.Assessment.Get().Year)
		}
	}
	if len(years) == 0 {
		return []int{l.Year}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// FirstPublished is the day on which a letter was first published, zero if it was not. What is said to be published before
// the letter was written does not count.
func (m *Municipality) FirstPublished(l *AnalyticLetter) (first time.Time) {
	for _, p := range referring[Publication](m, AnalyticLetters, l.ID, "publications") {
		day := p.Published.Day()
		if !day.IsZero() && !day.Before(l.Date.Day()) && (first.IsZero() || day.Before(first)) {
			first = day
		}
	}
	return first
}

func latest(days ...time.Time) time.Time { return slices.MaxFunc(days, time.Time.Compare) }
