package gitrepo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/limits"
)

// ErrUnrelated says that two commits have no ancestor in common.
var ErrUnrelated = errors.New("no common ancestor")

// Ahead is what one commit has in its history that another commit has not.
type Ahead struct {
	// Base is the newest commit that both have. If branches were merged crosswise and
	// there are several, it is one of them.
	Base Commit
	// Commits are the commits that only the first has, each before its parents.
	Commits []Commit
	// Parents are the parents of those commits, by hash. A parent that is not in Commits
	// is in the history of the other commit too.
	Parents map[string][]Commit
}

// Ahead returns what tip has that other has not: the commits that `git log other..tip`
// lists, on both sides of every merge. The error is ErrUnrelated if the two have no commit
// in common, and limits.Exceeded if there are more than limits.Commits of them.
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
	g := &graph{o, map[plumbing.Hash]commitObject{}, limits.Messages}
	theirs := map[plumbing.Hash]bool{}
	if err := g.addAncestors(theirs, other); err != nil {
		return a, err
	}
	var common []plumbing.Hash // the commits at which our part of the graph meets theirs
	seen := map[plumbing.Hash]bool{}
	var visit func(plumbing.Hash) error
	visit = func(h plumbing.Hash) error {
		if seen[h] {
			return nil
		}
		seen[h] = true
		c, err := g.commit(h)
		if err != nil {
			return err
		}
		if theirs[h] {
			common = append(common, h)
			return nil
		}
		var parents []Commit
		for _, p := range c.parents {
			if err := visit(p); err != nil {
				return err
			}
			parents = append(parents, g.known[p].commit)
		}
		a.Parents[c.commit.Hash] = parents
		a.Commits = append(a.Commits, c.commit) // after its parents
		return nil
	}
	if err := visit(tip); err != nil {
		return a, err
	}
	slices.Reverse(a.Commits)
	a.Base, err = g.newest(common)
	return a, err
}

// graph reads the commits of a repository and remembers them.
type graph struct {
	objects objects
	known   map[plumbing.Hash]commitObject
	left    int // bytes of messages and parents that it may still remember
}

func (g *graph) commit(h plumbing.Hash) (commitObject, error) {
	if c, ok := g.known[h]; ok {
		return c, nil
	}
	c, err := g.objects.commit(h)
	if err != nil {
		return c, err
	}
	if len(g.known) == limits.Commits {
		return c, &limits.Exceeded{What: "commits", Limit: limits.Commits}
	}
	if g.left -= c.weight(); g.left < 0 {
		return c, &limits.Exceeded{What: "bytes of the messages of commits", Limit: limits.Messages}
	}
	g.known[h] = c
	return c, nil
}

// addAncestors adds commits and all their ancestors to a set.
func (g *graph) addAncestors(set map[plumbing.Hash]bool, from ...plumbing.Hash) error {
	for len(from) > 0 {
		h := from[len(from)-1]
		from = from[:len(from)-1]
		if set[h] {
			continue
		}
		set[h] = true
		c, err := g.commit(h)
		if err != nil {
			return err
		}
		from = append(from, c.parents...)
	}
	return nil
}

// newest returns a commit of the list that is no ancestor of another one in it.
func (g *graph) newest(list []plumbing.Hash) (Commit, error) {
	older := map[plumbing.Hash]bool{}
	for _, h := range list {
		if err := g.addAncestors(older, g.known[h].parents...); err != nil {
			return Commit{}, err
		}
	}
	for _, h := range list {
		if !older[h] {
			return g.known[h].commit, nil
		}
	}
	return Commit{}, ErrUnrelated
}
