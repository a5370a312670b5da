package regulation

import (
	"achyk/internal/locale"
)

// Turn is an outcome before and after something changed: an assumption is read otherwise, or the
// records are others.
type Turn struct{ From, To *Outcome } // one may be nil: there is no such outcome

// Turns are the outcomes that differ between two evaluations: those of another kind or with
// another delay, and those that are in one only. They are in the order of from, then of to. An
// outcome that does not apply and one that there is not are the same.
func Turns(from, to []*Outcome) (turns []Turn) {
	after := map[string]*Outcome{} // by municipality and id
	for _, o := range to {
		after[o.Municipality+"/"+o.ID()] = o
	}
	for _, o := range from {
		key := o.Municipality + "/" + o.ID()
		if now := after[key]; Turned(o, now) {
			turns = append(turns, Turn{o, now})
		}
		delete(after, key)
	}
	for _, o := range to {
		if now := after[o.Municipality+"/"+o.ID()]; now != nil && Turned(nil, now) {
			turns = append(turns, Turn{nil, now})
		}
	}
	return turns
}

// Turned reports whether an outcome, which may be nil, is another one than before.
func Turned(from, to *Outcome) bool {
	if from == nil || to == nil {
		is := from
		if is == nil {
			is = to
		}
		return is != nil && is.Kind != NotApplicable
	}
	return from.Kind != to.Kind || from.DaysLate != to.DaysLate
}

// Of is the outcome that the turn is about, as it is afterwards, if there is one.
func (t Turn) Of() *Outcome {
	if t.To != nil {
		return t.To
	}
	return t.From
}

// Sentence says from what to what the outcome turns.
func (t Turn) Sentence(p *locale.Printer) string {
	return p.F("regulation.turn", locale.Args{"From": t.From.Standing(p), "To": t.To.Standing(p)})
}

// Standing is the kind of an outcome and its delay in words. Of no outcome, nil, it says that
// there is none.
func (o *Outcome) Standing(p *locale.Printer) string {
	switch {
	case o == nil:
		return p.T("regulation.no_outcome")
	case o.DaysLate > 0:
		return p.F("regulation.late_by", locale.Args{"Kind": o.Kind.Word(p), "Days": ADay.Count(o.DaysLate)})
	}
	return o.Kind.Word(p)
}
