package regulation

import (
	"maps"
	"time"

	"achyk/internal/locale"
)

// Reading is one way to read an assumption.
type Reading struct {
	Assumption string // its code
	Value      string
}

// Otherwise is the kind an outcome would have if an assumption were read in another way, or if
// two were and neither alone would give another kind.
type Otherwise struct {
	Reading
	With Reading // the second reading; zero where the first alone is enough
	Kind Kind
	Due  time.Time

	titles []locale.Text // of the assumptions
}

// Together reports whether it takes two readings.
func (x *Otherwise) Together() bool { return x.With != Reading{} }

// readOtherwise applies the rule of a case by each other reading of the assumptions that the
// regulation names, then by each two, and notes where that gives another kind of outcome.
//
// A rule whose run has not asked how an assumption is read would give the same by any reading of
// it. So most runs need not be made.
func (e *evaluation) readOtherwise(all []*Outcome, c *Case) {
	others := c.others()
	asked := make([]map[string]bool, len(others)) // in the run by that reading
	for i, r := range others {
		asked[i] = c.asked
		if c.asked[r.Assumption] {
			asked[i] = e.compare(all, c, r)
		}
	}
	for i, a := range others {
		for j, b := range others[:i] {
			if a.Assumption != b.Assumption && asked[i][b.Assumption] && asked[j][a.Assumption] {
				e.compare(all, c, b, a)
			}
		}
	}
}

// others are the readings that differ from those of the case.
func (c *Case) others() (all []Reading) {
	for _, convention := range c.rule.Assumes {
		is, named := c.values[convention.Code]
		for _, value := range convention.Values {
			if named && value != is {
				all = append(all, Reading{convention.Code, value})
			}
		}
	}
	return all
}

// compare applies the rule by other readings, one or two, and notes where they give another
// kind than the outcomes have. It returns which assumptions the rule asked for.
func (e *evaluation) compare(all []*Outcome, c *Case, by ...Reading) map[string]bool {
	other := *c
	other.out, other.values, other.asked = nil, maps.Clone(c.values), map[string]bool{}
	found := Otherwise{Reading: by[0]}
	for _, r := range by {
		other.values[r.Assumption] = r.Value
		found.titles = append(found.titles, e.title(r.Assumption))
	}
	if len(by) > 1 {
		found.With = by[1]
	}
	i := 0
	for _, o := range e.check(&other) { // both are in the order of their subjects, and a rule gives one outcome to a subject
		for i < len(all) && compareRecords(all[i].Subject, o.Subject) < 0 {
			i++
		}
		if i == len(all) {
			break
		}
		is := all[i]
		if is.Subject != o.Subject || is.Kind == o.Kind || found.Together() && (is.turnsBy(by[0]) || is.turnsBy(by[1])) {
			continue
		}
		found.Kind, found.Due = o.Kind, o.Due
		is.Otherwise = append(is.Otherwise, found)
	}
	return other.asked
}

// turnsBy reports whether a reading alone gives the outcome another kind.
func (o *Outcome) turnsBy(r Reading) bool {
	for i := range o.Otherwise {
		if x := &o.Otherwise[i]; x.Reading == r && !x.Together() {
			return true
		}
	}
	return false
}

// title is what the municipality calls an assumption or, where it has no title, the code.
func (e *evaluation) title(code string) locale.Text {
	for _, a := range e.m.Regulation.Assumptions {
		if a.Code == code && !a.Title.IsZero() {
			return a.Title
		}
	}
	return locale.Same(code)
}
