package judgement

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/wording"
)

// Reason is why something counts as missing.
type Reason string

// The reasons.
const (
	NotDone       Reason = "overdue"     // the last day of a clause has passed and nothing is recorded
	NotAnswered   Reason = "no-answer"   // nobody answered a recommendation
	NotReplied    Reason = "no-reply"    // the provider has not replied to a finding against it
	NotActedOn    Reason = "obstruction" // no measure is recorded on an obstruction
	NotRecorded   Reason = "unknown"     // the records do not say whether a clause was kept
	NotVerified   Reason = "said-done"   // a measure is said to be done and nobody else looked
	TextNotInHand Reason = "text"        // the text of a clause is not in hand
)

// Reasons are all of them, the gravest first.
var Reasons = []Reason{NotDone, NotAnswered, NotReplied, NotActedOn, NotRecorded, NotVerified, TextNotInHand}

// Missing is one thing that ought to be on record and is not. Of its pointers one is set; which
// one follows from the reason.
type Missing struct {
	Reason         Reason
	Outcome        *regulation.Outcome // NotDone, NotRecorded
	Recommendation *jme.Recommendation // NotAnswered
	Finding        *jme.Finding        // NotReplied
	Obstruction    *jme.Obstruction    // NotActedOn
	Measure        *jme.Measure        // NotVerified
	Clause         *jme.Clause         // TextNotInHand
}

// Year returns the year whose monitoring lacks the record. It is 0 for what belongs to no year: the text of a clause, and
// a finding or recommendation on no assessment.
func (x *Missing) Year() int {
	var a *jme.Assessment
	switch {
	case x.Outcome != nil:
		return x.Outcome.Year
	case x.Recommendation != nil:
		a = assessed(x.Recommendation)
	case x.Finding != nil:
		a = x.Finding.Assessment.Get()
	case x.Measure != nil:
		a = assessed(x.Measure.Recommendation.Get())
	case x.Obstruction != nil:
		if a = x.Obstruction.Assessment.Get(); a == nil {
			return x.Obstruction.Date.Year()
		}
	}
	if a == nil {
		return 0
	}
	return a.Year
}

// assessed returns the assessment on which a recommendation was made, or nil.
func assessed(r *jme.Recommendation) *jme.Assessment {
	if r == nil || r.Finding.Get() == nil {
		return nil
	}
	return r.Finding.Get().Assessment.Get()
}

// missing lists what is missing, by reason and then in the order of outcomes, records and
// clauses. What an exemption covers is not missing.
func missing(m *jme.Municipality, outcomes []*regulation.Outcome, asOf time.Time) []Missing {
	var all []Missing
	for _, o := range outcomes {
		switch o.Kind {
		case regulation.Overdue:
			all = append(all, Missing{Reason: NotDone, Outcome: o})
		case regulation.Unknown:
			all = append(all, Missing{Reason: NotRecorded, Outcome: o})
		}
	}
	for _, r := range m.Recommendations {
		if r.Answer(asOf) == jme.AnswerNone {
			all = append(all, Missing{Reason: NotAnswered, Recommendation: r})
		}
		for _, x := range r.Measures {
			if a := x.Answer(); a == jme.AnswerSaid || a == jme.AnswerSelf {
				all = append(all, Missing{Reason: NotVerified, Measure: x})
			}
		}
	}
	for _, f := range m.Findings {
		if f.Unreplied() {
			all = append(all, Missing{Reason: NotReplied, Finding: f})
		}
	}
	for _, x := range m.Obstructions {
		if x.Measure.IsZero() {
			all = append(all, Missing{Reason: NotActedOn, Obstruction: x})
		}
	}
	for i := range m.Regulation.Clauses {
		if c := wording.On(&m.Regulation, &m.Regulation.Clauses[i], asOf); !c.InHand() && c.Holds(asOf) {
			all = append(all, Missing{Reason: TextNotInHand, Clause: &c.Clause})
		}
	}
	slices.SortStableFunc(all, func(a, b Missing) int {
		return cmp.Compare(slices.Index(Reasons, a.Reason), slices.Index(Reasons, b.Reason))
	})
	return all
}
