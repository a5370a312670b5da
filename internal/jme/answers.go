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
	AnswerNow      Answer = "now"
	AnswerDeclined Answer = "declined"
	AnswerNone     Answer = "no-answer"
)

// Answer returns the best answer to a recommendation.
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
