// Package tableschema describes the columns of registers by Table Schema
// (https://datapackage.org/standard/table-schema/), kept to the types of version 1 so that
// older readers understand it. Titles, descriptions and labels are in Kyrgyz, the original.
// Properties of our own hold what the standard has no place for:
//
//	titles, descriptions   {"ky", "ru", "en"}, of fields
//	labels                 the same, of a category
//	unit                   of a number: "m²"
//	currencyField          the field that holds the currency of an amount
//	personal               true: the field names a person in a public role
package tableschema

import (
	"encoding/json"
	"strconv"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// Schema is a Table Schema. The fields of these types are in the order in which they are
// written.
type Schema struct {
	Schema        string       `json:"$schema"`
	Fields        []Field      `json:"fields"`
	MissingValues []string     `json:"missingValues"`
	PrimaryKey    []string     `json:"primaryKey"`
	UniqueKeys    [][]string   `json:"uniqueKeys,omitempty"`
	ForeignKeys   []ForeignKey `json:"foreignKeys,omitempty"`
}

// Field describes a column of a file.
type Field struct {
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
	Categories    []Category   `json:"categories,omitempty"`
	Constraints   *Constraints `json:"constraints,omitempty"`
}

// Category is an allowed word with its label.
type Category struct {
	Value  string       `json:"value"`
	Label  string       `json:"label"`
	Labels *locale.Text `json:"labels"`
}

// Constraints are the limits of a field.
type Constraints struct {
	Required  bool        `json:"required,omitempty"`
	Unique    bool        `json:"unique,omitempty"`
	Enum      []string    `json:"enum,omitempty"`
	Minimum   json.Number `json:"minimum,omitempty"`
	Maximum   json.Number `json:"maximum,omitempty"`
	MinLength int         `json:"minLength,omitempty"`
	MaxLength int         `json:"maxLength,omitempty"`
	Pattern   string      `json:"pattern,omitempty"`
}

// ForeignKey says that fields hold the key of a record of another resource.
type ForeignKey struct {
	Fields    []string  `json:"fields"`
	Reference Reference `json:"reference"`
}

// Reference names the key of a resource.
type Reference struct {
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

// Demonstration returns the field that is last in every register of invented data, for texts in the
// original language.
func Demonstration(original locale.Lang, languages []locale.Lang) Field {
	title, meaning := locale.Every("opendata.demonstration.title").Told(languages), locale.Every("opendata.demonstration.meaning").Told(languages)
	return Field{
		Name: table.Demonstration, Type: "boolean",
		Title: title.Get(original), Titles: &title, Description: meaning.Get(original), Descriptions: &meaning,
		Constraints: &Constraints{Required: true},
	}
}

// Of describes the columns of a register of a municipality. If the data is invented, the
// field demonstration is the last.
func Of(m *jme.Municipality, t *table.Table, invented bool) *Schema {
	s := t.Schema
	d := &Schema{
		Schema:        "https://datapackage.org/profiles/2.0/tableschema.json",
		MissingValues: []string{""},
		PrimaryKey:    s.PrimaryKey,
		UniqueKeys:    s.UniqueKeys,
	}
	for i := range s.Fields {
		d.Fields = append(d.Fields, Describe(s, i))
		if key, ok := RefersTo(m, s, i); ok {
			d.ForeignKeys = append(d.ForeignKeys, key)
		}
	}
	if invented {
		d.Fields = append(d.Fields, Demonstration(s.Original, s.Langs))
	}
	return d
}

// Describe returns the description of a field.
func Describe(s *table.Schema, i int) Field {
	c := &s.Columns[s.Fields[i].Column]
	t := fieldTypes[c.Type]
	f := Field{
		Name: s.Fields[i].Name, Type: t.name, Format: t.format,
		Title: c.Title.In(s.Original), Titles: Texts(c.Title),
		Description: c.Description.In(s.Original), Descriptions: Texts(c.Description),
		Unit: c.Unit, CurrencyField: c.CurrencyColumn, Personal: c.Personal,
	}
	if c.Type == table.Text {
		l := s.Fields[i].Lang
		f.Title += " (" + l.String() + ")"
		titles := locale.PerLanguage(s.Langs, func(reader locale.Lang) string {
			if !reader.BuiltIn() && c.Title.Get(reader) == "" {
				return ""
			}
			return c.Title.In(reader) + " (" + l.String() + ")"
		})
		f.Titles = &titles
	}
	limits := Constraints{Required: s.Required(i), Unique: c.Unique}
	switch t.name {
	case "string":
		limits.MinLength, limits.MaxLength, limits.Pattern = c.MinLength, c.MaxLength, c.Pattern
	case "integer", "number":
		limits.Minimum, limits.Maximum = Decimal(c.Minimum), Decimal(c.Maximum)
	}
	for j := range c.Values {
		v := &c.Values[j]
		f.Categories = append(f.Categories, Category{v.Code, v.Label.In(s.Original), &v.Label})
		limits.Enum = append(limits.Enum, v.Code)
	}
	if limits.Required || limits.Unique || limits.Enum != nil || limits.Minimum != "" || limits.Maximum != "" ||
		limits.MinLength > 0 || limits.MaxLength > 0 || limits.Pattern != "" {
		f.Constraints = &limits
	}
	return f
}

// RefersTo returns the foreign key of a field, and false if it has none. The standard cannot
// describe a column that refers to a register named in another column, nor a Reference to a
// register with a key of several columns.
func RefersTo(m *jme.Municipality, s *table.Schema, i int) (ForeignKey, bool) {
	c := &s.Columns[s.Fields[i].Column]
	if c.Type != table.Ref || c.RegisterColumn != "" {
		return ForeignKey{}, false
	}
	target := m.Table(c.Register)
	if target == nil || len(target.Schema.PrimaryKey) != 1 {
		return ForeignKey{}, false
	}
	return ForeignKey{[]string{s.Fields[i].Name}, Reference{ResourceName(m, c.Register), target.Schema.PrimaryKey}}, true
}

// Decimal writes a number, or "" for nil.
func Decimal(f *float64) json.Number {
	if f == nil {
		return ""
	}
	return json.Number(strconv.FormatFloat(*f, 'f', -1, 64))
}

// ResourceName returns the name of a register in descriptors: "osh.panel_members". Neither ids
// of municipalities nor names of registers have a dot, so the names are unique.
func ResourceName(m *jme.Municipality, register string) string {
	return m.ID + "." + register
}

// Texts returns a pointer to a text, or nil if it is empty.
func Texts(t locale.Text) *locale.Text {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Named are the columns of a register by their names and titles.
func Named(s *table.Schema) []table.Named {
	all := make([]table.Named, len(s.Fields))
	for i, f := range s.Fields {
		all[i].Code = f.Name
		if titles := Describe(s, i).Titles; titles != nil {
			all[i].Name = *titles
		}
	}
	return all
}
