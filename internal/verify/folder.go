package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// site reads the files of a published site.
type site interface {
	// open opens a file by its path from the top of the site. The error is fs.ErrNotExist if
	// there is no such file. It is ErrUnreachable, also when reading, if trying again may
	// help.
	open(ctx context.Context, path string) (io.ReadCloser, error)
	// list calls tell for each file except dot-files at the top, until that returns an error.
	// It returns false if the files cannot be listed.
	list(tell func(path string) error) (bool, error)
	readers() int // number of files to read at the same time
	Close() error
}

// open opens a site: a folder or an address.
func open(name string, b bounds) (site, error) {
	if IsAddress(name) {
		return openWeb(name, b)
	}
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() { // OpenRoot says so in words only
		err = &fs.PathError{Op: "open", Path: name, Err: syscall.ENOTDIR}
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSite, err)
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSite, err)
	}
	return folder{root}, nil
}

// IsAddress finds out whether a name is the address of a site, and not a folder or a commit.
func IsAddress(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// Errors of a file in a folder. Its Difference is Unreadable.
var (
	ErrLink   = errors.New("a link leads out of the site")
	ErrNoFile = errors.New("not a file")
)

// folder is a site on the disk. An os.Root opens no file outside the folder, even through a
// link.
type folder struct{ *os.Root }

func (f folder) open(_ context.Context, path string) (io.ReadCloser, error) {
	path = filepath.FromSlash(path)
	info, err := f.Stat(path)                              // before opening, because opening a named pipe would wait for a writer
	if err != nil && !errors.As(err, new(syscall.Errno)) { // of the Root, not of the system
		err = fmt.Errorf("%w: %w", ErrLink, err)
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNoFile
	}
	return f.Open(path)
}

func (f folder) list(tell func(path string) error) (bool, error) {
	return true, fs.WalkDir(f.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != "." && path[0] == '.':
			if e.IsDir() {
				return fs.SkipDir
			}
		case !e.IsDir():
			return tell(path)
		}
		return nil
	})
}

func (f folder) readers() int { return runtime.GOMAXPROCS(0) }
