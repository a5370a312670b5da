package output

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Temporary is a folder for files that a run needs for a while.
type Temporary struct {
	Dir  string
	held *os.File // lock of Dir; nil where folders cannot be locked
}

// NewTemporary makes a folder in parent or, if that is empty, in the folder of the system for temporary files. Nobody
// else may read it. It removes the folders of that name that runs left behind which were killed, if the system lets it.
func NewTemporary(parent, name string) (*Temporary, error) {
	prefix := filepath.Join(cmp.Or(parent, os.TempDir()), name+"-")
	if dirs, err := staged(prefix); err == nil {
		for _, dir := range dirs {
			if !strings.HasSuffix(dir, parted) {
				remove(dir, "") // it may be somebody else's
			}
		}
	}
	dir, held, err := begin(prefix, 0o700)
	if err != nil {
		return nil, err
	}
	return &Temporary{dir, held}, nil
}

// Remove removes the folder. What cannot be removed goes when the next folder of that name is made.
func (t *Temporary) Remove() {
	if t.held != nil {
		defer t.held.Close()
	}
	os.RemoveAll(t.Dir)
}

// Replace puts a file in the place of the one that is there, in one step: whoever reads it meanwhile, or stops the
// program, finds the old one or the new one. What a stopped program has left beside it goes.
func Replace(name string, data []byte) error {
	t, err := NewTemporary(filepath.Dir(name), "."+program)
	if err != nil {
		return err
	}
	defer t.Remove()
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	f, err := os.Create(filepath.Join(t.Dir, "new"))
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
