package gitrepo

import (
	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/gitrepo/object"
	"achyk/internal/limits"
)

// objects reads commits and trees. Only one goroutine may use it at a time.
type objects struct{ *object.Reader }

// newObjects returns a new reader. The first call opens the packs.
func (r *Repo) newObjects() (objects, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.reader()
}

// reader is newObjects for callers that hold the lock.
func (r *Repo) reader() (objects, error) {
	if r.store == nil {
		store, err := object.Open(r.storage.Filesystem(), alternates)
		if err != nil {
			return objects{}, err
		}
		r.store = store
	}
	return objects{r.store.NewReader()}, nil
}

// with calls a function with the reader that all methods of the repository share.
func (r *Repo) with(do func(o objects) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shared.Reader == nil {
		o, err := r.reader()
		if err != nil {
			return err
		}
		r.shared = o
	}
	return do(r.shared)
}

// commit reads a commit.
func (o objects) commit(h plumbing.Hash) (commitObject, error) {
	data, err := o.Read(plumbing.CommitObject, h, limits.CommitObject)
	if err != nil {
		return commitObject{}, err
	}
	return parseCommit(h, data)
}

// tree reads a tree. The zero hash is an empty one.
func (o objects) tree(h plumbing.Hash) ([]byte, error) {
	if h.IsZero() {
		return nil, nil
	}
	return o.Read(plumbing.TreeObject, h, limits.TreeObject)
}
