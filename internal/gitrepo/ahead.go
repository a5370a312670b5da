package gitrepo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// ErrUnrelated says that two commits have no ancestor in common.
var ErrUnrelated = errors.New("no common ancestor")

// Ahead is what a commit has that another has not.
type Ahead struct {
	// Base is the newest commit that both have; where merges went crosswise and there
	// are several, one of them.
	Base Commit
	// Commits are what came after, newest first: none stands behind a parent of its own.
	Commits []Commit
	// Parents of those, by hash. Parents that are not among Commits the other has too.
	Parents map[string][]Commit
}

// Ahead returns what tip has that other has not: all that `git log other..tip` lists, with
// both sides of every merge.
func (r *Repo) Ahead(tip, other Commit) (Ahead, error) {
	a, err := r.ahead(plumbing.NewHash(tip.Hash), plumbing.NewHash(other.Hash))
	if err != nil {
		return a, fmt.Errorf("compare commit %s with %s: %w", tip.Hash, other.Hash, err)
	}
	return a, nil
}

func (r *Repo) ahead(tip, other plumbing.Hash) (Ahead, error) {
	a := Ahead{Parents: map[string][]Commit{}}
	o, err := r.newObjects()
	if err != nil {
		return a, err
	}
	known := map[plumbing.Hash]written{}
	read := func(h plumbing.Hash) (written, error) {
		w, ok := known[h]
		if ok {
			return w, nil
		}
		data, err := o.read(plumbing.CommitObject, h)
		if err == nil {
			w, err = parseCommit(h, data)
		}
		known[h] = w
		return w, err
	}
	// mark adds commits and all their ancestors to a set.
	mark := func(set map[plumbing.Hash]bool, from ...plumbing.Hash) error {
		for len(from) > 0 {
			h := from[len(from)-1]
			from = from[:len(from)-1]
			if set[h] {
				continue
			}
			set[h] = true
			w, err := read(h)
			if err != nil {
				return err
			}
			from = append(from, w.parents...)
		}
		return nil
	}
	theirs := map[plumbing.Hash]bool{}
	if err := mark(theirs, other); err != nil {
		return a, err
	}
	var common []plumbing.Hash // where the two ways meet
	seen := map[plumbing.Hash]bool{}
	var visit func(plumbing.Hash) error
	visit = func(h plumbing.Hash) error {
		if seen[h] {
			return nil
		}
		seen[h] = true
		if theirs[h] {
			common = append(common, h)
			return nil
		}
		w, err := read(h)
		if err != nil {
			return err
		}
		var parents []Commit
		for _, p := range w.parents {
			if err := visit(p); err != nil {
				return err
			}
			parents = append(parents, known[p].commit)
		}
		a.Parents[w.commit.Hash] = parents
		a.Commits = append(a.Commits, w.commit) // after its parents
		return nil
	}
	if err := visit(tip); err != nil {
		return a, err
	}
	slices.Reverse(a.Commits)

	older := map[plumbing.Hash]bool{}
	for _, h := range common {
		if err := mark(older, known[h].parents...); err != nil {
			return a, err
		}
	}
	for _, h := range common {
		if !older[h] {
			a.Base = known[h].commit
			return a, nil
		}
	}
	return a, ErrUnrelated
}
