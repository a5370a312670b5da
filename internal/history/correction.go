package history

import (
	"slices"
	"strings"

	"achyk/internal/gitrepo"
)

// Reason is why a commit corrects what is published, as its message says in a trailer:
//
//	Correction: the points of member 2 stand otherwise in minutes 7
//
// or the same word in Kyrgyz or Russian. It is empty where no reason is given.
func Reason(c gitrepo.Commit) string {
	return c.Trailer("Correction", "Түзөтүү", "Исправление")
}

// Correction is the commit's Reason or, of a merge without one, those of the commits it
// brought: with one, what it changed is a correction of what was published, and shown as
// such.
func (c *Commit) Correction() string {
	if reason := Reason(c.Commit); reason != "" {
		return reason
	}
	var reasons []string
	for _, b := range c.brought {
		if reason := Reason(b); reason != "" && !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
		}
	}
	return strings.Join(reasons, "; ")
}

// Brought tells a history just read what its merges brought (gitrepo.Merged). Read does
// not look for it: that takes every commit there is, and only pages of changes need it.
func (h *History) Brought(merged map[string][]gitrepo.Commit) {
	for _, c := range h.Commits {
		c.brought = merged[c.Hash]
	}
}
