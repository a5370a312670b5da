package jme

import (
	"slices"
	"time"
)

// Duty is something that must or will happen by a day that a record names.
type Duty struct {
	Date     time.Time
	Hour     time.Time // the moment, if the record names one; else zero
	Kind     string    // contest-closes, recommendation, measure, assessment, event
	Register string
	ID       string
	Actor    string // applicants, council, executive, provider, monitor, everyone
	Provider *Provider
}

// Agenda lists what lies ahead and what is overdue on a day, the earliest first. It knows
// only days that records name. Those that follow from the regulation are found by its
// rules.
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
