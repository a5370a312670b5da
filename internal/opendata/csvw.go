package opendata

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/plainjson"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// CSV on the Web (https://www.w3.org/TR/tabular-metadata/) describes tables. Unlike Data
// Package it has a place for texts in several languages, for the language of a column, and
// for the page of a record. The fields of these types are in the order in which they are
// written.

// csvwForm describes the CSV of a register.
var csvwForm = form[*register]{
	Kind: files.Kind{Key: "csvw", Media: "application/csvm+json", IANA: true, Place: 8},
	file: "*.csv-metadata.json", title: titled("CSVW"), write: (*register).csvw,
}

// csvwGroupForm describes the CSV of all registers of a municipality.
var csvwGroupForm = form[*whole]{
	Kind: csvwForm.Kind,
	file: "csv-metadata.json", applies: func(w *whole) bool { return len(w.registers) > 0 }, write: (*whole).csvwGroup,
}

type csvwGroup struct {
	Context [2]any      `json:"@context"`
	Title   []langValue `json:"dc:title,omitempty"`
	Tables  []csvwTable `json:"tables"`
}

type csvwTable struct {
	URL         string      `json:"url"`
	Title       []langValue `json:"dc:title,omitempty"`
	Description []langValue `json:"dc:description,omitempty"`
	Publisher   []langValue `json:"dc:publisher,omitempty"`
	Licence     *langValue  `json:"dc:license,omitempty"`
	Modified    *langValue  `json:"dc:modified,omitempty"`
	Version     string      `json:"schema:version,omitempty"`
	Rows        *langValue  `json:"dc:extent,omitempty"`
	Bytes       *langValue  `json:"dcat:byteSize,omitempty"`
	SHA256      string      `json:"schema:sha256,omitempty"`
	Suppress    bool        `json:"suppressOutput,omitempty"`
	Dialect     csvwDialect `json:"dialect"`
	Schema      csvwSchema  `json:"tableSchema"`
}

// langValue is a text with its language, a value with its datatype, or an address.
type langValue struct {
	ID       string `json:"@id,omitempty"`
	Value    string `json:"@value,omitempty"`
	Language string `json:"@language,omitempty"`
	Type     string `json:"@type,omitempty"`
}

type csvwDialect struct {
	Encoding        string   `json:"encoding"`
	Delimiter       string   `json:"delimiter"`
	QuoteChar       string   `json:"quoteChar"`
	DoubleQuote     bool     `json:"doubleQuote"`
	Header          bool     `json:"header"`
	LineTerminators []string `json:"lineTerminators"`
	Trim            bool     `json:"trim"` // the standard names two defaults that contradict each other
}

type csvwSchema struct {
	Columns     []csvwColumn `json:"columns"`
	PrimaryKey  []string     `json:"primaryKey,omitempty"`
	ForeignKeys []csvwKey    `json:"foreignKeys,omitempty"`
	AboutURL    string       `json:"aboutUrl,omitempty"`
	Null        string       `json:"null"`
}

type csvwColumn struct {
	Name        string       `json:"name"`
	Titles      csvwTitles   `json:"titles"`
	Description []langValue  `json:"dc:description,omitempty"`
	Unit        string       `json:"schema:unitText,omitempty"`
	Datatype    csvwDatatype `json:"datatype"`
	Required    bool         `json:"required,omitempty"`
	Lang        string       `json:"lang,omitempty"`
	ValueURL    string       `json:"valueUrl,omitempty"`
}

// csvwTitles are the titles of a column. The heading in the file has no language ("und").
type csvwTitles struct {
	heading string
	text    locale.Text
}

// MarshalJSON writes the heading and the titles in the languages that there are.
func (t csvwTitles) MarshalJSON() ([]byte, error) {
	b := plainjson.Quoted([]byte(`{"und":`), t.heading)
	for code, s := range t.text.Translations() {
		b = plainjson.Quoted(append(plainjson.Quoted(append(b, ','), code), ':'), s)
	}
	return append(b, '}'), nil
}

type csvwDatatype struct {
	Base      string      `json:"base"`
	Format    string      `json:"format,omitempty"`
	Minimum   json.Number `json:"minimum,omitempty"`
	Maximum   json.Number `json:"maximum,omitempty"`
	MinLength int         `json:"minLength,omitempty"`
	MaxLength int         `json:"maxLength,omitempty"`
}

type csvwKey struct {
	Columns   []string      `json:"columnReference"`
	Reference csvwReference `json:"reference"`
}

type csvwReference struct {
	Resource string   `json:"resource"`
	Columns  []string `json:"columnReference"`
}

// csvw describes the register's CSV, which is in the same folder. In the standard a foreign key
// may only refer to a table of the same description. So the tables it refers to are described
// as well, without their own foreign keys.
func (r *register) csvw(w io.Writer) error {
	own, err := r.csvwTable()
	if err != nil {
		return err
	}
	g := r.newGroup(nil)
	g.Tables = append(g.Tables, own)
	with := map[string]bool{own.URL: true}
	for _, key := range own.Schema.ForeignKeys {
		if url := key.Reference.Resource; !with[url] {
			with[url] = true
			target := &register{Table: r.m.Table(strings.TrimSuffix(url, ".csv")), town: r.town}
			schema := target.csvwSchema()
			schema.ForeignKeys = nil
			g.Tables = append(g.Tables, csvwTable{URL: url, Title: langs(r.Register(r.m, target.Table).Title), Suppress: true, Dialect: ourDialect, Schema: schema})
		}
	}
	return plainjson.Indented(w, g)
}

// csvwGroup describes all CSV of a municipality, with their foreign keys.
func (s *whole) csvwGroup(w io.Writer) error {
	g := s.newGroup(langs(s.About(s.m).Title))
	for _, r := range s.registers {
		t, err := r.csvwTable()
		if err != nil {
			return err
		}
		g.Tables = append(g.Tables, t)
	}
	return plainjson.Indented(w, g)
}

// newGroup returns a description without tables.
func (t town) newGroup(title []langValue) csvwGroup {
	return csvwGroup{Context: [2]any{"http://www.w3.org/ns/csvw", map[string]string{"@language": t.Original().String()}}, Title: title}
}

// ourDialect is how the CSV is written.
var ourDialect = csvwDialect{"utf-8", ",", `"`, true, true, []string{"\n"}, false}

// csvwTable describes the CSV of the register.
func (r *register) csvwTable() (csvwTable, error) {
	sum, err := r.file.Sum()
	a := r.Register(r.m, r.Table)
	t := csvwTable{
		URL: r.Schema.Name + ".csv", Title: langs(a.Title), Description: langs(a.Description), Publisher: langs(r.Publisher(r.m).Name),
		Modified: &langValue{Value: r.AsOf.Format(time.DateOnly), Type: "xsd:date"}, Version: r.Version(),
		Rows:  &langValue{Value: fmt.Sprint(a.Rows), Type: "xsd:nonNegativeInteger"},
		Bytes: &langValue{Value: fmt.Sprint(sum.Size), Type: "xsd:nonNegativeInteger"}, SHA256: sum.SHA256.String(),
		Dialect: ourDialect, Schema: r.csvwSchema(),
	}
	if id := r.Data.Site.Licence; id != "" {
		t.Licence = &langValue{ID: dataset.Licence(id).Path}
	}
	return t, err
}

// langs returns a text in each of its languages.
func langs(t locale.Text) (values []langValue) {
	for code, s := range t.Translations() {
		values = append(values, langValue{Value: s, Language: code})
	}
	return values
}

// csvwSchema describes the columns of the register.
func (r *register) csvwSchema() csvwSchema {
	s := r.Schema
	names := map[string]string{} // names of columns by those of fields
	var d csvwSchema
	for i, f := range s.Fields {
		field, c := tableschema.Describe(s, i), &s.Columns[f.Column]
		names[f.Name] = columnName(f.Name, i)
		column := csvwColumn{
			Name: names[f.Name], Titles: titles(f.Name, *field.Titles), Description: langs(c.Description), Unit: c.Unit,
			Datatype: r.datatype(i), Required: s.Required(i),
		}
		if c.Type == table.Text {
			column.Lang = f.Lang.String()
		}
		// In this standard each row of a foreign key has to refer to a row, so a column that may
		// be empty cannot be one. It gets the address of the record it refers to only.
		if key, ok := tableschema.RefersTo(r.m, s, i); ok {
			target := &register{Table: r.m.Table(c.Register), town: r.town}
			if target.pages() {
				column.ValueURL = target.page("{" + column.Name + "}")
			}
			if column.Required {
				d.ForeignKeys = append(d.ForeignKeys, csvwKey{[]string{column.Name}, csvwReference{c.Register + ".csv", key.Reference.Fields}})
			}
		}
		d.Columns = append(d.Columns, column)
	}
	if r.invented() {
		f := tableschema.Demonstration(r.Original(), s.Langs)
		d.Columns = append(d.Columns, csvwColumn{
			Name: f.Name, Titles: titles(f.Name, *f.Titles), Description: langs(*f.Descriptions),
			Datatype: csvwDatatype{Base: "boolean"}, Required: true,
		})
	}
	var key []string
	for _, name := range s.PrimaryKey {
		d.PrimaryKey = append(d.PrimaryKey, names[name])
		key = append(key, "{"+names[name]+"}")
	}
	if len(key) > 0 && r.pages() {
		d.AboutURL = r.page(strings.Join(key, "_"))
	}
	return d
}

// page returns the address of the page, in the original language, of the record with a key.
func (r *register) page(key string) string {
	return r.Address(r.Original().String() + "/" + r.m.ID + "/" + r.Schema.Name + "/" + key + "/")
}

// columnName returns the name of a column. The standard allows few characters in it, while the
// headings of a register without a schema can be anything.
func columnName(field string, i int) string {
	if plainName.MatchString(field) {
		return field
	}
	return fmt.Sprintf("column%d", i+1)
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_]*$`)

// titles returns the titles of a column that has a heading in the file.
func titles(heading string, t locale.Text) csvwTitles { return csvwTitles{heading, t} }

// datatypes are the names of column types in CSV on the Web.
var datatypes = map[table.Type]string{
	table.ID: "string", table.Ref: "string", table.String: "string", table.Text: "string", table.Enum: "string",
	table.Path: "string", table.URL: "anyURI",
	table.Integer: "integer", table.Number: "decimal", table.Money: "decimal", table.Boolean: "boolean",
	table.Date: "date", table.DateTime: "dateTime", table.YearMonth: "gYearMonth", table.Year: "gYear",
}

// datatype returns the type of a field with its limits.
func (r *register) datatype(i int) csvwDatatype {
	c := &r.Schema.Columns[r.Schema.Fields[i].Column]
	d := csvwDatatype{Base: datatypes[c.Type], Minimum: tableschema.Decimal(c.Minimum), Maximum: tableschema.Decimal(c.Maximum)}
	switch d.Base {
	case "string":
		d.MinLength, d.MaxLength, d.Format = c.MinLength, c.MaxLength, c.Pattern
	case "dateTime":
		if d.Format = r.clock(i); d.Format == "" {
			d.Base = "string"
		}
	}
	if len(c.Values) > 0 {
		var words []string
		for j := range c.Values {
			words = append(words, regexp.QuoteMeta(c.Values[j].Code))
		}
		d.Format = "^(" + strings.Join(words, "|") + ")$"
	}
	return d
}

// clock returns the format of the times of a field, with or without seconds. It returns "" if
// some have seconds and some do not, for which the standard has no format.
func (r *register) clock(field int) string {
	const minutes, seconds = "2006-01-02T15:04", "2006-01-02T15:04:05"
	length := 0
	for i := range r.Rows {
		v := r.Rows[i].Values[field]
		if v == "" {
			continue
		}
		v = strings.TrimSuffix(v, "Z")
		if at := strings.LastIndexAny(v, "+-"); at > len("2006-01-02") {
			v = v[:at]
		}
		if length != 0 && length != len(v) {
			return ""
		}
		length = len(v)
	}
	switch length {
	case 0, len(minutes):
		return "yyyy-MM-ddTHH:mmXXX"
	case len(seconds):
		return "yyyy-MM-ddTHH:mm:ssXXX"
	}
	return ""
}

// pages tells whether every record of the register has a page whose address ends in its key.
func (r *register) pages() bool {
	return jme.Listed(r.Schema.Name) &&
		!slices.ContainsFunc(r.Rows, func(row table.Row) bool { return jme.Slug(&row) != row.Key })
}
