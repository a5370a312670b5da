// Package entry says what people may enter into the fields of a register: the words and records that a cell
// may have, with the names that people read in the place of codes and ids, and what explains the field. Sheets
// to fill in, forms and the command new ask it.
package entry

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/desk"
	"achyk/internal/jme"
	"achyk/internal/label"
	"achyk/internal/locale"
	"achyk/internal/selection"
	"achyk/internal/source"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// Taken tells whether records are entered into a register: one that is kept as CSV.
func Taken(t *table.Table) bool {
	r, builtIn := jme.Find(t.Schema.Name)
	return !builtIn || r.Origin == jme.FromCSV
}

// Fields are the fields of a register, for readers of a language.
type Fields struct {
	town   *jme.Municipality
	table  *table.Table
	schema *table.Schema
	langs  []locale.Lang // of the site
	say    *locale.Printer
	desk   *desk.Desk
	texts  map[cell]string // what Readable found out
}

// New returns the fields of a register of a municipality, on a site with the given languages.
func New(m *jme.Municipality, t *table.Table, languages []locale.Lang, say *locale.Printer) *Fields {
	return &Fields{m, t, t.Schema, languages, say, &desk.Desk{Tables: m.Tables, Zone: m.Settings.Zone()}, map[cell]string{}}
}

// With returns the fields of the register with other records, such as those that are about to be added: the next
// id follows them.
func (f *Fields) With(t *table.Table) *Fields {
	other := *f
	other.table = t
	return &other
}

// of returns the column of a field.
func (f *Fields) of(field int) *table.Column { return &f.schema.Columns[f.schema.Fields[field].Column] }

// Entered tells whether people are offered a field: one of a text, if the site has its language.
func (f *Fields) Entered(field int) bool {
	return f.of(field).Type != table.Text || slices.Contains(f.langs, f.schema.Fields[field].Lang)
}

// Note explains what a field takes, in lines.
func (f *Fields) Note(field int) string {
	c, l := f.of(field), f.say.Lang()
	var lines []string
	if description := c.Description.In(l); description != "" {
		lines = append(lines, description)
	}
	if form := "blank.type." + string(c.Type); f.say.Has(form) {
		lines = append(lines, f.say.T(form))
	}
	if c.Minimum != nil || c.Maximum != nil {
		limit := func(n *float64) string {
			if n == nil {
				return ""
			}
			return f.say.Number(strconv.FormatFloat(*n, 'f', -1, 64))
		}
		lines = append(lines, f.say.F("blank.limits", locale.Args{"From": limit(c.Minimum), "To": limit(c.Maximum)}))
	}
	return strings.Join(lines, "\n")
}

// Offered returns the texts that the cells of a field may have, or none if they may have others.
func (f *Fields) Offered(field int) []string {
	return f.Beside(field, func(int) string { return "" })
}

// Beside is Offered for a record with the given values, as people read them, by fields: of the records that a field can
// refer to, those that belong to what the others say.
func (f *Fields) Beside(field int, values func(field int) string) (texts []string) {
	switch c := f.of(field); c.Type {
	case table.Enum:
		for i := range c.Values {
			texts = append(texts, f.Readable(field, c.Values[i].Code))
		}
	case table.Boolean:
		texts = []string{f.Readable(field, "true"), f.Readable(field, "false")}
	case table.Ref:
		if target := f.town.Table(c.Register); target != nil && c.RegisterColumn == "" {
			for i := range target.Rows {
				if !selection.Beside(f.town.Table, f.schema.Name, f.schema.Fields[field].Name, target.Rows[i].Key, func(column string) string {
					other := f.schema.Field(column)
					return f.desk.Value(f.schema, other, values(other))
				}) {
					continue
				}
				texts = append(texts, f.Readable(field, target.Rows[i].Key))
			}
		}
	case table.String:
		if f.Chooses(field) {
			for _, t := range f.Chosen() {
				texts = append(texts, t.Schema.Name)
			}
		}
	}
	return texts
}

// Chooses tells whether a field names the register that a reference beside it leads to.
func (f *Fields) Chooses(field int) bool {
	name := f.schema.Fields[field].Name
	return slices.ContainsFunc(f.schema.Columns, func(c table.Column) bool { return c.RegisterColumn == name })
}

// Chosen are the registers that such a field may name: those that have records.
func (f *Fields) Chosen() (all []*table.Table) {
	if !slices.ContainsFunc(f.schema.Columns, func(c table.Column) bool { return c.RegisterColumn != "" }) {
		return nil
	}
	for _, t := range f.town.Tables {
		if len(t.Rows) > 0 && Taken(t) {
			all = append(all, t)
		}
	}
	return all
}

// Called returns what the records of a register are called, with their ids.
func (f *Fields) Called(t *table.Table) []string {
	texts := make([]string, len(t.Rows))
	for i := range t.Rows {
		texts[i] = f.record(t.Schema.Name, t.Rows[i].Key)
	}
	return texts
}

// record returns what people read in the place of the id of a record.
func (f *Fields) record(register, id string) string {
	return label.Record(f.town, register, id).In(f.say.Lang())
}

// Readable returns what people read in the place of a value, if the desk makes the value of it again.
func (f *Fields) Readable(field int, value string) string {
	c, l := f.of(field), f.say.Lang()
	if text, known := f.texts[cell{field, value}]; known {
		return text
	}
	shown := value
	switch {
	case value == "":
	case c.Type == table.Enum:
		shown = c.Label(value).In(l)
	case c.Type == table.Boolean:
		shown = strings.ToLower(f.say.T("report.value." + value))
	case c.Type == table.Ref && c.RegisterColumn == "":
		shown = f.record(c.Register, value)
	}
	if shown == value {
		return value
	}
	if f.desk.Value(f.schema, field, shown) != value {
		shown = value
	}
	f.texts[cell{field, value}] = shown
	return shown
}

// cell is a value of a field.
type cell struct {
	field int
	value string
}

// Shown returns the text of a cell.
func (f *Fields) Shown(r *table.Row, field int) string {
	value, chooser := r.Values[field], f.schema.Field(f.of(field).RegisterColumn)
	if chooser < 0 {
		return f.Readable(field, value)
	}
	if shown := f.record(r.Values[chooser], value); f.desk.Value(f.schema, field, shown) == value {
		return shown
	}
	return value
}

// Field is a field of a form.
type Field struct {
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Note     string   `json:"note,omitempty"` // in lines
	Kind     string   `json:"kind"`           // the type of the column
	Required bool     `json:"required,omitempty"`
	Key      bool     `json:"key,omitempty"`
	Only     bool     `json:"only,omitempty"` // it takes what it offers and nothing else
	Offers   []string `json:"offers,omitempty"`
	Value    string   `json:"value"`
}

// Form returns the fields of a form for a record with the given key, as people read them, or for a new one if the
// register has no such record. documents are what fields for documents offer.
func (f *Fields) Form(key string, documents []string) []Field {
	var form []Field
	record := f.table.Lookup(key)
	for i := range f.schema.Fields {
		if !f.Entered(i) {
			continue
		}
		described := tableschema.Describe(f.schema, i)
		x := Field{
			Name: described.Name, Title: described.Name, Note: f.Note(i), Kind: string(f.of(i).Type),
			Required: f.schema.Required(i), Key: slices.Contains(f.schema.Keys(), i), Offers: f.Offered(i),
		}
		x.Only = len(x.Offers) > 0
		if described.Titles != nil {
			x.Title = described.Titles.In(f.say.Lang())
		}
		if f.of(i).Type == table.Path {
			x.Offers = documents
		}
		switch {
		case record != nil:
			x.Value = f.Shown(record, i)
		case x.Key:
			x.Value = f.table.NextID()
		}
		form = append(form, x)
	}
	return form
}

// Next proposes the key of a new record with the given values, as people read them, by fields: the next id below
// the record that it refers to first.
func (f *Fields) Next(values func(field int) string) string {
	for i := range f.schema.Fields {
		if value := values(i); value != "" && f.of(i).Type == table.Ref {
			return f.table.NextBelow(i, f.desk.Value(f.schema, i, value))
		}
	}
	return f.table.NextID()
}

// Sheet makes a sheet of records, of their values by the names of fields, with the fields that one of them
// has. A field that is there and empty empties the cell.
func Sheet(s *table.Schema, records ...map[string]string) *source.File {
	rows := make([][]string, 1+len(records))
	for _, field := range s.Fields {
		if !slices.ContainsFunc(records, func(r map[string]string) bool { _, there := r[field.Name]; return there }) {
			continue
		}
		rows[0] = append(rows[0], field.Name)
		for i, r := range records {
			rows[1+i] = append(rows[1+i], strings.TrimSpace(r[field.Name]))
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.WriteAll(rows) // a buffer takes all
	return &source.File{Path: s.Name, Data: b.Bytes()}
}
