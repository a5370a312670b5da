package dataset

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// Kept returns a Dataset in which municipalities have only those built-in registers that have a
// record, or of which had says that they once had one, so that addresses of their pages and files
// may be known. The others are in their NotKept. No record refers to them, since they never had one.
// A municipality's own registers stay, since somebody described them, and so does a file that could
// not be read whole.
func Kept(d *jme.Dataset, had func(*table.Table) bool) *jme.Dataset {
	kept := *d
	kept.Municipalities = make([]*jme.Municipality, len(d.Municipalities))
	for i, m := range d.Municipalities {
		town := *m
		town.Tables = slices.DeleteFunc(slices.Clone(m.Tables), func(t *table.Table) bool {
			never := len(t.Rows) == 0 && t.Whole && jme.Schema(t.Schema.Name) != nil && !had(t)
			if never {
				town.NotKept = append(town.NotKept, t)
			}
			return never
		})
		kept.Municipalities[i] = town.With()
	}
	return &kept
}
