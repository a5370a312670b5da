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

	Entries   []*Entry    // the services on the year's list
	Decisions []*Decision // that approved the list, or parts of it, in the order of their days
	Demand    []Demand    // of all services, the most asked about first
	Window                // in which what residents ask for counts, but for entries that came on the list later
	Hearings  []*Event    // at which residents named priorities; each counts for at least one service
	Contests  []*Contest
	Panels    []*Panel    // that select the monitor, or monitor themselves
	Deals     []*Contract // with the organisations that monitor

	Assessments     []*Assessment
	Findings        []*Finding
	Recommendations []*Recommendation
	AnalyticLetters []*AnalyticLetter
	Discussions     []*Event // of the results
}

// Window is the time in which what residents ask for counts for a choice: hearings between the choice of the
// year before and this one, and appeals of the twelve whole months before it, as far as they were counted.
type Window struct {
	After, Until time.Time // hearings: After < day <= Until
	From, To     time.Time // months of appeals: From <= month < To
}

// Demand says how much residents asked about a service.
type Demand struct {
	Window
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
	c := &Cycle{Municipality: m, Year: year}
	for _, e := range m.AnnualList {
		if e.Year == year {
			c.Entries = append(c.Entries, e)
		}
	}
	c.Decisions = c.decisions()
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
	c.gatherDemand(asOf)
	c.gatherHearings()
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

// gatherHearings finds the events on priorities that count for one service or another.
func (c *Cycle) gatherHearings() {
	for _, e := range c.Municipality.Events {
		if c.hears(e) || slices.ContainsFunc(c.Demand, func(d Demand) bool { return d.hears(e) }) {
			c.Hearings = append(c.Hearings, e)
		}
	}
}

// hears reports whether an event is one on priorities in the window.
func (w *Window) hears(e *Event) bool {
	day := e.Date.Day()
	return e.Purpose == "priorities" && day.After(w.After) && !day.After(w.Until)
}

// counts reports whether appeals are of a month in the window.
func (w *Window) counts(a *Appeal) bool {
	month := a.Period.Day()
	return !month.Before(w.From) && month.Before(w.To)
}

// Asked reports whether residents asked for any service in a window, as far as is recorded.
func (m *Municipality) Asked(w Window) bool {
	return slices.ContainsFunc(m.Appeals, func(a *Appeal) bool { return a.Count > 0 && a.Service.Get() != nil && w.counts(a) }) ||
		slices.ContainsFunc(m.Suggestions, func(s *Suggestion) bool {
			e := s.Event.Get()
			return e != nil && s.Service.Get() != nil && w.hears(e)
		})
}

// windows returns the window of each service. A council may decide on a list in several sessions: what it
// decides later moves nothing for the services it decided on before. The window of services that are not on
// the list, under nil, ends with the first decision; that of an entry without a decision is still open.
func (c *Cycle) windows(asOf time.Time) func(*Service) Window {
	end := time.Date(c.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	if !asOf.IsZero() && asOf.Before(end) {
		end = asOf
	}
	// Before the first month that has a count, appeals were not counted at all.
	var counted time.Time
	for _, a := range c.Municipality.Appeals {
		counted = earliest(counted, a.Period.Day())
	}
	before, first := c.Municipality.chosen(c.Year-1), c.Municipality.chosen(c.Year)
	return func(s *Service) Window {
		w := Window{After: latest(time.Date(c.Year-1, 1, 1, 0, 0, 0, 0, time.UTC), before(s)), Until: end}
		if day := first(s); !day.IsZero() {
			w.Until = day
		}
		w.To = time.Date(w.Until.Year(), w.Until.Month(), 1, 0, 0, 0, 0, time.UTC)
		w.From = latest(w.To.AddDate(-1, 0, 0), counted)
		if counted.IsZero() || counted.After(w.To) { // no month of it was counted
			w.From = w.To
		}
		return w
	}
}

// decisions are those that approved the list, or parts of it, in the order of their days.
func (c *Cycle) decisions() (all []*Decision) {
	for _, e := range c.Entries {
		if d := e.Decision.Get(); d != nil && !d.Date.IsZero() {
			all = append(all, d)
		}
	}
	all = unique(all)
	slices.SortFunc(all, func(a, b *Decision) int { return cmp.Or(a.Date.Compare(b.Date.Time), cmp.Compare(a.ID, b.ID)) })
	return all
}

// chosen tells by which day a service of a year was chosen: that of the first decision that put it on the list, zero
// if its entry has none. A service that is not on the list was passed over by the first decision on it. Where a group
// asks for no list, the day is that on which the first of the year's assessments went into the field.
func (m *Municipality) chosen(year int) func(*Service) time.Time {
	var first time.Time
	by := map[*Service]time.Time{}
	for _, e := range m.AnnualList {
		if s := e.Service.Get(); e.Year == year {
			var day time.Time
			if d := e.Decision.Get(); d != nil {
				day = d.Date.Day()
			}
			if first = earliest(first, day); s != nil {
				by[s] = earliest(by[s], day)
			}
		}
	}
	if first.IsZero() && m.Regulation.Act.Procedure == ByGroup {
		for _, a := range m.Assessments {
			if a.Year == year {
				first = earliest(first, a.FieldworkFrom.Day())
			}
		}
		clear(by)
	}
	return func(s *Service) time.Time {
		if day, listed := by[s]; listed {
			return day
		}
		return first
	}
}

// gatherDemand counts what residents asked for.
func (c *Cycle) gatherDemand(asOf time.Time) {
	window := c.windows(asOf)
	c.Window = window(nil)
	by := map[*Service]*Demand{}
	for _, s := range c.Municipality.Services {
		by[s] = &Demand{Service: s, Window: window(s)}
	}
	for _, a := range c.Municipality.Appeals {
		if d := by[a.Service.Get()]; d != nil && d.counts(a) {
			d.Appeals += a.Count
		}
	}
	for _, s := range c.Municipality.Suggestions {
		if d, e := by[s.Service.Get()], s.Event.Get(); d != nil && e != nil && d.hears(e) {
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
		if a, day := r.Assessment.Get(), r.Delivered.Day(); a != nil && !day.IsZero() {
			reported[a.Year] = earliest(reported[a.Year], day)
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
		if !day.Before(l.Date.Day()) {
			first = earliest(first, day)
		}
	}
	return first
}

func latest(days ...time.Time) time.Time { return slices.MaxFunc(days, time.Time.Compare) }

// earliest is the earliest of the days that are recorded; zero if none is.
func earliest(days ...time.Time) time.Time {
	days = slices.DeleteFunc(days, time.Time.IsZero)
	if len(days) == 0 {
		return time.Time{}
	}
	return slices.MinFunc(days, time.Time.Compare)
}
