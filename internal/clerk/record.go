package clerk

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/entry"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/source"
	"achyk/internal/spelling"
	"achyk/internal/table"
)

// Record is a new record of a register. It is a sheet of one row, so that the desk judges it as any other.
type Record struct {
	*entry.Fields
	Table *table.Table

	desk     *desk.Desk
	take     func(*source.File) (*desk.Proposal, error) // brings it to the desk, which writes nothing
	values   map[int]string                             // as people write them, by field
	answered map[int]bool                               // by field, what [Record.Answer] took
}

// ExistsError says that the register has a record of that key.
type ExistsError struct{ Key string }

func (e *ExistsError) Error() string { return fmt.Sprintf("record %s exists", e.Key) }

// New makes a record of a register, which fill fills in. It writes nothing; [Write] does.
func New(o pipeline.Options, municipality, register string, say *locale.Printer, fill func(*Record) error) (p *desk.Proposal, err error) {
	err = atDesk(o, municipality, func(l *pipeline.Loaded, m *jme.Municipality) error {
		t, err := kept(m, register)
		if err != nil {
			return err
		}
		r := record(l, m, t, say)
		if err := fill(r); err != nil {
			return err
		}
		p, err = r.judged(r.values)
		return err
	})
	return p, err
}

// record makes an empty record of a register.
func record(l *pipeline.Loaded, m *jme.Municipality, t *table.Table, say *locale.Printer) *Record {
	return &Record{
		Fields: entry.New(m, t, l.Data.Site.Langs(), say), Table: t,
		desk: &desk.Desk{Tables: m.Tables, Zone: m.Settings.Zone()},
		take: func(f *source.File) (*desk.Proposal, error) {
			return take(l, m, f, desk.Options{Register: t.Schema.Name, Form: true})
		},
		values: map[int]string{}, answered: map[int]bool{},
	}
}

// judged judges values of the record, together with all that is published.
func (r *Record) judged(values map[int]string) (*desk.Proposal, error) {
	f := sheetOf(r.Table.Schema, values)
	p, err := r.take(f)
	if err != nil {
		return nil, err
	}
	if p.Rows != nil {
		for _, row := range p.Rows.Rows {
			if r.Table.Lookup(row.Key) != nil {
				return nil, &ExistsError{row.Key}
			}
		}
	}
	unseen(p, f)
	return p, nil
}

// unseen leaves out of a proposal what it says of a sheet that nobody sees.
func unseen(p *desk.Proposal, f *source.File) {
	for i := range p.Problems {
		if p.Problems[i].Path == f.Path {
			p.Problems[i].Cell = source.Cell{}
		}
	}
}

// Set gives a field a value, as sheets may have it. The field is named as columns of sheets are. The value is judged with
// the whole record, or by [Record.Answer].
func (r *Record) Set(column, value string) (field int, err error) {
	field = r.desk.Field(r.Table.Schema, column)
	if field < 0 {
		var names []string
		for _, f := range r.Table.Schema.Fields {
			names = append(names, f.Name)
		}
		return field, pipeline.NotAmong("column", column, names)
	}
	r.values[field] = strings.TrimSpace(value)
	return field, nil
}

// Clear takes the value of a field away.
func (r *Record) Clear(field int) {
	delete(r.values, field)
	delete(r.answered, field)
}

// Numbered tells whether a field is the id of the record, which is proposed.
func (r *Record) Numbered(field int) bool {
	keys := r.Table.Schema.Keys()
	return len(keys) == 1 && keys[0] == field && slices.Contains([]table.Type{table.ID, table.String}, r.Table.Schema.Columns[r.Table.Schema.Fields[field].Column].Type)
}

// Missing lists the fields that must have a value and have none. The id comes last: what is
// proposed for it depends on the record that this one belongs to.
func (r *Record) Missing() (fields []int) {
	s := r.Table.Schema
	for i := range s.Fields {
		if r.values[i] == "" && (s.Required(i) || slices.Contains(s.Keys(), i)) {
			fields = append(fields, i)
		}
	}
	slices.SortStableFunc(fields, func(a, b int) int {
		switch {
		case r.Numbered(a):
			return 1
		case r.Numbered(b):
			return -1
		}
		return 0
	})
	return fields
}

// Proposed returns the value that is proposed for a field: for the key, the next id below the record that
// this one refers to first.
func (r *Record) Proposed(field int) string {
	if !slices.Contains(r.Table.Schema.Keys(), field) {
		return ""
	}
	return r.Next(func(field int) string { return r.values[field] })
}

// standIn is the key of a record whose key is not known yet. What is wrong with it is not told.
const standIn = "x"

// Answer gives a field a value, and judges it as the whole record will be: by its column, by what was answered
// before, by all that is published. If it does not fit, the field has none, and the findings say why; if it makes the
// key of a record that exists, the error is an [ExistsError]. Warnings on the field are returned too, and it keeps its value.
func (r *Record) Answer(field int, value string) (problems diag.List, err error) {
	r.values[field], r.answered[field] = strings.TrimSpace(value), true
	values := maps.Clone(r.values)
	for _, k := range r.Table.Schema.Keys() {
		if values[k] == "" {
			values[k] = cmp.Or(r.Proposed(k), standIn)
		}
	}
	p, err := r.judged(values)
	if err != nil {
		r.Clear(field)
		return nil, err
	}
	for _, d := range p.Problems {
		column, _ := d.Args["column"].(string)
		of := r.Table.Schema.Field(column)
		mine := d.Path == r.Table.Schema.Name && of >= 0
		if d.Severity() == diag.Error && (!mine || r.answered[of]) || mine && of == field {
			problems.Add(d)
		}
	}
	if problems.HasErrors() {
		r.Clear(field)
	}
	return problems, nil
}

// Known tells whether a value is one of those that a field offers, if it offers any.
func (r *Record) Known(field int, value string) bool {
	meant := func(text string) string { return r.desk.Value(r.Table.Schema, field, text) }
	offered := r.Offered(field)
	return len(offered) == 0 || slices.ContainsFunc(offered, func(text string) bool { return meant(text) == meant(value) })
}

// Fitting lists what a field offers to this record.
func (r *Record) Fitting(field int) []string {
	return r.Beside(field, func(field int) string { return r.values[field] })
}

// Near lists what a field offers that has a part of a name, or is most similar to it.
func (r *Record) Near(field int, part string) (near []string) {
	wanted, offered := locale.Fold(part), r.Fitting(field)
	for _, text := range offered {
		if strings.Contains(locale.Fold(text), wanted) {
			near = append(near, text)
		}
	}
	if len(near) > 0 {
		return near
	}
	for _, text := range offered {
		name, id, _ := strings.Cut(strings.TrimSuffix(locale.Fold(text), "]"), " [")
		if spelling.Nearest(wanted, []string{name, id}) != "" {
			near = append(near, text)
		}
	}
	return near
}

// sheetOf makes a sheet of records, with the fields that one of them has.
func sheetOf(s *table.Schema, records ...map[int]string) *source.File {
	named := make([]map[string]string, len(records))
	for i, values := range records {
		named[i] = map[string]string{}
		for field, value := range values {
			if value != "" {
				named[i][s.Fields[field].Name] = value
			}
		}
	}
	return entry.Sheet(s, named...)
}
