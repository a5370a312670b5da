package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"achyk/internal/limits"
)

// RefusedError says that a folder may not be published to.
type RefusedError struct {
	Dest string // as resolved
	Why  string // "root", "file", "home", "foreign", "record", "holds", "inside" or "own"
	Name string // for "record", the file by which a site of this program is known, and which is damaged or another program's; for "foreign", a file in Dest that this program did not make; for "holds" and "inside", the folder that is kept; for "own", that of git or of the program
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s may not be replaced: %s %s", e.Dest, e.Why, e.Name)
}

// DestinationError says that a folder cannot be published to, because the system does not let it.
type DestinationError struct {
	Dest string // as given
	Err  error
}

func (e *DestinationError) Error() string {
	return fmt.Sprintf("prepare output folder %s: %v", e.Dest, e.Err)
}

func (e *DestinationError) Unwrap() error { return e.Err }

// RemainsError says that the new site is in its place, and the old one could not be removed.
type RemainsError struct {
	Old string // the folder where it is now
	Err error
}

func (e *RemainsError) Error() string {
	return fmt.Sprintf("the new site is in place, but the old one could not be removed from %s: %v", e.Old, e.Err)
}

func (e *RemainsError) Unwrap() error { return e.Err }

// resolve returns a path as an absolute one with symbolic links followed. The path, or the end
// of it, need not exist.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && path != filepath.Dir(path) {
		parent, err := resolve(filepath.Dir(path))
		return filepath.Join(parent, filepath.Base(path)), err
	}
	return filepath.EvalSymlinks(path)
}

// apart returns an error if dest is a kept folder, holds one or lies in one. All paths are
// resolved.
func apart(dest string, kept []string) error {
	for _, k := range kept {
		k, err := resolve(k)
		switch {
		case err != nil:
			return err
		case within(dest, k):
			return &RefusedError{dest, "inside", k}
		case within(k, dest):
			return &RefusedError{dest, "holds", k}
		}
	}
	return nil
}

// notReserved returns an error if dest is, or lies in, a folder of git or of this program: the folder `.achyk-cache`,
// which versions of November 2026 used, or a staging folder, which the next build of another folder would remove.
func notReserved(dest string) error {
	for at := dest; at != filepath.Dir(at); at = filepath.Dir(at) {
		name := filepath.Base(at)
		_, staging, isStaging := strings.Cut(name, "."+program+"-")
		if strings.EqualFold(name, ".git") || strings.EqualFold(name, "."+program+"-cache") || isStaging && number.MatchString(staging) {
			return &RefusedError{dest, "own", at}
		}
	}
	return nil
}

// within reports whether a path is a folder or lies in it. It compares the files as well as
// the names, because a folder can have several: in another case, or mounted twice.
func within(path, folder string) bool {
	is, err := os.Stat(folder)
	for {
		if strings.EqualFold(path, folder) {
			return true
		}
		if at, pathErr := os.Stat(path); err == nil && pathErr == nil && os.SameFile(at, is) {
			return true
		}
		up := filepath.Dir(path)
		if up == path {
			return false
		}
		path = up
	}
}

// beside returns the prefix of the paths of all staging folders for dest.
func beside(dest string) string {
	return filepath.Join(filepath.Dir(dest), "."+filepath.Base(dest)+".achyk-")
}

// tidy removes the staging folders of runs that were killed. If Publish was killed between its
// two renames, tidy puts the old site back first.
func tidy(dest string) error {
	dirs, err := staged(beside(dest))
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		err := remove(dir, dest)
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // another run may have removed it
			return err
		}
	}
	return nil
}

// staged returns the folders whose paths are a prefix and the number of a run.
func staged(prefix string) (dirs []string, err error) {
	siblings, err := os.ReadDir(filepath.Dir(prefix))
	if err != nil {
		return nil, err
	}
	for _, e := range siblings {
		dir := filepath.Join(filepath.Dir(prefix), e.Name())
		if n, ok := strings.CutPrefix(dir, prefix); ok && number.MatchString(n) && e.IsDir() {
			dirs = append(dirs, dir)
		}
	}
	return dirs, nil
}

// remove removes a staging folder, or an old site that was moved away, unless the run that
// made it is still at work.
func remove(dir, dest string) error {
	staging, isOld := strings.CutSuffix(dir, parted)
	held, err := lock(staging)
	switch {
	case err == nil:
		defer held.Close()
	case errors.Is(err, errHeld):
		return nil
	case !isOld:
		if info, err := os.Stat(dir); err != nil || time.Since(info.ModTime()).Abs() < stale { // a clock that was wrong dates a folder in the future
			return err
		}
	}
	if _, err := os.Lstat(dest); isOld && errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(dir, dest); err != nil {
			return fmt.Errorf("put back the site of an interrupted run: %w", err)
		}
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("remove the remains of an interrupted run: %w", err)
	}
	return nil
}

// begin makes a folder whose path is a prefix and a number, and locks it, so that tidy knows that it is in use. The
// file is nil where folders cannot be locked.
func begin(prefix string, mode fs.FileMode) (dir string, held *os.File, err error) {
	for {
		dir = fmt.Sprintf("%s%08x", prefix, rand.Uint32())
		if err := os.Mkdir(dir, mode); errors.Is(err, fs.ErrExist) {
			continue
		} else if err != nil {
			return "", nil, err
		}
		held, err := lock(dir)
		if errors.Is(err, errors.ErrUnsupported) {
			return dir, nil, nil
		}
		// Another run may have found the folder before it was locked, and removed it.
		if errors.Is(err, errHeld) || errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return "", nil, err
		}
		if is, err := held.Stat(); err == nil {
			if at, err := os.Lstat(dir); err == nil && os.SameFile(is, at) {
				return dir, held, nil
			}
		}
		held.Close()
	}
}

// replaceable returns nil if dest may be replaced, or else an error that says why not.
func replaceable(dest string) error {
	refuse := func(why, name string) error { return &RefusedError{dest, why, name} }
	if dest == filepath.Dir(dest) {
		return refuse("root", "")
	}
	info, err := os.Stat(dest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return refuse("file", "")
	}
	if home, err := os.UserHomeDir(); err == nil {
		if h, err := os.Stat(home); err == nil && os.SameFile(info, h) {
			return refuse("home", "")
		}
	}
	if err := built(dest); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return refuse("record", build)
	}
	entries, err := os.ReadDir(dest)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !dotfile(e) {
			return refuse("foreign", e.Name())
		}
	}
	return nil
}

func dotfile(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") }

// built returns nil if this program built the site in dir, or an error that says by what it is not known as one.
func built(dir string) error {
	name := filepath.Join(dir, build)
	info, err := os.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() > limits.Record {
		return fmt.Errorf("%s is not a small file", build)
	}
	data, err := os.ReadFile(name)
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
