package gitrepo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Tag is a name that was given to a commit for good.
type Tag struct {
	Name   string // without "refs/tags/"
	Commit Commit
}

// Tags returns the tags whose names begin with prefix, in the order of their names, each
// with the commit it is for. Tags of anything but a commit, and of commits that are not
// in this clone, are left out.
func (r *Repo) Tags(prefix string) ([]Tag, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	references, err := r.store.IterReferences()
	if err != nil {
		return nil, fmt.Errorf("tags: %w", err)
	}
	defer references.Close()
	var tags []Tag
	err = references.ForEach(func(ref *plumbing.Reference) error {
		if name := ref.Name().Short(); ref.Name().IsTag() && strings.HasPrefix(name, prefix) {
			if c, err := r.peel(ref.Hash()); err == nil {
				tags = append(tags, Tag{name, commit(c)})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("tags: %w", err)
	}
	slices.SortFunc(tags, func(a, b Tag) int { return cmp.Compare(a.Name, b.Name) })
	return tags, nil
}
