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

	"achyk/internal/locale"
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

// LabelColumns returns the indexes of the columns by which a record is called.
func (s *Schema) LabelColumns() []int { return s.labels }

// String names the schema in our own errors and test failures.
func (s *Schema) String() string { return fmt.Sprintf("schema %q", s.Name) }
