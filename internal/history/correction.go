package history

import "achyk/internal/gitrepo"

// Reason is why a commit corrects what is published, as its message says in a trailer:
//
//	Correction: the points of member 2 stand otherwise in minutes 7
//
// or the same word in Kyrgyz or Russian. It is empty where no reason is given.
func Reason(c gitrepo.Commit) string {
	return c.Trailer("Correction", "Түзөтүү", "Исправление")
}

// Correction is the commit's Reason: with one, what it changed is a correction of what was
// published, and shown as such.
func (c *Commit) Correction() string { return Reason(c.Commit) }
