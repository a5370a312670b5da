// Package stamped tells whether the files of a folder changed, by their sizes and times, and keeps the bytes of
// those that did not: a build reads each file twice, and the preview reads all of them after each change.
//
// A file counts as unchanged if its size and the time of its last change are the same. Some file systems count time
// in steps of two seconds, so a file that was written twice within a step would look unchanged. The bytes of one
// whose time was that close to the moment of looking are therefore not used in a later build. git has the same rule
// for its index. A file whose time was set by hand, or that comes from an archive in which all have one time, may
// look unchanged all the same: who watches a folder calls Forget.
package stamped

import (
	"errors"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"time"

	"achyk/internal/regular"
)

// Stamps are the sizes and times of the files and folders of a folder, by path.
type Stamps struct {
	files map[string]stamp
	taken time.Time // when the first of them was looked at
}

// stamp is the size of a file and the time of its last change.
type stamp struct {
	size int64
	time time.Time
}

// Take looks at all files and folders below the roots, which are top folders of fsys, but not at those
// that package regular ignores.
func Take(fsys fs.FS, roots ...string) (*Stamps, error) {
	s := &Stamps{map[string]stamp{}, time.Now()}
	for _, root := range roots {
		err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			} else if err != nil {
				return err
			}
			if name != root && regular.Ignored(e.Name()) {
				if e.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil // removed in the meantime
			} else if err != nil {
				return err
			}
			s.files[name] = stamp{info.Size(), info.ModTime()}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Equal tells whether no file was changed, added or removed between two looks.
func (s *Stamps) Equal(other *Stamps) bool { return maps.Equal(s.files, other.files) }

// step is the longest time in which a file system may not tell two changes apart: FAT counts two seconds.
const step = 2 * time.Second

// Cache keeps the bytes of files. The zero value is empty.
type Cache struct{ files sync.Map } // of kept, by path

// kept is a file as it was read.
type kept struct {
	stamp   stamp
	data    []byte
	lasting bool // any later change gives the file another stamp
}

// Files returns fsys, in which these stamps were just taken, as a file system whose ReadFile reads a file
// once. It keeps those files for which keeps is true, and knows those of the file system before that did
// not change. Nobody may alter the bytes that ReadFile returns.
func (c *Cache) Files(fsys fs.FS, stamps *Stamps, keeps func(name string) bool) fs.FS {
	c.files.Range(func(name, k any) bool {
		if k := k.(kept); !k.lasting || k.stamp != stamps.files[name.(string)] {
			c.files.Delete(name)
		}
		return true
	})
	return files{fsys, c, stamps, keeps}
}

// Forget forgets the bytes of a file, or of all files in a folder; "." is the whole.
func (c *Cache) Forget(name string) {
	c.files.Range(func(kept, _ any) bool {
		if kept := kept.(string); name == "." || kept == name || strings.HasPrefix(kept, name+"/") {
			c.files.Delete(kept)
		}
		return true
	})
}

type files struct {
	fs.FS
	cache  *Cache
	stamps *Stamps
	keeps  func(name string) bool
}

func (f files) ReadFile(name string) ([]byte, error) {
	s, listed := f.stamps.files[name]
	if k, known := f.cache.files.Load(name); known && k.(kept).stamp == s {
		return k.(kept).data, nil
	}
	data, err := fs.ReadFile(f.FS, name)
	if err == nil && listed && f.keeps(name) {
		f.cache.files.Store(name, kept{s, data, s.time.Add(step).Before(f.stamps.taken)})
	}
	return data, err
}

func (f files) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }
func (f files) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(f.FS, name) }
func (f files) Lstat(name string) (fs.FileInfo, error)     { return fs.Lstat(f.FS, name) }
func (f files) ReadLink(name string) (string, error)       { return fs.ReadLink(f.FS, name) }
