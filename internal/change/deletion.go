package change

import (
	"strings"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
)

// A commit that takes away so many records of a register, and such a part of them, is
// no correction of one or the other, but a page torn out: it is said once, not a hundred
// times. Fewer are shown one by one, which people can still read.
const (
	massDeletionRecords  = 10
	massDeletionFraction = 5 // one in five
)

// shown is how many of many are named.
const shown = 5

// massDeletion finds commits that took away much of a register, and returns the keys of
// what they took.
func (j *judge) massDeletion(r *register) (gone map[string]bool, all []finding) {
	var removed []*edit
	for i := range r.edits {
		if e := &r.edits[i]; e.new == nil {
			removed = append(removed, e)
		}
	}
	much := func(n int) bool { return n >= massDeletionRecords && n*massDeletionFraction >= len(r.was.Rows) }
	if !much(len(removed)) {
		return nil, nil
	}
	keys, commits := map[string][]string{}, map[string]gitrepo.Commit{}
	for _, e := range removed {
		by := j.author(e.property(""))
		keys[by.Hash], commits[by.Hash] = append(keys[by.Hash], e.key), by
	}
	gone = map[string]bool{}
	for hash, list := range keys {
		if !much(len(list)) {
			continue
		}
		for _, key := range list {
			gone[key] = true
		}
		all = append(all, finding{
			code: diag.MassDeletion, old: strings.Join(list[:min(len(list), shown)], ", "), by: commits[hash],
			args: diag.Args{"have": len(list), "want": len(r.was.Rows)},
		})
	}
	return gone, all
}
