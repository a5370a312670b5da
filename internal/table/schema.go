// Package table is a register as data: a schema, and rows that keep to it.
//
// It knows no domain. One schema validates, decodes, exports, documents and draws
// forms; built-in registers and a municipality's own use the same format:
//
//	primary_key = ["id"]
//	title       = { ky = "…", ru = "…", en = "…" }
//	[[column]]
//	name = "area"
//	type = "number"
//
// A column of type text stands for three fields of the file, name_ky, name_ru and
// name_en; every other column for one. Cells are kept as their canonical text, so
// that a number is quoted, compared and exported exactly as it was written.
//
// Canonical CSV is UTF-8 without byte order mark, comma, LF, quotes only where
// needed, a header in schema order, rows in the order of their keys, ISO 8601 dates.
package table

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// Type is what a column's cells hold.
type Type string

// The types of columns. The text of a cell is: a word of the schema for Enum, an id
// of another register for Ref, 2026-03-01 for Date, 2026-03-01T17:00+06:00 for
// DateTime, 2026-03 for YearMonth, 2026 for Year, digits with a decimal point for
// Number and Money, true or false for Boolean, http(s)://… for URL, and a path below
// content/<municipality>/files/ for Path.
const (
	ID        Type = "id"
	Ref       Type = "ref"
	String    Type = "string"
	Text      Type = "text"
	Integer   Type = "integer"
	Number    Type = "number"
	Money     Type = "money"
	Boolean   Type = "boolean"
	Date      Type = "date"
	DateTime  Type = "datetime"
	YearMonth Type = "year-month"
	Year      Type = "year"
	Enum      Type = "enum"
	URL       Type = "url"
	Path      Type = "path"
)

var types = []Type{ID, Ref, String, Text, Integer, Number, Money, Boolean, Date, DateTime, YearMonth, Year, Enum, URL, Path}

// Numeric tells whether cells of the type are numbers, and so are set flush right.
func (t Type) Numeric() bool { return t == Integer || t == Number || t == Money }

// Dated tells whether cells of the type are points in time that can be ordered.
func (t Type) Dated() bool { return t == Date || t == DateTime || t == YearMonth }

// Schema describes a register. It is immutable once parsed.
type Schema struct {
	Name        string      `toml:"-"` // as in the file name: "findings"
	PrimaryKey  []string    `toml:"primary_key"`
	Title       locale.Text `toml:"title"`    // the register, plural
	Singular    locale.Text `toml:"singular"` // one record
	Description locale.Text `toml:"description"`
	Stage       string      `toml:"stage"`  // the part of a process its records belong to; see Allowed
	Label       []string    `toml:"label"`  // columns by which a record is called
	Period      []string    `toml:"period"` // first and last day of a record's validity
	Order       [][]string  `toml:"order"`  // pairs of columns whose dates may not contradict each other
	Columns     []Column    `toml:"column"`

	Fields []Field `toml:"-"` // the columns of the file, in order
	Own    bool    `toml:"-"` // a municipality's own register
	Plain  bool    `toml:"-"` // made up for a file without a schema: all strings
	keys   []int   // indexes into Fields
	labels []int   // indexes into Columns
}

// Allowed lists the words by which a schema may name what lies outside of it. A nil list
// allows any word.
type Allowed struct {
	Registers []string // that a reference may lead to
	Stages    []string
}

// Column is a column of a schema.
type Column struct {
	Name           string      `toml:"name"`
	Type           Type        `toml:"type"`
	Required       bool        `toml:"required"` // for text: the Kyrgyz original is
	Title          locale.Text `toml:"title"`
	Description    locale.Text `toml:"description"`
	Register       string      `toml:"register"`        // of a ref
	RegisterColumn string      `toml:"register_column"` // of a ref whose register another column names
	Within         bool        `toml:"within"`          // of a ref: the record's period lies within the target's
	Values         []Value     `toml:"value"`           // of an enum
	Unit           string      `toml:"unit"`
	CurrencyColumn string      `toml:"currency_column"` // of money
	Minimum        *float64    `toml:"minimum"`
	Maximum        *float64    `toml:"maximum"`
	MinLength      int         `toml:"min_length"` // in characters; 0 is no limit
	MaxLength      int         `toml:"max_length"`
	Pattern        string      `toml:"pattern"`
	Unique         bool        `toml:"unique"`
	Personal       bool        `toml:"personal"` // names a person in a public role

	field   int // index into Schema.Fields
	pattern *regexp.Regexp
}

// Field returns the index of the column's field, of a text the Kyrgyz one, after which the
// Russian and the English follow.
func (c *Column) Field() int { return c.field }

// Value is a word of an enum with what people read.
type Value struct {
	Code  string      `toml:"code"`
	Label locale.Text `toml:"label"`
}

// Label returns the label of an enum's word; an unknown word is its own label.
func (c *Column) Label(code string) locale.Text {
	for i := range c.Values {
		if c.Values[i].Code == code {
			return c.Values[i].Label
		}
	}
	return locale.Text{Ky: code, Ru: code, En: code}
}

// Field is one column of the file.
type Field struct {
	Name   string
	Column int         // index into Schema.Columns
	Lang   locale.Lang // of a text column's field
}

// Field returns the index of a field by name, or -1.
func (s *Schema) Field(name string) int {
	return slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name == name })
}

// Column returns a column by name, or nil.
func (s *Schema) Column(name string) *Column {
	for i := range s.Columns {
		if s.Columns[i].Name == name {
			return &s.Columns[i]
		}
	}
	return nil
}

// Keys returns the indexes of the primary key's fields.
func (s *Schema) Keys() []int { return s.keys }

// Required tells whether a field must be filled.
func (s *Schema) Required(field int) bool {
	f := s.Fields[field]
	c := &s.Columns[f.Column]
	return c.Required && (c.Type != Text || f.Lang == locale.Ky)
}

// ParseSchema reads the schema file of the register of that name. The schema is nil where
// problems hold an error.
func ParseSchema(name string, f *source.File, allowed Allowed) (*Schema, diag.List) {
	s := &Schema{Name: name}
	places, problems := settings.Decode(f, source.Span{End: len(f.Data)}, s)
	if problems.HasErrors() {
		return nil, problems
	}
	bad := func(key string, n int, value, detail string) {
		at := places.At(key)
		if name, ok := strings.CutPrefix(key, "column."); ok {
			at = places.At("column", n, name)
		}
		problems.Add(diag.Diagnostic{
			Code: diag.SchemaInvalid, File: f, Span: at, Value: value,
			Args: diag.Args{"key": key, "value": value, "detail": diag.Phrase("schema." + detail)},
		})
	}
	if len(s.Columns) == 0 {
		bad("column", 0, "", "no-columns")
	}
	if s.Stage != "" && allowed.Stages != nil && !slices.Contains(allowed.Stages, s.Stage) {
		bad("stage", 0, s.Stage, "stage")
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		if !columnName.MatchString(c.Name) {
			bad("column.name", i, c.Name, "column-name")
		} else if j := slices.IndexFunc(s.Columns[:i], func(o Column) bool { return o.Name == c.Name }); j >= 0 {
			bad("column.name", i, c.Name, "column-twice")
		} else if c.Name == Demonstration {
			bad("column.name", i, c.Name, "column-ours")
		}
		if !slices.Contains(types, c.Type) {
			bad("column.type", i, string(c.Type), "type")
		}
		if c.Type == Enum && len(c.Values) == 0 {
			bad("column.name", i, c.Name, "no-values")
		}
		if c.Type == Ref && c.RegisterColumn == "" && (c.Register == "" || allowed.Registers != nil && !slices.Contains(allowed.Registers, c.Register)) {
			bad("column.register", i, c.Register, "register")
		}
		if c.Pattern != "" {
			var err error
			if c.pattern, err = regexp.Compile(c.Pattern); err != nil {
				bad("column.pattern", i, c.Pattern, "pattern")
			}
		}
	}
	s.Complete()
	for _, f := range s.Fields { // name_ky, beside a text called name
		if first := s.Fields[s.Field(f.Name)]; s.Columns[first.Column].Name != s.Columns[f.Column].Name {
			bad("column.name", f.Column, f.Name, "column-twice")
		}
	}
	for _, name := range s.PrimaryKey {
		if c := s.Column(name); c == nil || c.Type == Text {
			bad("primary_key", 0, name, "key-column")
		}
	}
	for _, key := range []struct {
		key   string
		names []string
	}{{"label", s.Label}, {"period", s.Period}, {"order", slices.Concat(s.Order...)}} {
		for _, name := range key.names {
			if s.Column(name) == nil {
				bad(key.key, 0, name, "named-column")
			}
		}
	}
	for _, pair := range s.Order {
		if len(pair) != 2 {
			bad("order", 0, strings.Join(pair, ", "), "pair")
		}
	}
	if len(s.Period) != 0 && len(s.Period) != 2 {
		bad("period", 0, strings.Join(s.Period, ", "), "pair")
	}
	if problems.HasErrors() {
		return nil, problems
	}
	return s, problems
}

var columnName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// PlainSchema makes the schema of a file that has none: every column is a string and
// the first is the key.
func PlainSchema(name string, header []string) *Schema {
	s := &Schema{Name: name, Plain: true}
	for i, h := range header {
		s.Columns = append(s.Columns, Column{Name: h, Type: String, Required: i == 0})
	}
	s.Complete()
	return s
}

// Complete fills in what follows from the rest: names where titles were left out,
// the fields of the file, the key. Schemas made in Go call it once.
func (s *Schema) Complete() {
	if len(s.PrimaryKey) == 0 && len(s.Columns) > 0 {
		s.PrimaryKey = []string{s.Columns[0].Name}
	}
	if s.Title.IsZero() {
		s.Title = locale.Text{Ky: s.Name, Ru: s.Name, En: s.Name}
	}
	if s.Singular.IsZero() {
		s.Singular = s.Title
	}
	if len(s.Label) == 0 {
		s.Label = s.PrimaryKey
		if s.Column("name") != nil {
			s.Label = []string{"name"}
		}
	}
	s.Fields, s.keys, s.labels = nil, nil, nil
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Title.IsZero() {
			c.Title = locale.Text{Ky: c.Name, Ru: c.Name, En: c.Name}
		}
		c.field = len(s.Fields)
		if c.Type != Text {
			s.Fields = append(s.Fields, Field{Name: c.Name, Column: i})
			continue
		}
		for _, l := range locale.Langs {
			s.Fields = append(s.Fields, Field{Name: c.Name + "_" + l.String(), Column: i, Lang: l})
		}
	}
	for _, name := range s.PrimaryKey {
		if i := s.Field(name); i >= 0 {
			s.keys = append(s.keys, i)
			s.Columns[s.Fields[i].Column].Required = true
		}
	}
	for _, name := range s.Label {
		if i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Name == name }); i >= 0 {
			s.labels = append(s.labels, i)
		}
	}
}

// LabelColumns returns the indexes of the columns by which a record is called.
func (s *Schema) LabelColumns() []int { return s.labels }

// String names the schema in our own errors and test failures.
func (s *Schema) String() string { return fmt.Sprintf("schema %q", s.Name) }
