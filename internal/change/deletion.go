package change

import (
	"strings"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
)

// A commit that removes at least ten records of a register, and at least one in five of
// them, gives one finding (mass deletion) instead of one for each record. Fewer removed
// records are reported one by one.
const (
	massDeletionRecords  = 10
	massDeletionFraction = 5 // one record in five
)

// shown is the most records or cells that one finding names.
const shown = 5

// massDeletion finds the commits that removed a large part of a register. gone is the keys of
// the records that they removed.
func (j *judge) massDeletion(r *register) (gone map[string]bool, all []finding) {
	var removed []*edit
	for i := range r.edits {
		if e := &r.edits[i]; e.new == nil && e.now == "" {
			removed = append(removed, e)
		}
	}
	much := func(n int) bool { return n >= massDeletionRecords && n*massDeletionFraction >= len(r.was.Rows) }
	if !much(len(removed)) {
		return nil, nil
	}
	keys, commits := map[string][]string{}, map[string]gitrepo.Commit{}
	for _, e := range removed {
		by := e.author(j, "")
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
