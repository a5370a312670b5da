package jme

import (
	"slices"
	"time"
)

// Answer says what became of a recommendation.
type Answer string

// The answers, the best first.
const (
	AnswerChecked  Answer = "checked-done" // somebody else checked that it was done
	AnswerSaid     Answer = "said-done"    // those who were to do it say that it was done
	AnswerNotFixed Answer = "not-fixed"    // they say so, and a check found that it does not suffice
	AnswerNow      Answer = "now"
	AnswerDeclined Answer = "declined"
	AnswerNone     Answer = "no-answer"
)

// Answers are all of them, those first that most need a reader's attention.
var Answers = []Answer{AnswerNone, AnswerDeclined, AnswerNotFixed, AnswerNow, AnswerSaid, AnswerChecked}

// Answer returns the best answer to a recommendation.
func (r *Recommendation) Answer() Answer {
	best := AnswerNone
	rank := []Answer{AnswerNone, AnswerDeclined, AnswerNow, AnswerNotFixed, AnswerSaid, AnswerChecked}
	for _, m := range r.Measures {
		answer := AnswerNow
		switch m.Status {
		case Declined:
			answer = AnswerDeclined
		case Done:
			answer = AnswerSaid
			if n := len(m.Verifications); n > 0 {
				if answer = AnswerNotFixed; m.Verifications[n-1].Result == "eliminated" {
					answer = AnswerChecked
				}
			}
		}
		if slices.Index(rank, answer) > slices.Index(rank, best) {
			best = answer
		}
	}
	return best
}

// Open reports whether something is still to be done about a recommendation: nobody declined it,
// and nobody says that it was done, or a check found that it was not. Until then its due day
// stands, whatever later day somebody promised.
func (r *Recommendation) Open() bool {
	a := r.Answer()
	return a == AnswerNone || a == AnswerNow || a == AnswerNotFixed
}

// Open reports whether a measure is still to be carried out.
func (m *Measure) Open() bool { return m.Status != Done && m.Status != Declined }

// Made is the day on which a recommendation was handed over: that of the first report on
// its assessment. It is zero if no report is recorded.
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
