package build

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/opendata"
	"achyk/internal/regulation"
	"achyk/internal/site"
)

// Plan is everything a site will consist of but build.json. Files are written while it
// is made; pages are rendered later, by a build all of them, by a preview when asked for.
type Plan struct {
	pages     []site.Page
	documents map[string]string // path → name in the repository
	paths     map[string]int    // every path; of pages the index, of all else -1
	files     fs.FS
	baseURL   string
}

// Plan writes the open data and the sitemap, and lists the documents and the pages. The
// open data comes first because pages tell its sizes.
func (s *Snapshot) Plan(write func(path string, data []byte) error) (*Plan, error) {
	r := s.repository
	templates, err := r.options.Layouts.parse(r.layouts())
	if err != nil {
		return nil, err
	}
	p := &Plan{
		documents: map[string]string{}, paths: map[string]int{"build.json": -1, "SHA256SUMS": -1},
		files: r.files, baseURL: s.Data.Site.BaseURL,
	}
	put := func(path string, data []byte) error {
		p.paths[path] = -1
		return write(path, data)
	}
	outcomes := s.Outcomes()
	for _, m := range s.Data.Municipalities {
		m.Attach(regulation.Table(m.ID, outcomes))
		m.Attach(regulation.DeadlineTable(m, outcomes, r.asOf))
	}
	var downloads []site.Download
	err = opendata.Publish(opendata.Options{Data: s.Data, AsOf: r.asOf, Commit: r.commit.Hash, Version: r.options.Version},
		func(path string, data []byte) error {
			downloads = append(downloads, site.Download{Path: path, Bytes: int64(len(data))})
			return put(path, data)
		})
	if err != nil {
		return nil, err
	}
	for name := range s.Data.Files {
		p.documents[published(name)] = name
		p.paths[published(name)] = -1
	}
	past, err := s.history()
	if err != nil {
		return nil, err
	}
	pending, err := s.pending()
	if err != nil {
		return nil, err
	}
	p.pages = site.Plan(templates, site.Options{
		Data: s.Data, AsOf: r.asOf, Build: r.stamp(), Downloads: downloads, Outcomes: outcomes, History: past, Pending: pending,
	})
	for i := range p.pages {
		if _, taken := p.paths[p.pages[i].Path]; taken {
			return nil, fmt.Errorf("plan %s: two pages or files claim this path", p.pages[i].Path)
		}
		p.paths[p.pages[i].Path] = i
	}
	return p, p.sitemap(put)
}

// copy writes the documents.
func (p *Plan) copy(write func(path string, data []byte) error) error {
	for _, path := range slices.Sorted(maps.Keys(p.documents)) {
		data, err := fs.ReadFile(p.files, p.documents[path])
		if err != nil {
			return err
		}
		if err := write(path, data); err != nil {
			return err
		}
	}
	return nil
}

// Document reads a document of that path, and tells whether there is one.
func (p *Plan) Document(path string) ([]byte, bool, error) {
	name, ok := p.documents[path]
	if !ok {
		return nil, false, nil
	}
	data, err := fs.ReadFile(p.files, name)
	return data, true, err
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

// A sitemap may not name more pages than this; more go into several, under an index.
const sitemapLimit = 50_000

// sitemap writes sitemap.xml and robots.txt: all pages with their counterparts in the
// other languages. Readers of any other language are sent to the language chooser.
func (p *Plan) sitemap(put func(path string, data []byte) error) error {
	const head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	const namespace = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`
	var escaped bytes.Buffer
	if err := xml.EscapeText(&escaped, []byte(p.baseURL)); err != nil {
		return err
	}
	base := escaped.String() // the rest of an address are letters, digits, hyphens and slashes
	addresses := []string{""}
	for i := range p.pages {
		if lang, rest := splitLang(p.pages[i].Path); lang != "" {
			if address, ok := strings.CutSuffix(rest, "index.html"); ok {
				addresses = append(addresses, lang+address)
			}
		}
	}
	var maps []string
	for part := range slices.Chunk(addresses, sitemapLimit) {
		var b bytes.Buffer
		b.Grow(len(part) * 6 * (len(base) + 100))
		b.WriteString(head + "<urlset " + namespace + ` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
		for _, address := range part {
			b.WriteString("<url><loc>" + base + address + "</loc>")
			_, rest := splitLang(cmp.Or(address, "ky/"))
			for _, l := range locale.Langs {
				alternate(&b, l.String(), base+l.String()+rest)
			}
			alternate(&b, "x-default", base)
			b.WriteString("</url>\n")
		}
		b.WriteString("</urlset>\n")
		name := "sitemap.xml"
		if len(addresses) > sitemapLimit {
			name = fmt.Sprintf("sitemap-%d.xml", len(maps)+1)
		}
		maps = append(maps, name)
		if err := put(name, b.Bytes()); err != nil {
			return err
		}
	}
	if len(maps) > 1 {
		var b bytes.Buffer
		b.WriteString(head + "<sitemapindex " + namespace + ">\n")
		for _, name := range maps {
			b.WriteString("<sitemap><loc>" + base + name + "</loc></sitemap>\n")
		}
		b.WriteString("</sitemapindex>\n")
		if err := put("sitemap.xml", b.Bytes()); err != nil {
			return err
		}
	}
	return put("robots.txt", []byte("User-agent: *\nAllow: /\nSitemap: "+p.baseURL+"sitemap.xml\n"))
}

func alternate(b *bytes.Buffer, lang, address string) {
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
