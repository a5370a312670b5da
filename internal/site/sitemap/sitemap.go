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
func Files(baseURL string, langs []locale.Lang, pages page.Pages) (all []files.File) {
	l := list{escaped(baseURL), langs, pages, nil} // paths need no escaping: they have only letters, digits, hyphens and slashes
	n := 1
	for _, p := range pages.All() {
		if _, ok := l.address(p); ok {
			n++
		}
	}
	l.sorted = sync.OnceValue(func() []int32 { return l.sort(n) }) // when the first file is written
	const top = "sitemap.xml"
	if n <= limit {
		all = append(all, files.File{Path: top, Write: l.write(0, n)})
	} else {
		var b strings.Builder
		b.WriteString(xmlHead + "<sitemapindex " + namespace + ">\n")
		for from := 0; from < n; from += limit {
			name := fmt.Sprintf("sitemap-%d.xml", from/limit+1)
			all = append(all, files.File{Path: name, Write: l.write(from, min(from+limit, n))})
			b.WriteString("<sitemap><loc>" + l.base + name + "</loc></sitemap>\n")
		}
		b.WriteString("</sitemapindex>\n")
		all = append(all, files.File{Path: top, Write: text(b.String())})
	}
	return append(all, files.File{Path: "robots.txt", Write: text("User-agent: *\nAllow: /\nSitemap: " + baseURL + top + "\n")})
}

// list is what sitemaps name.
type list struct {
	base   string
	langs  []locale.Lang
	pages  page.Pages
	sorted func() []int32 // indexes of pages in the order of their addresses; chooser for the first page of the site
}

// chooser stands in a list for the page on which readers choose a language. Its address is empty.
const chooser = -1

// address returns the address of a page, or false if sitemaps do not name it.
func (l *list) address(p page.Page) (string, bool) {
	lang, _ := splitLang(p.Path, l.langs)
	address, ok := strings.CutSuffix(p.Path, "index.html")
	return address, lang != "" && ok && !strings.HasPrefix(address, lang+"/"+page.EmbedPath)
}

// sort returns the indexes of the n pages that sitemaps name. Their addresses are not kept: those of 300,000
// pages take 18 MB.
func (l *list) sort(n int) []int32 {
	type named struct {
		address string
		page    int32
	}
	all := append(make([]named, 0, n), named{"", chooser})
	for i, p := range l.pages.All() {
		if address, ok := l.address(p); ok {
			all = append(all, named{address, int32(i)})
		}
	}
	slices.SortFunc(all, func(a, b named) int { return strings.Compare(a.address, b.address) })
	order := make([]int32, len(all))
	for i, x := range all {
		order[i] = x.page
	}
	return order
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

// write returns a function that writes the sitemap of the addresses from one place of the list to another.
func (l *list) write(from, to int) func(io.Writer) error {
	return func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 64<<10) // keeps its first error until Flush
		b.WriteString(xmlHead + "<urlset " + namespace + ` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
		for _, i := range l.sorted()[from:to] {
			address := ""
			if i != chooser {
				address, _ = l.address(l.pages.At(int(i)))
			}
			b.WriteString("<url><loc>" + l.base + address + "</loc>")
			_, rest := splitLang(cmp.Or(address, l.langs[0].String()+"/"), l.langs)
			for _, lang := range l.langs {
				alternate(b, lang.String(), l.base+lang.String()+rest)
			}
			alternate(b, "x-default", l.base)
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
