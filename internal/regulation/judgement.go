package regulation

import (
	"slices"
	"time"

	"achyk/internal/jme"
)

// Judgement is what the regulation says of a municipality on a day. Everything in it is worked
// out once; whoever shows it only reads.
type Judgement struct {
	Municipality *jme.Municipality
	AsOf         time.Time    // midnight UTC
	Cycles       []*jme.Cycle // years with records or outcomes, newest first
	Outcomes     []Outcome    // by clause, year and subject
	Deadlines    []Deadline   // that lie ahead or have passed unmet, earliest first
	Missing      []Missing    // the gravest first
}

// Judge executes the regulation of a municipality. Rules that read a register named in unread,
// or one whose table was not read whole, are not checked.
func Judge(m *jme.Municipality, asOf time.Time, unread ...string) *Judgement {
	e := newEvaluation(m, asOf, unread)
	j := &Judgement{Municipality: m, AsOf: asOf, Outcomes: e.outcomes()}
	years := m.Years()
	for i := range j.Outcomes {
		years = append(years, j.Outcomes[i].Year) // a year without records can have outcomes
	}
	slices.Sort(years)
	years = slices.Compact(years)
	for _, year := range slices.Backward(years) {
		j.Cycles = append(j.Cycles, e.cycle(year))
	}
	j.Deadlines = deadlines(m, j.Outcomes, asOf)
	j.Missing = missing(m, j.Outcomes)
	return j
}
