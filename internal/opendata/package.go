package opendata

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

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
	Bytes        int64        `json:"bytes"`
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

// resource is a register as packages describe it: by its CSV.
type resource struct {
	register
	csvSum func() (checksum, error) // of the CSV, which is made for it once
}

// checksum is what is known of a file that was made and not kept.
type checksum struct {
	bytes int64
	hash  string // "sha256:…"
}

func newResource(r register) resource {
	return resource{r, sync.OnceValues(func() (checksum, error) {
		hash, size := sha256.New(), counter(0)
		err := r.csv(io.MultiWriter(hash, &size))
		return checksum{int64(size), "sha256:" + hex.EncodeToString(hash.Sum(nil))}, err
	})}
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// write writes the package of some registers, whose files are where path says.
func (p pkg) write(w io.Writer, registers []resource, path func(resource) string) error {
	for _, r := range registers {
		d, err := r.describe(path(r))
		if err != nil {
			return err
		}
		p.Resources = append(p.Resources, d)
	}
	return indented(w, p)
}

// describe describes the CSV of a register that lies at a path.
func (r resource) describe(path string) (dataset, error) {
	sum, err := r.csvSum()
	s := r.Schema
	return dataset{
		Name: resourceName(r.m, s.Name), Path: path, Type: "table",
		Title: s.Title.In(locale.Ky), Titles: texts(s.Title),
		Description: s.Description.In(locale.Ky), Descriptions: texts(s.Description),
		Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
		Bytes: sum.bytes, Hash: sum.hash,
		Dialect: dialect{Header: true, Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true},
		Schema:  r.schema(),
	}, err
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

// indented writes the JSON of a descriptor, for people too.
func indented(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
