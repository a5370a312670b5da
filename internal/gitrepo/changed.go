package gitrepo

import (
	"crypto/sha1"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Changed returns the files at or below dirs (all, if none is given) that differ
// between c and fsys, sorted: changed, missing or new. fsys is the folder given
// to [Open] as it is now; an empty answer means that the tree is clean.
//
// Bytes are compared, by the hash of the blob they would make, and nothing else:
// not modes, not the index, no conversion of line ends. Names that begin with a
// dot are passed over, and so are the lock files of Excel, ~$…, as by those who
// read the files. A .gitignore does not count: what it hides from git is read all
// the same, and a site made of it is not that of the commit.
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

// comparison is the work of one call of Changed.
type comparison struct {
	dirs    []string                 // as given to Changed
	then    map[string]plumbing.Hash // files of the commit not yet met in fsys
	changed []string
}

// holds reports whether the file name is to be compared.
func (k *comparison) holds(name string) bool {
	return len(k.dirs) == 0 || slices.ContainsFunc(k.dirs, func(dir string) bool { return below(name, dir) })
}

// enters reports whether the folder name holds, or may lead to, files to be compared.
func (k *comparison) enters(name string) bool {
	return k.holds(name) || slices.ContainsFunc(k.dirs, func(dir string) bool { return below(dir, name) })
}

func below(name, dir string) bool {
	return dir == "." || name == dir || strings.HasPrefix(name, dir+"/")
}

// record notes the files of the commit that are to be compared.
func (k *comparison) record(f *commitFS, dir string) error {
	nodes, err := f.list(dir)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		name := path.Join(dir, n.name)
		switch {
		case strings.HasPrefix(n.name, "."):
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

// compare goes through dir of fsys.
func (k *comparison) compare(fsys fs.FS, dir string) error {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch then, known := k.then[name]; {
		case strings.HasPrefix(e.Name(), "."), strings.HasPrefix(e.Name(), "~$"):
		case e.IsDir():
			if k.enters(name) {
				if err := k.compare(fsys, name); err != nil {
					return err
				}
			}
		case known:
			data, err := content(fsys, name, e.Type())
			if err != nil {
				return err
			}
			if blobHash(data) == then {
				delete(k.then, name)
			}
		case k.holds(name):
			k.changed = append(k.changed, name)
		}
	}
	return nil
}

// blobHash returns the hash of the blob that data would make. go-git's own looks
// for forged collisions, which takes three times as long; here a forger would
// first have to get one half of the pair past git into the commit.
func blobHash(data []byte) plumbing.Hash {
	h := sha1.New()
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return plumbing.Hash(h.Sum(nil))
}

// content returns what git would keep of a file: its bytes, or where a link leads.
func content(fsys fs.FS, name string, mode fs.FileMode) ([]byte, error) {
	if mode&fs.ModeSymlink == 0 {
		return fs.ReadFile(fsys, name)
	}
	target, err := fs.ReadLink(fsys, name)
	return []byte(filepath.ToSlash(target)), err
}
