package judgement

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
)

// Duty is something that must or will happen by a day, or that somebody was asked to do or promised to
// do by it; SetBy tells which.
type Duty struct {
	Date     time.Time
	Hour     time.Time // the moment, if the record names one; else zero
	Kind     string    // contest-closes, recommendation, measure, event, fieldwork-begins, fieldwork-ends
	SetBy    SetBy
	Register string
	ID       string
	Actor    string // applicants, council, executive, provider, monitor, everyone
	Provider *jme.Provider

	// The other day of the same recommendation. A promise never replaces the day that the report
	// suggested: each has its place and names the other.
	Suggested, Promised jme.Date

	Declined bool // the recommendation was declined; the day that was suggested is shown all the same
}

// SetBy is what makes something due on a day.
type SetBy string

// What can set a day. They are words of the column basis in the register of deadlines.
const (
	ByClause     SetBy = "clause"       // the regulation sets a term
	ByCall       SetBy = "announcement" // it was announced for that day
	BySuggestion SetBy = "suggestion"   // the report suggested the day
	ByPromise    SetBy = "promise"      // those who were asked to act promised the day
	ByPlan       SetBy = "plan"         // those who monitor planned it for that day
)

// Voluntary reports whether the day binds nobody: a report suggested it, those who were asked promised it, or those who
// monitor planned it. No regulation that is in hand sets a term for answers to recommendations or makes a plan binding, so such a
// day can pass, but nobody is late by it.
func (s SetBy) Voluntary() bool { return s.Proposed() || s == ByPlan }

// Proposed reports whether the day is only wished for: a report suggested it, or those who were asked promised it. It is no deadline
// and never stands before one. What is planned will happen, as what was announced.
func (s SetBy) Proposed() bool { return s == BySuggestion || s == ByPromise }

// agenda lists what lies ahead on a day, and what was suggested or promised and is not carried out, the
// earliest first. It knows only days that records name. Those that follow from the regulation are found by its
// rules.
func agenda(m *jme.Municipality, asOf time.Time) []Duty {
	var duties []Duty
	for _, c := range m.Contests {
		cancelled := c.Result == jme.Cancelled && !c.Decided.Day().After(asOf)
		if !c.Closes.IsZero() && !c.Closes.Day().Before(asOf) && !cancelled {
			duties = append(duties, Duty{Date: c.Closes.Day(), Hour: c.Closes.Time, Kind: "contest-closes", SetBy: ByCall, Register: "contests", ID: c.ID, Actor: "applicants"})
		}
	}
	for _, e := range m.Events {
		if !e.Date.Day().Before(asOf) {
			duties = append(duties, Duty{Date: e.Date.Day(), Kind: "event", SetBy: ByCall, Register: "events", ID: e.ID, Actor: "everyone"})
		}
	}
	for _, a := range m.Assessments {
		duties = append(duties, fieldwork(a, asOf)...)
	}
	for _, r := range m.Recommendations {
		suggested := r.Suggested()
		if !suggested.IsZero() {
			duties = append(duties, Duty{Date: r.Due.Day(), Kind: "recommendation", SetBy: BySuggestion, Register: "recommendations", ID: r.ID, Actor: r.Addressee, Provider: r.Provider.Get(), Promised: r.Promised(), Declined: r.Declined()})
		}
		for _, x := range r.Measures {
			if x.Open() && !x.Due.IsZero() && !x.Due.Equal(suggested.Time) { // else the day is there already
				actor := x.Initiator
				if actor == "deputies" {
					actor = "council"
				}
				duties = append(duties, Duty{Date: x.Due.Day(), Kind: "measure", SetBy: ByPromise, Register: "measures", ID: x.ID, Actor: actor, Provider: r.Provider.Get(), Suggested: suggested})
			}
		}
	}
	slices.SortStableFunc(duties, func(a, b Duty) int { return a.Date.Compare(b.Date) })
	return duties
}

// fieldwork lists the days on which the fieldwork of an assessment is to begin and to end, as long as it has not.
func fieldwork(a *jme.Assessment, asOf time.Time) (duties []Duty) {
	add := func(kind string, day jme.Date) {
		if !day.IsZero() {
			duties = append(duties, Duty{Date: day.Day(), Kind: kind, SetBy: ByPlan, Register: "assessments", ID: a.ID, Actor: "monitor"})
		}
	}
	began := !a.FieldworkFrom.IsZero() && !a.FieldworkFrom.Day().After(asOf) || len(a.Visits)+len(a.Findings) > 0
	ended := !a.FieldworkTo.IsZero() && a.FieldworkTo.Day().Before(asOf) || len(a.Reports) > 0
	if !began && !ended {
		add("fieldwork-begins", cmp.Or(a.FieldworkFrom, a.PlannedFrom))
	}
	if !ended {
		add("fieldwork-ends", cmp.Or(a.FieldworkTo, a.PlannedTo))
	}
	return duties
}
