// Package opendata publishes the registers for whoever computes: every table as CSV and
// JSON with its schema, each municipality as one ZIP, the whole site as a Data Package.
//
//	data/<municipality>/<register>.csv          the canonical form
//	data/<municipality>/<register>.json         an array of objects
//	data/<municipality>/<register>.schema.json  a Table Schema
//	data/<municipality>/<municipality>.zip      all of it, with a dictionary and a README
//	datapackage.json                            a Data Package of all municipalities
//
// Descriptors are those of Data Package v2 (https://datapackage.org), kept to the field
// types of version 1 so that older readers follow. Its titles and descriptions are in
// Kyrgyz, the original. What the standard has no place for stands beside it, in
// properties of our own:
//
//	titles, descriptions   {"ky", "ru", "en"}, of packages, resources and fields
//	labels                 the same, of a category
//	unit                   of a number: "m²"
//	currencyField          the field that holds the currency of an amount
//	personal               true: the field names a person in a public role
//	demonstration          true: the data is invented
//
// The last is not only in descriptors. Where the data is invented, every row and every
// object says so in a field of that name: a row may be copied out of a file, but then it
// still says what it is.
//
// What is published depends on Options alone.
package opendata

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// Options is what the open data is made of.
type Options struct {
	Data    *jme.Dataset
	AsOf    time.Time // a day as midnight UTC
	Commit  string    // empty without history
	Version string    // of the program
}

// Publish makes all files and hands each to write, whose first error ends it.
func Publish(o Options, write func(path string, data []byte) error) error {
	whole := o.pkg("achyk", o.Data.Site.Title, o.Data.Site.Description)
	whole.ID, whole.Homepage = o.Data.Site.BaseURL+"datapackage.json", o.Data.Site.BaseURL
	for _, m := range o.Data.Municipalities {
		folder := "data/" + m.ID + "/"
		own := o.municipality(m)
		archive := newArchive(o)
		for _, t := range m.Tables {
			name := t.Schema.Name
			schema := o.schema(m, t.Schema)
			var csv bytes.Buffer
			if err := t.WriteCSV(&csv, o.Data.Site.Demonstration); err != nil {
				return fmt.Errorf("open data %s: %w", t.Label, err)
			}
			for _, f := range []struct {
				suffix string
				data   []byte
			}{{".csv", csv.Bytes()}, {".json", rowsJSON(t, o.Data.Site.Demonstration)}, {".schema.json", indented(schema)}} {
				if err := write(folder+name+f.suffix, f.data); err != nil {
					return err
				}
			}
			r := resource(m, t, schema, csv.Bytes())
			r.Path = folder + name + ".csv"
			whole.Resources = append(whole.Resources, r)
			r.Path = "data/" + name + ".csv"
			own.Resources = append(own.Resources, r)
			archive.add(r.Path, csv.Bytes())
		}
		archive.add("datapackage.json", indented(own))
		archive.add("dictionary.csv", dictionary(m, o.Data.Site.Demonstration))
		archive.add("README.md", readme(o, m))
		if o.Data.Site.Licence != "" {
			archive.add("LICENSE.txt", licenceFile(o.Data.Site))
		}
		data, err := archive.bytes()
		if err != nil {
			return fmt.Errorf("open data of %s: %w", m.ID, err)
		}
		if err := write(folder+m.ID+".zip", data); err != nil {
			return err
		}
	}
	if len(whole.Resources) == 0 {
		return nil // a package must have a resource
	}
	return write("datapackage.json", indented(whole))
}

// The descriptors, in the order in which they are written.

type pkg struct {
	Schema        string        `json:"$schema"`
	Name          string        `json:"name"`
	ID            string        `json:"id,omitempty"`
	Title         string        `json:"title"`
	Titles        *locale.Text  `json:"titles,omitempty"`
	Description   string        `json:"description,omitempty"`
	Descriptions  *locale.Text  `json:"descriptions,omitempty"`
	Demonstration bool          `json:"demonstration,omitempty"`
	Homepage      string        `json:"homepage,omitempty"`
	Version       string        `json:"version"`
	Created       string        `json:"created"`
	Contributors  []contributor `json:"contributors,omitempty"`
	Licenses      []license     `json:"licenses,omitempty"`
	Sources       []source      `json:"sources,omitempty"`
	Resources     []dataset     `json:"resources"`
}

type contributor struct {
	Title string   `json:"title"`
	Path  string   `json:"path,omitempty"`
	Roles []string `json:"roles"`
}

type license struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Title string `json:"title"`
}

type source struct {
	Title   string `json:"title"`
	Path    string `json:"path"`
	Version string `json:"version,omitempty"`
}

type dataset struct {
	Name         string       `json:"name"`
	Path         string       `json:"path"`
	Type         string       `json:"type"`
	Title        string       `json:"title"`
	Titles       *locale.Text `json:"titles,omitempty"`
	Description  string       `json:"description,omitempty"`
	Descriptions *locale.Text `json:"descriptions,omitempty"`
	Format       string       `json:"format"`
	MediaType    string       `json:"mediatype"`
	Encoding     string       `json:"encoding"`
	Bytes        int          `json:"bytes"`
	Hash         string       `json:"hash"`
	Dialect      dialect      `json:"dialect"`
	Schema       *schema      `json:"schema"`
}

type dialect struct {
	Header         bool   `json:"header"`
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
}

// pkg begins a package.
func (o Options) pkg(name string, title, description locale.Text) pkg {
	s := o.Data.Site
	p := pkg{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   name, Title: title.In(locale.Ky), Titles: texts(title),
		Description: description.In(locale.Ky), Descriptions: texts(description),
		Demonstration: s.Demonstration, Version: o.version(), Created: o.AsOf.Format(time.RFC3339),
	}
	if s.Licence != "" {
		p.Licenses = []license{licence(s.Licence)}
	}
	if s.Repository != "" {
		p.Sources = []source{{"git", s.Repository, o.Commit}}
	}
	return p
}

// version is the day of the data, as calendar versioning writes it, with the commit.
func (o Options) version() string {
	v := o.AsOf.Format("2006.1.2")
	if o.Commit != "" {
		v += "+" + o.Commit[:min(7, len(o.Commit))]
	}
	return v
}

// municipality begins the package of one municipality.
func (o Options) municipality(m *jme.Municipality) pkg {
	s := m.Settings
	p := o.pkg(m.ID, s.Name, s.Introduction)
	if base := o.Data.Site.BaseURL; base != "" {
		p.ID, p.Homepage = base+"data/"+m.ID+"/"+m.ID+".zip", base+"ky/"+m.ID+"/"
	}
	if !s.Contact.Office.IsZero() {
		p.Contributors = []contributor{{s.Contact.Office.In(locale.Ky), s.Contact.Website, []string{"contact"}}}
	}
	return p
}

// resource describes the CSV of a register; its path depends on where it lies.
func resource(m *jme.Municipality, t *table.Table, s *schema, csv []byte) dataset {
	sum := sha256.Sum256(csv)
	return dataset{
		Name: resourceName(m, t.Schema.Name), Type: "table",
		Title: t.Schema.Title.In(locale.Ky), Titles: texts(t.Schema.Title),
		Description: t.Schema.Description.In(locale.Ky), Descriptions: texts(t.Schema.Description),
		Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
		Bytes: len(csv), Hash: "sha256:" + hex.EncodeToString(sum[:]),
		Dialect: dialect{Header: true, Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true},
		Schema:  s,
	}
}

// resourceName is how descriptors call a register: "osh-panel-members".
func resourceName(m *jme.Municipality, register string) string {
	return m.ID + "-" + strings.ReplaceAll(register, "_", "-")
}

// licence describes a licence by its SPDX id.
func licence(id string) license {
	for _, l := range []license{
		{"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International"},
		{"CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "Creative Commons Attribution Share Alike 4.0 International"},
		{"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zero v1.0 Universal"},
		{"ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/", "Open Data Commons Attribution License v1.0"},
		{"ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "Open Data Commons Open Database License v1.0"},
		{"PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/", "Open Data Commons Public Domain Dedication & License 1.0"},
	} {
		if l.Name == id {
			return l
		}
	}
	return license{id, "https://spdx.org/licenses/" + id + ".html", id}
}

// texts is a text in all its languages, or nil where there is none.
func texts(t locale.Text) *locale.Text {
	if t.IsZero() {
		return nil
	}
	return &t
}

// indented is the JSON of a descriptor, for people too.
func indented(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		panic(err) // descriptors are strings, numbers and truths, which always have a JSON form
	}
	return b.Bytes()
}
