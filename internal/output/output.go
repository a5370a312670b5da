// Package output writes a set of files and publishes it as one folder, whole or
// not at all.
//
//	s, err := output.Stage("public")     // public is not touched
//	defer s.Discard()                    // nothing once published
//	err = s.Write("ky/index.html", page) // from as many goroutines as you like
//	err = s.Stream("data/osh/findings.csv", findings.WriteCSV)
//	err = s.Publish()                    // public is now the new site
//
// The files are written to a staging folder beside the destination, named
// .<base>.achyk-<number>, and Publish exchanges the two. Where the system can
// exchange folders in one step (Linux, macOS) a reader finds the old site or the
// new one at any moment; elsewhere there is none between two renames, and the
// next Stage puts the old one back if the program was killed just there. An error
// before the exchange leaves the old site as it was. Nothing is forced to the
// disk: after a loss of power, build again.
//
// A destination is replaced only if it is absent, empty, holds only dot-files,
// or is an earlier build, which is known by its build.json with
// "program": "achyk". So a set without such a build.json is not published: the
// next build could not replace it. Dot-files at the top of the old folder
// (.gitkeep, .git) are copied to the new one, unless the set has its own.
//
// Every set gets a file SHA256SUMS, to be checked with sha256sum -c, of all its
// files but itself and the dot-files carried over.
package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

const (
	build   = "build.json"
	program = "achyk"
	parted  = ".old"    // ends the name of a folder parted from its destination
	stale   = time.Hour // a staging folder older than this is nobody's: a build takes minutes at most
)

// number is what follows the base in the name of a staging folder.
var number = regexp.MustCompile(`^[0-9a-f]{8}(\.old)?$`)

// Staging is a set of files on its way to its destination.
type Staging struct {
	dest string // no symbolic link
	dir  string // beside dest

	mu     sync.Mutex
	files  map[string]File // by path in lower case, from before the file is written
	failed error           // of the first Write that failed
	done   bool            // published or discarded
}

// Stage begins a set of files for the folder dest, or for the one dest links to.
// It refuses a dest that Publish may not replace, the root and the home folder,
// and removes what killed runs for the same dest left behind an hour ago or more.
func Stage(dest string) (*Staging, error) {
	s, err := stage(dest)
	if err != nil {
		return nil, fmt.Errorf("prepare output folder %s: %w", dest, err)
	}
	return s, nil
}

func stage(dest string) (*Staging, error) {
	dest, err := locate(dest)
	if err != nil {
		return nil, err
	}
	if err := tidy(dest); err != nil {
		return nil, err
	}
	if err := replaceable(dest); err != nil {
		return nil, err
	}
	for {
		dir := fmt.Sprintf("%s%08x", beside(dest), rand.Uint32())
		switch err := os.Mkdir(dir, 0o777); {
		case err == nil:
			return &Staging{dest: dest, dir: dir, files: map[string]File{}}, nil
		case !errors.Is(err, fs.ErrExist):
			return nil, err
		}
	}
}

// locate returns where dest is, absolute and without links, and makes its parent folders.
func locate(dest string) (string, error) {
	dest, err := filepath.Abs(dest)
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(dest); err == nil {
		dest, err = filepath.EvalSymlinks(dest)
		return dest, err
	}
	parent := filepath.Dir(dest)
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return "", err
	}
	parent, err = filepath.EvalSymlinks(parent)
	return filepath.Join(parent, filepath.Base(dest)), err
}

// beside returns how the paths of all staging folders for dest begin.
func beside(dest string) string {
	return filepath.Join(filepath.Dir(dest), "."+filepath.Base(dest)+".achyk-")
}

// tidy puts back a site that a killed Publish had parted from dest and removes stale staging folders.
func tidy(dest string) error {
	siblings, err := os.ReadDir(filepath.Dir(dest))
	if err != nil {
		return err
	}
	for _, e := range siblings {
		dir := filepath.Join(filepath.Dir(dest), e.Name())
		if n, ok := strings.CutPrefix(dir, beside(dest)); !ok || !number.MatchString(n) || !e.IsDir() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // another run was quicker
		}
		if err != nil {
			return err
		}
		if strings.HasSuffix(dir, parted) {
			if _, err := os.Lstat(dest); errors.Is(err, fs.ErrNotExist) {
				if err := os.Rename(dir, dest); err != nil {
					return fmt.Errorf("put back the site of an interrupted run: %w", err)
				}
				continue
			}
		}
		if time.Since(info.ModTime()) > stale {
			if err := os.RemoveAll(dir); err != nil {
				return fmt.Errorf("remove the remains of an interrupted run: %w", err)
			}
		}
	}
	return nil
}

// replaceable returns why dest may not be replaced, or nil.
func replaceable(dest string) error {
	if dest == filepath.Dir(dest) {
		return errors.New("it is the root of the file system")
	}
	info, err := os.Stat(dest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return errors.New("it is a file")
	}
	if home, err := os.UserHomeDir(); err == nil {
		if h, err := os.Stat(home); err == nil && os.SameFile(info, h) {
			return errors.New("it is your home folder")
		}
	}
	if ours(dest) == nil {
		return nil
	}
	entries, err := os.ReadDir(dest)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !dotfile(e) {
			return fmt.Errorf("it holds %s and is not an earlier build (no %s of %s); give another folder or empty this one", e.Name(), build, program)
		}
	}
	return nil
}

func dotfile(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") }

// ours returns nil if dir is a build of this program.
func ours(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, build))
	if err != nil {
		return err
	}
	var b struct {
		Program string `json:"program"`
	}
	if err := json.Unmarshal(data, &b); err != nil {
		return fmt.Errorf("%s: %w", build, err)
	}
	if b.Program != program {
		return fmt.Errorf("%s: program is %q, not %q", build, b.Program, program)
	}
	return nil
}

// Write writes the file at path, which has forward slashes and is taken from the
// top of the set. The path must be fit for every system: a path which leaves the
// set, has an empty segment, or has a name that Windows refuses is an error, and
// so is writing a path twice, also in other letter case. After any failed Write
// the set cannot be published. Write may be called by several goroutines.
func (s *Staging) Write(path string, data []byte) error {
	return s.keep(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Stream is Write for a file that is made while it is written, and so need not fit into
// memory.
func (s *Staging) Stream(path string, content func(io.Writer) error) error {
	return s.keep(path, buffered(content))
}

// keep writes a file and remembers the first failure.
func (s *Staging) keep(path string, content func(io.Writer) error) error {
	err := s.write(path, content)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("write %q: %w", path, err)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
	return err
}

func (s *Staging) write(path string, content func(io.Writer) error) error {
	if err := Portable(path); err != nil {
		return err
	}
	if strings.EqualFold(path, SumsName) {
		return errors.New("this file is made by Publish")
	}
	if err := s.reserve(path); err != nil {
		return err
	}
	f, err := create(filepath.Join(s.dir, filepath.FromSlash(path)))
	if err != nil {
		return err
	}
	file, err := digest(path, f, content)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[strings.ToLower(path)] = file
	return nil
}

// reserve makes path the caller's.
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

// create begins a new file. Most folders exist already, so they are made only when found missing.
func create(path string) (*os.File, error) {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	f, err := os.OpenFile(path, flags, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		// Mostly one folder is missing, and Mkdir is one system call where MkdirAll is three.
		if err := os.Mkdir(filepath.Dir(path), 0o777); errors.Is(err, fs.ErrNotExist) {
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				return nil, err
			}
		}
		f, err = os.OpenFile(path, flags, 0o666)
	}
	return f, err
}

// Files returns the files written, sorted by path. SHA256SUMS is not among them.
func (s *Staging) Files() []File {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sorted()
}

func (s *Staging) sorted() []File {
	files := make([]File, 0, len(s.files))
	for _, f := range s.files {
		if f.SHA256 != "" {
			files = append(files, f)
		}
	}
	return byPath(files)
}

// Publish completes the set and puts it in the place of the destination. All
// calls of Write must have returned. If it fails, the error names the step; the
// destination is then as it was, unless that step is the last one, removing the
// old site.
func (s *Staging) Publish() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.publish(); err != nil {
		return fmt.Errorf("publish to %s: %w", s.dest, err)
	}
	return nil
}

func (s *Staging) publish() error {
	if s.done {
		return errors.New("the set is already published or discarded")
	}
	if s.failed != nil {
		return fmt.Errorf("the set is not whole: %w", s.failed)
	}
	if err := ours(s.dir); err != nil {
		return fmt.Errorf("the set is not known as a build of %s: %w", program, err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, SumsName), Sums(s.sorted()), 0o666); err != nil {
		return fmt.Errorf("write checksums: %w", err)
	}
	if err := replaceable(s.dest); err != nil { // it may have changed during the build
		return err
	}
	replaced, err := s.carryOver()
	if err != nil {
		return fmt.Errorf("carry over dot-files: %w", err)
	}
	old := ""
	if replaced {
		old, err = exchange(s.dir, s.dest)
	} else {
		err = os.Rename(s.dir, s.dest)
	}
	if err != nil {
		return fmt.Errorf("put the new site in place: %w", err)
	}
	s.done = true
	if replaced {
		if err := os.RemoveAll(old); err != nil {
			return fmt.Errorf("the new site is in place, but the old one could not be removed: %w", err)
		}
	}
	return nil
}

// carryOver copies to the set the mode and dot-files of the destination, and reports whether there is one.
func (s *Staging) carryOver() (bool, error) {
	info, err := os.Stat(s.dest)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	entries, err := os.ReadDir(s.dest)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		to := filepath.Join(s.dir, e.Name())
		if _, err := os.Lstat(to); !dotfile(e) || err == nil {
			continue
		}
		if err := copyAll(filepath.Join(s.dest, e.Name()), to); err != nil {
			return false, err
		}
	}
	return true, os.Chmod(s.dir, info.Mode())
}

// copyAll copies a file, a link or a folder with all it holds. It keeps
// permissions, unlike os.CopyFS: a .htpasswd must not become readable.
func copyAll(from, to string) error {
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	switch {
	case info.Mode().IsRegular():
		data, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, info.Mode().Perm())
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	case !info.IsDir():
		return fmt.Errorf("%s is no file, link or folder", from)
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, e := range entries {
		if err := copyAll(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return os.Chmod(to, info.Mode().Perm())
}

// exchange puts the folder dir in the place of the folder dest and returns where the old one is now.
func exchange(dir, dest string) (old string, err error) {
	if err := swap(dir, dest); err == nil {
		return dir, nil
	}
	return exchangeInTwo(dir, dest)
}

// exchangeInTwo is exchange for systems and file systems that cannot swap.
func exchangeInTwo(dir, dest string) (old string, err error) {
	old = dir + parted
	if err := os.Rename(dest, old); err != nil {
		return "", err
	}
	if err := os.Rename(dir, dest); err != nil {
		if back := os.Rename(old, dest); back != nil {
			return "", fmt.Errorf("%w; the old site is now %s, as it could not be put back: %w", err, old, back)
		}
		return "", err
	}
	return old, nil
}

// Discard removes the set. After Publish it does nothing.
func (s *Staging) Discard() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return nil
	}
	s.done = true
	if err := os.RemoveAll(s.dir); err != nil {
		return fmt.Errorf("discard output: %w", err)
	}
	return nil
}
