package evidence

import (
	"cmp"

	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// Listed are the entries of the year's list, of a service that is entered twice the first.
func Listed(c *regulation.Case) (entries []*jme.Entry) {
	first := map[string]bool{}
	for _, e := range c.Cycle.Entries {
		if line := cmp.Or(e.Service.ID, "entry "+e.ID); !first[line] {
			first[line], entries = true, append(entries, e)
		}
	}
	return entries
}

// ListYear is the year whose list a decision approved: the first, not before its own, whose list
// cites it. It is the year of the case if there is no such year.
func ListYear(c *regulation.Case, d *jme.Decision) int {
	year := c.Cycle.Year
	for _, e := range c.AnnualList {
		if e.Decision.Is(d) && e.Year >= d.Date.Year() {
			year = min(year, e.Year)
		}
	}
	return year
}

// Decided reports whether the decision on an entry has been made. Until then residents can
// still appeal for the service.
func Decided(e *jme.Entry) bool {
	d := e.Decision.Get()
	return d != nil && !d.Date.IsZero()
}
