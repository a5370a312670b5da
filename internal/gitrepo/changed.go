package gitrepo

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"achyk/internal/limits"
	"achyk/internal/regular"
)

// Changed returns the sorted paths of the files that differ between the commit c
// and fsys, which is the folder given to [Open] as it is now: files that were
// changed, removed or added. With dirs it compares only those files and what is
// below those folders. No paths mean that the work tree is clean.
//
// Only the bytes of files are compared, by the hash of the blob that git would make
// of them: not modes, not the index, and without conversion of line ends. Names
// that package regular ignores are left out, because no reader of the repository reads them. A .gitignore is ignored, too:
// files that it hides from git are still read, and a site made from them is not
// the site of the commit. What exceeds the limits of package load is not compared: it counts as
// changed.
func (r *Repo) Changed(c Commit, fsys fs.FS, dirs ...string) ([]string, error) {
	for _, dir := range dirs {
		if !fs.ValidPath(dir) {
			return nil, fmt.Errorf("compare with commit: %w", &fs.PathError{Op: "compare", Path: dir, Err: fs.ErrInvalid})
		}
	}
	committed, err := r.commitFS(c)
	if err != nil {
		return nil, fmt.Errorf("compare with commit: %w", err)
	}
	k := comparison{dirs: dirs, then: map[string]plumbing.Hash{}}
	if err := k.record(committed, "."); err != nil {
		return nil, fmt.Errorf("compare with commit: %w", err)
	}
	if err := k.compare(fsys, "."); err != nil {
		return nil, fmt.Errorf("compare with commit: %w", err)
	}
	for missing := range k.then {
		k.changed = append(k.changed, missing)
	}
	slices.Sort(k.changed)
	return k.changed, nil
}

// comparison is the state of one call of Changed.
type comparison struct {
	dirs    []string                 // as given to Changed
	then    map[string]plumbing.Hash // files of the commit that were not yet found unchanged in fsys
	changed []string
	entries int // files and folders of the commit so far
}

// holds reports whether a file is compared.
func (k *comparison) holds(name string) bool {
	return len(k.dirs) == 0 || slices.ContainsFunc(k.dirs, func(dir string) bool { return below(name, dir) })
}

// enters reports whether files in a folder, or below it, may be compared.
func (k *comparison) enters(name string) bool {
	return k.holds(name) || slices.ContainsFunc(k.dirs, func(dir string) bool { return below(dir, name) })
}

func below(name, dir string) bool {
	return dir == "." || name == dir || strings.HasPrefix(name, dir+"/")
}

// record adds the files of the commit that are compared to then.
func (k *comparison) record(f *commitFS, dir string) error {
	nodes, err := f.list(dir)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		name := path.Join(dir, n.name)
		if k.entries++; k.entries > limits.Files || strings.Count(name, "/") > limits.Depth {
			k.changed = append(k.changed, name)
			return nil
		}
		switch {
		case regular.Ignored(n.name):
		case n.dir && k.enters(name):
			if err := k.record(f, name); err != nil {
				return err
			}
		case !n.dir && k.holds(name):
			k.then[name] = n.hash
		}
	}
	return nil
}

// compare compares the files of dir in fsys, and of the folders in it, with then.
func (k *comparison) compare(fsys fs.FS, dir string) error {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch then, known := k.then[name]; {
		case regular.Ignored(e.Name()):
		case e.IsDir():
			if k.enters(name) {
				if err := k.compare(fsys, name); err != nil {
					return err
				}
			}
		case known:
			data, err := content(fsys, name, e)
			if tooLarge := (*limits.Exceeded)(nil); errors.Is(err, fs.ErrNotExist) || errors.As(err, &tooLarge) {
				continue // such as a pipe in its place: it counts as changed
			}
			if err != nil {
				return err
			}
			if data != nil && blobHash(data) == then {
				delete(k.then, name)
			}
		case k.holds(name):
			k.changed = append(k.changed, name)
		}
	}
	return nil
}

// blobHash returns the hash that git gives to a blob of these bytes. It does not look
// for forged SHA-1 collisions as go-git does, which takes three times as long: to
// profit from a collision, a forger would first have to commit one of the two files
// with git, which refuses it.
func blobHash(data []byte) plumbing.Hash {
	h := sha1.New()
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return plumbing.Hash(h.Sum(nil))
}

// content returns the bytes that git would store for a file; for a symbolic link, the path it
// points to. It returns nil for a file that is not compared: a device, or a file that is too
// large.
func content(fsys fs.FS, name string, e fs.DirEntry) ([]byte, error) {
	if e.Type()&fs.ModeSymlink != 0 {
		target, err := fs.ReadLink(fsys, name)
		return []byte(filepath.ToSlash(target)), err
	}
	if info, err := e.Info(); err != nil || !info.Mode().IsRegular() || info.Size() > limits.Document {
		return nil, err
	}
	return fs.ReadFile(fsys, name) // never nil without an error
}
