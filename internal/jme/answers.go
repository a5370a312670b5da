package jme

import (
	"slices"
	"time"
)

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
