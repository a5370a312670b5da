package evidence

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/scores"
)

// ContractYear is the year to which a contract belongs: the year of its contest, else of the
// first assessment under it, else of its signing.
func ContractYear(c *regulation.Case, d *jme.Contract) int {
	if x := d.Contest.Get(); x != nil {
		return x.Year
	}
	if year, known := c.FirstYear(d.ID); known {
		return year
	}
	return d.Signed.Day().Year()
}

// NotSelected is the organisation of a contract whose contest others won, or nil.
func NotSelected(d *jme.Contract) *jme.Organisation {
	if d.Contest.Get() == nil {
		return nil
	}
	won := scores.Winners(d.Contest.Get())
	if len(won) == 0 || slices.ContainsFunc(won, func(a *jme.Application) bool { return a.Organisation.ID == d.Organisation.ID }) {
		return nil
	}
	return d.Organisation.Get()
}

// Undated reports whether nobody knows that a contract was signed after the decision on its contest,
// because no day of that is recorded. What was signed before the call was not.
func Undated(x *jme.Contest, d *jme.Contract) bool {
	return x.Decided.IsZero() && !d.Signed.Day().Before(x.Announced.Day())
}

// Contestless finds a contract that is recorded as one on a contest, but not on which, and that can
// be on this one: it is with the winner or of the same year.
func Contestless(c *regulation.Case, x *jme.Contest, winner *jme.Application) *jme.Contract {
	for _, d := range c.Contracts {
		day, near := d.Signed.Day(), winner != nil && d.Organisation.ID == winner.Organisation.ID || d.Signed.Year() == x.Year
		if d.Route == "contest" && d.Contest.ID == "" && near && !day.Before(x.Announced.Day()) {
			return d
		}
	}
	return nil
}
