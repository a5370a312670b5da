// Package canonical brings the files of registers into canonical form, as the command fmt does: a file as a spreadsheet
// program saves it is a sheet that is compared with what was committed. It writes no files.
package canonical

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"time"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/load"
	"achyk/internal/source"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// Formatted is the file of a register in canonical form.
type Formatted struct {
	Path   string
	Before []byte
	After  []byte // nil: it cannot be brought into it, as the problems say
	*desk.Result
}

// ErrNoRegister says that a file holds no register whose schema is known.
var ErrNoRegister = errors.New("canonical: no file of a register")

// Format brings the file of a register into canonical form. committed are the files as they were
// committed, by which spoilt cells are restored; nil: there is no commit.
func Format(files, committed fs.FS, name string) (Formatted, error) {
	label, schema := load.SchemaOf(files, name)
	if schema == nil {
		return Formatted{}, ErrNoRegister
	}
	before, err := fs.ReadFile(files, name)
	if err != nil {
		return Formatted{}, err
	}
	var published *table.Table
	if committed != nil {
		if text, err := fs.ReadFile(committed, name); err == nil && !bytes.Equal(text, before) {
			published, _ = table.Read(&source.File{Path: name, Data: text}, label, schema)
		}
	}
	after, r, err := canonical(&source.File{Path: name, Data: before}, label, schema, published, load.Zone(files))
	return Formatted{name, before, after, r}, err
}

// Registers lists the files of registers that have a schema.
func Registers(files fs.FS) (paths []string, err error) {
	for _, pattern := range []string{"data/*.csv", "data/*/*.csv"} {
		found, err := fs.Glob(files, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			if _, schema := load.SchemaOf(files, name); schema != nil {
				paths = append(paths, name)
			}
		}
	}
	return paths, nil
}

// canonical returns the file of a register in canonical form, or why it cannot be brought into it: then
// something would be lost. published is the register as it was committed, by which spoilt cells are
// restored; nil: there is none.
func canonical(f *source.File, label string, schema *table.Schema, published *table.Table, zone *time.Location) ([]byte, *desk.Result, error) {
	if t, problems := table.Read(f, label, schema); len(problems) == 0 && t.Whole && (published == nil || !doubtful(t, published)) {
		var b bytes.Buffer
		err := t.WriteRegister(&b, t.Has)
		return b.Bytes(), &desk.Result{Table: t, Merged: t}, err
	}
	if published == nil {
		published = table.Made(schema, label, nil)
	}
	d := &desk.Desk{Tables: []*table.Table{published}, Zone: zone}
	r := d.Read(f, desk.Options{Register: schema.Name, Delete: true, Clear: true})
	r.Problems = slices.DeleteFunc(r.Problems, func(p diag.Diagnostic) bool { return p.Code == diag.KeyRenamed }) // on purpose or not, its form is right; check --since guards ids
	for i := range r.Problems {                                                                                   // a register has no titles, notes and remarks, and they may not be lost
		switch p := &r.Problems[i]; p.Code {
		case diag.RowsLeftOut:
			p.Code = diag.ExtraRow
		case diag.ColumnLeftOut:
			p.Code, p.Args["words"] = diag.UnknownColumn, tableschema.Named(schema)
		}
	}
	if r.Merged == nil || r.Problems.HasErrors() {
		return nil, r, nil
	}
	var b bytes.Buffer
	err := r.Merged.WriteRegister(&b, func(field int) bool { return r.Fields[field] > 0 })
	return b.Bytes(), r, err
}

// doubtful tells whether a cell differs from what was committed, so that a program may have spoilt it
// without making it wrong: zeros that are gone from a text of digits, a letter that is a question mark.
func doubtful(t, published *table.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r table.Row) bool {
		was := published.Lookup(r.Key)
		return was != nil && !slices.Equal(was.Values, r.Values)
	})
}
