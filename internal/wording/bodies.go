package wording

import (
	"slices"

	"achyk/internal/jme"
)

// Bodies are the words for those who owe what a clause asks, which stand in its key owes: the council, the
// executive body, the commission or group, and the organisation that monitors.
var Bodies = []string{"council", "executive", "panel", "monitor"}

// Owed returns the clauses that a body owes.
func Owed(r *jme.Regulation, body string) (clauses []*jme.Clause) {
	for i := range r.Clauses {
		if slices.Contains(r.Clauses[i].Owes, body) {
			clauses = append(clauses, &r.Clauses[i])
		}
	}
	return clauses
}
