package consistency

import (
	"slices"
	"time"

	"achyk/internal/diag"
	"achyk/internal/jme"
)

// explanations reports an organisation or a provider that explains and is not named, and one that was
// not judged in the year: an organisation without a contract, a provider that was not looked at. Where
// no contract or assessment of the year is recorded, nobody knows who was.
func (c *checker) explanations() {
	for _, x := range c.m.Explanations {
		named := ""
		var judged []string
		year := c.m.Cycle(x.Year, time.Time{})
		switch x.By {
		case "organisation":
			named = x.Organisation.ID
			for _, d := range c.m.Contracts {
				if slices.Contains(year.Deals, d) || d.Signed.Year() == x.Year {
					judged = append(judged, d.Organisation.ID)
				}
			}
		case "provider":
			named = x.Provider.ID
			for _, a := range year.Assessments {
				judged = append(judged, a.Provider.ID)
			}
		default:
			continue
		}
		switch {
		case named == "":
			c.at(jme.Explanations, x.ID, x.By, diag.ExplainerMissing, diag.Args{"parent": x.ID, "column": x.By})
		case len(judged) > 0 && !slices.Contains(judged, named):
			c.at(jme.Explanations, x.ID, x.By, diag.ExplainerElsewhere, diag.Args{"parent": x.ID, "column": x.By})
		}
	}
}
