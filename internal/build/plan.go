package build

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"achyk/internal/catalogue"
	"achyk/internal/jme"
	"achyk/internal/links"
	"achyk/internal/locale"
	"achyk/internal/ocds"
	"achyk/internal/opendata"
	"achyk/internal/regulation"
	"achyk/internal/site"
)

// Plan is everything a site will consist of but build.json. Nothing of it is made yet:
// a build makes all of it, a preview what is asked for.
type Plan struct {
	pages   []site.Page
	files   []*file
	late    int            // from here on files tell of those before
	paths   map[string]int // every path: of pages the index, of files ^index, else apart
	baseURL string

	versions []Version // those published
	shallow  bool      // older commits exist, but not in this clone
}

// apart are the paths of what is made last, of all the rest.
const apart = math.MinInt

// file is a file of the site that is no page.
type file struct {
	path  string
	write func(io.Writer) error
	sum   func() (opendata.Sum, error) // found when first asked for
}

// add plans a file.
func (p *Plan) add(path string, write func(io.Writer) error) {
	f := &file{path: path, write: write}
	f.sum = sync.OnceValues(func() (opendata.Sum, error) { return opendata.SumOf(write) })
	p.paths[path] = ^len(p.files)
	p.files = append(p.files, f)
}

// writeTo writes the file, and sums it up in passing.
func (f *file) writeTo(write func(path string, content func(io.Writer) error) error) error {
	summer := opendata.NewSummer()
	err := write(f.path, func(w io.Writer) error { return f.write(io.MultiWriter(w, summer)) })
	f.sum = func() (opendata.Sum, error) { return summer.Sum(), nil }
	return err
}

// Plan lists the files and the pages.
func (s *Snapshot) Plan() (*Plan, error) {
	r := s.repository
	templates, err := r.options.Layouts.parse(r.layouts())
	if err != nil {
		return nil, err
	}
	p := &Plan{paths: map[string]int{"build.json": apart, "SHA256SUMS": apart}, baseURL: s.Data.Site.BaseURL}
	outcomes := s.Outcomes()
	for _, m := range s.Data.Municipalities {
		m.Attach(regulation.Table(m.ID, outcomes))
		m.Attach(regulation.DeadlineTable(m, outcomes, r.asOf))
	}
	past, err := s.history()
	if err != nil {
		return nil, err
	}
	p.shallow = past != nil && past.Shallow
	if past != nil {
		for _, m := range s.Data.Municipalities {
			m.Attach(past.Table(m.ID, r.zone))
		}
	}
	open := opendata.Options{Data: s.Data, AsOf: r.asOf, Commit: r.commit.Hash, Dirty: r.commit.Hash != "" && !r.clean, Shallow: p.shallow}
	open.Enclosed = func(m *jme.Municipality) []opendata.File {
		files := []opendata.File{catalogue.Citation(open, m)}
		for _, page := range site.Offline(templates, site.Options{Data: s.Data, AsOf: r.asOf, Edition: open.Version()}, m) {
			files = append(files, opendata.File{Path: page.Path, Write: func(w io.Writer) error {
				var b bytes.Buffer
				if err := page.Render(&b); err != nil {
					return err
				}
				_, err := w.Write(b.Bytes())
				return err
			}})
		}
		return files
	}
	for _, f := range slices.Concat(opendata.Files(open), ocds.Files(open)) {
		p.add(f.Path, f.Write)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Data.Files)) {
		p.add(published(name), func(w io.Writer) error {
			data, err := fs.ReadFile(r.files, name)
			if err != nil {
				return err
			}
			_, err = w.Write(data)
			return err
		})
	}
	versions, err := r.versions()
	if err != nil {
		return nil, err
	}
	var tagged []site.Version
	listed := catalogue.Catalogue{Options: open, Sum: p.sum}
	for i := range versions {
		v := versions[i].add(p)
		tagged = append(tagged, v)
		p.versions = append(p.versions, Version{versions[i].tag.Name, versions[i].tag.Commit.Hash})
		listed.Versions = append(listed.Versions, catalogue.Version{Tag: v.Tag, Date: v.Date})
	}
	since, err := r.since(versions)
	if err != nil {
		return nil, err
	}
	p.late = len(p.files)
	for _, f := range listed.Files() {
		p.add(f.Path, f.Write)
	}
	pending, err := s.pending()
	if err != nil {
		return nil, err
	}
	p.pages = site.Plan(templates, site.Options{
		Data: s.Data, AsOf: r.asOf, Build: r.stamp(), Size: p.size, Outcomes: outcomes, History: past, Pending: pending, Versions: tagged, After: since,
		SHA256: p.sha256, Edition: open.Version(), Described: listed.Described,
	})
	for i := range p.pages {
		if _, taken := p.paths[p.pages[i].Path]; taken {
			return nil, fmt.Errorf("plan %s: two pages or files claim this path", p.pages[i].Path)
		}
		p.paths[p.pages[i].Path] = i
	}
	return p, p.sitemap()
}

// sum tells of a file, and whether there is one. Which can be made and which not has been
// checked before; what fails now fails again when it is asked for.
func (p *Plan) sum(path string) (opendata.Sum, bool) {
	i, ok := p.paths[path]
	if !ok || i >= 0 || ^i >= len(p.files) {
		return opendata.Sum{}, false
	}
	sum, err := p.files[^i].sum()
	return sum, err == nil
}

// size returns the bytes of a file, and whether there is one.
func (p *Plan) size(path string) (int64, bool) {
	sum, ok := p.sum(path)
	return sum.Bytes, ok
}

// sha256 returns the checksum of a file, "" where there is none.
func (p *Plan) sha256(path string) string {
	sum, _ := p.sum(path)
	return sum.SHA256
}

// File makes a file that is no page, and tells whether there is one of that path.
func (p *Plan) File(path string) ([]byte, bool, error) {
	i, ok := p.paths[path]
	if !ok || i >= 0 || ^i >= len(p.files) {
		return nil, false, nil
	}
	var b bytes.Buffer
	err := p.files[^i].write(&b)
	return b.Bytes(), true, err
}

// Verify renders every page, keeping none, and checks all links. The error is of type
// links.Broken if nothing but links is wrong.
func (p *Plan) Verify(ctx context.Context, jobs int) error {
	check := p.links()
	err := p.render(ctx, Options{Jobs: jobs}, func(path string, page []byte) error {
		check.Read(path, page)
		return nil
	})
	if broken := check.Broken(); err == nil && len(broken) > 0 {
		return broken
	}
	return err
}

// links returns a checker that knows all paths of the plan.
func (p *Plan) links() *links.Checker {
	return links.New(p.baseURL, func(path []byte) bool {
		_, ok := p.paths[string(path)]
		return ok
	})
}

// published is where a file of content/<municipality>/files is found on the site.
func published(name string) string {
	rest := strings.TrimPrefix(name, "content/")
	municipality, file, _ := strings.Cut(rest, "/files/")
	return "files/" + municipality + "/" + file
}

// PageCount counts the pages people read.
func (p *Plan) PageCount() int {
	n := 0
	for i := range p.pages {
		if strings.HasSuffix(p.pages[i].Path, ".html") {
			n++
		}
	}
	return n
}

// Render renders one page, and tells whether there is such a page.
func (p *Plan) Render(path string, page *bytes.Buffer) (bool, error) {
	i, ok := p.paths[path]
	if !ok || i < 0 {
		return false, nil
	}
	return true, p.pages[i].Render(page)
}

// Has tells whether the site has a page or file of that path.
func (p *Plan) Has(path string) bool {
	_, ok := p.paths[path]
	return ok
}

// A sitemap may name 50,000 pages and weigh 50 MB (sitemaps.org), and tells of each page
// five addresses, each with a record's key of up to 200 letters: more pages than this go
// into several, under an index.
const sitemapLimit = 20_000

// sitemap plans sitemap.xml and robots.txt: all pages with their counterparts in the other
// languages. Readers of any other language are sent to the language chooser. The maps of
// 40,000 pages are 29 MB, so they are made while they are written.
func (p *Plan) sitemap() error {
	var escaped strings.Builder
	if err := xml.EscapeText(&escaped, []byte(p.baseURL)); err != nil {
		return err
	}
	base := escaped.String() // the rest of an address are letters, digits, hyphens and slashes
	addresses := []string{""}
	for i := range p.pages {
		if lang, _ := splitLang(p.pages[i].Path); lang != "" {
			if address, ok := strings.CutSuffix(p.pages[i].Path, "index.html"); ok {
				addresses = append(addresses, address)
			}
		}
	}
	const top = "sitemap.xml"
	if len(addresses) <= sitemapLimit {
		p.add(top, sitemapOf(base, addresses))
	} else {
		var b strings.Builder
		b.WriteString(xmlHead + "<sitemapindex " + sitemapNamespace + ">\n")
		n := 0
		for part := range slices.Chunk(addresses, sitemapLimit) {
			n++
			name := fmt.Sprintf("sitemap-%d.xml", n)
			p.add(name, sitemapOf(base, part))
			b.WriteString("<sitemap><loc>" + base + name + "</loc></sitemap>\n")
		}
		b.WriteString("</sitemapindex>\n")
		p.add(top, text(b.String()))
	}
	p.add("robots.txt", text("User-agent: *\nAllow: /\nSitemap: "+p.baseURL+top+"\n"))
	return nil
}

const (
	xmlHead          = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	sitemapNamespace = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`
)

// text writes a text.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// sitemapOf writes the map of some addresses.
func sitemapOf(base string, addresses []string) func(io.Writer) error {
	return func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 64<<10) // which keeps its first error
		b.WriteString(xmlHead + "<urlset " + sitemapNamespace + ` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
		for _, address := range addresses {
			b.WriteString("<url><loc>" + base + address + "</loc>")
			_, rest := splitLang(cmp.Or(address, "ky/"))
			for _, l := range locale.Langs {
				alternate(b, l.String(), base+l.String()+rest)
			}
			alternate(b, "x-default", base)
			b.WriteString("</url>\n")
		}
		b.WriteString("</urlset>\n")
		return b.Flush()
	}
}

func alternate(b *bufio.Writer, lang, address string) {
	b.WriteString(`<xhtml:link rel="alternate" hreflang="` + lang + `" href="` + address + `"/>`)
}

// splitLang cuts "ky/osh/index.html" into "ky" and "/osh/index.html"; lang is empty for
// what belongs to no language.
func splitLang(path string) (lang, rest string) {
	code, _, ok := strings.Cut(path, "/")
	if _, known := locale.ParseLang(code); !ok || !known {
		return "", path
	}
	return code, path[len(code):]
}
