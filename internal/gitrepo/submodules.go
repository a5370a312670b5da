package gitrepo

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/filemode"

	"achyk/internal/limits"
)

// Submodules returns the sorted paths of the submodules of a commit that are one of the folders or lie
// below it. Their files are in another repository, so no reader of this one sees them.
func (r *Repo) Submodules(c Commit, dirs ...string) (all []string, err error) {
	files, err := r.commitFS(c)
	if err != nil {
		return nil, err
	}
	seen := 0
	var search func(name string, n node) error
	search = func(name string, n node) error {
		switch seen++; {
		case !n.dir || seen > limits.Files:
			return nil
		case n.hash.IsZero():
			all = append(all, name)
			return nil
		}
		below, err := files.list(name)
		for i := 0; i < len(below) && err == nil; i++ {
			err = search(path.Join(name, below[i].name), below[i])
		}
		return err
	}
	for _, dir := range dirs {
		n, err := files.find(dir)
		if err == nil {
			err = search(dir, n)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return all, nil
}

// Staged returns the paths of the submodules that are in the index, which the next commit will have, as
// Submodules does. There are none if the index cannot be read.
func (r *Repo) Staged(dirs ...string) (all []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	index, err := r.storage.Index()
	if err != nil {
		return nil
	}
	for _, e := range index.Entries {
		name := e.Name
		if r.prefix != "." {
			name = strings.TrimPrefix(name, r.prefix+"/")
		}
		root, _, _ := strings.Cut(name, "/")
		if e.Mode == filemode.Submodule && slices.Contains(dirs, root) {
			all = append(all, name)
		}
	}
	return all
}
