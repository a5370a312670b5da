package object

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// loose opens an object that is a file of its own. It calls do with the kind and the size that
// the object claims; do may then take the data. Such a file is compressed as a whole and begins
// with "blob 1234" and a zero byte.
func (r *Reader) loose(h plumbing.Hash, do func(kind plumbing.ObjectType, size int64) error) error {
	for _, folder := range r.store.folders {
		file, err := folder.Object(h)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		r.buffer.Reset(file)
		return errors.Join(r.looseObject(do), file.Close())
	}
	return plumbing.ErrObjectNotFound
}

// looseObject is loose for a file that is open.
func (r *Reader) looseObject(do func(kind plumbing.ObjectType, size int64) error) error {
	if err := r.unzip(); err != nil {
		return err
	}
	var head []byte
	for b := [1]byte{1}; b[0] != 0; head = append(head, b[0]) {
		if _, err := io.ReadFull(r.zlib, b[:]); err != nil || len(head) == 32 {
			return errors.Join(errDamagedFile, err)
		}
	}
	word, digits, _ := strings.Cut(string(head[:len(head)-1]), " ")
	kind, err := plumbing.ParseObjectType(word)
	size, err2 := strconv.ParseInt(digits, 10, 63)
	if err = errors.Join(err, err2); err != nil || size < 0 {
		return errors.Join(errDamagedFile, err)
	}
	return do(kind, size)
}

var errDamagedFile = errors.New("the object is damaged")
