package evidence

import (
	"cmp"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
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

// Part names the services of some entries of the year's list, with a day those that were decided on that day. It is
// empty where they are all services of the list, or none.
func Part(c *regulation.Case, of []*jme.Entry, decided ...time.Time) (services locale.List) {
	seen := map[string]bool{}
	for _, e := range of {
		if d := e.Decision.Get(); !seen[e.Service.ID] && (len(decided) == 0 || d.Date.Day().Equal(decided[0])) {
			seen[e.Service.ID] = true
			services = append(services, ServiceOf(e.Service))
		}
	}
	if len(services) == len(Listed(c)) {
		return nil
	}
	return services
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
