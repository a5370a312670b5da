package gitrepo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// Merged returns the commits that each merge between tip and the first commit brought, by
// the hash of the merge: the commits that were not in the history before the merge,
// beginning with the one that was merged. Walk counts a merge as one commit, but the
// reasons for it may be in the messages of the commits it brought. Commits that this clone
// does not have are left out.
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
	firstParents, err := o.firstParents(tip)
	if err != nil {
		return nil, err
	}
	merged, seen := map[string][]Commit{}, map[plumbing.Hash]bool{}
	for _, c := range slices.Backward(firstParents) {
		seen[plumbing.NewHash(c.commit.Hash)] = true
		if len(c.parents) < 2 {
			continue
		}
		brought, err := o.unseen(c.parents[1:], seen)
		if err != nil {
			return nil, err
		}
		if len(brought) > 0 {
			merged[c.commit.Hash] = brought
		}
	}
	return merged, nil
}

// firstParents returns a commit, its first parent, that one's first parent and so on, as
// far as this clone has them.
func (o *objects) firstParents(tip plumbing.Hash) (list []commitObject, err error) {
	for h := tip; ; {
		c, err := o.commit(h)
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		list = append(list, c)
		if len(c.parents) == 0 {
			return list, nil
		}
		h = c.parents[0]
	}
}

// unseen returns commits and their ancestors, as far as they are not in the set and this
// clone has them, and adds them to the set.
func (o *objects) unseen(next []plumbing.Hash, seen map[plumbing.Hash]bool) (list []Commit, err error) {
	for next = slices.Clone(next); len(next) > 0; {
		h := next[0]
		if next = next[1:]; seen[h] {
			continue
		}
		seen[h] = true
		c, err := o.commit(h)
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, c.commit)
		next = append(next, c.parents...)
	}
	return list, nil
}
