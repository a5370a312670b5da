package table

import (
	"fmt"
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// Allowed lists the words by which a schema may name what lies outside of it. A nil list
// allows any word.
type Allowed struct {
	Registers []string // that a reference may lead to
	Stages    []string // of the process that the register belongs to

	Langs []locale.Lang // that titles, labels and the texts of records can be in; nil: those that are built in
}

// ParseSchema reads the schema file of the register of that name. It returns no schema if the
// problems hold an error.
//
// What is published may be altered only with a reason, unless the schema leaves it free (package
// change). A column with free = true may always be altered, and one with open_until, or any column
// of a register with it, until one of the days has come that its paths lead to:
//
//	open_until = ["closes"]                        the day in a column of the record
//	open_until = ["contest.decided"]               in the record that a column refers to
//	open_until = ["reports.delivered"]             in a record of reports that refers to the record
//	open_until = ["assessment.reports.delivered"]  in one that refers to what a column refers to
//
// A column that names itself holds a last day: it may be altered until that day is over.
func ParseSchema(name string, f *source.File, allowed Allowed) (*Schema, diag.List) {
	p := parser{schema: &Schema{Name: name, Langs: allowed.Langs}, allowed: allowed}
	var problems diag.List
	p.places, problems = settings.Decode(f, source.Span{End: len(f.Data)}, p.schema, allowed.Langs...)
	p.problems.AddAll(problems)
	if problems.HasErrors() || !p.fits() {
		return nil, p.problems.List
	}
	s := p.schema
	if len(s.Columns) == 0 {
		p.wrong("", "no-columns", "column")
	}
	if s.Stage != "" && allowed.Stages != nil && !slices.Contains(allowed.Stages, s.Stage) {
		p.wrong(s.Stage, "stage", "stage")
	}
	for i := range s.Columns {
		p.column(i)
	}
	s.Complete()
	p.names()
	if p.problems.List.HasErrors() {
		return nil, p.problems.List
	}
	return s, p.problems.List
}

// parser judges a schema file that has been decoded.
type parser struct {
	schema   *Schema
	allowed  Allowed
	places   *settings.Places
	problems diag.Collector
}

// fits reports a schema that is larger than package limits allows, before its parts are compared
// with each other.
func (p *parser) fits() bool {
	s, fields := p.schema, 0
	for i, c := range s.Columns {
		if fields++; c.Type == Text {
			fields += max(len(s.Langs), len(locale.Langs)) - 1
		}
		if fields > limits.Columns {
			return p.exceeds("columns", fields, limits.Columns, "column", i)
		}
		if n := len(c.OpenUntil); n > limits.Named {
			return p.exceeds("named", n, limits.Named, "column", i, "open_until")
		}
		if len(c.Values) > limits.Words {
			return p.exceeds("words", len(c.Values), limits.Words, "column", i, "value", limits.Words)
		}
	}
	for key, n := range map[string]int{"primary_key": len(s.PrimaryKey), "label": len(s.Label), "order": len(s.Order), "unique_keys": len(slices.Concat(s.UniqueKeys...)), "open_until": len(s.OpenUntil)} {
		if n > limits.Named {
			return p.exceeds("named", n, limits.Named, key)
		}
	}
	return true
}

// exceeds reports what exceeds a limit at a path of the file, and returns false. what is the key
// of a message below "diagnostics.limit".
func (p *parser) exceeds(what string, have, limit int, path ...any) bool {
	key, _ := path[0].(string)
	p.problems.Add(diag.Diagnostic{
		Code: diag.OverLimit, File: p.places.File(), Span: p.places.At(path...),
		Args: diag.Args{"what": diag.Phrase("limit." + what), "have": have, "limit": limit, "key": key},
	})
	return false
}

// wrong reports a value of the key at a path of the file. detail is a message below
// "diagnostics.schema".
func (p *parser) wrong(value, detail string, path ...any) {
	var key []string // the path without its indexes
	for _, step := range path {
		if name, ok := step.(string); ok {
			key = append(key, name)
		}
	}
	p.problems.Add(diag.Diagnostic{
		Code: diag.SchemaInvalid, File: p.places.File(), Span: p.places.At(path...), Value: value,
		Args: diag.Args{"key": strings.Join(key, "."), "value": value, "detail": diag.Phrase("schema." + detail)},
	})
}

var columnName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// column judges a column by itself and compiles its pattern.
func (p *parser) column(i int) {
	s := p.schema
	c := &s.Columns[i]
	wrong := func(key, value, detail string) { p.wrong(value, detail, "column", i, key) }
	switch {
	case !columnName.MatchString(c.Name):
		wrong("name", c.Name, "column-name")
	case slices.ContainsFunc(s.Columns[:i], func(o Column) bool { return o.Name == c.Name }):
		wrong("name", c.Name, "column-twice")
	case c.Name == Demonstration:
		wrong("name", c.Name, "column-ours")
	}
	if !slices.Contains(types, c.Type) {
		wrong("type", string(c.Type), "type")
	}
	if c.Type == Enum && len(c.Values) == 0 {
		wrong("name", c.Name, "no-values")
	}
	for j, v := range c.Values {
		if v.Code == "" || slices.ContainsFunc(c.Values[:j], func(o Value) bool { return o.Code == v.Code }) {
			p.wrong(v.Code, "word", "column", i, "value", j, "code")
		}
	}
	p.bounds(i)
	if c.Type == Ref && c.RegisterColumn == "" && (c.Register == "" || p.allowed.Registers != nil && !slices.Contains(p.allowed.Registers, c.Register)) {
		wrong("register", c.Register, "register")
	}
	if c.Pattern != "" {
		p.pattern(i)
	}
}

// bounds judges the bounds of a column. No number fits between bounds that are crossed, and JSON cannot write infinite ones.
func (p *parser) bounds(i int) {
	c := &p.schema.Columns[i]
	for _, b := range []struct {
		key   string
		bound *float64
	}{{"minimum", c.Minimum}, {"maximum", c.Maximum}} {
		if b.bound != nil && (math.IsNaN(*b.bound) || math.IsInf(*b.bound, 0)) {
			p.wrong(fmt.Sprint(*b.bound), "bounds", "column", i, b.key)
			return
		}
	}
	switch {
	case c.Minimum != nil && c.Maximum != nil && *c.Minimum > *c.Maximum:
		p.wrong(decimal(*c.Maximum), "bounds", "column", i, "maximum")
	case c.MinLength < 0:
		p.wrong(strconv.Itoa(c.MinLength), "bounds", "column", i, "min_length")
	case c.MaxLength < 0, c.MaxLength > 0 && c.MinLength > c.MaxLength:
		p.wrong(strconv.Itoa(c.MaxLength), "bounds", "column", i, "max_length")
	}
}

// pattern compiles the pattern of a column. Each of its steps may be taken for each character of
// every cell: (a?){1000} has a thousand.
func (p *parser) pattern(i int) {
	c := &p.schema.Columns[i]
	parsed, err := syntax.Parse(c.Pattern, syntax.Perl)
	if err == nil {
		var program *syntax.Prog
		if program, err = syntax.Compile(parsed.Simplify()); err == nil {
			c.steps = len(program.Inst)
		}
		if c.steps > limits.Pattern {
			p.exceeds("pattern", c.steps, limits.Pattern, "column", i, "pattern")
			return
		}
		c.pattern, err = regexp.Compile(c.Pattern)
	}
	if err != nil {
		p.wrong(c.Pattern, "pattern", "column", i, "pattern")
	}
}

// names judges the names of fields, and the columns that keys of the schema name.
func (p *parser) names() {
	s := p.schema
	for _, f := range s.Fields { // a column name_ky beside a text called name has the name of a field
		if first := s.Fields[s.Field(f.Name)]; s.Columns[first.Column].Name != s.Columns[f.Column].Name {
			p.wrong(f.Name, "column-twice", "column", f.Column, "name")
		}
	}
	for _, name := range s.PrimaryKey {
		if c := s.Column(name); c == nil || c.Type == Text || c.Type == Number || c.Type == Money { // 1 and 1.0 would be two records
			p.wrong(name, "key-column", "primary_key")
		}
	}
	for _, name := range slices.Concat(s.UniqueKeys...) {
		if c := s.Column(name); c == nil || c.Type == Text {
			p.wrong(name, "unique-column", "unique_keys")
		}
	}
	for _, key := range []struct {
		key   string
		names []string
	}{{"label", s.Label}, {"period", s.Period}, {"order", slices.Concat(s.Order...)}} {
		for _, name := range key.names {
			if s.Column(name) == nil {
				p.wrong(name, "named-column", key.key)
			}
		}
	}
	p.paths(s.OpenUntil, "open_until")
	for i, c := range s.Columns {
		p.paths(c.OpenUntil, "column", i, "open_until")
		if c.CurrencyColumn != "" && (s.Column(c.CurrencyColumn) == nil || c.CurrencyColumn == c.Name) {
			p.wrong(c.CurrencyColumn, "named-column", "column", i, "currency_column")
		}
		if c.RegisterColumn != "" && (s.Column(c.RegisterColumn) == nil || c.RegisterColumn == c.Name) {
			p.wrong(c.RegisterColumn, "named-column", "column", i, "register_column")
		}
	}
	for _, pair := range s.Order {
		if len(pair) != 2 {
			p.wrong(strings.Join(pair, ", "), "pair", "order")
		}
	}
	if len(s.Period) != 0 && len(s.Period) != 2 {
		p.wrong(strings.Join(s.Period, ", "), "pair", "period")
	}
}

// steps is the most steps of a path: a recommendation is open until the report on the assessment of
// its finding is delivered.
const steps = 4

// paths judges the paths of a key at a path of the file. A schema knows only its own columns and the
// names of registers, so it can judge no more than where a path begins.
func (p *parser) paths(paths []string, key ...any) {
	for _, path := range paths {
		names := strings.Split(path, ".")
		register := len(names) > 1 && (p.allowed.Registers == nil || slices.Contains(p.allowed.Registers, names[0]))
		if len(names) > steps || p.schema.Column(names[0]) == nil && !register {
			p.wrong(path, "path", key...)
		}
	}
}

// PlainSchema makes the schema of a file that has none: every column is a string, and the
// first is the key.
func PlainSchema(name string, header []string) *Schema {
	s := &Schema{Name: name, Plain: true}
	for i, h := range header {
		s.Columns = append(s.Columns, Column{Name: h, Type: String, Required: i == 0})
	}
	s.Complete()
	return s
}

// Complete fills in what follows from the rest of the schema: titles that were left out, the
// label, the fields of the file and the key. A schema that is made in Go must call it once.
func (s *Schema) Complete() {
	if len(s.PrimaryKey) == 0 && len(s.Columns) > 0 {
		s.PrimaryKey = []string{s.Columns[0].Name}
	}
	if s.Title.IsZero() {
		s.Title = locale.Same(s.Name)
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
	if s.Langs == nil {
		s.Langs = locale.Langs[:]
	}
	s.completeFields()
	s.keys, s.labels = nil, nil
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

// completeFields makes the fields of the file: of a text one for each language, one of any other column.
func (s *Schema) completeFields() {
	s.Fields = nil
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Title.IsZero() {
			c.Title = locale.Same(c.Name)
		}
		c.field = len(s.Fields)
		c.words = make(map[string]int, len(c.Values))
		for j, v := range slices.Backward(c.Values) { // of two with one code the first counts
			c.words[v.Code] = j
		}
		if c.Type != Text {
			s.Fields = append(s.Fields, Field{Name: c.Name, Column: i})
			continue
		}
		for _, l := range s.Langs {
			s.Fields = append(s.Fields, Field{Name: c.Name + "_" + l.String(), Column: i, Lang: l})
		}
	}
}
