package gitrepo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Tag is a tag of a commit.
type Tag struct {
	Name   string // without "refs/tags/"
	Commit Commit
}

// Tags returns the tags whose names begin with prefix, sorted by name. Tags of something
// other than a commit, and of commits that this clone does not have, are left out.
func (r *Repo) Tags(prefix string) (tags []Tag, err error) {
	err = r.with(func(o objects) error {
		references, err := r.storage.IterReferences()
		if err != nil {
			return err
		}
		defer references.Close()
		return references.ForEach(func(ref *plumbing.Reference) error {
			if name := ref.Name().Short(); ref.Name().IsTag() && strings.HasPrefix(name, prefix) {
				if c, err := o.peel(ref.Hash()); err == nil {
					tags = append(tags, Tag{name, c.commit})
				}
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("tags: %w", err)
	}
	slices.SortFunc(tags, func(a, b Tag) int { return cmp.Compare(a.Name, b.Name) })
	return tags, nil
}
