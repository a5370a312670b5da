// Package object reads the objects of a git repository from packs and from files of their own. It
// reads without go-git, for two reasons. go-git hashes every object that it decodes in search of forged
// SHA-1 collisions. That is right for objects from the network, but takes half of the time when
// thousands of versions are read, and git has already checked what is in the repository. And go-git
// allocates what an object says its size is, while anybody can commit a gigabyte of zeros in a
// megabyte. As in git, the checksum of zlib detects objects that a failing disk damaged.
//
// What an object means, a commit or a tree, this package does not know.
package object

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"achyk/internal/limits"
)

// ErrMissing says that the repository lacks an object: it is a partial clone, or damaged.
var ErrMissing = plumbing.ErrObjectNotFound

// Store is where the objects of a repository are: its own folder, and those of the repositories
// whose objects it uses (its alternates). All readers share it. It does not see packs that are
// written after it was opened.
type Store struct {
	folders []*dotgit.DotGit
	packs   []*pack
}

// Open opens the packs of a git directory. Alternates, which have absolute paths, are
// looked up in the second file system.
func Open(dir, alternates billy.Filesystem) (*Store, error) {
	s := &Store{}
	if err := s.add(dotgit.NewWithOptions(dir, dotgit.Options{AlternatesFS: alternates}), 0); err != nil {
		return nil, errors.Join(fmt.Errorf("open packs: %w", err), s.Close())
	}
	return s, nil
}

// mostAlternates is how many repositories may each use the objects of the next one, as in git.
const mostAlternates = 5

// add opens a folder and its alternates.
func (s *Store) add(folder *dotgit.DotGit, depth int) error {
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

// Reader reads objects. Only one goroutine may use it at a time.
type Reader struct {
	store  *Store
	buffer *bufio.Reader
	before packPlace // the object before whose data the buffer stands
	zlib   io.ReadCloser

	// A cache of two generations. When the young one is full, it becomes the old one,
	// and what was the old one is dropped. Most deltas are based on an object that was
	// read just before.
	young, old map[packPlace]Object
	size       int // of the young generation, in bytes
}

// Object is an object after its deltas were applied.
type Object struct {
	Kind plumbing.ObjectType
	Data []byte // must not be changed
}

// generation is the size of each generation of the cache, in bytes. An object that is larger is
// a generation of its own.
const generation = 12 << 20

// NewReader returns a reader of the objects.
func (s *Store) NewReader() *Reader {
	return &Reader{store: s, buffer: bufio.NewReaderSize(nil, 8<<10), young: map[packPlace]Object{}}
}

// Read returns the content of an object. Another kind of object is an error, and so is one of
// more than so many bytes (limits.Exceeded); but of a commit the bytes after those are left out.
func (r *Reader) Read(kind plumbing.ObjectType, h plumbing.Hash, most int) ([]byte, error) {
	d, err := r.Find(h, most)
	if err == nil && d.Kind != kind {
		err = fmt.Errorf("is a %s", d.Kind)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, h, err)
	}
	return d.Data, nil
}

// Find is Read for an object of any kind.
func (r *Reader) Find(h plumbing.Hash, most int) (Object, error) {
	if at, ok := r.place(h); ok {
		return r.at(at, most)
	}
	var d Object
	err := r.loose(h, func(kind plumbing.ObjectType, size int64) error {
		n, err := readable(kind, size, most)
		if err == nil {
			d.Kind = kind
			d.Data, err = r.take(n, n == size)
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
func (r *Reader) place(h plumbing.Hash) (packPlace, bool) {
	for _, p := range r.store.packs {
		if offset, err := p.index.FindOffset(h); err == nil {
			return packPlace{p, offset}, true
		}
	}
	return packPlace{}, false
}

// Size returns the size of an object without reading it.
func (r *Reader) Size(h plumbing.Hash) (int64, error) {
	at, ok := r.place(h)
	if !ok {
		var size int64
		return size, r.loose(h, func(_ plumbing.ObjectType, n int64) error {
			size = n
			return nil
		})
	}
	if d, ok := r.known(at); ok {
		return int64(len(d.Data)), nil
	}
	head, err := r.header(at)
	if err != nil || head.base < 0 {
		return head.size, err
	}
	data, err := r.unzipped(min(head.size, 20), false) // two numbers of up to ten bytes
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

// at decodes the object at a place. It follows the deltas down to a whole object or one
// in the cache, then applies them in the opposite order.
func (r *Reader) at(at packPlace, most int) (d Object, err error) {
	var deltas []packHeader
	for {
		if known, ok := r.known(at); ok {
			d = known
			if len(deltas) == 0 {
				_, err = readable(d.Kind, int64(len(d.Data)), most)
			}
			break
		}
		head, err := r.header(at)
		if err != nil {
			return d, err
		}
		if head.base < 0 {
			limit := most
			if len(deltas) > 0 {
				limit = limits.DeltaBase
			}
			if d, err = r.whole(head, limit); err != nil {
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
		d, err = r.patched(d, deltas[i], limit)
	}
	return d, err
}

// whole reads an object that is no delta.
func (r *Reader) whole(head packHeader, most int) (Object, error) {
	n, err := readable(head.kind, head.size, most)
	if err != nil {
		return Object{}, err
	}
	data, err := r.unzipped(n, n == head.size)
	d := Object{head.kind, data}
	if err == nil && n == head.size {
		r.keep(head.at, d)
	}
	return d, err
}

// patched reads a delta and applies it.
func (r *Reader) patched(base Object, head packHeader, most int) (Object, error) {
	if head.size > limits.DeltaBase {
		return Object{}, &limits.Exceeded{What: "bytes of a delta", Have: head.size, Limit: limits.DeltaBase}
	}
	if r.before != head.at {
		if _, err := r.header(head.at); err != nil {
			return Object{}, err
		}
	}
	data, err := r.unzipped(head.size, true)
	if err != nil {
		return Object{}, err
	}
	result, whole, err := delta(data).apply(base, most)
	if err == nil && whole {
		r.keep(head.at, result)
	}
	return result, err
}

func (r *Reader) known(at packPlace) (Object, bool) {
	d, ok := r.young[at]
	if !ok {
		if d, ok = r.old[at]; ok {
			r.keep(at, d)
		}
	}
	return d, ok
}

func (r *Reader) keep(at packPlace, d Object) {
	if r.size += len(d.Data); r.size > generation {
		r.old, r.young, r.size = r.young, map[packPlace]Object{}, len(d.Data)
	}
	r.young[at] = d
}

// WithPrefix returns the hashes of objects that begin with some bytes.
func (s *Store) WithPrefix(prefix []byte) (hashes []plumbing.Hash, err error) {
	for _, folder := range s.folders {
		loose, err := folder.ObjectsWithPrefix(prefix)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, loose...)
	}
	for _, p := range s.packs {
		entries, err := p.index.Entries()
		if err != nil {
			return nil, err
		}
		for e, err := entries.Next(); err != io.EOF; e, err = entries.Next() {
			if err != nil {
				return nil, err
			}
			if bytes.HasPrefix(e.Hash[:], prefix) {
				hashes = append(hashes, e.Hash)
			}
		}
	}
	return hashes, nil
}

// Close closes the packs.
func (s *Store) Close() (err error) {
	for _, p := range s.packs {
		err = errors.Join(err, p.file.Close())
	}
	return err
}
