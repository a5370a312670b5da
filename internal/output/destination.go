package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// locate returns dest as an absolute path with symbolic links followed, and makes its
// parent folders.
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

// beside returns the prefix of the paths of all staging folders for dest.
func beside(dest string) string {
	return filepath.Join(filepath.Dir(dest), "."+filepath.Base(dest)+".achyk-")
}

// tidy removes stale staging folders. If Publish was killed between its two renames, tidy
// puts the old site back first.
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
			continue // another run has removed it
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

// replaceable returns nil if dest may be replaced, or else an error that says why not.
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

// ours returns nil if dir holds a site that this program built.
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
