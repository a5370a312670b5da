package gitrepo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// Merged tells of each merge that Walk passes from tip on which commits it brought: those
// that the way had not before it, the one merged first. A merge is one public act, but
// what was said for it may stand in those. Commits that are not in this clone are left out.
func (r *Repo) Merged(tip Commit) (map[string][]Commit, error) {
	merged, err := r.merged(plumbing.NewHash(tip.Hash))
	if err != nil {
		return nil, fmt.Errorf("merges before commit %s: %w", tip.Hash, err)
	}
	return merged, nil
}

func (r *Repo) merged(tip plumbing.Hash) (map[string][]Commit, error) {
	o, err := r.newObjects()
	if err != nil {
		return nil, err
	}
	read := func(h plumbing.Hash) (w written, here bool, err error) {
		data, err := o.read(plumbing.CommitObject, h)
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			return w, false, nil
		}
		if err == nil {
			w, err = parseCommit(h, data)
		}
		return w, true, err
	}
	type stage struct {
		hash plumbing.Hash
		written
	}
	var way []stage // newest first
	for h := tip; ; {
		w, here, err := read(h)
		if err != nil {
			return nil, err
		}
		if !here {
			break
		}
		way = append(way, stage{h, w})
		if len(w.parents) == 0 {
			break
		}
		h = w.parents[0]
	}
	merged, seen := map[string][]Commit{}, map[plumbing.Hash]bool{}
	for _, s := range slices.Backward(way) {
		seen[s.hash] = true
		if len(s.parents) < 2 {
			continue
		}
		for next := slices.Clone(s.parents[1:]); len(next) > 0; {
			h := next[0]
			if next = next[1:]; seen[h] {
				continue
			}
			seen[h] = true
			w, here, err := read(h)
			if err != nil {
				return nil, err
			}
			if here {
				merged[s.hash.String()] = append(merged[s.hash.String()], w.commit)
				next = append(next, w.parents...)
			}
		}
	}
	return merged, nil
}
