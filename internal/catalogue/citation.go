package catalogue

import (
	"fmt"
	"io"
	"strings"
	"time"

	"achyk/internal/locale"
	"achyk/internal/opendata"
)

// citation writes CITATION.cff, by Citation File Format 1.2.0, whose texts are in one
// language: the original, and the request in all.
func (c Catalogue) citation(w io.Writer) error {
	site := c.Data.Site
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, opendata.Quoted(nil, value)) // a JSON string is a YAML string
		}
	}
	var please []string
	for _, l := range locale.Langs {
		please = append(please, locale.For(l).T("opendata.dataset.cite"))
	}
	line("cff-version", "1.2.0")
	line("message", strings.Join(please, " "))
	line("type", "dataset")
	abstract, towns := site.Description.In(locale.Ky), c.Data.Municipalities
	if site.Demonstration { // what is invented is not the work of those it is about
		abstract, towns = strings.TrimSpace(abstract+" "+locale.For(locale.Ky).T("opendata.demonstration.meaning")), nil
	}
	line("title", site.Title.In(locale.Ky))
	line("abstract", abstract)
	b.WriteString("authors:\n")
	for _, m := range towns {
		who := c.Publisher(m)
		line("  - name", who.Name.In(locale.Ky))
		if strings.HasPrefix(who.Website, "http") {
			line("    website", escaped(who.Website))
		}
	}
	if len(towns) == 0 {
		line("  - name", site.Title.In(locale.Ky))
	}
	line("version", c.Version())
	line("date-released", c.AsOf.Format(time.DateOnly))
	if l := opendata.Licence(site.Licence); l.Code != "" {
		line("license", l.Name)
	} else if site.Licence != "" { // the format knows a list of licences only
		line("license-url", l.Path)
	}
	line("url", escaped(site.BaseURL))
	line("repository", escaped(site.Repository))
	line("commit", c.Commit)
	b.WriteString("keywords:\n")
	for _, word := range strings.Split(locale.Every("opendata.dataset.keywords").Ky, ", ") {
		fmt.Fprintf(&b, "  - %s\n", opendata.Quoted(nil, word))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
