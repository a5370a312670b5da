// Package history tells what became of each record of a repository's registers: which
// commit created it, which cells a commit changed from what to what, which commit removed
// it, and the reason that the commit's message gives.
//
// Read walks from one commit to the first one, always to the first parent, so that a
// merged branch counts as one commit. It compares each version of a register with the
// version before it: rows by the primary key that the register has now, then cell by cell.
// These differences are not changes: the order of rows or columns, quotes, line ends,
// spaces around a cell, another path of the file, another name of a column. Where two
// columns had the same name at different times, the one that has no such name now is told
// with a number.
//
// A version that cannot be read is reported with the reason. The next readable version is
// compared with the last readable one before it, and is given the changes of both. A
// record is Unclear if several rows have its key, if its row has more or fewer cells than
// the header, or if it appears after a version that could not be read.
//
// Cells of a column are shown only if some schema of the register, at any commit or now,
// names the column and none of them calls it personal. So a column that was published by
// mistake and removed does not appear again in the history.
//
// Memory holds all changes, and two versions of each register at a time. The changes
// between two versions depend only on the two versions and the schema, so they can be kept
// from one run to the next (see Cache).
package history

import (
	"path"
	"slices"
	"sync"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/signature"
	"achyk/internal/table"
)

// History is what the commits of a repository did to its registers. Callers must not
// change it.
type History struct {
	Commits []*Commit // those that touched a register, newest first
	Shallow bool      // older commits exist, but this clone does not have them

	mu     sync.Mutex
	index  map[string]map[string][]Change // by register and key; filled by register()
	tables map[[2]string]*table.Table     // by municipality and zone; filled by Table()
}

// Sets tells whether a commit set up the registers: no commit before it touched any.
func (h *History) Sets(c *Commit) bool { return !h.Shallow && c == h.Commits[len(h.Commits)-1] }

// Commit is a commit that touched registers. Commits are ordered by parentage, not by
// Time, which is what the clock of the author's computer said.
type Commit struct {
	gitrepo.Commit
	Signature signature.Verdict
	Touches   []Touch // by path

	brought []gitrepo.Commit // see Brought
}

// Touch is what a commit did to the file of one register.
type Touch struct {
	Path     string // of the file at this commit
	Register string // the register's present label: "osh/findings", "calendar"
	From     string // the file's path before this commit, if the commit moved it
	To       string // the file's path after this commit, if the commit moved it; the Touch of that path has the changes

	Problem diag.Code // why this version cannot be read; empty if it can
	Skipped int       // number of unreadable versions just before this one, whose changes are included here
	Columns Columns
	Records []Record // by key; none if only the form of the file changed
}

// Record is what a commit did to one record.
type Record struct {
	Key   string
	Kind  Kind
	Cells []Cell // the cells that changed, in the order of the columns
}

// Kind is what was done to a record.
type Kind string

// The kinds of a Record. Their messages are "history.kind.<kind>".
const (
	Created Kind = "created"
	Changed Kind = "changed"
	Removed Kind = "removed"
	Unclear Kind = "unclear" // see the package comment
)

// kinds are the kinds that a Record may have.
var kinds = []Kind{Created, Changed, Removed, Unclear}

// Readers are shown one of these two in place of Changed.
const (
	Filled    Kind = "filled"    // only cells that were empty got a value
	Corrected Kind = "corrected" // at least one value was replaced or removed
)

// Shown returns the record's kind as readers see it: Filled or Corrected for a record that
// changed, else its own.
func (r *Record) Shown() Kind {
	if r.Kind != Changed {
		return r.Kind
	}
	if slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Old != "" }) {
		return Corrected
	}
	return Filled
}

// After returns the kind of two changes of one record together: before, and then k. It is
// empty for a record that was created and removed again, and Corrected for one that was
// removed and created again.
func (k Kind) After(before Kind) Kind {
	switch {
	case before == "":
		return k
	case k == Unclear || before == Unclear:
		return Unclear
	case before == Created && k == Removed:
		return ""
	case before == Created:
		return Created
	case k == Removed:
		return Removed
	case before == Corrected || before == Removed:
		return Corrected
	}
	return k
}

// Cell is one cell before and after a commit. An empty value means that none was given.
type Cell struct{ Column, Old, New string }

// Change is one entry of a record's timeline.
type Change struct {
	*Record
	Commit *Commit
	Touch  *Touch
}

// Of returns the changes of a record, newest first. The municipality is empty for a
// register that all municipalities share.
func (h *History) Of(municipality, register, key string) []Change {
	return h.register(path.Join(municipality, register))[key]
}

// Shorten lets go of what no page of a site shows: the cells of records that a commit created. The pages show the
// records themselves. With these cells a history of 100,000 records takes 100 MB, without them 20 MB. Call it
// before others use the history.
func (h *History) Shorten() {
	for _, c := range h.Commits {
		for i := range c.Touches {
			for j := range c.Touches[i].Records {
				r := &c.Touches[i].Records[j]
				if r.Kind == Created {
					r.Cells = nil
				}
				*r = r.kept()
			}
		}
	}
}

// Keys returns the keys of all records that a register ever had, sorted.
func (h *History) Keys(municipality, register string) []string {
	var keys []string
	for key := range h.register(path.Join(municipality, register)) {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// register returns the changes of a register by key. The first call for a register
// collects them.
func (h *History) register(label string) map[string][]Change {
	h.mu.Lock()
	defer h.mu.Unlock()
	if known, ok := h.index[label]; ok {
		return known
	}
	records := map[string][]Change{}
	for _, c := range h.Commits {
		for i := range c.Touches {
			if t := &c.Touches[i]; t.Register == label {
				for j := range t.Records {
					r := &t.Records[j]
					records[r.Key] = append(records[r.Key], Change{r, c, t})
				}
			}
		}
	}
	if h.index == nil {
		h.index = map[string]map[string][]Change{}
	}
	h.index[label] = records
	return records
}
