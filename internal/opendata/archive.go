package opendata

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// archive is a municipality's ZIP. Its files are sorted and dated with the as-of day, so
// that the same data always makes the same bytes.
type archive struct {
	files    []archived
	modified time.Time
}

type archived struct {
	name string
	data []byte
}

func newArchive(o Options) *archive {
	return &archive{modified: o.AsOf.UTC()}
}

func (a *archive) add(name string, data []byte) {
	a.files = append(a.files, archived{name, data})
}

func (a *archive) bytes() ([]byte, error) {
	slices.SortFunc(a.files, func(x, y archived) int { return strings.Compare(x.name, y.name) })
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range a.files {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: a.modified})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(f.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// readme tells in three languages what the archive is.
func readme(o Options, m *jme.Municipality) []byte {
	var b strings.Builder
	s := o.Data.Site
	for i, l := range locale.Langs {
		p := locale.For(l)
		say := func(key string, args locale.Args) string { return p.F("opendata.readme."+key, args) }
		if i > 0 {
			b.WriteString("\n---\n\n")
		}
		fmt.Fprintf(&b, "# %s\n\n", say("title", locale.Args{"Name": m.Settings.Name}))
		if s.Demonstration {
			fmt.Fprintf(&b, "**%s**\n\n", p.T("opendata.demonstration.meaning"))
		}
		fmt.Fprintf(&b, "%s\n\n", p.T("opendata.readme.about"))
		for _, file := range []string{"csv", "dictionary", "package"} {
			fmt.Fprintf(&b, "- %s\n", p.T("opendata.readme."+file))
		}
		fmt.Fprintf(&b, "\n%s\n", say("as_of", locale.Args{"Day": o.AsOf}))
		if o.Commit != "" {
			fmt.Fprintf(&b, "%s\n", say("commit", locale.Args{"Commit": o.Commit}))
		}
		if s.Repository != "" {
			fmt.Fprintf(&b, "%s\n", say("repository", locale.Args{"Address": s.Repository}))
		}
		if s.Licence != "" {
			fmt.Fprintf(&b, "%s\n", licensed(p, s.Licence))
		}
		if s.BaseURL != "" {
			fmt.Fprintf(&b, "%s\n", say("site", locale.Args{"Address": s.BaseURL + l.String() + "/" + m.ID + "/"}))
		}
	}
	return []byte(b.String())
}

// licensed names the licence and where its text is.
func licensed(p *locale.Printer, id string) string {
	l := licence(id)
	return p.F("opendata.readme.licence", locale.Args{"Name": l.Title, "Code": l.Name, "Address": l.Path})
}

// licenceFile says in three languages under what licence the files may be used, for who
// looks for a file of that name.
func licenceFile(s jme.Site) []byte {
	var b strings.Builder
	for _, l := range locale.Langs {
		p := locale.For(l)
		fmt.Fprintf(&b, "%s\n", licensed(p, s.Licence))
		if s.Demonstration {
			fmt.Fprintf(&b, "%s\n", p.T("opendata.demonstration.meaning"))
		}
	}
	return []byte(b.String())
}
