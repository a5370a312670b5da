package opendata

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/zipped"
)

// zipForm is a ZIP of all CSV of a municipality.
var zipForm = form[*whole]{
	Kind: files.Kind{Key: "zip", Media: "application/zip", IANA: true, Code: "ZIP", Place: 1},
	file: "*.zip", title: locale.Same, dataset: true, write: (*whole).archive,
}

// archive writes a municipality's ZIP. Its files are sorted and have the as-of day as their
// date, so the same data always gives the same bytes.
func (s *whole) archive(w io.Writer) error {
	inside := func(r *register) string { return "data/" + r.Schema.Name + ".csv" }
	inner := []files.File{
		{Path: "README.md", Write: s.readme},
		{Path: "datapackage.json", Write: func(w io.Writer) error { return s.dataPackage().write(w, s.registers, inside) }},
		{Path: "dictionary.csv", Write: func(w io.Writer) error { return dictionary(w, s.m, s.invented()) }},
	}
	if s.Data.Site.Licence != "" {
		inner = append(inner, files.File{Path: "LICENSE.txt", Write: func(w io.Writer) error { return licenceFile(w, s.Data.Site) }})
	}
	for _, r := range s.registers {
		inner = append(inner, files.File{Path: inside(r), Write: r.file.CopyTo})
	}
	inner = append(inner, s.enclosed...)
	slices.SortFunc(inner, func(x, y files.File) int { return strings.Compare(x.Path, y.Path) })
	archive := zipped.NewWriter(w)
	for _, f := range inner {
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: s.AsOf.UTC()})
		if err != nil {
			return err
		}
		if err := f.Write(entry); err != nil {
			return err
		}
	}
	return archive.Close()
}

// encloses tells whether Add was given a file of that path, or one in that folder, for the ZIP.
func (s *whole) encloses(path string) bool {
	return slices.ContainsFunc(s.enclosed, func(f files.File) bool { return f.Path == path || strings.HasPrefix(f.Path, path+"/") })
}

// readme writes README.md, which says in the languages of the site what the ZIP holds.
func (s *whole) readme(w io.Writer) error {
	var b strings.Builder
	for i, l := range s.Data.Site.Langs() {
		p := locale.For(l)
		if i > 0 {
			b.WriteString("\n---\n\n")
		}
		fmt.Fprintf(&b, "# %s\n\n", p.F("opendata.readme.title", locale.Args{"Name": s.m.Settings.Name}))
		if s.invented() {
			fmt.Fprintf(&b, "**%s**\n\n", p.T("opendata.demonstration.meaning"))
		}
		fmt.Fprintf(&b, "%s\n\n", p.T("opendata.readme.about"))
		var told []string
		if s.encloses("pages") {
			told = append(told, "pages")
		}
		told = append(told, "csv", "dictionary", "package")
		if s.encloses("CITATION.cff") {
			told = append(told, "citation")
		}
		if s.m.Table(jme.Changes) != nil {
			told = append(told, "changes")
		}
		for _, file := range told {
			fmt.Fprintf(&b, "- %s\n", p.T("opendata.readme."+file))
		}
		fmt.Fprintf(&b, "\n%s\n", strings.Join(s.origin(p), "\n"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// origin returns sentences that say as of when the data is, where it comes from, and what its
// licence is.
func (t town) origin(p *locale.Printer) []string {
	site := t.Data.Site
	say := func(key string, args locale.Args) string { return p.F("opendata.readme."+key, args) }
	lines := []string{say("as_of", locale.Args{"Day": t.AsOf})}
	if t.Commit != "" {
		lines = append(lines, say("commit", locale.Args{"Commit": t.Commit}))
	}
	if t.Shallow {
		lines = append(lines, p.T("site.changes.shallow"))
	}
	if site.Repository != "" {
		lines = append(lines, say("repository", locale.Args{"Address": site.Repository}))
	}
	if site.Licence != "" {
		lines = append(lines, licensed(p, site.Licence))
	}
	if site.BaseURL != "" {
		lines = append(lines, say("site", locale.Args{"Address": t.Address(p.Lang().String() + "/" + t.m.ID + "/")}))
	}
	return lines
}

// licensed returns a sentence with the name of the licence and the address of its text.
func licensed(p *locale.Printer, id string) string {
	l := dataset.Licence(id)
	return p.F("opendata.readme.licence", locale.Args{"Name": l.Title, "Code": l.Name, "Address": l.Path})
}

// licenceFile writes LICENSE.txt, where people look for the licence: its name and address in
// the languages of the site.
func licenceFile(w io.Writer, s jme.Site) error {
	var b strings.Builder
	for _, l := range s.Langs() {
		p := locale.For(l)
		fmt.Fprintf(&b, "%s\n", licensed(p, s.Licence))
		if s.Demonstration {
			fmt.Fprintf(&b, "%s\n", p.T("opendata.demonstration.meaning"))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
