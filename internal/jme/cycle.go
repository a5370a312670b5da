package jme

import (
	"cmp"
	"slices"
	"time"
)

// Cycle is one year of joint monitoring and evaluation: its records, gathered along
// the steps of the process.
type Cycle struct {
	Municipality *Municipality
	Year         int

	Entries  []*Entry    // the services on the year's list
	Decision *Decision   // that approved it, or nil
	Demand   []Demand    // what residents asked for, most first
	From, To time.Time   // months whose appeals count as the demand: From <= month < To
	Hearings []*Event    // where priorities were named
	Contests []*Contest  //
	Panels   []*Panel    // that select or monitor this year
	Deals    []*Contract // with who monitors

	Assessments     []*Assessment
	Findings        []*Finding
	Recommendations []*Recommendation
	Letters         []*AnalyticLetter
	Discussions     []*Event // of the results
}

// Demand is how much residents asked about a service.
type Demand struct {
	Service     *Service
	Appeals     int
	Suggestions []*Suggestion
	Supporters  int    // of the suggestions, where counted
	Chosen      bool   // it is on the year's list or, where there is none, was examined
	Entry       *Entry // of the year's list, or nil
}

// Cycle gathers a year. asOf bounds the demand where the list has not been decided.
func (m *Municipality) Cycle(year int, asOf time.Time) *Cycle {
	c := &Cycle{Municipality: m, Year: year}
	for _, e := range m.AnnualList {
		if e.Year == year {
			c.Entries = append(c.Entries, e)
			c.Decision = cmp.Or(c.Decision, e.Decision.Get())
		}
	}
	for _, x := range m.Contests {
		if x.Year == year {
			c.Contests = append(c.Contests, x)
			c.addPanel(x.Panel.Get())
		}
	}
	for _, a := range m.Assessments {
		if a.Year != year {
			continue
		}
		c.Assessments = append(c.Assessments, a)
		c.Findings = append(c.Findings, a.Findings...)
		c.addPanel(a.Panel.Get())
		c.addDeal(a.Contract.Get())
	}
	for _, x := range m.Contracts {
		if slices.Contains(c.Contests, x.Contest.Get()) {
			c.addDeal(x)
		}
	}
	for _, f := range c.Findings {
		c.Recommendations = append(c.Recommendations, f.Recommendations...)
	}
	for _, l := range m.AnalyticLetters {
		if l.Year == year {
			c.Letters = append(c.Letters, l)
			c.addPanel(l.Panel.Get())
		}
	}
	c.hearings(asOf)
	c.demand()
	for _, e := range m.Events {
		if e.Purpose == "results" && m.resultsYear(e) == year {
			c.Discussions = append(c.Discussions, e)
		}
	}
	return c
}

func (c *Cycle) addPanel(p *Panel) {
	if p != nil && !slices.Contains(c.Panels, p) {
		c.Panels = append(c.Panels, p)
	}
}

func (c *Cycle) addDeal(d *Contract) {
	if d != nil && !slices.Contains(c.Deals, d) {
		c.Deals = append(c.Deals, d)
	}
}

// hearings are the events on priorities since the list before, up to this one; the
// demand is that of the twelve whole months before the list.
func (c *Cycle) hearings(asOf time.Time) {
	end := time.Date(c.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	if !asOf.IsZero() && asOf.Before(end) {
		end = asOf
	}
	if c.Decision != nil && !c.Decision.Date.IsZero() {
		end = c.Decision.Date.Day()
	}
	begin := time.Date(c.Year-1, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, e := range c.Municipality.AnnualList {
		if d := e.Decision.Get(); d != nil && e.Year == c.Year-1 && d.Date.Day().After(begin) {
			begin = d.Date.Day()
		}
	}
	for _, e := range c.Municipality.Events {
		if e.Purpose == "priorities" && e.Date.Day().After(begin) && !e.Date.Day().After(end) {
			c.Hearings = append(c.Hearings, e)
		}
	}
	c.To = time.Date(end.Year(), end.Month(), 1, 0, 0, 0, 0, time.UTC)
	c.From = c.To.AddDate(-1, 0, 0)
}

func (c *Cycle) demand() {
	// Months before the first count are not months without appeals.
	first := c.To
	for _, a := range c.Municipality.Appeals {
		if d := a.Period.Day(); !d.IsZero() && d.Before(first) {
			first = d
		}
	}
	c.From = later(c.From, first)
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

// resultsYear is the year whose results an event discusses: the last one with a report
// delivered by then.
func (m *Municipality) resultsYear(e *Event) int {
	year := 0
	for _, a := range m.Assessments {
		for _, r := range a.Reports {
			if !r.Delivered.IsZero() && !r.Delivered.Day().After(e.Date.Day()) {
				year = max(year, a.Year)
			}
		}
	}
	return year
}

// Verdicts counts findings by verdict.
type Verdicts struct{ Compliant, Partly, NonCompliant, NotChecked int }

// Count counts the verdicts of findings.
func Count(findings []*Finding) (v Verdicts) {
	for _, f := range findings {
		switch f.Verdict {
		case Compliant:
			v.Compliant++
		case Partly:
			v.Partly++
		case NonCompliant:
			v.NonCompliant++
		default:
			v.NotChecked++
		}
	}
	return v
}

// Total is the number of findings.
func (v Verdicts) Total() int { return v.Checked() + v.NotChecked }

// Checked is the number of requirements that were checked.
func (v Verdicts) Checked() int { return v.Compliant + v.Partly + v.NonCompliant }

// State is where a step, or a response, stands.
type State string

// The states; each is drawn as a shape and said in a word (ux.md 3.3).
const (
	StateDone     State = "done"
	StateNow      State = "now"
	StateNotDue   State = "not-due"
	StateNoRecord State = "unknown"
)

// Step is one step of a year.
type Step struct {
	Name  StepName
	State State
	Date  time.Time // when it was done, or until when it goes on; zero where not recorded
}

// Steps returns the steps of the year and where each stands on a day.
func (c *Cycle) Steps(asOf time.Time) []Step {
	who := StepContest
	if c.Municipality.Regulation.Act.Procedure == ByGroup {
		who = StepGroup
	}
	steps := []Step{c.whyStep(), c.whoStep(who, asOf), c.findingsStep(asOf), c.letterStep(), c.answersStep()}
	// A step without records is not due while an earlier one goes on; where all before it
	// are done and something after it has begun, it was skipped, or not recorded.
	begun := func(s Step) bool { return s.State == StateDone || s.State == StateNow }
	open := false
	for i := range steps {
		if steps[i].State == "" {
			steps[i].State = StateNotDue
			if !open && slices.ContainsFunc(steps[i:], begun) {
				steps[i].State = StateNoRecord
			}
		}
		open = open || steps[i].State == StateNow
	}
	return steps
}

// Current returns the index of the step the year is at: the first that goes on, else
// the first not done; len(steps) when all are.
func Current(steps []Step) int {
	for _, want := range []State{StateNow, StateNotDue} {
		if i := slices.IndexFunc(steps, func(s Step) bool { return s.State == want }); i >= 0 {
			return i
		}
	}
	return len(steps)
}

func (c *Cycle) whyStep() Step {
	s := Step{Name: StepWhy}
	if c.Decision != nil {
		s.State, s.Date = StateDone, c.Decision.Date.Day()
	} else if len(c.Entries) > 0 {
		s.State = StateNow
	} else if c.Municipality.Regulation.Act.Procedure == ByGroup {
		// The group's regulation, as far as it is in hand, asks for no list: residents are
		// heard, and that is all there is to do.
		for _, e := range c.Hearings {
			s.State, s.Date = StateDone, later(s.Date, e.Date.Day())
		}
	}
	return s
}

func (c *Cycle) whoStep(name StepName, asOf time.Time) Step {
	s := Step{Name: name}
	if name == StepGroup {
		for _, p := range c.Panels {
			s.State, s.Date = StateDone, p.Formed.Day()
		}
		return s
	}
	for _, d := range c.Deals {
		if !d.Signed.IsZero() {
			s.State, s.Date = StateDone, later(s.Date, d.Signed.Day())
		}
	}
	// A contest without a contract is still open, whatever else was signed meanwhile.
	for _, x := range c.Contests {
		if slices.ContainsFunc(c.Deals, func(d *Contract) bool { return d.Contest.Is(x) && !d.Signed.IsZero() }) {
			continue
		}
		s.State, s.Date = StateNow, time.Time{}
		if !x.Closes.Day().Before(asOf) {
			s.Date = x.Closes.Day()
		}
	}
	return s
}

func (c *Cycle) findingsStep(asOf time.Time) Step {
	s := Step{Name: StepFindings}
	reported := 0
	for _, a := range c.Assessments {
		if !a.FieldworkFrom.IsZero() && !a.FieldworkFrom.Day().After(asOf) || len(a.Findings) > 0 {
			s.State = StateNow
		}
		for _, r := range a.Reports {
			if !r.Delivered.IsZero() {
				reported++
				s.Date = later(s.Date, r.Delivered.Day())
				break
			}
		}
	}
	if len(c.Assessments) > 0 && reported == len(c.Assessments) {
		s.State = StateDone
	} else {
		s.Date = time.Time{}
		for _, a := range c.Assessments {
			if len(a.Reports) == 0 {
				s.Date = later(s.Date, a.PlannedTo.Day())
			}
		}
	}
	return s
}

func (c *Cycle) letterStep() Step {
	s := Step{Name: StepLetter}
	for _, l := range c.Letters {
		s.State, s.Date = StateNow, time.Time{}
		for _, p := range c.Municipality.Publications {
			if p.SubjectRegister == AnalyticLetters && p.Subject == l.ID {
				s.State = StateDone
				if s.Date.IsZero() || p.Published.Day().Before(s.Date) {
					s.Date = p.Published.Day()
				}
			}
		}
	}
	return s
}

func (c *Cycle) answersStep() Step {
	s := Step{Name: StepAnswers}
	if len(c.Recommendations) == 0 {
		return s
	}
	s.State = StateDone
	for _, r := range c.Recommendations {
		if answer := r.Answer(); answer != AnswerChecked && answer != AnswerDeclined {
			s.State = StateNow
			s.Date = later(s.Date, r.Due.Day())
		}
	}
	return s
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Answer is what became of a recommendation, by its best response.
type Answer string

// The answers, from the best to none. Done by somebody's own word and done when
// somebody else looked are two things.
const (
	AnswerChecked  Answer = "checked-done"
	AnswerSaid     Answer = "said-done"
	AnswerNow      Answer = "now"
	AnswerDeclined Answer = "declined"
	AnswerNone     Answer = "no-answer"
)

// Answer tells what became of a recommendation.
func (r *Recommendation) Answer() Answer {
	best := AnswerNone
	rank := []Answer{AnswerNone, AnswerDeclined, AnswerNow, AnswerSaid, AnswerChecked}
	for _, m := range r.Measures {
		answer := AnswerNow
		switch m.Status {
		case Declined:
			answer = AnswerDeclined
		case Done:
			answer = AnswerSaid
			if n := len(m.Verifications); n > 0 && m.Verifications[n-1].Result == "eliminated" {
				answer = AnswerChecked
			}
		}
		if slices.Index(rank, answer) > slices.Index(rank, best) {
			best = answer
		}
	}
	return best
}

// Made is the day on which a recommendation was handed over: that of the first report on
// its assessment; zero where none is recorded.
func (r *Recommendation) Made() time.Time {
	var first time.Time
	if f := r.Finding.Get(); f != nil && f.Assessment.Get() != nil {
		for _, report := range f.Assessment.Get().Reports {
			if day := report.Delivered.Day(); !day.IsZero() && (first.IsZero() || day.Before(first)) {
				first = day
			}
		}
	}
	return first
}

// Duty is something that must, or will, happen by a day that the records name.
type Duty struct {
	Date     time.Time
	Hour     time.Time // the very moment, where a record names it; else zero
	Kind     string    // contest-closes, recommendation, measure, assessment, event
	Register string
	ID       string
	Actor    string // applicants, council, executive, provider, monitor, everyone
	Provider *Provider
}

// Agenda lists what lies ahead and what is overdue on a day, earliest first. It knows
// only dates that are recorded; what the regulation makes due is for its rules.
func (m *Municipality) Agenda(asOf time.Time) []Duty {
	var duties []Duty
	for _, c := range m.Contests {
		if !c.Closes.IsZero() && !c.Closes.Day().Before(asOf) {
			duties = append(duties, Duty{Date: c.Closes.Day(), Hour: c.Closes.Time, Kind: "contest-closes", Register: "contests", ID: c.ID, Actor: "applicants"})
		}
	}
	for _, e := range m.Events {
		if !e.Date.Day().Before(asOf) {
			duties = append(duties, Duty{Date: e.Date.Day(), Kind: "event", Register: "events", ID: e.ID, Actor: "everyone"})
		}
	}
	for _, r := range m.Recommendations {
		if !r.Due.IsZero() && r.Answer() == AnswerNone {
			duties = append(duties, Duty{Date: r.Due.Day(), Kind: "recommendation", Register: "recommendations", ID: r.ID, Actor: r.Addressee, Provider: r.Provider.Get()})
		}
		for _, x := range r.Measures {
			if x.Status != Done && x.Status != Declined && !x.Due.IsZero() {
				actor := x.Initiator
				if actor == "deputies" {
					actor = "council"
				}
				duties = append(duties, Duty{Date: x.Due.Day(), Kind: "measure", Register: "measures", ID: x.ID, Actor: actor, Provider: r.Provider.Get()})
			}
		}
	}
	for _, a := range m.Assessments {
		if !a.PlannedTo.IsZero() && len(a.Reports) == 0 {
			duties = append(duties, Duty{Date: a.PlannedTo.Day(), Kind: "assessment", Register: "assessments", ID: a.ID, Actor: "monitor"})
		}
	}
	slices.SortStableFunc(duties, func(a, b Duty) int { return a.Date.Compare(b.Date) })
	return duties
}
