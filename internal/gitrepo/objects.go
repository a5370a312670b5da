package gitrepo

import (
	"bufio"
	"compress/zlib"
	"errors"
	"fmt"
	"io"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// This file reads packs without go-git. go-git hashes every object that it decodes in
// search of forged SHA-1 collisions. That is right for objects from the network, but takes
// half of the time when thousands of versions are read, and git has already checked what
// is in the repository. As in git, the checksum of zlib detects objects that a failing
// disk damaged. go-git still reads the objects outside packs.

// pack is an open pack with its index. All readers share it.
type pack struct {
	file  billy.File
	index *idxfile.MemoryIndex
}

// openPacks opens the packs of a git directory and of the repositories whose objects it
// uses (its alternates).
func openPacks(dir *dotgit.DotGit) (packs []*pack, err error) {
	names, err := dir.ObjectPacks()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		file, err := dir.ObjectPackIdx(name)
		if err != nil {
			return packs, err
		}
		index := idxfile.NewMemoryIndex()
		err = errors.Join(idxfile.NewDecoder(file).Decode(index), file.Close())
		if err != nil {
			return packs, fmt.Errorf("index of pack %s: %w", name, err)
		}
		if file, err = dir.ObjectPack(name); err != nil {
			return packs, err
		}
		packs = append(packs, &pack{file, index})
	}
	shared, err := dir.Alternates()
	if err != nil {
		return packs, nil // there is no file of alternates, or go-git will report what is wrong with it
	}
	for _, other := range shared {
		more, err := openPacks(other)
		packs = append(packs, more...)
		if err != nil {
			return packs, err
		}
	}
	return packs, nil
}

// objects reads objects. Only one goroutine may use it at a time.
type objects struct {
	repo   *Repo
	packs  []*pack
	buffer *bufio.Reader
	zlib   io.ReadCloser

	// A cache of two generations. When the young one is full, it becomes the old one,
	// and what was the old one is dropped. Most deltas are based on an object that was
	// read just before.
	young, old map[packPlace]decoded
	size       int // of the young generation, in bytes
}

// packPlace is the place of an object.
type packPlace struct {
	pack   *pack
	offset int64
}

// decoded is an object after its deltas were applied. Its data must not be changed.
type decoded struct {
	kind plumbing.ObjectType
	data []byte
}

// largest is the greatest size of an object in bytes. A greater size is taken for damage.
const largest = 1<<31 - 1

// generation is the size of each generation of the cache, in bytes.
const generation = 12 << 20

// newObjects returns a new reader. The first call opens the packs.
func (r *Repo) newObjects() (*objects, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.packed {
		packs, err := openPacks(dotgit.NewWithOptions(r.store.Filesystem(), dotgit.Options{AlternatesFS: alternates}))
		r.packs = packs
		if err != nil {
			return nil, fmt.Errorf("open packs: %w", err)
		}
		r.packed = true
	}
	return &objects{repo: r, packs: r.packs, buffer: bufio.NewReaderSize(nil, 8<<10), young: map[packPlace]decoded{}}, nil
}

// read returns the content of an object. Another kind of object is an error.
func (o *objects) read(kind plumbing.ObjectType, h plumbing.Hash) ([]byte, error) {
	for _, p := range o.packs {
		offset, err := p.index.FindOffset(h)
		if err != nil {
			continue
		}
		d, err := o.at(packPlace{p, offset})
		if err == nil && d.kind != kind {
			err = fmt.Errorf("is a %s", d.kind)
		}
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", kind, h, err)
		}
		return d.data, nil
	}
	data, err := o.repo.object(kind, h)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, h, err)
	}
	return data, nil
}

// commit reads a commit.
func (o *objects) commit(h plumbing.Hash) (commitObject, error) {
	data, err := o.read(plumbing.CommitObject, h)
	if err != nil {
		return commitObject{}, err
	}
	return parseCommit(h, data)
}

// object reads an object through go-git.
func (r *Repo) object(kind plumbing.ObjectType, h plumbing.Hash) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o, err := r.store.EncodedObject(kind, h)
	if err != nil {
		return nil, err
	}
	rd, err := o.Reader()
	if err != nil {
		return nil, err
	}
	defer rd.Close()
	data := make([]byte, o.Size())
	_, err = io.ReadFull(rd, data)
	return data, err
}

// at decodes the object at a place. It follows the deltas down to a whole object or one
// in the cache, then applies them in the opposite order.
func (o *objects) at(at packPlace) (decoded, error) {
	var places []packPlace
	var deltas [][]byte
	for {
		if known, ok := o.known(at); ok {
			return o.build(known, places, deltas)
		}
		kind, base, data, err := o.inflate(at)
		if err != nil {
			return decoded{}, err
		}
		if base < 0 {
			whole := decoded{kind, data}
			o.keep(at, whole)
			return o.build(whole, places, deltas)
		}
		if base >= at.offset && kind == plumbing.OFSDeltaObject || len(places) > 1<<12 {
			return decoded{}, errDamaged
		}
		places, deltas = append(places, at), append(deltas, data)
		at.offset = base
	}
}

// build applies deltas to an object, beginning with the last one.
func (o *objects) build(d decoded, places []packPlace, deltas [][]byte) (decoded, error) {
	for i := len(deltas) - 1; i >= 0; i-- {
		data, err := patch(d.data, deltas[i])
		if err != nil {
			return decoded{}, err
		}
		d.data = data
		o.keep(places[i], d)
	}
	return d, nil
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

var errDamaged = errors.New("the pack is damaged")

// inflate reads the whole object or the delta at a place. base is the offset of the object
// to which a delta is applied, and -1 for a whole object.
func (o *objects) inflate(at packPlace) (kind plumbing.ObjectType, base int64, data []byte, err error) {
	o.buffer.Reset(io.NewSectionReader(at.pack.file, at.offset, 1<<62))
	b, err := o.buffer.ReadByte()
	if err != nil {
		return 0, 0, nil, err
	}
	kind, size := plumbing.ObjectType(b>>4&7), int64(b&15)
	for shift := 4; b >= 0x80; shift += 7 {
		if b, err = o.buffer.ReadByte(); err != nil || shift > 40 {
			return 0, 0, nil, errors.Join(errDamaged, err)
		}
		size |= int64(b&0x7f) << shift
	}
	base = -1
	switch kind {
	case plumbing.OFSDeltaObject:
		distance := int64(-1)
		for b = 0x80; b >= 0x80; {
			if b, err = o.buffer.ReadByte(); err != nil || distance > 1<<50 {
				return 0, 0, nil, errors.Join(errDamaged, err)
			}
			distance = (distance+1)<<7 | int64(b&0x7f)
		}
		if base = at.offset - distance; base < 0 {
			return 0, 0, nil, errDamaged
		}
	case plumbing.REFDeltaObject:
		var h plumbing.Hash
		if _, err = io.ReadFull(o.buffer, h[:]); err == nil {
			base, err = at.pack.index.FindOffset(h)
		}
		if err != nil {
			return 0, 0, nil, errors.Join(errDamaged, err)
		}
	case plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject:
	default:
		return 0, 0, nil, errDamaged
	}
	if o.zlib == nil {
		o.zlib, err = zlib.NewReader(o.buffer)
	} else {
		err = o.zlib.(zlib.Resetter).Reset(o.buffer, nil)
	}
	if err != nil {
		return 0, 0, nil, errors.Join(errDamaged, err)
	}
	if size > largest {
		return 0, 0, nil, errDamaged
	}
	data = make([]byte, size)
	if _, err = io.ReadFull(o.zlib, data); err == nil {
		if n, end := o.zlib.Read(make([]byte, 1)); n > 0 || end != io.EOF { // this call compares the checksum
			err = errors.Join(errDamaged, end)
		}
	}
	return kind, base, data, err
}

// patch applies a delta. A delta is the sizes of base and result, followed by pieces to
// copy from the base and pieces to insert.
func patch(base, delta []byte) ([]byte, error) {
	number := func() (n int, ok bool) {
		for shift := 0; len(delta) > 0 && shift < 42; shift += 7 {
			b := delta[0]
			delta = delta[1:]
			n |= int(b&0x7f) << shift
			if b < 0x80 {
				return n, true
			}
		}
		return 0, false
	}
	from, ok := number()
	size, ok2 := number()
	if !ok || !ok2 || from != len(base) || size > largest {
		return nil, errDamaged
	}
	out := make([]byte, 0, size)
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		if op < 0x80 {
			if op == 0 || int(op) > len(delta) {
				return nil, errDamaged
			}
			out, delta = append(out, delta[:op]...), delta[op:]
			continue
		}
		var offset, n int
		for bit := range 7 {
			if op>>bit&1 == 0 {
				continue
			}
			if len(delta) == 0 {
				return nil, errDamaged
			}
			if b := int(delta[0]); bit < 4 {
				offset |= b << (8 * bit)
			} else {
				n |= b << (8 * (bit - 4))
			}
			delta = delta[1:]
		}
		if n == 0 {
			n = 1 << 16
		}
		if offset+n > len(base) {
			return nil, errDamaged
		}
		out = append(out, base[offset:offset+n]...)
	}
	if len(out) != size {
		return nil, errDamaged
	}
	return out, nil
}
