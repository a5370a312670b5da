package desk

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// Edits are what a proposal does to a register.
type Edits struct {
	Town    *jme.Municipality // a municipality that has it
	Table   *table.Table      // as it is proposed, or as it was if the proposal drops it
	Changes []Change
}

// FileEdit is what a proposal does to a file that is no register.
type FileEdit struct {
	Path string
	Kind Kind
}

// Between returns what makes one state of a register of another, in the order of keys. Personal columns
// are left out. Either state may be nil: the register is not there.
func Between(was, is *table.Table) (all []Change) {
	if is != nil {
		for i := range is.Rows {
			row := &is.Rows[i]
			change := Change{Kind: Added, Key: row.Key, Row: row.Origin.Row}
			var old *table.Row
			if was != nil {
				old = was.Lookup(row.Key)
			}
			for f, field := range is.Schema.Fields {
				before := ""
				if old != nil {
					change.Kind, before = Changed, was.Value(old, field.Name)
				}
				if after := row.Values[f]; before != after && !is.Schema.Columns[field.Column].Personal {
					change.Cells = append(change.Cells, CellChange{Field: field.Name, Before: before, After: after})
				}
			}
			if change.Kind == Added || len(change.Cells) > 0 {
				all = append(all, change)
			}
		}
	}
	if was != nil && (is == nil || is.Whole) { // of a register that could not be read nobody knows what is gone
		for i := range was.Rows {
			if key := was.Rows[i].Key; is == nil || is.Lookup(key) == nil {
				all = append(all, Change{Kind: Removed, Key: key})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int { return strings.Compare(a.Key, b.Key) })
	return all
}

// Compare returns what became of the records of each register, in the order of registers.
func Compare(was, is *jme.Dataset) (all []Edits) {
	then, seen := map[string]*table.Table{}, map[string]bool{}
	for _, m := range was.Municipalities {
		for _, t := range m.Tables {
			then[t.Label] = t
		}
	}
	add := func(m *jme.Municipality, t, old, now *table.Table) {
		if seen[t.Label] { // all municipalities share the calendar
			return
		}
		seen[t.Label] = true
		if changes := Between(old, now); len(changes) > 0 {
			all = append(all, Edits{m, t, changes})
		}
	}
	for _, m := range is.Municipalities {
		for _, t := range m.Tables {
			add(m, t, then[t.Label], t)
		}
	}
	for _, m := range was.Municipalities {
		for _, t := range m.Tables {
			add(m, t, t, nil)
		}
	}
	return all
}

// Files returns what became of files whose content differs. Registers are told by their records.
func Files(changed []string, was, is fs.FS) (all []FileEdit) {
	there := func(f fs.FS, name string) bool {
		_, err := fs.Stat(f, name)
		return err == nil
	}
	for _, name := range changed {
		edit := FileEdit{name, Changed}
		switch {
		case strings.HasPrefix(name, "data/") && path.Ext(name) == ".csv":
			continue
		case !there(was, name):
			edit.Kind = Added
		case !there(is, name):
			edit.Kind = Removed
		}
		all = append(all, edit)
	}
	return all
}
