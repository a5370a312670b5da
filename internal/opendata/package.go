package opendata

import (
	"io"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/plainjson"
	"achyk/internal/tableschema"
)

// packageKind is the format of the descriptor of a Data Package.
var packageKind = files.Kind{Key: "package", Media: "application/json", IANA: true, Code: "JSON", Place: 4}

// The fields of these types are in the order in which they are written.

type pkg struct {
	Schema        string            `json:"$schema"`
	Name          string            `json:"name"`
	ID            string            `json:"id,omitempty"`
	Title         string            `json:"title"`
	Titles        *locale.Text      `json:"titles,omitempty"`
	Description   string            `json:"description,omitempty"`
	Descriptions  *locale.Text      `json:"descriptions,omitempty"`
	Demonstration bool              `json:"demonstration,omitempty"`
	Homepage      string            `json:"homepage,omitempty"`
	Version       string            `json:"version"`
	Created       string            `json:"created"`
	Contributors  []contributor     `json:"contributors,omitempty"`
	Licenses      []dataset.License `json:"licenses,omitempty"`
	Sources       []source          `json:"sources,omitempty"`
	Resources     []resource        `json:"resources"`
}

type contributor struct {
	Title string   `json:"title"`
	Path  string   `json:"path,omitempty"`
	Roles []string `json:"roles"`
}

type source struct {
	Title   string `json:"title"`
	Path    string `json:"path"`
	Version string `json:"version,omitempty"`
}

type resource struct {
	Name         string              `json:"name"`
	Path         string              `json:"path"`
	Type         string              `json:"type"`
	Title        string              `json:"title"`
	Titles       *locale.Text        `json:"titles,omitempty"`
	Description  string              `json:"description,omitempty"`
	Descriptions *locale.Text        `json:"descriptions,omitempty"`
	Format       string              `json:"format"`
	MediaType    string              `json:"mediatype"`
	Encoding     string              `json:"encoding"`
	Rows         int                 `json:"rows"`
	Bytes        int64               `json:"bytes"`
	Hash         string              `json:"hash"`
	Dialect      dialect             `json:"dialect"`
	Schema       *tableschema.Schema `json:"schema"`
}

type dialect struct {
	Header         bool   `json:"header"`
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
}

// newPackage returns a package without resources.
func newPackage(s dataset.Snapshot, name string, title, description locale.Text) pkg {
	site := s.Data.Site
	p := pkg{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   name, Title: title.In(s.Original()), Titles: tableschema.Texts(title),
		Description: description.In(s.Original()), Descriptions: tableschema.Texts(description),
		Demonstration: site.Demonstration, Version: s.Version(), Created: s.AsOf.Format(time.RFC3339),
	}
	if site.Licence != "" {
		p.Licenses = []dataset.License{dataset.Licence(site.Licence)}
	}
	if site.Repository != "" {
		p.Sources = []source{{"git", site.Repository, s.Commit}}
	}
	return p
}

// dataPackage returns the package of a municipality without resources.
func (t town) dataPackage() pkg {
	a := t.About(t.m)
	p := newPackage(t.Snapshot, t.m.ID, a.Title, a.Description)
	if base := t.Data.Site.BaseURL; base != "" {
		p.ID, p.Homepage = base+"data/"+t.m.ID+"/"+t.m.ID+".zip", base+t.Original().String()+"/"+t.m.ID+"/"
	}
	who := t.Publisher(t.m)
	p.Contributors = []contributor{{who.Name.In(t.Original()), who.Website, []string{"publisher", "contact"}}}
	return p
}

// write writes the package with the given registers as its resources. path returns the path of
// a register's CSV from the package.
func (p pkg) write(w io.Writer, registers []*register, path func(*register) string) error {
	for _, r := range registers {
		d, err := r.describe(path(r))
		if err != nil {
			return err
		}
		p.Resources = append(p.Resources, d)
	}
	return plainjson.Indented(w, p)
}

// describe describes the CSV of a register, whose path from the package is given.
func (r *register) describe(path string) (resource, error) {
	sum, err := r.file.Sum()
	a := r.Register(r.m, r.Table)
	return resource{
		Name: a.ID, Path: path, Type: "table",
		Title: a.Title.In(r.Original()), Titles: tableschema.Texts(a.Title),
		Description: a.Description.In(r.Original()), Descriptions: tableschema.Texts(a.Description),
		Format: "csv", MediaType: csvForm.Media, Encoding: "utf-8", Rows: a.Rows,
		Bytes: sum.Size, Hash: "sha256:" + sum.SHA256.String(),
		Dialect: dialect{Header: true, Delimiter: ",", LineTerminator: "\n", QuoteChar: `"`, DoubleQuote: true},
		Schema:  tableschema.Of(r.m, r.Table, r.invented()),
	}, err
}
