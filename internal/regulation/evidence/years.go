package evidence

import (
	"cmp"

	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// Services is how many services entries name. One that is entered twice is one service.
func Services(entries []*jme.Entry) int {
	services := map[string]bool{}
	for _, e := range entries {
		services[cmp.Or(e.Service.ID, "entry "+e.ID)] = true
	}
	return len(services)
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
