// Package sitemap lists the pages of a site for search engines: sitemap.xml by sitemaps.org, and robots.txt,
// which names it.
package sitemap

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// limit is how many pages one sitemap names. More pages go into several sitemaps with an
// index. A sitemap may name 50,000 pages and have 50 MB (sitemaps.org). It has five addresses
// of each page, and each may have a record key of up to 200 letters, so the second limit is
// reached first.
const limit = 20_000

// Files returns sitemap.xml and robots.txt. The sitemap names all pages, sorted by address,
// each with the same page in the other languages and with the language chooser for readers of
// any further language. Each file is written address by address, because those of 40,000 pages
// are 29 MB.
func Files(baseURL string, langs []locale.Lang, pages []page.Page) (all []files.File) {
	base := escaped(baseURL) // paths need no escaping: they have only letters, digits, hyphens and slashes
	addresses := append(make([]string, 0, len(pages)+1), "")
	for i := range pages {
		if lang, _ := splitLang(pages[i].Path, langs); lang != "" {
			if address, ok := strings.CutSuffix(pages[i].Path, "index.html"); ok && !strings.HasPrefix(address, lang+"/"+page.EmbedPath) {
				addresses = append(addresses, address)
			}
		}
	}
	sorted := sync.OnceFunc(func() { slices.Sort(addresses) }) // in place, when the first file is written
	const top = "sitemap.xml"
	if len(addresses) <= limit {
		all = append(all, files.File{Path: top, Write: partOf(base, langs, addresses, sorted)})
	} else {
		var b strings.Builder
		b.WriteString(xmlHead + "<sitemapindex " + namespace + ">\n")
		n := 0
		for part := range slices.Chunk(addresses, limit) {
			n++
			name := fmt.Sprintf("sitemap-%d.xml", n)
			all = append(all, files.File{Path: name, Write: partOf(base, langs, part, sorted)})
			b.WriteString("<sitemap><loc>" + base + name + "</loc></sitemap>\n")
		}
		b.WriteString("</sitemapindex>\n")
		all = append(all, files.File{Path: top, Write: text(b.String())})
	}
	return append(all, files.File{Path: "robots.txt", Write: text("User-agent: *\nAllow: /\nSitemap: " + baseURL + top + "\n")})
}

// escaped returns an address with the characters escaped that XML reserves.
func escaped(address string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(address)); err != nil {
		panic(err) // a strings.Builder cannot fail
	}
	return b.String()
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	namespace = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`
)

// text returns a function that writes a text.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// partOf returns a function that writes the sitemap of some addresses, which sorted sorts.
func partOf(base string, langs []locale.Lang, addresses []string, sorted func()) func(io.Writer) error {
	return func(w io.Writer) error {
		sorted()
		b := bufio.NewWriterSize(w, 64<<10) // keeps its first error until Flush
		b.WriteString(xmlHead + "<urlset " + namespace + ` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
		for _, address := range addresses {
			b.WriteString("<url><loc>" + base + address + "</loc>")
			_, rest := splitLang(cmp.Or(address, langs[0].String()+"/"), langs)
			for _, l := range langs {
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

// splitLang cuts "ky/osh/index.html" into "ky" and "/osh/index.html". lang is empty for a path
// that belongs to no language.
func splitLang(path string, langs []locale.Lang) (lang, rest string) {
	code, _, ok := strings.Cut(path, "/")
	if _, known := locale.Find(code, langs); !ok || !known {
		return "", path
	}
	return code, path[len(code):]
}
