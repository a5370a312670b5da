package desk

import (
	"bytes"
	"slices"
	"time"

	"achyk/internal/diag"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Format returns the file of a register in canonical form, or why it cannot be brought into it: then
// something would be lost. published is the register as it was committed, by which spoilt cells are
// restored; nil: there is none.
func Format(f *source.File, label string, schema *table.Schema, published *table.Table, zone *time.Location) ([]byte, *Result, error) {
	if t, problems := table.Read(f, label, schema); len(problems) == 0 && t.Whole && (published == nil || !doubtful(t, published)) {
		var b bytes.Buffer
		err := t.WriteRegister(&b, t.Has)
		return b.Bytes(), &Result{Table: t, Merged: t}, err
	}
	if published == nil {
		published = table.Made(schema, label, nil)
	}
	d := &Desk{Tables: []*table.Table{published}, Zone: zone}
	r := d.Read(f, Options{Register: schema.Name, Delete: true})
	left := slices.IndexFunc(r.Problems, func(p diag.Diagnostic) bool { return p.Code == diag.RowsLeftOut })
	if r.Merged == nil || r.Problems.HasErrors() || left >= 0 {
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
