package table

import (
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// Allowed lists the words by which a schema may name what lies outside of it. A nil list
// allows any word.
type Allowed struct {
	Registers []string // that a reference may lead to
	Stages    []string
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
