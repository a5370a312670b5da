// Package table holds registers: a schema, and rows that fit it. It knows no domain, and what
// schemas may name outside of themselves is a parameter. By the same schema a register is
// validated, decoded, exported and documented. Built-in registers and those of a municipality
// have the same format of schema:
//
//	primary_key = ["id"]
//	title       = { ky = "…", ru = "…", en = "…" }
//	[[column]]
//	name = "area"
//	type = "number"
//
// A column of type text has a field in the file for each language, name_ky, name_ru, name_en and those
// of a site's further languages; any other column has one. Cells are kept as text in canonical form, so that a number is quoted,
// compared and exported exactly as it was written.
//
// Canonical CSV is in UTF-8 without byte order mark. It has commas, LF, quotes only where they
// are needed, a header in the order of the schema, rows in the order of their keys, and dates
// as in ISO 8601.
package table

import (
	"regexp"
	"slices"

	"achyk/internal/locale"
)

// Type says what the cells of a column hold.
type Type string

// The types of columns. The text of a cell is: for Enum a word of the schema, for Ref an id of
// another register, for Date 2026-03-01, for DateTime 2026-03-01T17:00+06:00, for YearMonth
// 2026-03, for Year 2026, for Number and Money digits with a decimal point, for Boolean true or
// false, for URL http(s)://…, and for Path a path below content/<municipality>/files/.
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

// Numeric tells whether cells of the type are numbers, which pages set flush right.
func (t Type) Numeric() bool { return t == Integer || t == Number || t == Money }

// Dated tells whether cells of the type are points in time that can be ordered.
func (t Type) Dated() bool { return t == Date || t == DateTime || t == YearMonth }

// Schema describes a register.
type Schema struct {
	Name        string      `toml:"-"` // as in the file name: "findings"
	PrimaryKey  []string    `toml:"primary_key"`
	Title       locale.Text `toml:"title"`    // the register, plural
	Singular    locale.Text `toml:"singular"` // one record
	Description locale.Text `toml:"description"`
	Stage       string      `toml:"stage"`       // the part of a process its records belong to; see Allowed
	Label       []string    `toml:"label"`       // the columns that a record is called by
	Period      []string    `toml:"period"`      // first and last day of a record's validity
	Order       [][]string  `toml:"order"`       // pairs of columns whose dates may not contradict each other
	OpenUntil   []string    `toml:"open_until"`  // paths to the days that close a record; see ParseSchema
	UniqueKeys  [][]string  `toml:"unique_keys"` // sets of columns, not texts, that no two records have the same values in; empty cells are equal
	Columns     []Column    `toml:"column"`

	Fields   []Field       `toml:"-"` // the columns of the file, in order
	Own      bool          `toml:"-"` // a municipality's own register
	Plain    bool          `toml:"-"` // made by PlainSchema, for a file without a schema
	Original locale.Lang   `toml:"-"` // of the texts in its records; the others are translations
	Langs    []locale.Lang `toml:"-"` // that texts in its records can be in, in the order of their fields
	keys     []int         // indexes into Fields
	labels   []int         // indexes into Columns
}

// Column is a column of a schema.
type Column struct {
	Name           string      `toml:"name"`
	Type           Type        `toml:"type"`
	Required       bool        `toml:"required"` // of a text: the original must be there
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
	Personal       bool        `toml:"personal"`   // names a person in a public role
	Free           bool        `toml:"free"`       // what is published may be altered without a reason
	OpenUntil      []string    `toml:"open_until"` // until when it may; instead of that of the schema

	field   int // index into Schema.Fields
	pattern *regexp.Regexp
	steps   int            // of the pattern
	words   map[string]int // of an enum: the index of each code in Values
}

// chooses reports whether a column names the register that a reference beside it leads to.
func (s *Schema) chooses(column string) bool {
	return slices.ContainsFunc(s.Columns, func(c Column) bool { return c.RegisterColumn == column })
}

// Field returns the index of the column's field in Schema.Fields. Of a text it is that of the
// Kyrgyz field; those of the other languages follow it, in the order of Schema.Langs.
func (c *Column) Field() int { return c.field }

// Value is a word of an enum, with the label that people read.
type Value struct {
	Code  string      `toml:"code"`
	Label locale.Text `toml:"label"`
}

// Label returns the label of an enum's word. A word that is not known is its own label.
func (c *Column) Label(code string) locale.Text {
	if i, known := c.words[code]; known {
		return c.Values[i].Label
	}
	return locale.Same(code)
}

// named returns the words of an enum.
func (c *Column) named() []Named {
	words := make([]Named, len(c.Values))
	for i, v := range c.Values {
		words[i] = Named{v.Code, v.Label}
	}
	return words
}

// Field is one column of the file.
type Field struct {
	Name   string
	Column int         // index into Schema.Columns
	Lang   locale.Lang // of a field of a text
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

// In returns the schema for records whose texts have another original, or can be in other languages. Its
// own texts have the translations of their catalogues.
func (s *Schema) In(original locale.Lang, languages []locale.Lang) *Schema {
	if languages == nil {
		languages = locale.Langs[:]
	}
	if s == nil || s.Original == original && slices.Equal(s.Langs, languages) {
		return s
	}
	other := *s
	other.Original, other.Langs, other.Columns = original, languages, slices.Clone(s.Columns)
	for i := range other.Columns {
		other.Columns[i].Values = slices.Clone(other.Columns[i].Values)
	}
	other.EachText(func(_ string, t *locale.Text) { *t = t.Told(languages) })
	other.Complete()
	return &other
}

// EachText calls do with each text of the schema and a key: "schema.findings.title",
// "schema.findings.column.verdict.title", "schema.findings.column.verdict.value.met".
func (s *Schema) EachText(do func(key string, t *locale.Text)) {
	prefix := "schema." + s.Name + "."
	do(prefix+"title", &s.Title)
	do(prefix+"singular", &s.Singular)
	do(prefix+"description", &s.Description)
	for i := range s.Columns {
		c := &s.Columns[i]
		do(prefix+"column."+c.Name+".title", &c.Title)
		if !c.Description.IsZero() {
			do(prefix+"column."+c.Name+".description", &c.Description)
		}
		for j := range c.Values {
			do(prefix+"column."+c.Name+".value."+c.Values[j].Code, &c.Values[j].Label)
		}
	}
}

// Translation tells whether a field is a text in another language than the original.
func (s *Schema) Translation(field int) bool {
	f := s.Fields[field]
	return s.Columns[f.Column].Type == Text && f.Lang != s.Original
}

// Required tells whether a field must be filled.
func (s *Schema) Required(field int) bool {
	return s.Columns[s.Fields[field].Column].Required && !s.Translation(field)
}

// LabelColumns returns the indexes of the columns that a record is called by.
func (s *Schema) LabelColumns() []int { return s.labels }
