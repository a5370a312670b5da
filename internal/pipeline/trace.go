package pipeline

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/spelling"
	"achyk/internal/table"
)

// Traced is the history of one record.
type Traced struct {
	Municipality string // empty for a register of all municipalities
	Register     string
	ID           string
	Schema       *table.Schema // nil if there is no such register any more
	Column       string        // the column asked for; empty: all columns
	Changes      []history.Change
	Shallow      bool // the clone lacks older commits
}

// UnknownError says that the history has no register, record or column of a name, or that
// several municipalities have a register of that name.
type UnknownError struct {
	What       string   // "register", "record", "column", "municipality" or "town"
	Name       string   // as the caller gave it
	Candidates []string // names that may have been meant
}

func (u *UnknownError) Error() string {
	return fmt.Sprintf("no such %s: %q (%s)", u.What, u.Name, strings.Join(u.Candidates, ", "))
}

// Trace reads the history of a record, or of one of its columns. The register is named like
// "osh/findings", or "findings" if only one municipality has a record of that id. The error is
// an UnknownError if there is no such record.
func Trace(o Options, register, id, column string) (Traced, error) {
	source, err := Open(o)
	if err != nil {
		return Traced{}, err
	}
	defer source.Close()
	if source.unreadable != nil {
		return Traced{}, source.unreadable
	}
	if source.commit.Hash == "" {
		return Traced{}, ErrNoHistory
	}
	loaded, err := source.Load()
	if err != nil {
		return Traced{}, err
	}
	return loaded.trace(register, id, column)
}

// trace is Trace of a repository that has been loaded.
func (l *Loaded) trace(register, id, column string) (Traced, error) {
	tables := map[string]*table.Table{}
	for _, m := range l.Data.Municipalities {
		for _, t := range m.Tables {
			tables[t.Label] = t
		}
	}
	labels := l.labels(register, tables)
	h, err := l.readHistory(labels...)
	if err != nil {
		return Traced{}, err
	}
	var found []Traced
	kept := false // whether there is such a register, or was
	for _, label := range labels {
		t, now := traced(h, tables[label], label, id), tables[label]
		kept = kept || now != nil || len(h.Keys(t.Municipality, t.Register)) > 0
		if len(t.Changes) > 0 || now != nil && now.Lookup(id) != nil { // it has no change if it is in no commit, or if the clone lacks the commits that changed it
			found = append(found, t)
		}
	}
	switch {
	case !kept:
		return Traced{}, NotAmong("register", register, slices.Sorted(maps.Keys(tables)))
	case len(found) == 0:
		return Traced{Shallow: h.Shallow}, &UnknownError{What: "record", Name: id}
	case len(found) > 1:
		var words []string
		for _, f := range found {
			words = append(words, path.Join(f.Municipality, f.Register))
		}
		return Traced{}, &UnknownError{"municipality", register, words}
	}
	return found[0].only(column)
}

// labels returns the labels of the registers that a name may mean. A name without a
// municipality may mean that register of any of them. The calendar has one label, although each
// municipality lists it.
func (l *Loaded) labels(register string, tables map[string]*table.Table) []string {
	of, name := path.Split(register)
	if name == jme.Calendar && (of == "" || l.Data.Municipality(strings.TrimSuffix(of, "/")) != nil) {
		return []string{jme.Calendar}
	}
	if of != "" || tables[register] != nil {
		return []string{register}
	}
	var labels []string
	for _, m := range l.Data.Municipalities {
		labels = append(labels, m.ID+"/"+register)
	}
	return labels
}

// traced returns the changes of a record of the register with a label. now is the register as
// it is today, or nil if there is no such register any more.
func traced(h *history.History, now *table.Table, label, id string) Traced {
	m, name := path.Split(label)
	t := Traced{Municipality: strings.TrimSuffix(m, "/"), Register: name, ID: id, Shallow: h.Shallow}
	t.Changes = h.Of(t.Municipality, name, id)
	if now != nil {
		t.Schema = now.Schema
	}
	return t
}

// only keeps the changes of one column. A text has three fields, and its name stands for all of
// them. Changes that concern the whole record (created, removed, unclear) are kept as well.
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
			return Traced{}, NotAmong("column", column, names)
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

// NotAmong says that a name is not among those that there are, and which of them is nearest.
func NotAmong(what, name string, names []string) *UnknownError {
	u := &UnknownError{What: what, Name: name}
	if n := spelling.Nearest(name, names); n != "" {
		u.Candidates = []string{n}
	}
	return u
}
