package gitrepo

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"achyk/internal/limits"
)

// This package reads objects without go-git, for two reasons. go-git hashes every object that
// it decodes in search of forged SHA-1 collisions. That is right for objects from the network,
// but takes half of the time when thousands of versions are read, and git has already checked
// what is in the repository. And go-git allocates what an object says its size is, while anybody
// can commit a gigabyte of zeros in a megabyte. As in git, the checksum of zlib detects objects
// that a failing disk damaged.

// store is where the objects of a repository are: its own folder, and those of the
// repositories whose objects it uses (its alternates). All readers share it.
type store struct {
	folders []*dotgit.DotGit
	packs   []*pack
}

// mostAlternates is how many repositories may each use the objects of the next one, as in git.
const mostAlternates = 5

// add opens a folder and its alternates.
func (s *store) add(folder *dotgit.DotGit, depth int) error {
	packs, err := openPacks(folder)
	s.folders, s.packs = append(s.folders, folder), append(s.packs, packs...)
	if err != nil || depth == mostAlternates {
		return err
	}
	shared, err := folder.Alternates()
	if err != nil {
		return nil // there is no file of alternates, or they are gone; then an object is missing that is needed
	}
	for _, other := range shared {
		err = errors.Join(err, s.add(other, depth+1))
	}
	return err
}

// objects reads objects. Only one goroutine may use it at a time.
type objects struct {
	*store
	buffer *bufio.Reader
	before packPlace // the object before whose data the buffer stands
	zlib   io.ReadCloser

	// A cache of two generations. When the young one is full, it becomes the old one,
	// and what was the old one is dropped. Most deltas are based on an object that was
	// read just before.
	young, old map[packPlace]decoded
	size       int // of the young generation, in bytes
}

// decoded is an object after its deltas were applied. Its data must not be changed.
type decoded struct {
	kind plumbing.ObjectType
	data []byte
}

// generation is the size of each generation of the cache, in bytes. An object that is larger is
// a generation of its own.
const generation = 12 << 20

// newObjects returns a new reader. The first call opens the packs.
func (r *Repo) newObjects() (*objects, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.reader()
}

// reader is newObjects for callers that hold the lock.
func (r *Repo) reader() (*objects, error) {
	if r.store == nil {
		s := &store{}
		if err := s.add(dotgit.NewWithOptions(r.storage.Filesystem(), dotgit.Options{AlternatesFS: alternates}), 0); err != nil {
			return nil, errors.Join(fmt.Errorf("open packs: %w", err), s.close())
		}
		r.store = s
	}
	return &objects{store: r.store, buffer: bufio.NewReaderSize(nil, 8<<10), young: map[packPlace]decoded{}}, nil
}

// with calls a function with the reader that all methods of the repository share.
func (r *Repo) with(do func(o *objects) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shared == nil {
		o, err := r.reader()
		if err != nil {
			return err
		}
		r.shared = o
	}
	return do(r.shared)
}

// read returns the content of an object. Another kind of object is an error, and so is one of
// more than so many bytes (limits.Exceeded); but of a commit the bytes after those are left out.
func (o *objects) read(kind plumbing.ObjectType, h plumbing.Hash, most int) ([]byte, error) {
	d, err := o.find(h, most)
	if err == nil && d.kind != kind {
		err = fmt.Errorf("is a %s", d.kind)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, h, err)
	}
	return d.data, nil
}

// find is read for an object of any kind.
func (o *objects) find(h plumbing.Hash, most int) (decoded, error) {
	if at, ok := o.place(h); ok {
		return o.at(at, most)
	}
	var d decoded
	err := o.loose(h, func(kind plumbing.ObjectType, size int64) error {
		n, err := readable(kind, size, most)
		if err == nil {
			d.kind = kind
			d.data, err = o.take(n, n == size)
		}
		return err
	})
	return d, err
}

// readable returns how many bytes of an object of that size are read.
func readable(kind plumbing.ObjectType, size int64, most int) (int64, error) {
	switch {
	case size <= int64(most):
		return size, nil
	case kind == plumbing.CommitObject:
		return int64(most), nil
	}
	return 0, &limits.Exceeded{What: "bytes of a " + kind.String(), Have: size, Limit: int64(most)}
}

// place returns the place of an object in a pack.
func (o *objects) place(h plumbing.Hash) (packPlace, bool) {
	for _, p := range o.packs {
		if offset, err := p.index.FindOffset(h); err == nil {
			return packPlace{p, offset}, true
		}
	}
	return packPlace{}, false
}

// sizeOf returns the size of an object without reading it.
func (o *objects) sizeOf(h plumbing.Hash) (int64, error) {
	at, ok := o.place(h)
	if !ok {
		var size int64
		return size, o.loose(h, func(_ plumbing.ObjectType, n int64) error {
			size = n
			return nil
		})
	}
	if d, ok := o.known(at); ok {
		return int64(len(d.data)), nil
	}
	head, err := o.header(at)
	if err != nil || head.base < 0 {
		return head.size, err
	}
	data, err := o.unzipped(min(head.size, 20), false) // two numbers of up to ten bytes
	if err != nil {
		return 0, err
	}
	d := delta(data)
	_, ok1 := d.number()
	size, ok2 := d.number()
	if !ok1 || !ok2 {
		return 0, errDamaged
	}
	return int64(size), nil
}

// commit reads a commit.
func (o *objects) commit(h plumbing.Hash) (commitObject, error) {
	data, err := o.read(plumbing.CommitObject, h, limits.CommitObject)
	if err != nil {
		return commitObject{}, err
	}
	return parseCommit(h, data)
}

// tree reads a tree. The zero hash is an empty one.
func (o *objects) tree(h plumbing.Hash) ([]byte, error) {
	if h.IsZero() {
		return nil, nil
	}
	return o.read(plumbing.TreeObject, h, limits.TreeObject)
}

// at decodes the object at a place. It follows the deltas down to a whole object or one
// in the cache, then applies them in the opposite order.
func (o *objects) at(at packPlace, most int) (d decoded, err error) {
	var deltas []packHeader
	for {
		if known, ok := o.known(at); ok {
			d = known
			if len(deltas) == 0 {
				_, err = readable(d.kind, int64(len(d.data)), most)
			}
			break
		}
		head, err := o.header(at)
		if err != nil {
			return d, err
		}
		if head.base < 0 {
			limit := most
			if len(deltas) > 0 {
				limit = limits.DeltaBase
			}
			if d, err = o.whole(head, limit); err != nil {
				return d, err
			}
			break
		}
		if head.base >= at.offset && head.kind == plumbing.OFSDeltaObject || len(deltas) > 1<<12 {
			return d, errDamaged
		}
		deltas = append(deltas, head)
		at.offset = head.base
	}
	for i := len(deltas) - 1; i >= 0 && err == nil; i-- {
		limit := most
		if i > 0 {
			limit = limits.DeltaBase
		}
		d, err = o.patched(d, deltas[i], limit)
	}
	return d, err
}

// whole reads an object that is no delta.
func (o *objects) whole(head packHeader, most int) (decoded, error) {
	n, err := readable(head.kind, head.size, most)
	if err != nil {
		return decoded{}, err
	}
	data, err := o.unzipped(n, n == head.size)
	d := decoded{head.kind, data}
	if err == nil && n == head.size {
		o.keep(head.at, d)
	}
	return d, err
}

// patched reads a delta and applies it.
func (o *objects) patched(base decoded, head packHeader, most int) (decoded, error) {
	if head.size > limits.DeltaBase {
		return decoded{}, &limits.Exceeded{What: "bytes of a delta", Have: head.size, Limit: limits.DeltaBase}
	}
	if o.before != head.at {
		if _, err := o.header(head.at); err != nil {
			return decoded{}, err
		}
	}
	data, err := o.unzipped(head.size, true)
	if err != nil {
		return decoded{}, err
	}
	result, whole, err := delta(data).apply(base, most)
	if err == nil && whole {
		o.keep(head.at, result)
	}
	return result, err
}

func (o *objects) known(at packPlace) (decoded, bool) {
	d, ok := o.young[at]
	if !ok {
		if d, ok = o.old[at]; ok {
			o.keep(at, d)
		}
	}
	return d, ok
}

func (o *objects) keep(at packPlace, d decoded) {
	if o.size += len(d.data); o.size > generation {
		o.old, o.young, o.size = o.young, map[packPlace]decoded{}, len(d.data)
	}
	o.young[at] = d
}

// close closes the packs.
func (s *store) close() (err error) {
	for _, p := range s.packs {
		err = errors.Join(err, p.file.Close())
	}
	return err
}
