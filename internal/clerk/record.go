package clerk

import (
	"fmt"
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

	desk   *desk.Desk
	values map[int]string // as people write them, by field
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
		r := record(m, t, l.Data.Site.Langs(), say)
		if err := fill(r); err != nil {
			return err
		}
		f := r.sheet()
		if p, err = take(l, m, f, desk.Options{Register: register, Form: true}); err != nil {
			return err
		}
		if p.Rows != nil {
			for _, row := range p.Rows.Rows {
				if t.Lookup(row.Key) != nil {
					return &ExistsError{row.Key}
				}
			}
		}
		unseen(p, f)
		return nil
	})
	return p, err
}

// record makes an empty record of a register.
func record(m *jme.Municipality, t *table.Table, languages []locale.Lang, say *locale.Printer) *Record {
	return &Record{entry.New(m, t, languages, say), t, &desk.Desk{Tables: m.Tables, Zone: m.Settings.Zone()}, map[int]string{}}
}

// unseen leaves out of a proposal what it says of a sheet that nobody sees.
func unseen(p *desk.Proposal, f *source.File) {
	for i := range p.Problems {
		if p.Problems[i].Path == f.Path {
			p.Problems[i].Cell = source.Cell{}
		}
	}
}

// Set gives a field a value, as sheets may have it. The field is named as columns of sheets are.
func (r *Record) Set(column, value string) error {
	field := r.desk.Field(r.Table.Schema, column)
	if field < 0 {
		var names []string
		for _, f := range r.Table.Schema.Fields {
			names = append(names, f.Name)
		}
		return pipeline.NotAmong("column", column, names)
	}
	r.values[field] = strings.TrimSpace(value)
	return nil
}

// Missing lists the fields that must have a value and have none. The key comes last: what is
// proposed for it depends on the record that this one belongs to.
func (r *Record) Missing() (fields []int) {
	keys := r.Table.Schema.Keys()
	for i := range r.Table.Schema.Fields {
		if r.values[i] == "" && r.Table.Schema.Required(i) && !slices.Contains(keys, i) {
			fields = append(fields, i)
		}
	}
	for _, i := range keys {
		if r.values[i] == "" {
			fields = append(fields, i)
		}
	}
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

// Answer gives a field a value. If it does not fit, the field has none, and the findings say why.
func (r *Record) Answer(field int, value string) diag.List {
	name := r.Table.Schema.Fields[field].Name
	r.values[field] = strings.TrimSpace(value)
	problems := r.desk.Read(r.sheet(), desk.Options{Register: r.Table.Schema.Name, Form: true}).Problems
	problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Args["column"] != name || d.Severity() != diag.Error })
	for i := range problems {
		problems[i].Cell = source.Cell{}
	}
	if len(problems) > 0 {
		delete(r.values, field)
	}
	return problems
}

// Known tells whether a value is one of those that a field offers, if it offers any.
func (r *Record) Known(field int, value string) bool {
	meant := func(text string) string { return r.desk.Value(r.Table.Schema, field, text) }
	offered := r.Offered(field)
	return len(offered) == 0 || slices.ContainsFunc(offered, func(text string) bool { return meant(text) == meant(value) })
}

// Near lists what a field offers that has a part of a name, or is most similar to it.
func (r *Record) Near(field int, part string) (near []string) {
	wanted, offered := locale.Fold(part), r.Offered(field)
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

// sheet returns the record as a sheet.
func (r *Record) sheet() *source.File { return sheetOf(r.Table.Schema, r.values) }

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
