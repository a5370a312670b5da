package table

import (
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/gocarina/gocsv"

	"achyk/internal/locale"
)

// Decode makes a record of each row of a register: a struct whose fields have the names of columns as
// csv tags. The error is of a struct that does not fit the schema.
func Decode[T any](t *Table, records *[]*T) error {
	if len(t.Rows) == 0 {
		return nil // most registers of a small municipality; matching their columns would take longer than all else
	}
	if err := gocsv.UnmarshalCSV(&rows{table: t, next: -1}, records); err != nil && !errors.Is(err, gocsv.ErrEmptyCSVFile) {
		return err
	}
	further := t.Schema.Langs[len(locale.Langs):]
	if len(further) == 0 {
		return nil
	}
	typ := reflect.TypeFor[T]()
	for i := range typ.NumField() {
		c := t.Schema.Column(typ.Field(i).Tag.Get("csv"))
		if c == nil || c.Type != Text {
			continue
		}
		for j, record := range *records {
			text := reflect.ValueOf(record).Elem().Field(i).Addr().Interface().(*locale.Text)
			for n, l := range further {
				text.Set(l, t.Rows[j].Values[c.field+len(locale.Langs)+n])
			}
		}
	}
	return nil
}

// rows is a gocsv.CSVReader of a table. gocsv reads the fields of a text column into
// the fields of one struct, whose names it wants with a dot: name.Ky. It leaves out the fields of
// further languages, which locale.Text has no field for.
type rows struct {
	table *Table
	next  int // row to read; -1 is the header
}

func (r *rows) Read() ([]string, error) {
	r.next++
	switch {
	case r.next == 0:
		return r.header(), nil
	case r.next > len(r.table.Rows):
		return nil, io.EOF
	}
	return r.table.Rows[r.next-1].Values, nil
}

func (r *rows) ReadAll() ([][]string, error) {
	all := [][]string{r.header()}
	for i := range r.table.Rows {
		all = append(all, r.table.Rows[i].Values)
	}
	return all, nil
}

func (r *rows) header() []string {
	s := r.table.Schema
	names := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.Name
		if c := s.Columns[f.Column]; c.Type == Text {
			code := f.Lang.String() // "ky"; the field of locale.Text is Ky
			names[i] = c.Name + "." + strings.ToUpper(code[:1]) + code[1:]
		}
	}
	return names
}
