// Package output writes a set of files and publishes it as one folder, whole or
// not at all.
//
//	s, err := output.Stage("public")     // public is not touched
//	defer s.Discard()                    // nothing once published
//	err = s.Write("ky/index.html", page) // from as many goroutines as you like
//	_, err = s.Stream("data/osh/findings.csv", findings.WriteCSV)
//	err = s.Publish()                    // public is now the new site
//
// The files are written to a staging folder beside the destination, named
// .<base>.achyk-<number>, and Publish exchanges the two. Where the system can
// exchange folders in one step (Linux, macOS) a reader finds the old site or the
// new one at any moment. Elsewhere there is no site between two renames; if the
// program is killed just there, the next Stage puts the old site back. An error
// before the exchange leaves the old site as it was. Nothing is forced to the
// disk (fsync), so after a loss of power the site has to be built again.
//
// A run locks its staging folder, and the system opens the lock when the run ends, however it
// ends. By that the next Stage knows a folder of a killed run from one in use. Where there are
// no such locks (Windows, some network drives) it removes folders that are an hour old.
//
// A destination is replaced only if it is absent, empty, holds only dot-files,
// or is an earlier build, which is known by its build.json with
// "program": "achyk". So a set without such a build.json is not published: the
// next build could not replace it. Dot-files at the top of the old folder
// (.gitkeep, .git) are copied to the new one, unless the set has its own.
//
// Files that are the same as in the published site are not written again; see kept.go.
//
// Publish adds a file SHA256SUMS, which sha256sum -c checks. It lists all files of
// the set except itself and the dot-files that were copied.
package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	build   = "build.json"
	program = "achyk"
	parted  = ".old"    // ends the name of an old site that was moved away from its destination
	stale   = time.Hour // where folders cannot be locked, older ones are of killed runs
)

// errHeld says that a staging folder is in use.
var errHeld = errors.New("somebody else has locked the folder")

// lock is flock. A test replaces it.
var lock = flock

// number is what follows the base in the name of a staging folder.
var number = regexp.MustCompile(`^[0-9a-f]{8}(\.old)?$`)

// Staging is a set of files that is being written, and has not been published yet.
type Staging struct {
	dest string   // destination, with symbolic links followed
	dir  string   // folder beside dest that holds the set
	held *os.File // lock of dir; nil where folders cannot be locked

	create func(path string) (io.WriteCloser, error) // makes a file; tests replace it

	unlinked atomic.Bool // the published site's files cannot be linked to; see kept

	mu     sync.Mutex
	files  map[string]File // by path in lower case, from before the file is written
	failed error           // of the first Write that failed
	done   bool            // published or discarded
}

// Stage begins a set of files for the folder dest. If dest is a symbolic link, the folder it leads to is meant. It first
// removes what killed runs for this dest left behind.
//
// The error is of type *DestinationError. It wraps a *RefusedError if dest may not be replaced: it is the root, the home
// folder, a folder of git or of this program or one that is to be kept, it holds or lies in one of these, or it
// has files that are not of an earlier site. Nothing is made then.
func Stage(dest string, keep ...string) (*Staging, error) {
	s, err := stage(dest, keep)
	if err != nil {
		return nil, &DestinationError{dest, err}
	}
	return s, nil
}

func stage(dest string, keep []string) (*Staging, error) {
	dest, err := resolve(dest)
	if err != nil {
		return nil, err
	}
	if err := apart(dest, keep); err != nil {
		return nil, err
	}
	if err := notReserved(dest); err != nil {
		return nil, err
	}
	if err := replaceable(dest); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(dest), 0o777); err != nil {
		return nil, err
	}
	if err := tidy(dest); err != nil {
		return nil, err
	}
	dir, held, err := begin(beside(dest), 0o777)
	if err != nil {
		return nil, err
	}
	return &Staging{dest: dest, dir: dir, held: held, create: create, files: map[string]File{}}, nil
}

// Write writes the file at path, which is relative to the top of the set and has
// forward slashes. It refuses a path that not every system has room for (see
// [Portable]) and a path that was written before, even if only the letter case
// differs. After an error the set cannot be published. Write may be called by several
// goroutines.
func (s *Staging) Write(path string, data []byte) error {
	_, err := s.keep(path, func() (File, error) {
		if s.kept(path, data) {
			return fileOf(path, data), nil
		}
		return s.write(path, func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
	})
	return err
}

// Stream is Write for a file that is made while it is written and so need not fit into
// memory. It returns the size and checksum of what was written.
func (s *Staging) Stream(path string, content func(io.Writer) error) (File, error) {
	return s.keep(path, func() (File, error) {
		f, err := s.write(path, buffered(content))
		if err == nil {
			err = s.keptAfter(f)
		}
		return f, err
	})
}

// Open opens a file that was written to the set before.
func (s *Staging) Open(path string) (io.ReadSeekCloser, error) {
	return os.Open(s.at(path))
}

// keep makes a file by write, and remembers the first failure.
func (s *Staging) keep(path string, write func() (File, error)) (File, error) {
	file, err := s.checked(path, write)
	if err == nil {
		return file, nil
	}
	err = fmt.Errorf("write %q: %w", path, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
	return File{}, err
}

// checked makes a file by write, if its path may have one.
func (s *Staging) checked(path string, write func() (File, error)) (File, error) {
	if err := Portable(path); err != nil {
		return File{}, err
	}
	if strings.EqualFold(path, SumsName) {
		return File{}, errors.New("this file is made by Publish")
	}
	if err := s.reserve(path); err != nil {
		return File{}, err
	}
	file, err := write()
	if err != nil {
		return File{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[strings.ToLower(path)] = file
	return file, nil
}

// write makes a file from its content.
func (s *Staging) write(path string, content func(io.Writer) error) (File, error) {
	f, err := s.create(s.at(path))
	if err != nil {
		return File{}, err
	}
	file, err := digest(path, f, content)
	return file, errors.Join(err, f.Close())
}

// reserve notes that the caller writes path, so that nobody else can.
func (s *Staging) reserve(path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return errors.New("the set is already published or discarded")
	}
	key := strings.ToLower(path)
	if other, taken := s.files[key]; taken {
		if other.Path != path {
			return fmt.Errorf("%q differs from it only in letter case", other.Path)
		}
		return errors.New("two pages or files claim this path")
	}
	s.files[key] = File{Path: path}
	return nil
}

// create creates a file, and its folder only after that was found missing, because most
// folders exist already.
func create(path string) (io.WriteCloser, error) {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	f, err := os.OpenFile(path, flags, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		// Usually only the last folder is missing. Mkdir takes one system call, MkdirAll three.
		if err := os.Mkdir(filepath.Dir(path), 0o777); errors.Is(err, fs.ErrNotExist) {
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				return nil, err
			}
		}
		f, err = os.OpenFile(path, flags, 0o666)
	}
	return f, err
}

// Files returns the files written so far, sorted by path, without SHA256SUMS.
func (s *Staging) Files() []File {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sorted()
}

// Bytes returns the size of the files written so far together, without SHA256SUMS.
func (s *Staging) Bytes() (n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		n += f.Size
	}
	return n
}

func (s *Staging) sorted() []File {
	files := make([]File, 0, len(s.files))
	for _, f := range s.files {
		if f.SHA256 != (Digest{}) {
			files = append(files, f)
		}
	}
	return byPath(files)
}

// Discard removes the set. It does nothing after Publish has succeeded.
func (s *Staging) Discard() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return nil
	}
	s.done = true
	defer s.held.Close()
	if err := os.RemoveAll(s.dir); err != nil {
		return fmt.Errorf("discard output: %w", err)
	}
	return nil
}
