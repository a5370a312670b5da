package object

import (
	"bufio"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// pack is an open pack with its index.
type pack struct {
	file interface {
		io.ReaderAt
		io.Closer
	}
	index *idxfile.MemoryIndex
}

// packPlace is the place of an object.
type packPlace struct {
	pack   *pack
	offset int64
}

// openPacks opens the packs of a git directory.
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
		index, err := readIndex(file)
		if err = errors.Join(err, file.Close()); err != nil {
			return packs, fmt.Errorf("index of pack %s: %w", name, err)
		}
		file, err = dir.ObjectPack(name)
		if err != nil {
			return packs, err
		}
		packs = append(packs, &pack{file, index})
	}
	return packs, nil
}

// readIndex reads the index of a pack.
func readIndex(file io.ReadSeeker) (*idxfile.MemoryIndex, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, err
	}
	index := idxfile.NewMemoryIndex()
	return index, idxfile.NewDecoder(sized{bufio.NewReaderSize(file, 64<<10), size}).Decode(index)
}

// sized is a file that tells go-git its size. Only then does go-git compare the number of
// objects that an index claims with its size, before it allocates memory for them.
type sized struct {
	io.Reader
	size int64
}

func (s sized) Stat() (fs.FileInfo, error) { return size{n: s.size}, nil }

// size is an fs.FileInfo of which only the size is asked for.
type size struct {
	fs.FileInfo
	n int64
}

func (s size) Size() int64 { return s.n }

var errDamaged = errors.New("the pack is damaged")

// packHeader is what stands before the data of an object in a pack.
type packHeader struct {
	at   packPlace
	kind plumbing.ObjectType
	size int64 // of the object or the delta
	base int64 // offset of the object to which a delta is applied; -1 for a whole object
}

// header reads the header of the object at a place. The reader then stands before the data.
func (r *Reader) header(at packPlace) (head packHeader, err error) {
	r.before = packPlace{}
	r.buffer.Reset(io.NewSectionReader(at.pack.file, at.offset, 1<<62))
	b, err := r.buffer.ReadByte()
	if err != nil {
		return head, err
	}
	head = packHeader{at, plumbing.ObjectType(b >> 4 & 7), int64(b & 15), -1}
	for shift := 4; b >= 0x80; shift += 7 {
		if b, err = r.buffer.ReadByte(); err != nil || shift > 40 {
			return head, errors.Join(errDamaged, err)
		}
		head.size |= int64(b&0x7f) << shift
	}
	switch head.kind {
	case plumbing.OFSDeltaObject:
		distance := int64(-1)
		for b = 0x80; b >= 0x80; {
			if b, err = r.buffer.ReadByte(); err != nil || distance > 1<<50 {
				return head, errors.Join(errDamaged, err)
			}
			distance = (distance+1)<<7 | int64(b&0x7f)
		}
		if head.base = at.offset - distance; head.base < 0 {
			return head, errDamaged
		}
	case plumbing.REFDeltaObject:
		var h plumbing.Hash
		if _, err = io.ReadFull(r.buffer, h[:]); err == nil {
			head.base, err = at.pack.index.FindOffset(h)
		}
		if err != nil || head.base < 0 {
			return head, errors.Join(errDamaged, err)
		}
	case plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject:
	default:
		return head, errDamaged
	}
	r.before = at
	return head, nil
}

// unzip begins to decompress what follows in the buffer.
func (r *Reader) unzip() (err error) {
	r.before = packPlace{}
	if r.zlib == nil {
		r.zlib, err = zlib.NewReader(r.buffer)
	} else {
		err = r.zlib.(zlib.Resetter).Reset(r.buffer, nil)
	}
	if err != nil {
		return errors.Join(errDamaged, err)
	}
	return nil
}

// unzipped begins to decompress and takes the first n bytes.
func (r *Reader) unzipped(n int64, end bool) ([]byte, error) {
	if err := r.unzip(); err != nil {
		return nil, err
	}
	return r.take(n, end)
}

// take returns the next n decompressed bytes. With end they must be the last ones. Memory grows
// with the bytes that are there: n is only what the object claims.
func (r *Reader) take(n int64, end bool) ([]byte, error) {
	data := make([]byte, min(n, 1<<20))
	_, err := io.ReadFull(r.zlib, data)
	for int64(len(data)) < n && err == nil {
		had := len(data)
		data = append(data, make([]byte, min(int64(had), n-int64(had)))...)
		_, err = io.ReadFull(r.zlib, data[had:])
	}
	if err == nil && end {
		if n, last := r.zlib.Read(make([]byte, 1)); n > 0 || last != io.EOF { // this call compares the checksum
			err = errors.Join(errDamaged, last)
		}
	}
	return data, err
}

// delta is the sizes of base and result, followed by pieces to copy from the base and pieces to
// insert.
type delta []byte

// number takes a number off the delta.
func (d *delta) number() (n int, ok bool) {
	for shift := 0; len(*d) > 0 && shift < 42; shift += 7 {
		b := (*d)[0]
		*d = (*d)[1:]
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n, true
		}
	}
	return 0, false
}

// apply applies the delta. The result has at most so many bytes; see readable. whole tells
// whether it was not cut off there.
func (d delta) apply(base Object, most int) (result Object, whole bool, err error) {
	from, ok := d.number()
	size, ok2 := d.number()
	if !ok || !ok2 || from != len(base.Data) {
		return result, false, errDamaged
	}
	n, err := readable(base.Kind, int64(size), most)
	if err != nil {
		return result, false, err
	}
	out := make([]byte, 0, min(int(n), len(base.Data)+len(d))) // a result that repeats its base grows beyond
	for len(d) > 0 && len(out) < int(n) {
		piece, ok := d.piece(base.Data)
		if !ok || len(out)+len(piece) > size {
			return result, false, errDamaged
		}
		out = append(out, piece...)
	}
	if len(out) < int(n) || int(n) == size && len(d) > 0 {
		return result, false, errDamaged
	}
	return Object{base.Kind, out[:n]}, int(n) == size, nil
}

// piece takes the next instruction off the delta and returns the bytes that it adds.
func (d *delta) piece(base []byte) (piece []byte, ok bool) {
	op := (*d)[0]
	*d = (*d)[1:]
	if op < 0x80 {
		if op == 0 || int(op) > len(*d) {
			return nil, false
		}
		piece, *d = (*d)[:op], (*d)[op:]
		return piece, true
	}
	var offset, n int
	for bit := range 7 {
		if op>>bit&1 == 0 {
			continue
		}
		if len(*d) == 0 {
			return nil, false
		}
		if b := int((*d)[0]); bit < 4 {
			offset |= b << (8 * bit)
		} else {
			n |= b << (8 * (bit - 4))
		}
		*d = (*d)[1:]
	}
	if n == 0 {
		n = 1 << 16
	}
	if offset+n > len(base) {
		return nil, false
	}
	return base[offset : offset+n], true
}
