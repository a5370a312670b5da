package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/gitrepo/text"
	"achyk/internal/limits"
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
	Read    int          // bytes of the commit and of the folders that were read to find them
	Cut     bool         // the parent exceeds a limit, so this is the last step and has no changes
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
	hashes, err := r.storage.Shallow()
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
// commit, whatever their times are. So a merged branch is one step. Each step has the wanted
// files below dir that differ from those of the first parent. Links, submodules, names that
// have characters that nobody can see, and files in more than limits.Depth
// folders are left out. The oldest commit of a shallow clone has no changes, because its parent
// is not there to compare with.
//
// Of a commit that changes more folders or files than limits allow, a step has only the files
// that tip has or that a later commit changed. So a commit that adds a million files, and the
// one that removes them, hide nothing of the others.
func (r *Repo) Walk(tip Commit, dir string, wanted func(name string) bool) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		if err := r.walk(tip, dir, wanted, yield); err != nil {
			yield(Step{}, fmt.Errorf("walk from commit %s: %w", tip.Hash, err))
		}
	}
}

func (r *Repo) walk(tip Commit, dir string, wanted func(name string) bool, yield func(Step, error) bool) error {
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
	if err != nil {
		return err
	}
	w := &walker{objects: o, wanted: wanted, dir: dir, known: map[string]bool{}}
	if err := w.start(tree); err != nil {
		return err
	}
	for {
		step := Step{Commit: current.commit, Parents: len(current.parents), Read: current.size}
		_, cut := slices.BinarySearch(shallow, current.commit.Hash)
		last := len(current.parents) == 0 || cut
		var next commitObject
		var before plumbing.Hash
		if !last {
			next, before, err = commit(current.parents[0])
		}
		if err == nil && !cut {
			err = w.step(before, tree, &step)
		}
		if over := (*limits.Exceeded)(nil); errors.As(err, &over) {
			step.Cut, last, err = true, true, nil
		}
		if err != nil {
			return err
		}
		if !yield(step, nil) || last {
			return nil
		}
		current, tree = next, before
	}
}

// folder returns the tree at a path below a tree, or zero if there is no such folder.
func (o objects) folder(tree plumbing.Hash, name string) (plumbing.Hash, error) {
	if name == "." {
		return tree, nil
	}
next:
	for segment := range strings.SplitSeq(name, "/") {
		data, err := o.tree(tree)
		for err == nil && len(data) > 0 {
			var e treeEntry
			if e, data, err = nextEntry(data); string(e.name) == segment && e.folder() {
				tree = e.hash
				continue next
			}
		}
		return plumbing.ZeroHash, err
	}
	return tree, nil
}

// walker finds what each step of a walk changed.
type walker struct {
	objects objects
	wanted  func(name string) bool
	dir     string
	known   map[string]bool // the wanted files that the tip has or that a step changed, and their folders

	only    bool // leave out what is not known
	left    int  // bytes of folders that may still be read for this step
	changes []FileChange
}

// start makes the files of the tip known.
func (w *walker) start(tree plumbing.Hash) error {
	w.left, w.changes = limits.ChangedFolder, nil
	if err := w.compare(w.dir, 0, plumbing.ZeroHash, tree); err != nil {
		return err
	}
	w.learn()
	return nil
}

// step writes what differs between two trees into a step.
func (w *walker) step(old, new plumbing.Hash, step *Step) error {
	w.left, w.changes, w.only = limits.ChangedFolder, nil, false
	err := w.compare(w.dir, 0, old, new)
	step.Read += limits.ChangedFolder - w.left
	if over := (*limits.Exceeded)(nil); errors.As(err, &over) {
		w.left, w.changes, w.only = 2*limits.ChangedFolder, nil, true
		err = w.compare(w.dir, 0, old, new)
		step.Read += 2*limits.ChangedFolder - w.left
	}
	if err != nil {
		return err
	}
	w.learn()
	step.Changes = w.changes
	return nil
}

// learn makes the changed files known.
func (w *walker) learn() {
	for _, c := range w.changes {
		for name := c.Path; name != w.dir && name != "." && !w.known[name]; name = path.Dir(name) {
			w.known[name] = true
		}
	}
}

// compare adds the files that differ between two trees at a path. The zero hash is an empty
// tree.
func (w *walker) compare(dir string, depth int, old, new plumbing.Hash) error {
	if old == new || depth > limits.Depth {
		return nil
	}
	a, err := w.objects.tree(old)
	if err != nil {
		return err
	}
	b, err := w.objects.tree(new)
	if err != nil {
		return err
	}
	if w.left -= len(a) + len(b); w.left < 0 {
		return &limits.Exceeded{What: "bytes of the folders that a commit changes", Limit: limits.ChangedFolder}
	}
	return w.mergeTrees(dir, depth, a, b)
}

// mergeTrees is compare for trees that were read.
func (w *walker) mergeTrees(dir string, depth int, a, b []byte) (err error) {
	var was, is treeEntry // the next entries; without a name at the end of the tree
	for {
		if was.name == nil {
			if was, a, err = nextEntry(a); err != nil {
				return err
			}
		}
		if is.name == nil {
			if is, b, err = nextEntry(b); err != nil {
				return err
			}
		}
		var x, y treeEntry
		switch order := was.compare(&is); {
		case was.name == nil && is.name == nil:
			return nil
		case order < 0:
			x, was = was, treeEntry{}
		case order > 0:
			y, is = is, treeEntry{}
		default:
			x, y, was, is = was, is, treeEntry{}, treeEntry{}
		}
		if x.hash == y.hash && x.file() == y.file() {
			continue
		}
		if err := w.entry(dir, depth, x, y); err != nil {
			return err
		}
	}
}

// entry adds what differs between two entries of the same name; one of them may be missing.
func (w *walker) entry(dir string, depth int, was, is treeEntry) error {
	base := string(was.name)
	if was.name == nil {
		base = string(is.name)
	}
	name := path.Join(dir, base)
	if w.only && !w.known[name] || text.Visible(base) != base || !fs.ValidPath(name) || strings.ContainsAny(base, "/\n\t") {
		return nil
	}
	if was.folder() || is.folder() {
		return w.compare(name, depth+1, was.hash, is.hash)
	}
	change := FileChange{Path: name}
	if was.file() {
		change.Old = Blob(was.hash)
	}
	if is.file() {
		change.New = Blob(is.hash)
	}
	if change.Old == change.New || !w.wanted(name) {
		return nil
	}
	if len(w.changes) == limits.ChangedFiles {
		return &limits.Exceeded{What: "files that a commit changes", Limit: limits.ChangedFiles}
	}
	w.changes = append(w.changes, change)
	return nil
}

// Blobs reads the content of files, and the signatures of commits. Reading versions of the
// same file one after another is fast. Only one goroutine may use it at a time.
type Blobs struct{ objects objects }

// Blobs returns a new reader.
func (r *Repo) Blobs() (*Blobs, error) {
	o, err := r.newObjects()
	return &Blobs{o}, err
}

// Read returns the content of a file, or nil for the zero Blob. Callers must not change it. The
// error is [limits.Exceeded] if it has more than so many bytes.
func (b *Blobs) Read(blob Blob, most int) ([]byte, error) {
	if blob.IsZero() {
		return nil, nil
	}
	return b.objects.Read(plumbing.BlobObject, plumbing.Hash(blob), most)
}

// Signed returns the signature of a commit and the text that it signs. Of a commit of more than
// limits.CommitObject bytes the end is missing, so the signature does not match.
func (b *Blobs) Signed(c Commit) (signature.Signed, error) {
	data, err := b.objects.Read(plumbing.CommitObject, plumbing.NewHash(c.Hash), limits.CommitObject)
	if err != nil {
		return signature.Signed{}, fmt.Errorf("signature of commit %s: %w", c.Hash, err)
	}
	return parseSigned(data), nil
}
