// Package steps says how far each step of a year has come, as of a day.
//
// The steps of a year are those of the process: why services were chosen, who monitors, what was found, what residents
// were told, what was done ([jme.StepName]). [Of] gives each a [State]: it is done, goes on, is not due yet, or lacks the
// records that it should have because a later step has begun or the year is over. The package looks at what is on record, not at whether it was
// done as the regulation asks: that is the matter of package regulation.
//
// Records of what happened after the day must not be in the cycle (jme.Municipality.Told). Days are midnight UTC.
package steps

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
)

// State says how far a step has come.
type State string

// The states. Pages show each as a shape and a word.
const (
	Done     State = "done"
	Now      State = "now"
	NotDue   State = "not-due"
	NoRecord State = "unknown"
)

// Step is one step of a year.
type Step struct {
	Name  jme.StepName
	State State
	Date  time.Time // when it was done, or until when it goes on; zero if that is not recorded
}

// Of returns the steps of a year and how far each has come on a day.
func Of(c *jme.Cycle, asOf time.Time) []Step {
	who := jme.StepContest
	if c.Municipality.Regulation.Act.Procedure == jme.ByGroup {
		who = jme.StepGroup
	}
	steps := []Step{choice(c), selection(c, who, asOf), findings(c, asOf), letter(c), answers(c, asOf)}
	// A step without records is not due yet, unless the year is over, or no earlier step goes on and a
	// later one has begun: then it was skipped, or not recorded.
	begun := func(s Step) bool { return s.State == Done || s.State == Now }
	open := false
	for i := range steps {
		if steps[i].State == "" {
			steps[i].State = NotDue
			if asOf.Year() > c.Year || !open && slices.ContainsFunc(steps[i:], begun) {
				steps[i].State = NoRecord
			}
		}
		open = open || steps[i].State == Now
	}
	return steps
}

// Current returns the index of the step that the year is at: the first that goes on, else
// the first that is not due yet, else the first that lacks records with all that follow it, else
// len(steps).
func Current(steps []Step) int {
	for _, want := range []State{Now, NotDue} {
		if i := slices.IndexFunc(steps, func(s Step) bool { return s.State == want }); i >= 0 {
			return i
		}
	}
	at := len(steps)
	for at > 0 && steps[at-1].State == NoRecord {
		at--
	}
	return at
}

// choice is done when the list is approved.
func choice(c *jme.Cycle) Step {
	s := Step{Name: jme.StepWhy}
	if n := len(c.Decisions); n > 0 { // before the last of them the list was not what it is
		s.State, s.Date = Done, c.Decisions[n-1].Date.Day()
	} else if len(c.Entries) > 0 {
		s.State = Now
	} else if c.Municipality.Regulation.Act.Procedure == jme.ByGroup {
		// As far as the text of the regulation by group is known, it asks for no list, only for
		// residents to be heard.
		for _, e := range c.Hearings {
			s.State, s.Date = Done, later(s.Date, e.Date.Day())
		}
	}
	return s
}

// selection is done when the group is formed, or when each contest has a signed
// contract.
func selection(c *jme.Cycle, name jme.StepName, asOf time.Time) Step {
	s := Step{Name: name}
	if name == jme.StepGroup {
		for _, p := range c.Panels {
			s.State, s.Date = Done, p.Formed.Day()
		}
		return s
	}
	signed := map[*jme.Contest]bool{}
	for _, d := range c.Deals {
		if !d.Signed.IsZero() {
			signed[d.Contest.Get()] = true
			s.State, s.Date = Done, later(s.Date, d.Signed.Day())
		}
	}
	// A contest without a contract is open, whatever other contracts were signed, unless it failed.
	for _, x := range c.Contests {
		ahead := x.Announced.IsZero() && x.Closes.IsZero() && len(x.Applications) == 0
		if signed[x] || ahead || x.Failed() && !x.Decided.Day().After(asOf) {
			continue
		}
		s.State, s.Date = Now, time.Time{}
		if !x.Closes.Day().Before(asOf) {
			s.Date = x.Closes.Day()
		}
	}
	return s
}

// findings is done when each assessment has a report that was delivered.
func findings(c *jme.Cycle, asOf time.Time) Step {
	s := Step{Name: jme.StepFindings}
	reported := 0
	for _, a := range c.Assessments {
		if !a.FieldworkFrom.IsZero() && !a.FieldworkFrom.Day().After(asOf) || len(a.Findings) > 0 || slices.ContainsFunc(a.Visits, func(v *jme.Visit) bool { return !v.Date.Day().After(asOf) }) {
			s.State = Now
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
		s.State = Done
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

// letter is done when each letter of the year is published, and each assessment with a report has one: on the day on
// which the last of them was first published.
func letter(c *jme.Cycle) Step {
	s := Step{Name: jme.StepLetter}
	told, all := map[string]bool{}, false // reports of which a published letter tells; one that names none tells of all
	for _, l := range c.AnalyticLetters {
		first := c.Municipality.FirstPublished(l)
		if first.IsZero() {
			return Step{Name: jme.StepLetter, State: Now}
		}
		s.State, s.Date, all = Done, later(s.Date, first), all || l.Reports == ""
		for id := range strings.FieldsSeq(l.Reports) {
			told[id] = true
		}
	}
	for _, a := range c.Assessments {
		untold := len(a.Reports) > 0 && !slices.ContainsFunc(a.Reports, func(r *jme.Report) bool { return told[r.ID] })
		if s.State == Done && !all && untold {
			return Step{Name: jme.StepLetter, State: Now}
		}
	}
	return s
}

// answers is done when each recommendation was carried out and checked, or declined.
func answers(c *jme.Cycle, asOf time.Time) Step {
	s := Step{Name: jme.StepAnswers}
	if len(c.Recommendations) == 0 {
		return s
	}
	s.State = Done
	for _, r := range c.Recommendations {
		if answer := r.Answer(asOf); answer != jme.AnswerChecked && answer != jme.AnswerDeclined {
			s.State = Now
			s.Date = later(s.Date, r.Due.Day())
		}
	}
	return s
}

// later returns the later one of two days.
func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
