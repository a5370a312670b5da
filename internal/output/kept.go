package output

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// A set is written beside the site that it replaces. A file that is the same in both becomes a second
// name (hard link) of the one that is there. So files that did not change keep their times, programs
// that copy a site to a server (rsync) copy only what did, and the disk takes less to write. What the
// published site holds is compared byte for byte, not believed: somebody may have edited it.

// kept gives path the file of the published site, if that is a file of just these bytes. It reports
// whether it did.
func (s *Staging) kept(path string, data []byte) bool {
	old, ok := s.published(path, int64(len(data)))
	if !ok {
		return false
	}
	defer old.Close()
	return same(old, bytes.NewReader(data)) && s.link(old.Name(), s.at(path))
}

// keptAfter is kept for a file that was made already, of which only then is known what it holds.
func (s *Staging) keptAfter(f File) error {
	old, ok := s.published(f.Path, f.Size)
	if !ok {
		return nil
	}
	defer old.Close()
	made, err := os.Open(s.at(f.Path))
	if err != nil {
		return err
	}
	defer made.Close()
	// The link is made under another name first, so that no error leaves the set without the file.
	if second := made.Name() + ".kept"; same(old, made) && s.link(old.Name(), second) {
		return os.Rename(second, made.Name())
	}
	return nil
}

// at returns where a file of the set is on the disk.
func (s *Staging) at(path string) string { return filepath.Join(s.dir, filepath.FromSlash(path)) }

// published opens the file of the published site at path, if it is a regular file of this size.
func (s *Staging) published(path string, size int64) (*os.File, bool) {
	if s.unlinked.Load() {
		return nil, false
	}
	name := filepath.Join(s.dest, filepath.FromSlash(path))
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() || info.Size() != size {
		return nil, false
	}
	f, err := os.Open(name)
	return f, err == nil
}

// link gives a file a second name. Where the system cannot, the set has copies, as without a site
// before it.
func (s *Staging) link(old, second string) bool {
	err := os.Link(old, second)
	if os.IsNotExist(err) && os.MkdirAll(filepath.Dir(second), 0o777) == nil {
		err = os.Link(old, second)
	}
	if err != nil {
		s.unlinked.Store(true)
	}
	return err == nil
}

// blocks are buffers of same that are not in use.
var blocks = sync.Pool{New: func() any { return new([2][64 << 10]byte) }}

// same reports whether two readers give the same bytes.
func same(a, b io.Reader) bool {
	block := blocks.Get().(*[2][64 << 10]byte)
	defer blocks.Put(block)
	for {
		n, errA := io.ReadFull(a, block[0][:])
		m, errB := io.ReadFull(b, block[1][:])
		if !bytes.Equal(block[0][:n], block[1][:m]) || (errA == nil) != (errB == nil) {
			return false
		}
		if errA != nil { // at the end of both, or they cannot be read
			return errA == errB && (errA == io.EOF || errA == io.ErrUnexpectedEOF)
		}
	}
}
