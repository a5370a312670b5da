package catalogue

import (
	"encoding/json"
	"strconv"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// These types are what search engines are told of a dataset, in the vocabulary of
// https://schema.org and as far as Google's Dataset Search reads it. Everything in them
// stands on the page as well, or in a file that the page links to.

type ldDataset struct {
	Context       string       `json:"@context"`
	Type          string       `json:"@type"`
	ID            string       `json:"@id"`
	Name          string       `json:"name"`
	AlternateName []string     `json:"alternateName,omitempty"`
	Description   string       `json:"description"`
	URL           string       `json:"url"`
	Identifier    string       `json:"identifier"`
	Keywords      string       `json:"keywords"`
	Licence       string       `json:"license,omitempty"`
	Free          bool         `json:"isAccessibleForFree"`
	Creator       ldThing      `json:"creator"`
	Publisher     ldThing      `json:"publisher"`
	Version       string       `json:"version"`
	Modified      string       `json:"dateModified"`
	Languages     []string     `json:"inLanguage"`
	Place         ldPlace      `json:"spatialCoverage"`
	Time          string       `json:"temporalCoverage,omitempty"`
	Extent        ldExtent     `json:"materialExtent"`
	Source        string       `json:"isBasedOn,omitempty"`
	Variables     []ldVariable `json:"variableMeasured,omitempty"`
	Files         []ldFile     `json:"distribution"`
	Whole         *ldRef       `json:"isPartOf,omitempty"`
	Parts         []ldRef      `json:"hasPart,omitempty"`
	Catalogue     ldThing      `json:"includedInDataCatalog"`
}

type ldRef struct {
	ID string `json:"@id"`
}

type ldThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type ldPlace struct {
	Type string   `json:"@type"`
	Name string   `json:"name"`
	In   *ldPlace `json:"containedInPlace,omitempty"`
}

type ldExtent struct {
	Type  string `json:"@type"`
	Value int    `json:"value"`
	Unit  string `json:"unitText"`
}

type ldVariable struct {
	Type        string `json:"@type"`
	ID          string `json:"propertyID"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Unit        string `json:"unitText,omitempty"`
}

type ldFile struct {
	Type     string `json:"@type"`
	Name     string `json:"name"`
	Address  string `json:"contentUrl"`
	Media    string `json:"encodingFormat"`
	Size     string `json:"contentSize"`
	SHA256   string `json:"sha256"`
	Modified string `json:"dateModified"`
}

// Described returns JSON-LD that describes, in a language, a register of a municipality, or
// with an empty name all its registers together. It may stand in a page as it is, since < and
// > are escaped. It asks the index for checksums, so the files are made if they are not yet.
func (c Catalogue) Described(m *jme.Municipality, register string, l locale.Lang) ([]byte, error) {
	if register == "" {
		return c.describedWhole(m, l)
	}
	return c.describedRegister(m, m.Table(register), l)
}

func (c Catalogue) describedWhole(m *jme.Municipality, l locale.Lang) ([]byte, error) {
	d := c.linked(m, c.About(m), "", l)
	for _, t := range m.Tables {
		d.Parts = append(d.Parts, ldRef{c.node(tableschema.ResourceName(m, t.Schema.Name))})
	}
	return json.Marshal(d)
}

func (c Catalogue) describedRegister(m *jme.Municipality, t *table.Table, l locale.Lang) ([]byte, error) {
	d := c.linked(m, c.Register(m, t), t.Schema.Name, l)
	d.Whole = &ldRef{c.node(m.ID)}
	for i := range t.Schema.Columns {
		column := &t.Schema.Columns[i]
		d.Variables = append(d.Variables, ldVariable{"PropertyValue", column.Name, column.Title.In(l), column.Description.In(l), column.Unit})
	}
	return json.Marshal(d)
}

// linked describes a dataset with its files, but without the datasets it is part of or has
// as parts.
func (c Catalogue) linked(m *jme.Municipality, a dataset.About, register string, l locale.Lang) ldDataset {
	site, p := c.Data.Site, locale.For(l)
	day := c.AsOf.Format(time.DateOnly)
	who := c.Publisher(m)
	office := ldThing{"Organization", who.Name.In(l), who.Website}
	d := ldDataset{
		Context: "https://schema.org", Type: "Dataset", ID: c.node(a.ID), Name: a.Title.In(l), Description: a.Description.In(l),
		URL: c.Address(l.String() + "/" + a.Page), Identifier: c.node(a.ID), Keywords: a.Keywords.In(l), Free: true,
		Creator: office, Publisher: office, Version: c.Version(), Modified: day, Source: site.Repository,
		Place:     ldPlace{"Place", m.Settings.Name.In(l), &ldPlace{"Country", p.T("opendata.dataset.country"), nil}},
		Extent:    ldExtent{"QuantitativeValue", a.Rows, p.T("opendata.dataset.records")},
		Catalogue: ldThing{"DataCatalog", site.Title.In(l), site.BaseURL},
	}
	if site.Licence != "" {
		d.Licence = dataset.Licence(site.Licence).Path
	}
	if a.From != "" {
		d.Time = a.From + "/" + a.To
	}
	for _, other := range site.Langs() {
		d.Languages = append(d.Languages, other.String())
		if name := a.Title.Get(other); name != "" && name != d.Name {
			d.AlternateName = append(d.AlternateName, name)
		}
	}
	for _, f := range c.downloads(m, register) {
		if sum, err := f.Sum(); err == nil { // a build fails of the error, and a preview shows the rest
			d.Files = append(d.Files, ldFile{"DataDownload", f.Kind.Name().In(l), c.Address(f.Path), f.Kind.Media,
				strconv.FormatInt(sum.Size, 10) + " B", sum.SHA256.String(), day})
		}
	}
	return d
}
