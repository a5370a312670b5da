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
