package jme

import (
	"slices"
	"strings"
	"time"
)

// State says how far a step, or a response, has come.
type State string

// The states. Pages show each as a shape and a word (ux.md 3.3).
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
	Date  time.Time // when it was done, or until when it goes on; zero if that is not recorded
}

// Steps returns the steps of the year and how far each has come on a day.
func (c *Cycle) Steps(asOf time.Time) []Step {
	who := StepContest
	if c.Municipality.Regulation.Act.Procedure == ByGroup {
		who = StepGroup
	}
	steps := []Step{c.choiceStep(), c.selectionStep(who, asOf), c.findingsStep(asOf), c.letterStep(), c.answersStep(asOf)}
	// A step without records is not due yet, unless no earlier step goes on and a later one has
	// begun: then it was skipped, or not recorded.
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

// Current returns the index of the step that the year is at: the first that goes on, else
// the first that is not due yet, else len(steps).
func Current(steps []Step) int {
	for _, want := range []State{StateNow, StateNotDue} {
		if i := slices.IndexFunc(steps, func(s Step) bool { return s.State == want }); i >= 0 {
			return i
		}
	}
	return len(steps)
}

// choiceStep is done when the list is approved.
func (c *Cycle) choiceStep() Step {
	s := Step{Name: StepWhy}
	if c.Decision != nil {
		s.State, s.Date = StateDone, c.Decision.Date.Day()
	} else if len(c.Entries) > 0 {
		s.State = StateNow
	} else if c.Municipality.Regulation.Act.Procedure == ByGroup {
		// As far as the text of the regulation by group is known, it asks for no list, only for
		// residents to be heard.
		for _, e := range c.Hearings {
			s.State, s.Date = StateDone, latest(s.Date, e.Date.Day())
		}
	}
	return s
}

// selectionStep is done when the group is formed, or when each contest has a signed
// contract.
func (c *Cycle) selectionStep(name StepName, asOf time.Time) Step {
	s := Step{Name: name}
	if name == StepGroup {
		for _, p := range c.Panels {
			s.State, s.Date = StateDone, p.Formed.Day()
		}
		return s
	}
	signed := map[*Contest]bool{}
	for _, d := range c.Deals {
		if !d.Signed.IsZero() {
			signed[d.Contest.Get()] = true
			s.State, s.Date = StateDone, latest(s.Date, d.Signed.Day())
		}
	}
	// A contest without a contract is open, whatever other contracts were signed, unless it failed.
	for _, x := range c.Contests {
		ahead := x.Announced.IsZero() && x.Closes.IsZero() && len(x.Applications) == 0
		if signed[x] || ahead || x.Failed() && !x.Decided.Day().After(asOf) {
			continue
		}
		s.State, s.Date = StateNow, time.Time{}
		if !x.Closes.Day().Before(asOf) {
			s.Date = x.Closes.Day()
		}
	}
	return s
}

// findingsStep is done when each assessment has a report that was delivered.
func (c *Cycle) findingsStep(asOf time.Time) Step {
	s := Step{Name: StepFindings}
	reported := 0
	for _, a := range c.Assessments {
		if !a.FieldworkFrom.IsZero() && !a.FieldworkFrom.Day().After(asOf) || len(a.Findings) > 0 || slices.ContainsFunc(a.Visits, func(v *Visit) bool { return !v.Date.Day().After(asOf) }) {
			s.State = StateNow
		}
		for _, r := range a.Reports {
			if !r.Delivered.IsZero() {
				reported++
				s.Date = latest(s.Date, r.Delivered.Day())
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
				s.Date = latest(s.Date, a.PlannedTo.Day())
			}
		}
	}
	return s
}

// letterStep is done when each letter of the year is published, and each assessment with a report has one: on the day on
// which the last of them was first published.
func (c *Cycle) letterStep() Step {
	s := Step{Name: StepLetter}
	told, all := map[string]bool{}, false // reports of which a published letter tells; one that names none tells of all
	for _, l := range c.AnalyticLetters {
		first := c.Municipality.FirstPublished(l)
		if first.IsZero() {
			return Step{Name: StepLetter, State: StateNow}
		}
		s.State, s.Date, all = StateDone, latest(s.Date, first), all || l.Reports == ""
		for id := range strings.FieldsSeq(l.Reports) {
			told[id] = true
		}
	}
	for _, a := range c.Assessments {
		untold := len(a.Reports) > 0 && !slices.ContainsFunc(a.Reports, func(r *Report) bool { return told[r.ID] })
		if s.State == StateDone && !all && untold {
			return Step{Name: StepLetter, State: StateNow}
		}
	}
	return s
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

// answersStep is done when each recommendation was carried out and checked, or declined.
func (c *Cycle) answersStep(asOf time.Time) Step {
	s := Step{Name: StepAnswers}
	if len(c.Recommendations) == 0 {
		return s
	}
	s.State = StateDone
	for _, r := range c.Recommendations {
		if answer := r.Answer(asOf); answer != AnswerChecked && answer != AnswerDeclined {
			s.State = StateNow
			s.Date = latest(s.Date, r.Due.Day())
		}
	}
	return s
}
