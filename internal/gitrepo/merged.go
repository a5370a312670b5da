package gitrepo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/limits"
)

// Merged returns the commits that each merge between tip and the first commit brought, by
// the hash of the merge: the commits that were not in the history before the merge,
// beginning with the one that was merged. Walk counts a merge as one commit, but the
// reasons for it may be in the messages of the commits it brought. Commits that this clone
// does not have are left out. So is what exceeds a limit: commits before the first
// limits.Commits ones, and all others once their messages have limits.Messages bytes.
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
	left := limits.Messages
	for _, c := range slices.Backward(firstParents) {
		seen[c.hash] = true
		if len(c.parents) < 2 {
			continue
		}
		brought, err := o.unseen(c.parents[1:], seen, &left)
		if err != nil {
			return nil, err
		}
		if len(brought) > 0 {
			merged[c.hash.String()] = brought
		}
	}
	return merged, nil
}

// ancestor is a commit with its parents.
type ancestor struct {
	hash    plumbing.Hash
	parents []plumbing.Hash
}

// firstParents returns a commit, its first parent, that one's first parent and so on, as
// far as this clone has them and limits allow.
func (o objects) firstParents(tip plumbing.Hash) (list []ancestor, err error) {
	for h := tip; len(list) < limits.Commits; {
		c, err := o.commit(h)
		if missing(err) {
			break
		}
		if err != nil {
			return nil, err
		}
		list = append(list, ancestor{h, c.parents})
		if len(c.parents) == 0 {
			break
		}
		h = c.parents[0]
	}
	return list, nil
}

// missing reports whether an error says that a commit is not in this clone, or exceeds a limit.
func missing(err error) bool {
	over := (*limits.Exceeded)(nil)
	return errors.Is(err, plumbing.ErrObjectNotFound) || errors.As(err, &over)
}

// unseen returns commits and their ancestors, as far as they are not in the set and this
// clone has them, and adds them to the set. It subtracts what they take from left, and ends
// where nothing is left.
func (o objects) unseen(next []plumbing.Hash, seen map[plumbing.Hash]bool, left *int) (list []Commit, err error) {
	for next = slices.Clone(next); len(next) > 0 && *left > 0; {
		h := next[0]
		if next = next[1:]; seen[h] {
			continue
		}
		seen[h] = true
		c, err := o.commit(h)
		if missing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, c.commit)
		next = append(next, c.parents...)
		*left -= c.weight()
	}
	return list, nil
}
