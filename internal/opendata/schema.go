package opendata

import (
	"encoding/json"
	"io"
	"strconv"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// schemaForm is the Table Schema of a register.
var schemaForm = form[*register]{
	Kind: files.Kind{Key: "schema", Media: "application/json", IANA: true, Code: "JSON", Place: 7},
	file: "*.schema.json", title: titledBy("site.data.schema"), write: (*register).descriptor,
}

// descriptor writes the Table Schema.
func (r *register) descriptor(w io.Writer) error { return Indented(w, r.schema()) }

// schema is a Table Schema (https://datapackage.org/standard/table-schema/).
type schema struct {
	Schema        string       `json:"$schema"`
	Fields        []field      `json:"fields"`
	MissingValues []string     `json:"missingValues"`
	PrimaryKey    []string     `json:"primaryKey"`
	ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
}

type field struct {
	Name          string       `json:"name"`
	Type          string       `json:"type"`
	Format        string       `json:"format,omitempty"`
	Title         string       `json:"title"`
	Titles        *locale.Text `json:"titles,omitempty"`
	Description   string       `json:"description,omitempty"`
	Descriptions  *locale.Text `json:"descriptions,omitempty"`
	Unit          string       `json:"unit,omitempty"`
	CurrencyField string       `json:"currencyField,omitempty"`
	Personal      bool         `json:"personal,omitempty"`
	Categories    []category   `json:"categories,omitempty"`
	Constraints   *constraints `json:"constraints,omitempty"`
}

type category struct {
	Value  string       `json:"value"`
	Label  string       `json:"label"`
	Labels *locale.Text `json:"labels"`
}

type constraints struct {
	Required  bool        `json:"required,omitempty"`
	Unique    bool        `json:"unique,omitempty"`
	Enum      []string    `json:"enum,omitempty"`
	Minimum   json.Number `json:"minimum,omitempty"`
	Maximum   json.Number `json:"maximum,omitempty"`
	MinLength int         `json:"minLength,omitempty"`
	MaxLength int         `json:"maxLength,omitempty"`
	Pattern   string      `json:"pattern,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// fieldTypes are the names of column types in Table Schema. A datetime has the format "any",
// because the default format demands seconds, which our times may lack.
var fieldTypes = map[table.Type]struct{ name, format string }{
	table.ID: {"string", ""}, table.Ref: {"string", ""}, table.String: {"string", ""}, table.Text: {"string", ""},
	table.Enum: {"string", ""}, table.Path: {"string", ""}, table.URL: {"string", "uri"},
	table.Integer: {"integer", ""}, table.Number: {"number", ""}, table.Money: {"number", ""},
	table.Boolean: {"boolean", ""},
	table.Date:    {"date", ""}, table.DateTime: {"datetime", "any"}, table.YearMonth: {"yearmonth", ""}, table.Year: {"year", ""},
}

// demonstrationField returns the field that is last in every register of invented data.
func demonstrationField() field {
	title, meaning := locale.Every("opendata.demonstration.title"), locale.Every("opendata.demonstration.meaning")
	return field{
		Name: table.Demonstration, Type: "boolean",
		Title: title.Ky, Titles: &title, Description: meaning.Ky, Descriptions: &meaning,
		Constraints: &constraints{Required: true},
	}
}

// schema returns the description of the register's columns.
func (r *register) schema() *schema {
	s := r.Table.Schema
	d := &schema{
		Schema:        "https://datapackage.org/profiles/2.0/tableschema.json",
		MissingValues: []string{""},
		PrimaryKey:    s.PrimaryKey,
	}
	for i := range s.Fields {
		d.Fields = append(d.Fields, describe(s, i))
		if key, ok := refersTo(r.m, s, i); ok {
			d.ForeignKeys = append(d.ForeignKeys, key)
		}
	}
	if r.invented() {
		d.Fields = append(d.Fields, demonstrationField())
	}
	return d
}

// describe returns the description of a field.
func describe(s *table.Schema, i int) field {
	c := &s.Columns[s.Fields[i].Column]
	t := fieldTypes[c.Type]
	f := field{
		Name: s.Fields[i].Name, Type: t.name, Format: t.format,
		Title: c.Title.In(locale.Ky), Titles: texts(c.Title),
		Description: c.Description.In(locale.Ky), Descriptions: texts(c.Description),
		Unit: c.Unit, CurrencyField: c.CurrencyColumn, Personal: c.Personal,
	}
	if c.Type == table.Text {
		l := s.Fields[i].Lang
		f.Title += " (" + l.String() + ")"
		f.Titles = &locale.Text{Ky: c.Title.In(locale.Ky) + " (" + l.String() + ")", Ru: c.Title.In(locale.Ru) + " (" + l.String() + ")", En: c.Title.In(locale.En) + " (" + l.String() + ")"}
	}
	limits := constraints{Required: s.Required(i), Unique: c.Unique}
	switch t.name {
	case "string":
		limits.MinLength, limits.MaxLength, limits.Pattern = c.MinLength, c.MaxLength, c.Pattern
	case "integer", "number":
		limits.Minimum, limits.Maximum = decimal(c.Minimum), decimal(c.Maximum)
	}
	for j := range c.Values {
		v := &c.Values[j]
		f.Categories = append(f.Categories, category{v.Code, v.Label.In(locale.Ky), &v.Label})
		limits.Enum = append(limits.Enum, v.Code)
	}
	if limits.Required || limits.Unique || limits.Enum != nil || limits.Minimum != "" || limits.Maximum != "" ||
		limits.MinLength > 0 || limits.MaxLength > 0 || limits.Pattern != "" {
		f.Constraints = &limits
	}
	return f
}

// refersTo returns the foreign key of a field, and false if it has none. The standard cannot
// describe a column that refers to a register named in another column, nor a reference to a
// register with a key of several columns.
func refersTo(m *jme.Municipality, s *table.Schema, i int) (foreignKey, bool) {
	c := &s.Columns[s.Fields[i].Column]
	if c.Type != table.Ref || c.RegisterColumn != "" {
		return foreignKey{}, false
	}
	target := m.Table(c.Register)
	if target == nil || len(target.Schema.PrimaryKey) != 1 {
		return foreignKey{}, false
	}
	return foreignKey{[]string{s.Fields[i].Name}, reference{ResourceName(m, c.Register), target.Schema.PrimaryKey}}, true
}

// decimal writes a number, or "" for nil.
func decimal(f *float64) json.Number {
	if f == nil {
		return ""
	}
	return json.Number(strconv.FormatFloat(*f, 'f', -1, 64))
}
