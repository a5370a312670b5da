package opendata

import (
	"encoding/json"
	"io"
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
	Licenses      []License     `json:"licenses,omitempty"`
	Sources       []source      `json:"sources,omitempty"`
	Resources     []dataset     `json:"resources"`
}

type contributor struct {
	Title string   `json:"title"`
	Path  string   `json:"path,omitempty"`
	Roles []string `json:"roles"`
}

// License is under what terms data may be used, as Data Package tells it.
type License struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Title string `json:"title"`
	Code  string `json:"-"` // in the licences of the EU's Publications Office; empty: not among them
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
	Rows         int          `json:"rows"`
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
		Demonstration: s.Demonstration, Version: o.Version(), Created: o.AsOf.Format(time.RFC3339),
	}
	if s.Licence != "" {
		p.Licenses = []License{Licence(s.Licence)}
	}
	if s.Repository != "" {
		p.Sources = []source{{"git", s.Repository, o.Commit}}
	}
	return p
}

// Version is the day of the data, as calendar versioning writes it, with the commit.
func (o Options) Version() string {
	v := o.AsOf.Format("2006.1.2")
	if o.Commit != "" {
		v += "+" + o.Commit[:min(7, len(o.Commit))]
	}
	if o.Dirty {
		v += ".dirty"
	}
	return v
}

// municipality begins the package of one municipality.
func (o Options) municipality(m *jme.Municipality) pkg {
	a := o.About(m)
	p := o.pkg(m.ID, a.Title, a.Description)
	if base := o.Data.Site.BaseURL; base != "" {
		p.ID, p.Homepage = base+"data/"+m.ID+"/"+m.ID+".zip", base+"ky/"+m.ID+"/"
	}
	who := o.Publisher(m)
	p.Contributors = []contributor{{who.Name.In(locale.Ky), who.Website, []string{"publisher", "contact"}}}
	return p
}

// resource is a register as packages describe it: by its CSV.
type resource struct {
	register
	csvSum func() (Sum, error) // of the CSV, which is made for it once
}

func newResource(r register) resource {
	return resource{r, sync.OnceValues(func() (Sum, error) { return SumOf(r.csv) })}
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
	return Indented(w, p)
}

// describe describes the CSV of a register that lies at a path.
func (r resource) describe(path string) (dataset, error) {
	sum, err := r.csvSum()
	a := r.about()
	return dataset{
		Name: a.ID, Path: path, Type: "table",
		Title: a.Title.In(locale.Ky), Titles: texts(a.Title),
		Description: a.Description.In(locale.Ky), Descriptions: texts(a.Description),
		Format: "csv", MediaType: CSV.Media, Encoding: "utf-8", Rows: a.Rows,
		Bytes: sum.Bytes, Hash: "sha256:" + sum.SHA256,
		Dialect: dialect{Header: true, Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true},
		Schema:  r.schema(),
	}, err
}

// ResourceName is how descriptors call a register: "osh.panel_members". The dot is in no id
// of a municipality and in no name of a register, so no two have the same.
func ResourceName(m *jme.Municipality, register string) string {
	return m.ID + "." + register
}

// Licence describes a licence by its SPDX id.
func Licence(id string) License {
	for _, l := range []License{
		{"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International", "CC_BY_4_0"},
		{"CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "Creative Commons Attribution Share Alike 4.0 International", "CC_BYSA_4_0"},
		{"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zero v1.0 Universal", "CC0"},
		{"ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/", "Open Data Commons Attribution License v1.0", "ODC_BY"},
		{"ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "Open Data Commons Open Database License v1.0", "ODC_BL"},
		{"PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/", "Open Data Commons Public Domain Dedication & License 1.0", "ODC_PDDL"},
	} {
		if l.Name == id {
			return l
		}
	}
	return License{id, "https://spdx.org/licenses/" + id + ".html", id, ""}
}

// texts is a text in all its languages, or nil where there is none.
func texts(t locale.Text) *locale.Text {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Indented writes the JSON of a descriptor, for people too.
func Indented(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
