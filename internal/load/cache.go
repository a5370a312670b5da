package load

import (
	"crypto/sha256"
	"fmt"
	"io/fs"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load/personal"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Cache keeps the registers and texts of a repository as they were read, so that the preview reads again
// only what has changed. Something has not if its bytes are the same, and all that decides how they
// are read. It keeps what the last Load used. The zero value is empty. Only one Load at a time may use it.
type Cache struct {
	registers map[key]*register
	texts     map[key]*article
}

// key is a hash of all that a register or text was read from.
type key [sha256.Size]byte

// register is a register as it was read.
type register struct {
	table    *table.Table
	problems diag.List
	personal []personal.Cell
}

// Load is [Load] with what the cache has.
func (c *Cache) Load(fsys fs.FS, also ...func(fs.FS) (diag.List, error)) (*jme.Dataset, diag.List, error) {
	l := newLoader(fsys)
	l.before = *c
	data, problems, err := l.load(also)
	*c = l.after
	return data, problems, err
}

// keyOf returns the key of something that is read from files, and from what context says.
func keyOf(context string, files ...*source.File) key {
	all := sha256.New()
	fmt.Fprintf(all, "%q", context)
	for _, f := range files {
		if f == nil {
			fmt.Fprint(all, " none")
			continue
		}
		fmt.Fprintf(all, " %q %d ", f.Path, len(f.Data))
		all.Write(f.Data)
	}
	return key(all.Sum(nil))
}
