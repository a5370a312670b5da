package jme_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// cell returns a value that a column accepts.
func cell(c *table.Column, l locale.Lang) string {
	switch c.Type {
	case table.Text:
		return c.Name + " " + l.String()
	case table.Integer:
		return "7"
	case table.Number, table.Money:
		return "7.5"
	case table.Boolean:
		return "true"
	case table.Date:
		return "2026-03-02"
	case table.DateTime:
		return "2026-03-02T17:00+06:00"
	case table.YearMonth:
		return "2026-03"
	case table.Year:
		return "2026"
	case table.Enum:
		return c.Values[0].Code
	case table.URL:
		return "https://a.example/"
	}
	for _, s := range []string{"x", "KGS"} {
		if c.Type == table.ID || c.Type == table.Ref || c.Pattern == "" || regexp.MustCompile(c.Pattern).MatchString(s) {
			return s
		}
	}
	panic(c.Pattern)
}

// one makes a register of one record whose key is x and whose cells are all filled.
func one(t *testing.T, register string) *table.Table {
	t.Helper()
	schema := jme.Schema(register)
	row := table.Row{Values: make([]string, len(schema.Fields))}
	for i, f := range schema.Fields {
		row.Values[i] = cell(&schema.Columns[f.Column], f.Lang)
	}
	made, problems := table.New(schema, "x/"+register, []table.Row{row})
	if len(problems) > 0 {
		t.Fatalf("%s: %v", register, problems)
	}
	return made
}

// records returns the slices of typed records of a municipality, one for each register.
func records(m *jme.Municipality) []reflect.Value {
	var all []reflect.Value
	v := reflect.ValueOf(m).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Pointer && isRecord(f.Type().Elem().Elem()) {
			all = append(all, f)
		}
	}
	return all
}

func isRecord(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.NumField() > 0 && t.Field(0).Tag.Get("csv") != ""
}

// recordTypes returns the types that the records of each register are read into.
func recordTypes(t *testing.T) map[string]reflect.Type {
	t.Helper()
	types := map[string]reflect.Type{}
	for _, register := range jme.Registers {
		m := &jme.Municipality{ID: "x", Tables: []*table.Table{one(t, register)}}
		if err := m.Link(); err != nil {
			t.Fatal(err)
		}
		filled := slices.DeleteFunc(records(m), func(v reflect.Value) bool { return v.Len() == 0 })
		if len(filled) != 1 || filled[0].Len() != 1 {
			t.Errorf("%s is read into %d slices", register, len(filled))
			continue
		}
		types[register] = filled[0].Type().Elem().Elem()
	}
	if n := len(records(&jme.Municipality{})); n != len(jme.Registers) {
		t.Errorf("%d kinds of record for %d registers", n, len(jme.Registers))
	}
	return types
}

// Each struct has a field for each column of its schema, of the type that fits the column,
// and no others.
func TestRecordsAgreeWithSchemas(t *testing.T) {
	types := recordTypes(t)
	for register, typ := range types {
		schema := jme.Schema(register)
		for i := range typ.NumField() {
			tag := typ.Field(i).Tag.Get("csv")
			if tag != "-" && schema.Column(tag) == nil {
				t.Errorf("%s.%s is of a column %q that %s has not", typ.Name(), typ.Field(i).Name, tag, register)
			}
		}
		for _, c := range schema.Columns {
			f, ok := fieldOf(typ, c.Name)
			if !ok {
				t.Errorf("%s has no field for %s.%s", typ.Name(), register, c.Name)
			} else if want := goType(&c, types); want != nil && f.Type != want {
				t.Errorf("%s.%s is %s, want %s for a column of type %s", typ.Name(), f.Name, f.Type, want, c.Type)
			} else if want == nil && refers(f.Type) != types[c.Register] {
				t.Errorf("%s.%s is %s, but refers to %s", typ.Name(), f.Name, f.Type, c.Register)
			}
		}
	}
}

func fieldOf(typ reflect.Type, column string) (reflect.StructField, bool) {
	for i := range typ.NumField() {
		if f := typ.Field(i); f.Tag.Get("csv") == column {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// goType returns the type that a column is read into, or nil for a reference.
func goType(c *table.Column, types map[string]reflect.Type) reflect.Type {
	switch c.Type {
	case table.Text:
		return reflect.TypeFor[locale.Text]()
	case table.Integer:
		if c.Required { // in an int, 0 and not known would be the same
			return reflect.TypeFor[int]()
		}
		return reflect.TypeFor[jme.Number]()
	case table.Number, table.Money:
		return reflect.TypeFor[jme.Number]()
	case table.Year:
		return reflect.TypeFor[int]()
	case table.Boolean:
		return reflect.TypeFor[bool]()
	case table.Date, table.DateTime, table.YearMonth:
		return reflect.TypeFor[jme.Date]()
	case table.Ref:
		if c.Register != "" {
			return nil
		}
	}
	return reflect.TypeFor[string]()
}

// refers returns T of the type Ref[T], or nil of any other type.
func refers(t reflect.Type) reflect.Type {
	if get, ok := t.MethodByName("Get"); ok && get.Type.Out(0).Kind() == reflect.Pointer {
		return get.Type.Out(0).Elem()
	}
	return nil
}

// If each register has one record and all have the key x, each field has the value of its
// cell, each reference leads to a record, and each list of referring records is filled.
func TestRecordsHoldTheirCells(t *testing.T) {
	m := &jme.Municipality{ID: "x"}
	for _, register := range jme.Registers {
		m.Tables = append(m.Tables, one(t, register))
	}
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	types := recordTypes(t)
	for _, slice := range records(m) {
		record := slice.Index(0).Elem()
		register := jme.Registers[slices.IndexFunc(jme.Registers, func(r string) bool { return types[r] == record.Type() })]
		for _, c := range jme.Schema(register).Columns {
			f, ok := fieldOf(record.Type(), c.Name)
			if !ok {
				continue // TestRecordsAgreeWithSchemas reports it
			}
			v := record.FieldByIndex(f.Index)
			if got, want := written(v, c.Type), cell(&c, locale.Ky); got != want {
				t.Errorf("%s.%s is %q, want %q", register, c.Name, got, want)
			}
			if refers(f.Type) != nil && v.MethodByName("Get").Call(nil)[0].IsNil() {
				t.Errorf("%s.%s leads nowhere", register, c.Name)
			}
		}
		for i := range record.NumField() {
			if f := record.Type().Field(i); f.Tag.Get("csv") == "-" && record.Field(i).Len() == 0 {
				t.Errorf("%s.%s is empty", record.Type().Name(), f.Name)
			}
		}
	}
}

// written returns a field as its cell is written.
func written(v reflect.Value, typ table.Type) string {
	switch x := v.Interface().(type) {
	case locale.Text:
		return x.Ky
	case jme.Date:
		return x.Format(map[table.Type]string{table.Date: "2006-01-02", table.DateTime: "2006-01-02T15:04-07:00", table.YearMonth: "2006-01"}[typ])
	case int:
		return strconv.Itoa(x)
	case bool:
		return strconv.FormatBool(x)
	case fmt.Stringer:
		return x.String()
	case interface{ MarshalText() ([]byte, error) }:
		text, _ := x.MarshalText()
		return string(text)
	default:
		return v.String()
	}
}

// Each file in the folder of schemas is that of a built-in register.
func TestSchemaFiles(t *testing.T) {
	files, err := filepath.Glob("schema/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		register, ok := strings.CutSuffix(filepath.Base(name), ".schema.toml")
		if _, known := jme.Find(register); !ok || !known {
			t.Errorf("%s is of no built-in register: add %q to the table in registers.go, or rename the file", name, register)
		}
	}
	if len(files) != len(jme.Schemas()) {
		t.Errorf("%d schemas for %d registers", len(files), len(jme.Schemas()))
	}
}

// The built-in schemas have titles, descriptions and labels in all languages, and the
// columns and stages that they name exist.
func TestSchemasAreWhole(t *testing.T) {
	whole := func(text locale.Text) bool { return !slices.Contains(text.All(), "") }
	for _, register := range jme.Registers {
		s := jme.Schema(register)
		if !whole(s.Title) || !whole(s.Singular) || !whole(s.Description) {
			t.Errorf("%s lacks a title, singular or description in a language", register)
		}
		for _, c := range s.Columns {
			if !whole(c.Title) || !whole(c.Description) {
				t.Errorf("%s.%s lacks a title or description in a language", register, c.Name)
			}
			for _, v := range c.Values {
				if !whole(v.Label) {
					t.Errorf("%s.%s: %q lacks a label in a language", register, c.Name, v.Code)
				}
			}
			for _, named := range []string{c.RegisterColumn, c.CurrencyColumn} {
				if named != "" && s.Column(named) == nil {
					t.Errorf("%s.%s names a column %q that is not there", register, c.Name, named)
				}
			}
		}
		if !slices.Contains(jme.Stages, jme.Stage(s.Stage)) {
			t.Errorf("%s belongs to a step %q that is not there", register, s.Stage)
		}
		for _, name := range slices.Concat(append(slices.Clone(s.Order), s.Period)...) {
			if !s.Column(name).Type.Dated() {
				t.Errorf("%s.%s is no date", register, name)
			}
		}
	}
}
