package history

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/source"
	"achyk/internal/table"
)

// view says how the versions of a register are compared: by which key rows are matched and
// which columns may be shown.
type view struct {
	keys  []string          // the columns of the present primary key; none: the first column
	shown map[string]bool   // the columns that a schema names, and whether they may be shown: not if one calls them personal
	names map[string]string // present names of columns of the version that is read next, where they are others
	sum   [sha256.Size]byte // of all the above
}

// setViews gives each lineage its view.
func (s *scan) setViews(blobs *gitrepo.Blobs, data *jme.Dataset) error {
	present := map[string]*table.Schema{}
	for _, m := range data.Municipalities {
		for _, t := range m.Tables {
			present[t.Label] = t.Schema
		}
	}
	left := limits.Schemas
	for _, l := range s.lineages {
		schema := present[l.label]
		if schema == nil {
			schema = jme.Schema(path.Base(l.label))
		}
		past, ok, err := s.pastSchemas(l, blobs, &left)
		if err != nil {
			return err
		}
		if !ok {
			l.view = newView(schema, past)
			clear(l.view.shown) // one that was not read may call a column personal
			l.view.summed()
			continue
		}
		if schema == nil && len(past) > 0 {
			schema = past[0]
		}
		l.view = newView(schema, past)
	}
	return nil
}

// pastSchemas reads the versions of a register's schema, newest first. A schema with
// mistakes is left out: the versions before and after it name its columns. ok is false if there
// are more bytes of them than left, from which they are subtracted.
func (s *scan) pastSchemas(l *lineage, blobs *gitrepo.Blobs, left *int) (past []*table.Schema, ok bool, err error) {
	seen := map[gitrepo.Blob]bool{{}: true}
	for _, name := range l.paths {
		register, _ := label(name, csvEnding)
		for _, blob := range s.schemas[register] {
			if seen[blob] {
				continue
			}
			seen[blob] = true
			text, err := blobs.Read(blob, min(limits.Settings, *left))
			if over := (*limits.Exceeded)(nil); errors.As(err, &over) && over.Have > limits.Settings {
				continue // no schema had so many bytes when it was in use
			} else if over != nil {
				return nil, false, nil
			}
			if err != nil {
				return nil, false, err
			}
			*left -= len(text)
			if schema, _ := table.ParseSchema(path.Base(register), &source.File{Path: name, Data: text}, table.Allowed{}); schema != nil {
				past = append(past, schema)
			}
		}
	}
	return past, true, nil
}

// newView makes the view of a register from its present schema and the past ones. Without
// a present schema it shows no column.
func newView(present *table.Schema, past []*table.Schema) *view {
	v := &view{shown: map[string]bool{}}
	if present == nil {
		return v.summed()
	}
	v.keys = present.PrimaryKey
	for _, s := range append([]*table.Schema{present}, past...) {
		for _, f := range s.Fields {
			shown, named := v.shown[f.Name]
			v.shown[f.Name] = (shown || !named) && !s.Columns[f.Column].Personal
		}
	}
	return v.summed()
}

// summed sets the checksum by which the cache tells views apart, and returns the view.
func (v *view) summed() *view {
	v.sum = sha256.Sum256(fmt.Appendf(nil, "%q %v", v.keys, v.shown)) // fmt sorts the columns
	return v
}

// clone returns a copy that learn does not alter.
func (v *view) clone() *view {
	c := *v
	c.names = map[string]string{}
	return &c
}

// learn takes note of the names that unexpected returned for a version, for the versions before
// it. The checksum becomes one of all that was learnt; to compute it anew would take as long as
// the history has renamed columns.
func (v *view) learn(names [][2]string) {
	if len(names) == 0 {
		return
	}
	for _, n := range names {
		v.names[n[0]] = n[1]
	}
	v.sum = sha256.Sum256(fmt.Appendf(v.sum[:], "%q", names))
}

// unexpected returns the columns of a version whose present names are not those that the view gives
// them, each with its present name.
func (v *view) unexpected(ver *version) (names [][2]string) {
	for i, name := range ver.header {
		if now := ver.columns[i]; now != "" && now != v.present(name) {
			names = append(names, [2]string{name, now})
		}
	}
	return names
}

// present returns the present name of a column of that name.
func (v *view) present(name string) string {
	return cmp.Or(v.names[name], name)
}

// again stands between the name of a column and the number that nameColumns adds. A column whose
// name in the file contains it is left out.
const again = "\u00a0("

// presentNames returns the present names of the columns of a header. The name is "" for a
// column that is left out: the one that marks demonstrations, and a second column of the
// same name.
func (v *view) presentNames(header []string) []string {
	columns := make([]string, len(header))
	for i, name := range header {
		if name != table.Demonstration && !strings.Contains(name, again) && !slices.Contains(header[:i], name) {
			columns[i] = v.present(name)
		}
	}
	return columns
}

// shows returns whether a column may be shown.
func (v *view) shows(column string) bool {
	name, _, _ := strings.Cut(column, again)
	return v.shown[name]
}

// shownColumns returns the columns of two versions that may be shown, with their indices in
// both; an index is -1 where a version lacks the column.
func (v *view) shownColumns(old, new []string) (names []string, at [][2]int) {
	inOld, inNew := places(old), places(new)
	for i, name := range new {
		if v.shows(name) {
			j, ok := inOld[name]
			if !ok {
				j = -1
			}
			names, at = append(names, name), append(at, [2]int{j, i})
		}
	}
	for i, name := range old {
		if _, ok := inNew[name]; v.shows(name) && !ok {
			names, at = append(names, name), append(at, [2]int{i, -1})
		}
	}
	return names, at
}

// missing returns those columns of a header that may be shown and that the other header
// lacks.
func (v *view) missing(header, other []string) (names []string) {
	there := places(other)
	for _, name := range header {
		if _, ok := there[name]; v.shows(name) && !ok {
			names = append(names, name)
		}
	}
	return names
}
