package jme

import (
	"cmp"
	"slices"
	"time"
)

// Answer says what became of a recommendation, or of one measure.
type Answer string

// The answers. Pages show each as a shape and a word.
const (
	AnswerChecked  Answer = "checked-done" // somebody else checked that it was done
	AnswerSelf     Answer = "self-checked" // only those who were to do it checked that it was done
	AnswerSaid     Answer = "said-done"    // those who were to do it say that it was done
	AnswerNotFixed Answer = "not-fixed"    // they say so, and a check found that it is not
	AnswerPartly   Answer = "partly-fixed" // they say so, and a check found that it is in part only
	AnswerNow      Answer = "now"          // a measure is proposed, adopted or in progress
	AnswerLate     Answer = "overdue"      // the same, and the day has passed
	AnswerDeclined Answer = "declined"
	AnswerNone     Answer = "no-answer" // nobody has answered: the day that a report suggests is for the work, not for the reply
)

// Answers are all of them, those first that most need a reader's attention.
var Answers = []Answer{AnswerNone, AnswerDeclined, AnswerNotFixed, AnswerPartly, AnswerLate, AnswerNow, AnswerSaid, AnswerSelf, AnswerChecked}

// Answer returns what became of a recommendation, as of a day: the best answer that a measure
// gives. But as long as the last check of any measure found that it does not suffice, nothing
// else counts.
func (r *Recommendation) Answer(asOf time.Time) Answer {
	if len(r.Measures) == 0 {
		return AnswerNone
	}
	a, due := answer(r.Measures), cmp.Or(r.Due.Day(), r.Promised().Day())
	if a == AnswerNow && !due.IsZero() && due.Before(asOf) {
		return AnswerLate
	}
	return a
}

// Answer returns what became of a measure.
func (m *Measure) Answer() Answer { return answer([]*Measure{m}) }

// answer returns what became of measures on one recommendation.
func answer(measures []*Measure) Answer {
	best := AnswerDeclined
	rank := []Answer{AnswerDeclined, AnswerNow, AnswerSaid}
	var checks []*Verification
	for _, m := range measures {
		a := AnswerNow
		switch m.Status {
		case Declined:
			a = AnswerDeclined
		case Done:
			a, checks = AnswerSaid, append(checks, m.Verifications...)
		}
		if slices.Index(rank, a) > slices.Index(rank, best) {
			best = a
		}
	}
	others := false // have checked: what they found outweighs what a body says of itself
	for _, v := range byDay(checks) {
		self := v.Self()
		others = others || !self
		switch {
		case v.Result == "partly":
			best = AnswerPartly
		case v.Result != "eliminated":
			best = AnswerNotFixed
		case !self:
			best = AnswerChecked
		case !others:
			best = AnswerSelf
		}
	}
	return best
}

// Checks are the checks of a measure, the first of them first.
func (m *Measure) Checks() []*Verification { return byDay(slices.Clone(m.Verifications)) }

// byDay sorts checks by their days.
func byDay(checks []*Verification) []*Verification {
	slices.SortStableFunc(checks, func(a, b *Verification) int { return a.Date.Compare(b.Date.Time) })
	return checks
}

// Self reports whether a measure was checked by the body that carried it out, or that was to.
func (v *Verification) Self() bool {
	m := v.Measure.Get()
	if m == nil {
		return false
	}
	actors := []string{m.Initiator}
	if m.Initiator == "deputies" {
		actors = append(actors, "council")
	}
	if r := m.Recommendation.Get(); r != nil {
		actors = append(actors, r.Addressee)
		if p := r.Provider.Get(); p != nil && p.Kind == "executive-body" {
			actors = append(actors, "executive")
		}
	}
	return slices.Contains(actors, v.By)
}

// Open reports whether a recommendation is not carried out: nobody says that it was done, or a check
// found that it was not. Until then the day that the report suggested is shown, whether somebody
// declined the recommendation or promised a later day.
func (r *Recommendation) Open() bool {
	return len(r.Measures) == 0 || slices.Contains([]Answer{AnswerDeclined, AnswerNow, AnswerNotFixed, AnswerPartly}, answer(r.Measures))
}

// Declined reports whether a recommendation was declined.
func (r *Recommendation) Declined() bool {
	return len(r.Measures) > 0 && answer(r.Measures) == AnswerDeclined
}

// Open reports whether a measure is still to be carried out.
func (m *Measure) Open() bool { return m.Status != Done && m.Status != Declined }

// Suggested is the day that the report suggested for a recommendation that is not carried out. It is
// zero if the report named no day, or the recommendation is carried out.
func (r *Recommendation) Suggested() Date {
	if !r.Open() {
		return Date{}
	}
	return r.Due
}

// Promised is the day that those who are to act promised for it: the last of its open measures.
// It is zero if they promised none, or the day that the report suggested.
func (r *Recommendation) Promised() (day Date) {
	for _, m := range r.Measures {
		if m.Open() && m.Due.After(day.Time) {
			day = m.Due
		}
	}
	if day.Equal(r.Due.Time) {
		return Date{}
	}
	return day
}

// Made is the day on which a recommendation was handed over: that of the first report on
// its assessment. It is zero if no report is recorded.
func (r *Recommendation) Made() time.Time { return r.Finding.Get().Reported() }

// Unmet reports whether a finding is that a requirement was not kept, or in part only.
func (f *Finding) Unmet() bool { return f.Verdict == NonCompliant || f.Verdict == Partly }

// Unreplied reports whether a finding is against the provider, who has not replied to it.
func (f *Finding) Unreplied() bool { return f.Unmet() && len(f.Replies) == 0 }

// Reported is the day of the first report on the assessment of a finding. It is zero if none is recorded.
func (f *Finding) Reported() (first time.Time) {
	if f == nil || f.Assessment.Get() == nil {
		return first
	}
	for _, report := range f.Assessment.Get().Reports {
		first = earliest(first, report.Delivered.Day())
	}
	return first
}
