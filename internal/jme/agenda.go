package jme

import (
	"slices"
	"time"
)

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
