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
	"slices"
	"strings"

	"achyk/internal/catalogue"
	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/ocds"
	"achyk/internal/opendata"
	"achyk/internal/output"
	"achyk/internal/popolo"
	"achyk/internal/regulation"
	"achyk/internal/site"
)

// Plan is everything a site will consist of but build.json. Nothing of it is made yet:
// a build makes all of it, a preview what is asked for.
type Plan struct {
	pages   []site.Page
	files   *files.Index
	paths   map[string]int // every path of the site: of a page its index, of anything else noPage
	baseURL string

	versions []Version // those published
	shallow  bool      // older commits exist, but not in this clone
}

// noPage stands in Plan.paths for what is not a page.
const noPage = -1

// Plan lists the files and the pages.
func (s *Snapshot) Plan() (*Plan, error) {
	r := s.repository
	templates, err := r.options.Layouts.parse(r.layouts())
	if err != nil {
		return nil, err
	}
	p := &Plan{files: files.New(), baseURL: s.Data.Site.BaseURL}
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
	open := dataset.Snapshot{Data: s.Data, AsOf: r.asOf, Commit: r.commit.Hash, Dirty: r.commit.Hash != "" && !r.clean, Shallow: p.shallow}
	versions, err := r.versions()
	if err != nil {
		return nil, err
	}
	since, err := r.since(versions)
	if err != nil {
		return nil, err
	}
	if err := opendata.Add(p.files, open, enclosed(templates, open)); err != nil {
		return nil, err
	}
	listed := catalogue.Catalogue{Snapshot: open, Index: p.files}
	rest := slices.Concat(ocds.Files(open), popolo.Files(open), s.documents())
	var tagged []site.Version
	for i := range versions {
		v := &versions[i]
		rest = append(rest, v.plan()...)
		tagged = append(tagged, site.Version{Tag: v.tag.Name, Commit: v.tag.Commit.Hash, Date: v.asOf})
		p.versions = append(p.versions, Version{v.tag.Name, v.tag.Commit.Hash})
		listed.Versions = append(listed.Versions, catalogue.Version{Tag: v.tag.Name, Date: v.asOf})
	}
	if err := p.add(append(rest, listed.Files()...)...); err != nil {
		return nil, err
	}
	pending, err := s.pending()
	if err != nil {
		return nil, err
	}
	p.pages = site.Plan(templates, site.Options{
		Data: s.Data, AsOf: r.asOf, Build: r.stamp(), Size: p.size, Outcomes: outcomes, History: past, Pending: pending, Versions: tagged, After: since,
		SHA256: p.sha256, Edition: open.Version(), Described: listed.Described,
	})
	if err := p.sitemap(); err != nil {
		return nil, err
	}
	return p, p.claim()
}

// enclosed returns what goes into the ZIP of each municipality beside its data: how to cite
// it, and pages to read it by.
func enclosed(templates *site.Templates, open dataset.Snapshot) map[string][]files.File {
	all := map[string][]files.File{}
	for _, m := range open.Data.Municipalities {
		inside := []files.File{catalogue.Citation(open, m)}
		for _, page := range site.Offline(templates, site.Options{Data: open.Data, AsOf: open.AsOf, Edition: open.Version()}, m) {
			inside = append(inside, files.File{Path: page.Path, Write: func(w io.Writer) error {
				var b bytes.Buffer
				if err := page.Render(&b); err != nil {
					return err
				}
				_, err := w.Write(b.Bytes())
				return err
			}})
		}
		all[m.ID] = inside
	}
	return all
}

// documents are the files of content/<municipality>/files.
func (s *Snapshot) documents() (all []files.File) {
	for _, name := range slices.Sorted(maps.Keys(s.Data.Files)) {
		all = append(all, files.File{Path: published(name), Write: func(w io.Writer) error {
			data, err := fs.ReadFile(s.repository.files, name)
			if err != nil {
				return err
			}
			_, err = w.Write(data)
			return err
		}})
	}
	return all
}

// add adds files to the index.
func (p *Plan) add(all ...files.File) error {
	for _, f := range all {
		if _, err := p.files.Add(f); err != nil {
			return err
		}
	}
	return nil
}

// claim notes the path of every page and file, and refuses one that is taken.
func (p *Plan) claim() error {
	p.paths = map[string]int{"build.json": noPage, output.SumsName: noPage}
	claim := func(path string, page int) error {
		if _, taken := p.paths[path]; taken {
			return fmt.Errorf("plan %s: two pages or files claim this path", path)
		}
		p.paths[path] = page
		return nil
	}
	for i := range p.pages {
		if err := claim(p.pages[i].Path, i); err != nil {
			return err
		}
	}
	for _, f := range p.files.All() {
		if err := claim(f.Path, noPage); err != nil {
			return err
		}
	}
	return nil
}

// size returns the bytes of a file, and whether there is one.
func (p *Plan) size(path string) (int64, bool) {
	sum, ok := p.sum(path)
	return sum.Size, ok
}

// sha256 returns the checksum of a file, "" where there is none.
func (p *Plan) sha256(path string) string {
	sum, _ := p.sum(path)
	return sum.SHA256
}

// sum tells the size and checksum of a file, and whether there is one. Of a file that
// cannot be made it says that there is none: a build fails of the error.
func (p *Plan) sum(path string) (output.File, bool) {
	e := p.files.At(path)
	if e == nil {
		return output.File{}, false
	}
	sum, err := e.Sum()
	return sum, err == nil
}

// File makes a file that is no page, and tells whether there is one of that path.
func (p *Plan) File(path string) ([]byte, bool, error) {
	e := p.files.At(path)
	if e == nil {
		return nil, false, nil
	}
	var b bytes.Buffer
	err := e.CopyTo(&b)
	return b.Bytes(), true, err
}

// Verify renders every page, keeping none, and checks all links. The error is BrokenLinks
// where the site is otherwise whole.
func (p *Plan) Verify(ctx context.Context, jobs int) error {
	links := p.links()
	err := p.render(ctx, Options{Jobs: jobs}, func(path string, page []byte) error {
		links.read(path, page)
		return nil
	})
	if broken := links.broken(); err == nil && len(broken) > 0 {
		return broken
	}
	return err
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
	var all []files.File
	if len(addresses) <= sitemapLimit {
		all = append(all, files.File{Path: top, Write: sitemapOf(base, addresses)})
	} else {
		var b strings.Builder
		b.WriteString(xmlHead + "<sitemapindex " + sitemapNamespace + ">\n")
		n := 0
		for part := range slices.Chunk(addresses, sitemapLimit) {
			n++
			name := fmt.Sprintf("sitemap-%d.xml", n)
			all = append(all, files.File{Path: name, Write: sitemapOf(base, part)})
			b.WriteString("<sitemap><loc>" + base + name + "</loc></sitemap>\n")
		}
		b.WriteString("</sitemapindex>\n")
		all = append(all, files.File{Path: top, Write: text(b.String())})
	}
	return p.add(append(all, files.File{Path: "robots.txt", Write: text("User-agent: *\nAllow: /\nSitemap: " + p.baseURL + top + "\n")})...)
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
