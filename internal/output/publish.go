package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Publish adds SHA256SUMS to the set and puts the set in the place of the destination. All
// calls of Write and Stream must have returned. If Publish fails, the error names the step
// that failed. The destination is then as it was, unless the last step failed, which
// removes the old site.
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
	if err := built(s.dir); err != nil {
		return fmt.Errorf("the set is not known as a build of %s: %w", program, err)
	}
	if err := s.writeSums(); err != nil {
		return fmt.Errorf("write checksums: %w", err)
	}
	old, err := s.replace()
	if err != nil {
		return err
	}
	s.done = true
	defer s.held.Close()
	if old != "" {
		if err := os.RemoveAll(old); err != nil {
			return &RemainsError{old, err}
		}
	}
	return nil
}

func (s *Staging) writeSums() error {
	f, err := s.create(filepath.Join(s.dir, SumsName))
	if err != nil {
		return err
	}
	return errors.Join(WriteSums(f, s.sorted()), f.Close())
}

// replace puts the set in the place of the destination and returns the path that the old site
// has then, if there was one. It looks at the destination again, because that may have changed
// since Stage looked, and once more if another run publishes in the meantime: dot-files may
// have been removed with the site of which they were copied.
func (s *Staging) replace() (old string, err error) {
	for {
		before, _ := os.Stat(s.dest)
		there, err := s.carryOver()
		if now, _ := os.Stat(s.dest); (before == nil) != (now == nil) || now != nil && !os.SameFile(before, now) {
			continue
		}
		if err != nil {
			return "", err
		}
		if there {
			old, err = exchange(s.dir, s.dest)
		} else if err = os.Rename(s.dir, s.dest); errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			err = fmt.Errorf("put the new site in place: %w", err)
		}
		return old, err
	}
}

// carryOver copies the mode and the dot-files of the destination, if that may be replaced, to
// the set. It returns false if there is no destination.
func (s *Staging) carryOver() (bool, error) {
	if err := replaceable(s.dest); err != nil {
		return false, err
	}
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
		if err := copyAll(s.dest, e.Name(), s.dir); err != nil {
			return false, fmt.Errorf("carry over dot-files: %w", err)
		}
	}
	return true, os.Chmod(s.dir, info.Mode())
}

// copyAll copies a file, a symbolic link, or a folder with its content, from one site to
// another. Unlike os.CopyFS it keeps permissions: a copied .htpasswd must not become readable
// for everybody. It refuses a link that leads out of the site. Whoever can add files to a
// repository can add one to public, and programs that pack a site put what it leads to in its
// place.
func copyAll(site, name, into string) error {
	from, to := filepath.Join(site, name), filepath.Join(into, name)
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	switch {
	case info.Mode().IsRegular():
		return copyFile(from, to, info.Mode().Perm())
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		if filepath.IsAbs(target) || !filepath.IsLocal(filepath.Join(filepath.Dir(name), target)) {
			return fmt.Errorf("%s is a link that leads out of the site, to %s", from, target)
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
		if err := copyAll(site, filepath.Join(name, e.Name()), into); err != nil {
			return err
		}
	}
	return os.Chmod(to, info.Mode().Perm())
}

func copyFile(from, to string, mode fs.FileMode) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// exchange puts the folder dir in the place of the folder dest and returns the path that
// the old folder has then.
func exchange(dir, dest string) (old string, err error) {
	if err := swap(dir, dest); err == nil {
		return dir, nil
	}
	return exchangeInTwo(dir, dest)
}

// exchangeInTwo is exchange by two renames, for systems and file systems that cannot
// exchange two folders in one step.
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
