package opendata

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// archive writes a municipality's ZIP. Its files are sorted and dated with the as-of day,
// so that the same data always makes the same bytes.
func (o Options) archive(w io.Writer, m *jme.Municipality, registers []resource) error {
	inside := func(r resource) string { return "data/" + r.Schema.Name + ".csv" }
	files := []File{
		{"README.md", func(w io.Writer) error { return o.readme(w, m) }},
		{"datapackage.json", func(w io.Writer) error { return o.municipality(m).write(w, registers, inside) }},
		{"dictionary.csv", func(w io.Writer) error { return dictionary(w, m, o.Data.Site.Demonstration) }},
	}
	if o.Data.Site.Licence != "" {
		files = append(files, File{"LICENSE.txt", func(w io.Writer) error { return licenceFile(w, o.Data.Site) }})
	}
	for _, r := range registers {
		files = append(files, File{inside(r), r.csv})
	}
	if o.Enclosed != nil {
		files = append(files, o.Enclosed(m)...)
	}
	slices.SortFunc(files, func(x, y File) int { return strings.Compare(x.Path, y.Path) })
	archive := zip.NewWriter(w)
	for _, f := range files {
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: o.AsOf.UTC()})
		if err != nil {
			return err
		}
		if err := f.Write(entry); err != nil {
			return err
		}
	}
	return archive.Close()
}

// readme tells in three languages what the archive is.
func (o Options) readme(w io.Writer, m *jme.Municipality) error {
	var b strings.Builder
	s := o.Data.Site
	for i, l := range locale.Langs {
		p := locale.For(l)
		if i > 0 {
			b.WriteString("\n---\n\n")
		}
		fmt.Fprintf(&b, "# %s\n\n", p.F("opendata.readme.title", locale.Args{"Name": m.Settings.Name}))
		if s.Demonstration {
			fmt.Fprintf(&b, "**%s**\n\n", p.T("opendata.demonstration.meaning"))
		}
		fmt.Fprintf(&b, "%s\n\n", p.T("opendata.readme.about"))
		files := []string{"csv", "dictionary", "package"}
		if o.Enclosed != nil {
			files = append([]string{"pages"}, append(files, "citation")...)
		}
		if m.Table(jme.Changes) != nil {
			files = append(files, "changes")
		}
		for _, file := range files {
			fmt.Fprintf(&b, "- %s\n", p.T("opendata.readme."+file))
		}
		fmt.Fprintf(&b, "\n%s\n", strings.Join(o.origin(p, m), "\n"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// origin tells in sentences as of when the data is, where it comes from, and under what
// licence.
func (o Options) origin(p *locale.Printer, m *jme.Municipality) []string {
	s := o.Data.Site
	say := func(key string, args locale.Args) string { return p.F("opendata.readme."+key, args) }
	lines := []string{say("as_of", locale.Args{"Day": o.AsOf})}
	if o.Commit != "" {
		lines = append(lines, say("commit", locale.Args{"Commit": o.Commit}))
	}
	if o.Shallow {
		lines = append(lines, p.T("site.changes.shallow"))
	}
	if s.Repository != "" {
		lines = append(lines, say("repository", locale.Args{"Address": s.Repository}))
	}
	if s.Licence != "" {
		lines = append(lines, licensed(p, s.Licence))
	}
	if s.BaseURL != "" {
		lines = append(lines, say("site", locale.Args{"Address": s.BaseURL + p.Lang().String() + "/" + m.ID + "/"}))
	}
	return lines
}

// licensed names the licence and where its text is.
func licensed(p *locale.Printer, id string) string {
	l := Licence(id)
	return p.F("opendata.readme.licence", locale.Args{"Name": l.Title, "Code": l.Name, "Address": l.Path})
}

// licenceFile says in three languages under what licence the files may be used, for who
// looks for a file of that name.
func licenceFile(w io.Writer, s jme.Site) error {
	var b strings.Builder
	for _, l := range locale.Langs {
		p := locale.For(l)
		fmt.Fprintf(&b, "%s\n", licensed(p, s.Licence))
		if s.Demonstration {
			fmt.Fprintf(&b, "%s\n", p.T("opendata.demonstration.meaning"))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
