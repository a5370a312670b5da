package catalogue

import (
	"fmt"
	"io"
	"strings"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/plainjson"
)

// citation writes the CITATION.cff of the whole site.
func (c Catalogue) citation(w io.Writer) error {
	site, l := c.Data.Site, c.Original()
	return cite(w, c.Snapshot, site.Title.In(l), site.Description.In(l), site.BaseURL, c.Data.Municipalities...)
}

// Citation returns the CITATION.cff of a municipality's data, for its ZIP.
func Citation(s dataset.Snapshot, m *jme.Municipality) files.File {
	return files.File{Path: "CITATION.cff", Write: func(w io.Writer) error {
		a, l := s.About(m), s.Original()
		return cite(w, s, a.Title.In(l), a.Description.In(l), s.Address(l.String()+"/"+a.Page), m)
	}}
}

// cite writes a citation by Citation File Format 1.2.0. The format has one language, so its
// texts are in the original language, except the request to cite, which is in all of the site.
func cite(w io.Writer, s dataset.Snapshot, title, abstract, address string, towns ...*jme.Municipality) error {
	site := s.Data.Site
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, plainjson.Quoted(nil, value)) // every JSON string is a YAML string
		}
	}
	var please []string
	for _, l := range site.Langs() {
		please = append(please, locale.For(l).T("opendata.dataset.cite"))
	}
	line("cff-version", "1.2.0")
	line("message", strings.Join(please, " "))
	line("type", "dataset")
	invented := locale.For(s.Original()).T("opendata.demonstration.meaning")
	if site.Demonstration { // the offices are not the authors of invented data
		towns = nil
		if !strings.Contains(abstract, invented) {
			abstract = strings.TrimSpace(abstract + " " + invented)
		}
	}
	line("title", title)
	line("abstract", abstract)
	b.WriteString("authors:\n")
	for _, m := range towns {
		who := s.Publisher(m)
		line("  - name", who.Name.In(s.Original()))
		line("    website", escaped(who.Website))
	}
	if len(towns) == 0 {
		line("  - name", site.Title.In(s.Original()))
	}
	line("version", s.Version())
	line("date-released", s.AsOf.Format(time.DateOnly))
	if l := dataset.Licence(site.Licence); l.Code != "" {
		line("license", l.Name)
	} else if site.Licence != "" { // "license" allows the licences of SPDX's list only
		line("license-url", l.Path)
	}
	line("url", escaped(address))
	line("repository", escaped(site.Repository))
	line("commit", s.Commit)
	b.WriteString("keywords:\n")
	for _, word := range strings.Split(locale.For(s.Original()).T("opendata.dataset.keywords"), ", ") {
		fmt.Fprintf(&b, "  - %s\n", plainjson.Quoted(nil, word))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
