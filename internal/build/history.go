package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"achyk/internal/gitrepo"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/signature"
	"achyk/internal/table"
)

// Traced is what became of one record.
type Traced struct {
	Municipality string // empty for a register that belongs to all
	Register     string
	ID           string
	Schema       *table.Schema // nil where the register is no longer kept
	Column       string        // the one asked for; empty: all
	Changes      []history.Change
	Shallow      bool // older commits exist, but not in this clone
}

// Unknown is a register, record or column that the history does not know, or a name
// that fits several.
type Unknown struct {
	What  string   // "register", "record", "column" or "municipality"
	Name  string   // as it was given
	Words []string // what it could be
}

func (u *Unknown) Error() string {
	return fmt.Sprintf("no such %s: %q (%s)", u.What, u.Name, strings.Join(u.Words, ", "))
}

// Trace reads the history of a record, or of one of its columns. The register is
// "osh/findings"; the municipality may be left out where only one has that id. The error
// is an Unknown where there is nothing to tell.
func Trace(o Options, register, id, column string) (Traced, error) {
	r, err := Open(o)
	if err != nil {
		return Traced{}, err
	}
	defer r.Close()
	if r.unread != nil {
		return Traced{}, r.unread
	}
	if r.commit.Hash == "" {
		return Traced{}, ErrNoHistory
	}
	s, err := r.Load()
	if err != nil {
		return Traced{}, err
	}
	tables := map[string]*table.Table{}
	for _, m := range s.Data.Municipalities {
		for _, t := range m.Tables {
			tables[t.Label] = t
		}
	}
	if of, name := path.Split(register); name == jme.Calendar && (of == "" || s.Data.Municipality(strings.TrimSuffix(of, "/")) != nil) {
		register = name // the pages of every municipality show it as their own, and it belongs to all
	}
	labels := []string{register}
	if register != jme.Calendar && !strings.Contains(register, "/") && tables[register] == nil {
		labels = nil
		for _, m := range s.Data.Municipalities {
			labels = append(labels, m.ID+"/"+register)
		}
	}
	keys, err := r.keys()
	if err != nil {
		return Traced{}, err
	}
	h, err := history.Read(r.git, r.commit, s.Data, keys, r.cache(), labels...)
	if err != nil {
		return Traced{}, err
	}
	var found []Traced
	kept := false
	for _, label := range labels {
		m, name := path.Split(label)
		t := Traced{Municipality: strings.TrimSuffix(m, "/"), Register: name, ID: id, Shallow: h.Shallow}
		t.Changes = h.Of(t.Municipality, name, id)
		now := tables[label]
		if now != nil {
			t.Schema = now.Schema
		}
		kept = kept || now != nil || len(h.Keys(t.Municipality, name)) > 0
		if len(t.Changes) > 0 || now != nil && now.Lookup(id) != nil { // not changed since the clone was cut off, or not committed
			found = append(found, t)
		}
	}
	switch {
	case !kept:
		return Traced{}, &Unknown{"register", register, near(register, slices.Sorted(maps.Keys(tables)))}
	case len(found) == 0:
		return Traced{Shallow: h.Shallow}, &Unknown{What: "record", Name: id}
	case len(found) > 1:
		var words []string
		for _, f := range found {
			words = append(words, path.Join(f.Municipality, f.Register))
		}
		return Traced{}, &Unknown{"municipality", register, words}
	}
	return found[0].only(column)
}

// only keeps the changes of one column: a field of the file, or all three of a text. A
// record that came, went or became unclear did so with all its columns.
func (t Traced) only(column string) (Traced, error) {
	if column == "" {
		return t, nil
	}
	fields := []string{column}
	if t.Schema != nil {
		var names []string
		fields = nil
		for _, f := range t.Schema.Fields {
			name := t.Schema.Columns[f.Column].Name
			if f.Name == column || name == column {
				fields = append(fields, f.Name)
			}
			names = append(names, f.Name)
		}
		if len(fields) == 0 {
			return Traced{}, &Unknown{"column", column, near(column, names)}
		}
	}
	t.Column = column
	var changes []history.Change
	for _, c := range t.Changes {
		r := *c.Record
		r.Cells = nil
		for _, cell := range c.Cells {
			if slices.Contains(fields, cell.Column) {
				r.Cells = append(r.Cells, cell)
			}
		}
		if c.Record = &r; len(r.Cells) > 0 || r.Kind != history.Changed {
			changes = append(changes, c)
		}
	}
	t.Changes = changes
	return t, nil
}

// near is the name that was most likely meant, if any.
func near(name string, names []string) []string {
	if n := table.Nearest(name, names); n != "" {
		return []string{n}
	}
	return nil
}

// Why there is no history to show: no git repository or no commit in it, or a repository
// in a format that is not known.
var (
	ErrNoHistory = errors.New("no git history")
	ErrFormat    = gitrepo.ErrFormat
)

// Setting is what makes a repository one of a format that cannot be read, as git writes
// it; empty for other errors.
func Setting(err error) string {
	var format *gitrepo.FormatError
	if errors.As(err, &format) {
		return format.Setting
	}
	return ""
}

// keys reads the keys by which signatures are verified: those of the commit that the site
// is built from. A key in the work tree only has been vouched for by nobody, and with it
// two builds of one commit would differ. The keys of an older commit would let one who is
// no longer trusted go on vouching for it, and those of each commit itself would let
// anybody bring a key along.
func (r *Repository) keys() (*signature.Keys, error) {
	files, err := r.git.FS(r.commit)
	if err != nil {
		return nil, err
	}
	keys, _, err := signature.Read(files)
	return keys, err
}

// Gap is why the history of a repository is not shown, or not all of it; its message is
// "history.gap.<what>". The zero value says that nothing is missing, or that there is no
// repository to speak of.
type Gap struct {
	What    string // "commits", "format" or "shallow"
	Setting string // that makes it a format that cannot be read
}

// Gap tells what of the history cannot be shown.
func (r *Repository) Gap() (Gap, error) {
	switch {
	case r.unread != nil:
		return Gap{"format", Setting(r.unread)}, nil
	case r.git == nil:
		return Gap{}, nil
	case r.commit.Hash == "":
		return Gap{What: "commits"}, nil
	}
	cut, err := r.git.Shallow()
	if len(cut) > 0 {
		return Gap{What: "shallow"}, err
	}
	return Gap{}, err
}

// cacheFolder holds what can be made again, beside the registers; git is told to pass
// over it by a file of its own, whatever the repository's says.
const cacheFolder = ".achyk-cache"

// cache keeps the changes between versions in the source folder. Where that cannot be
// written, reading takes longer.
func (r *Repository) cache() *history.Cache {
	folder := filepath.Join(r.options.Source, cacheFolder)
	name := filepath.Join(folder, "history")
	return &history.Cache{
		Key: cacheKey(r.options.Version),
		Load: func() []byte {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil
			}
			return data
		},
		Save: func(data []byte) {
			ignore := filepath.Join(folder, ".gitignore")
			if err := os.MkdirAll(folder, 0o777); err != nil {
				return
			}
			if have, err := os.ReadFile(ignore); err != nil || !bytes.Equal(have, ignoreAll) {
				if os.WriteFile(ignore, ignoreAll, 0o666) != nil {
					return
				}
			}
			f, err := os.CreateTemp(folder, "history-*")
			if err != nil {
				return
			}
			_, err = f.Write(data)
			if errors.Join(err, f.Close()) == nil {
				err = os.Rename(f.Name(), name)
			}
			if err != nil {
				os.Remove(f.Name())
			}
		},
	}
}

var ignoreAll = []byte("*\n")

// cacheKey tells programs apart that may read the same history differently. Released
// programs share a cache while history.Version stays the same. A program that has no
// version, or was built from changed files, is told by its bytes: whoever works on it must
// not see what an earlier build found.
func cacheKey(version string) string {
	if version != "" && version != "devel" && !strings.HasSuffix(version, "+dirty") {
		return fmt.Sprintf("version %d", history.Version)
	}
	name, err := os.Executable()
	if err != nil {
		return version
	}
	file, err := os.Open(name)
	if err != nil {
		return version
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return version
	}
	return hex.EncodeToString(sum.Sum(nil))
}
