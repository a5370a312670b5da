package evidence

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// CancelledBy reports whether a contest had been cancelled when a duty about it fell due.
func CancelledBy(x *jme.Contest, due time.Time) bool {
	return x.Result == jme.Cancelled && (due.IsZero() || !x.Decided.Day().After(due))
}

// Ahead reports whether a contest is still to be announced.
func Ahead(c *regulation.Case, x *jme.Contest) bool {
	return x.Announced.IsZero() && !x.Failed() && !c.Clock.Day(x.Closes).Before(c.AsOf)
}

// NonCommercial reports whether an organisation has one of the legal forms that the clause names
// and, where it has not, whether that is known.
func NonCommercial(c *regulation.Case, o *regulation.Outcome, org *jme.Organisation) (fits, known bool) {
	if org == nil {
		return false, false
	}
	o.See("organisations", org.ID)
	return slices.Contains(c.Words("forms"), org.LegalForm), org.LegalForm != "" && org.LegalForm != "other"
}

// Uncontested are the services on the year's list, once it is approved, for which no contest is recorded
// and that are not known to be monitored under a direct contract that a donor pays for. doubtful says that
// a contract is recorded that may be for one of them: it names neither its contest nor a service.
func Uncontested(c *regulation.Case, o *regulation.Outcome) (services []*jme.Entry, doubtful bool) {
	excepted := map[*jme.Entry]bool{}
	for _, d := range c.Contracts {
		if ContractYear(c, d) != c.Cycle.Year {
			continue
		}
		o.See("contracts", d.ID)
		named := false
		for _, a := range c.Cycle.Assessments {
			if !a.Contract.Is(d) {
				continue
			}
			for _, e := range c.Cycle.Entries {
				if Assesses(a, e) {
					named = true
					excepted[e] = excepted[e] || d.Route == "direct" && d.Funding == "donor"
				}
			}
		}
		doubtful = doubtful || d.Route == "contest" || !named
	}
	for _, e := range Listed(c) {
		contested := slices.ContainsFunc(c.ContestServices, func(s *jme.ContestService) bool { return s.Entry.Is(e) })
		if Decided(e) && !contested && !excepted[e] {
			services = append(services, e)
			o.See("annual_list", e.ID)
		}
	}
	return services, doubtful
}
