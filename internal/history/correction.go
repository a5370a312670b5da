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

// Said returns what the commit did, in the words of its author: its subject or, for a merge that has
// only the words that git gives it, the subjects of the commits that it brought. A merge of a proposal
// on GitHub or GitLab has the proposal's title in the next line.
func (c *Commit) Said() []string {
	if !merge(c.Commit) {
		return []string{c.Subject}
	}
	if title, _, _ := strings.Cut(c.Body, "\n"); title != "" {
		return []string{title}
	}
	var said []string
	for _, b := range c.brought {
		if !merge(b) && !slices.Contains(said, b.Subject) {
			said = append(said, b.Subject)
		}
	}
	if said == nil {
		said = []string{c.Subject}
	}
	return said
}

// merge tells whether a commit's subject only says that it is a merge.
func merge(c gitrepo.Commit) bool {
	first, _, _ := strings.Cut(c.Subject, " ")
	return strings.TrimSuffix(first, ":") == "Merge"
}

// Brought gives each merge of the history the commits that it brought, by the hash of the
// merge (see gitrepo.Merged). It must be called before the history is shared. Read does not
// do it, because it takes a reading of every commit and only pages of changes need it.
func (h *History) Brought(merged map[string][]gitrepo.Commit) {
	for _, c := range h.Commits {
		c.brought = merged[c.Hash]
	}
}
