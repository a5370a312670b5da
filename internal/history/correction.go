package history

import (
	"slices"
	"strings"

	"achyk/internal/gitrepo"
)

// Reason returns why a commit corrects what is published, as its message says in a trailer:
//
//	Correction: minutes 7 give other points of member 2
//
// The key may also be the same word in Kyrgyz or Russian. The reason is empty if there is no
// such trailer.
func Reason(c gitrepo.Commit) string {
	return c.Trailer("Correction", "Түзөтүү", "Исправление")
}

// Correction returns the commit's Reason or, for a merge without one, the reasons of the
// commits that it brought, joined by "; ". If it is not empty, pages show what the commit
// changed as a correction of what was published.
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

// Brought gives each merge of the history the commits that it brought, by the hash of the
// merge (see gitrepo.Merged). It must be called before the history is shared. Read does not
// do it, because it takes a reading of every commit and only pages of changes need it.
func (h *History) Brought(merged map[string][]gitrepo.Commit) {
	for _, c := range h.Commits {
		c.brought = merged[c.Hash]
	}
}
