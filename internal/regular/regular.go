// Package regular opens the regular files of a repository and refuses all else. A pull request
// can put a symbolic link in the place of any file. Read through it, layouts/site.css could be
// /etc/passwd and be published, or /dev/zero and never end; a named pipe would wait for ever.
// Whatever reads files of a repository, in a folder or in a commit, reads them through Files.
//
// A link is refused wherever it leads, and so is what lies in a linked folder. Somebody who can
// change the folder while it is read can still exchange a file between the look and the opening,
// and a folder after the first look at it; that person has the rights of the user already.
package regular

import (
	"io/fs"
	"path"
	"strings"
	"sync"

	"achyk/internal/limits"
)

// Ignored reports whether a file or folder is left out because of its name. Names that begin with a
// dot belong to the system or an editor; names that begin with ~$ are lock files of a spreadsheet
// program; in the two other files Windows keeps how it shows a folder.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// ErrRefused is the error of a path that is, or leads through, something other than a folder or
// a regular file. It is also an [fs.ErrNotExist]: for those who look for a file, there is none.
var ErrRefused error = refused{}

type refused struct{}

func (refused) Error() string        { return "not a regular file" }
func (refused) Is(target error) bool { return target == fs.ErrNotExist }

// Files returns the folders and regular files of fsys. The result is also an [fs.ReadFileFS],
// [fs.ReadDirFS], [fs.StatFS] and [fs.ReadLinkFS]. ReadDir, Lstat and ReadLink show links, so
// that callers can report them; Open, ReadFile and Stat return ErrRefused. ReadFile refuses a
// file of more than limits.Document bytes, the most that any kind of file may have.
func Files(fsys fs.FS) fs.FS { return files{fsys, new(sync.Map)} }

type files struct {
	fs.FS
	folders *sync.Map // paths that were found to be folders: they are looked at once, not for each file in them
}

// look returns what is at a path, or ErrRefused.
func (f files) look(op, name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if dir := path.Dir(name); dir != "." {
		if _, known := f.folders.Load(dir); !known {
			if _, err := f.look(op, dir); err != nil {
				return nil, err
			}
		}
	}
	info, err := fs.Lstat(f.FS, name)
	if err == nil && info.IsDir() {
		f.folders.Store(name, true)
	}
	if err == nil && name != "." && !info.IsDir() && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: op, Path: name, Err: ErrRefused}
	}
	return info, err
}

func (f files) Open(name string) (fs.File, error) {
	if _, err := f.look("open", name); err != nil {
		return nil, err
	}
	return f.FS.Open(name)
}

func (f files) Stat(name string) (fs.FileInfo, error) { return f.look("stat", name) }

func (f files) ReadFile(name string) ([]byte, error) {
	info, err := f.look("read", name)
	if err != nil {
		return nil, err
	}
	if info.Size() > limits.Document {
		return nil, &fs.PathError{Op: "read", Path: name, Err: &limits.Exceeded{What: "bytes of a file", Have: info.Size(), Limit: limits.Document}}
	}
	return fs.ReadFile(f.FS, name)
}

func (f files) ReadDir(name string) ([]fs.DirEntry, error) {
	if _, err := f.look("readdir", name); err != nil {
		return nil, err
	}
	return fs.ReadDir(f.FS, name)
}

func (f files) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.FS, name) }

func (f files) ReadLink(name string) (string, error) { return fs.ReadLink(f.FS, name) }
