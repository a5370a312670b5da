package gitrepo

import (
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/signature"
)

// Blob is the hash of the content of a file. The zero value is no file.
type Blob [20]byte

// IsZero reports whether there is no file.
func (b Blob) IsZero() bool { return b == Blob{} }

// Step is what one commit changed in a folder.
type Step struct {
	Commit  Commit
	Parents int          // number of parents: 0 for a root commit, 2 or more for a merge
	Changes []FileChange // by path
}

// FileChange is a file that a commit added, removed or changed.
type FileChange struct {
	Path     string // relative to the folder given to Open
	Old, New Blob   // Old is zero for a new file, New for a removed one
}

// Shallow returns the sorted hashes of the commits at which a shallow clone is cut off:
// those whose parents this clone does not have. A whole repository has none.
func (r *Repo) Shallow() ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	hashes, err := r.store.Shallow()
	if err != nil {
		return nil, fmt.Errorf("read where the clone is cut off: %w", err)
	}
	names := make([]string, len(hashes))
	for i, h := range hashes {
		names[i] = h.String()
	}
	slices.Sort(names)
	return names, nil
}

// Walk yields tip, its first parent, that commit's first parent and so on to the first
// commit, whatever their times are. So a merged branch is one step. Each step has the
// files below dir that differ from those of the first parent. Links, submodules and names
// that are not UTF-8 are left out. The oldest commit of a shallow clone has no changes,
// because its parent is not there to compare with.
func (r *Repo) Walk(tip Commit, dir string) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		if err := r.walk(tip, dir, yield); err != nil {
			yield(Step{}, fmt.Errorf("walk from commit %s: %w", tip.Hash, err))
		}
	}
}

func (r *Repo) walk(tip Commit, dir string, yield func(Step, error) bool) error {
	if !fs.ValidPath(dir) {
		return &fs.PathError{Op: "walk", Path: dir, Err: fs.ErrInvalid}
	}
	shallow, err := r.Shallow()
	if err != nil {
		return err
	}
	o, err := r.newObjects()
	if err != nil {
		return err
	}
	commit := func(h plumbing.Hash) (commitObject, plumbing.Hash, error) {
		c, err := o.commit(h)
		if err != nil {
			return commitObject{}, plumbing.ZeroHash, err
		}
		tree, err := o.folder(c.tree, path.Join(r.prefix, dir))
		return c, tree, err
	}
	current, tree, err := commit(plumbing.NewHash(tip.Hash))
	for err == nil {
		step := Step{Commit: current.commit, Parents: len(current.parents)}
		_, cut := slices.BinarySearch(shallow, current.commit.Hash)
		last := len(current.parents) == 0 || cut
		var next commitObject
		var before plumbing.Hash
		if !last {
			next, before, err = commit(current.parents[0])
		}
		if err == nil && !cut {
			err = o.compare(dir, before, tree, &step.Changes)
		}
		if err != nil {
			break
		}
		if !yield(step, nil) || last {
			return nil
		}
		current, tree = next, before
	}
	return err
}

// folder returns the tree at a path below a tree, or zero if there is no such folder.
func (o *objects) folder(tree plumbing.Hash, name string) (plumbing.Hash, error) {
	if name == "." {
		return tree, nil
	}
next:
	for segment := range strings.SplitSeq(name, "/") {
		data, err := o.read(plumbing.TreeObject, tree)
		for err == nil && len(data) > 0 {
			var e treeEntry
			if e, data, err = nextEntry(data); e.name == segment && e.folder() {
				tree = e.hash
				continue next
			}
		}
		return plumbing.ZeroHash, err
	}
	return tree, nil
}

// compare appends the files that differ between two trees at a path. The zero hash is an
// empty tree.
func (o *objects) compare(dir string, old, new plumbing.Hash, changes *[]FileChange) error {
	if old == new {
		return nil
	}
	a, err := o.entries(old)
	if err != nil {
		return err
	}
	b, err := o.entries(new)
	if err != nil {
		return err
	}
	for len(a) > 0 || len(b) > 0 {
		var was, is treeEntry
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].order() < b[0].order():
			was, a = a[0], a[1:]
		case len(a) == 0 || b[0].order() < a[0].order():
			is, b = b[0], b[1:]
		default:
			was, is, a, b = a[0], b[0], a[1:], b[1:]
		}
		name := path.Join(dir, was.name)
		if is.name != "" {
			name = path.Join(dir, is.name)
		}
		if was.folder() || is.folder() {
			if err := o.compare(name, was.hash, is.hash, changes); err != nil {
				return err
			}
			continue
		}
		change := FileChange{Path: name}
		if was.file() {
			change.Old = Blob(was.hash)
		}
		if is.file() {
			change.New = Blob(is.hash)
		}
		if change.Old != change.New && fs.ValidPath(name) {
			*changes = append(*changes, change)
		}
	}
	return nil
}

// entries lists a tree. The zero hash is an empty tree.
func (o *objects) entries(tree plumbing.Hash) (list []treeEntry, err error) {
	if tree.IsZero() {
		return nil, nil
	}
	data, err := o.read(plumbing.TreeObject, tree)
	for err == nil && len(data) > 0 {
		var e treeEntry
		e, data, err = nextEntry(data)
		list = append(list, e)
	}
	return list, err
}

// Blobs reads the content of files, and the signatures of commits. Reading versions of the
// same file one after another is fast. Only one goroutine may use it at a time.
type Blobs struct{ objects *objects }

// Blobs returns a new reader.
func (r *Repo) Blobs() (*Blobs, error) {
	o, err := r.newObjects()
	return &Blobs{o}, err
}

// Read returns the content of a file, or nil for the zero Blob. Callers must not change it.
func (b *Blobs) Read(blob Blob) ([]byte, error) {
	if blob.IsZero() {
		return nil, nil
	}
	return b.objects.read(plumbing.BlobObject, plumbing.Hash(blob))
}

// Signed returns the signature of a commit and the text that it signs.
func (b *Blobs) Signed(c Commit) (signature.Signed, error) {
	data, err := b.objects.read(plumbing.CommitObject, plumbing.NewHash(c.Hash))
	if err != nil {
		return signature.Signed{}, fmt.Errorf("signature of commit %s: %w", c.Hash, err)
	}
	return parseSigned(data), nil
}
