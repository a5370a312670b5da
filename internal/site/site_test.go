package site_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/tools/sitetest"
)

// The tests of this package read the files of one build of the repository's own sample. A rule
// that holds for every page is in everyPage. Rules for one kind of page have tests of their
// own. Package browsing has the tests that need a browser.
func TestMain(m *testing.M) {
	os.Exit(sitetest.M{Runner: m}.Run())
}

// faults collects the messages of rules from many goroutines.
type faults struct {
	sync.Mutex
	of map[string][]string
}

// add adds a message of a rule.
func (f *faults) add(rule, format string, args ...any) {
	f.Lock()
	defer f.Unlock()
	if f.of == nil {
		f.of = map[string][]string{}
	}
	f.of[rule] = append(f.of[rule], fmt.Sprintf(format, args...))
}

// report fails a subtest for each rule that has messages, and shows the first of them.
func (f *faults) report(t *testing.T) {
	t.Helper()
	const most = 8
	for _, rule := range slices.Sorted(maps.Keys(f.of)) {
		t.Run(rule, func(t *testing.T) {
			list := f.of[rule]
			slices.Sort(list)
			list = slices.Compact(list)
			t.Errorf("%d pages or places, such as:\n%s", len(list), strings.Join(list[:min(most, len(list))], "\n"))
		})
	}
}

// checkPages applies rules to all pages of a site.
func checkPages(t *testing.T, dir string, rules map[string]func(*sitetest.Page, func(format string, args ...any))) {
	t.Helper()
	var found faults
	names := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for name := range names {
				p, err := sitetest.ReadPage(dir, name)
				if err != nil {
					found.add("readable", "%v", err)
					continue
				}
				for rule, holds := range rules {
					holds(p, func(format string, args ...any) { found.add(rule, p.Path+": "+format, args...) })
				}
			}
		})
	}
	for _, name := range sitetest.Pages(t, dir) {
		names <- name
	}
	close(names)
	workers.Wait()
	found.report(t)
}

// TestEveryPage checks all pages of the sample.
func TestEveryPage(t *testing.T) {
	checkPages(t, sitetest.Sample(t), everyPage)
}

// leftOut is what a page says in place of what it leaves out (site.record.more).
var leftOut = regexp.MustCompile(`^\s*(жана дагы|и ещё|and) [\d,\x{a0}]+( more)?\s*$`)

// everyPage has the rules that hold for every page of any site.
var everyPage = map[string]func(p *sitetest.Page, fault func(format string, args ...any)){
	"all words are translated": func(p *sitetest.Page, fault func(string, ...any)) {
		if i := bytes.Index(p.Raw, []byte("⟦")); i >= 0 {
			fault("%s", p.Raw[i:min(i+60, len(p.Raw))])
		}
	},

	"headings": func(p *sitetest.Page, fault func(string, ...any)) {
		level, first := 0, 0
		for _, h := range sitetest.All(p.Doc, "h1", "h2", "h3", "h4", "h5", "h6") {
			now := int(h.Data[1] - '0')
			if now == 1 {
				first++
			}
			if now > level+1 {
				fault("h%d %q after h%d", now, sitetest.Text(h), level)
			}
			if sitetest.Text(h) == "" {
				fault("an empty h%d", now)
			}
			level = now
		}
		if first != 1 {
			fault("%d h1, want 1", first)
		}
	},

	"what is left out has a link": func(p *sitetest.Page, fault func(string, ...any)) {
		for d := range p.Doc.Descendants() {
			if d.Type != html.TextNode || !leftOut.MatchString(d.Data) {
				continue
			}
			linked := false
			for up := range d.Ancestors() {
				linked = linked || up.Data == "a" || up.Data == "dt" // a cell of a record that has a link
			}
			if !linked {
				fault("%q is no link", d.Data)
			}
		}
	},

	"language": func(p *sitetest.Page, fault func(string, ...any)) {
		if got := sitetest.Attr(sitetest.All(p.Doc, "html")[0], "lang"); got != p.Lang {
			fault("lang is %q, want %q", got, p.Lang)
		}
	},

	"the language switch leads to the same page in every language": func(p *sitetest.Page, fault func(string, ...any)) {
		rest, current := strings.TrimPrefix(p.Path, p.Lang+"/"), p.Lang
		if rest == p.Path { // the language chooser and 404.html
			rest, current = "index.html", "ky"
		}
		var to []string
		for _, nav := range sitetest.All(p.Doc, "nav.langs") {
			for _, a := range sitetest.All(nav, "a") {
				lang, href := sitetest.Attr(a, "lang"), sitetest.Attr(a, "href")
				target := path.Join(path.Dir(p.Path), href)
				if strings.HasPrefix(href, "/") {
					target = strings.TrimPrefix(path.Clean(href), "/")
				}
				if want := path.Join(lang, path.Dir(rest)); target != want {
					fault("%s leads to %s, want %s", lang, target, want)
				}
				if (sitetest.Attr(a, "aria-current") != "") != (lang == current) {
					fault("aria-current is wrong for %s", lang)
				}
				to = append(to, lang)
			}
		}
		if !slices.Equal(to, sitetest.Langs) {
			fault("it offers the languages %v", to)
		}
		var alternates []string
		for _, link := range sitetest.All(p.Doc, "link") {
			if sitetest.Attr(link, "rel") == "alternate" && sitetest.Attr(link, "type") == "" {
				alternates = append(alternates, sitetest.Attr(link, "hreflang"))
			}
		}
		want := append(slices.Clone(sitetest.Langs), "x-default")
		if news := strings.Contains(p.Path, "/news/"); !slices.Equal(alternates, want) && !news { // not all news is translated
			fault("<link rel=alternate> names %v, want %v", alternates, want)
		}
		for _, link := range sitetest.All(p.Doc, "link") {
			if sitetest.Attr(link, "rel") == "canonical" && rest != "index.html" && slices.Contains(alternates, current) != strings.HasSuffix(sitetest.Attr(link, "href"), "/"+path.Dir(current+"/"+rest)+"/") {
				fault("it is in the languages %v and points at %s", alternates, sitetest.Attr(link, "href"))
			}
		}
	},

	"ids are unique": func(p *sitetest.Page, fault func(string, ...any)) {
		ids := map[string]bool{}
		for n := range p.Doc.Descendants() {
			if id := sitetest.Attr(n, "id"); id != "" {
				if ids[id] {
					fault("id %q stands twice", id)
				}
				ids[id] = true
			}
		}
	},

	"a banner says that the data is a sample": func(p *sitetest.Page, fault func(string, ...any)) {
		if demo := sitetest.All(p.Doc, ".demo"); len(demo) != 1 || len(sitetest.Text(demo[0])) < 40 {
			fault("%d banners, want one with at least 40 letters", len(demo))
		}
	},

	"title and description": func(p *sitetest.Page, fault func(string, ...any)) {
		title := sitetest.All(p.Doc, "title")
		if len(title) != 1 || sitetest.Text(title[0]) == "" || len([]rune(sitetest.Text(title[0]))) > 110 {
			fault("there are %d titles, or the title is empty or too long", len(title))
		}
		for _, m := range sitetest.All(p.Doc, "meta") {
			if sitetest.Attr(m, "name") == "description" && len([]rune(sitetest.Attr(m, "content"))) > 160 {
				fault("the description has %d characters", len([]rune(sitetest.Attr(m, "content"))))
			}
		}
	},

	"no script but those of search, lists, answers and desk, nothing from other sites, and the policy allows style and script": func(p *sitetest.Page, fault func(string, ...any)) {
		policy := ""
		for n := range p.Doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch n.Data {
			case "script": // JSON-LD is data, and is not executed
				if src := path.Base(sitetest.Attr(n, "src")); strings.HasSuffix(p.Path, "/desk/index.html") && (src == "desk.js" || src == "wasm_exec.js") ||
					strings.HasSuffix(p.Path, "/search/index.html") && src == "search.js" {
					continue
				}
				if rows := len(sitetest.All(p.Doc, "tr")) - 1; (rows > 30 || strings.HasSuffix(p.Path, "/answers/index.html")) && n.Attr == nil && allowed(policy, n.FirstChild.Data) {
					if size := gzippedOnce(n.FirstChild.Data); size > scriptLimit {
						fault("%d bytes of script gzipped, more than %d", size, scriptLimit)
					}
					continue // a long list, or the answers of a year
				}
				if text := sitetest.Text(n); strings.HasPrefix(text, "navigator.serviceWorker?.register(") && strings.Count(p.Path, "/") == 2 && allowed(policy, text) {
					continue // the front page of a municipality
				}
				if sitetest.Attr(n, "type") != "application/ld+json" || !json.Valid([]byte(n.FirstChild.Data)) {
					fault("<%s>", n.Data)
				}
			case "iframe", "object", "embed", "base":
				fault("<%s>", n.Data)
			case "form":
				if action := sitetest.Attr(n, "action"); !strings.HasSuffix(path.Join("/", path.Dir(p.Path), action), "/search") && !strings.HasSuffix(action, "/search/") {
					fault("a form leads to %s", action)
				}
			case "meta":
				if sitetest.Attr(n, "http-equiv") == "Content-Security-Policy" {
					policy = sitetest.Attr(n, "content")
				}
			case "style":
				if !allowed(policy, n.FirstChild.Data) {
					fault("the policy %q does not allow the style", policy)
				}
			}
			for _, a := range n.Attr {
				switch {
				case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcset":
					fault("%s=%q", a.Key, a.Val)
				case a.Key == "src", a.Key == "href" && n.Data == "link" && sitetest.Attr(n, "rel") != "canonical" && sitetest.Attr(n, "rel") != "alternate":
					if strings.Contains(a.Val, "//") {
						fault("<%s> loads %s", n.Data, a.Val)
					}
				}
			}
		}
		for _, part := range []string{"default-src 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, part) {
				fault("the policy lacks %s", part)
			}
		}
	},

	"size": func(p *sitetest.Page, fault func(string, ...any)) {
		if len(p.Raw) > pageLimit { // most pages are smaller without compression
			if gzipped(p.Raw, gzip.BestSpeed) > pageLimit { // most fit so, which takes a third of the time
				if n := gzipped(p.Raw, gzip.DefaultCompression); n > pageLimit {
					fault("%d bytes gzipped, more than %d", n, pageLimit)
				}
			}
		}
		elements := 0
		for n := range p.Doc.Descendants() {
			if n.Type == html.ElementNode {
				elements++
			}
		}
		if elements > elementLimit {
			fault("%d elements, more than %d", elements, elementLimit)
		}
		for _, style := range sitetest.All(p.Doc, "style") {
			if n := gzippedOnce(sitetest.Text(style)); n > styleLimit {
				fault("%d bytes of style gzipped, more than %d", n, styleLimit)
			}
		}
		for _, img := range sitetest.All(p.Doc, "img") {
			if sitetest.Attr(img, "width") == "" || sitetest.Attr(img, "height") == "" || sitetest.Attr(img, "loading") != "lazy" || sitetest.Attr(img, "alt") == "" {
				fault("an image lacks width, height, alt or loading=lazy: %s", sitetest.Attr(img, "src"))
			}
		}
	},

	wordsRule: foreignWords,

	"clauses have the letters of the language": clauseLetters,
}

// Limits of a page. A server sends 14 KB before it waits for the first answer. Many
// elements slow a weak phone more than many bytes do.
const (
	pageLimit    = 14 << 10
	styleLimit   = 6 << 10
	scriptLimit  = 1 << 10
	elementLimit = 1500
)

// gzipped returns the size of data after compression at a level.
func gzipped(data []byte, level int) int {
	var b bytes.Buffer
	z := gzippers[level].Get().(*gzip.Writer)
	defer gzippers[level].Put(z)
	z.Reset(&b)
	z.Write(data)
	z.Close()
	return b.Len()
}

var gzippers = map[int]*sync.Pool{gzip.BestSpeed: gzipper(gzip.BestSpeed), gzip.DefaultCompression: gzipper(gzip.DefaultCompression)}

func gzipper(level int) *sync.Pool {
	return &sync.Pool{New: func() any {
		z, _ := gzip.NewWriterLevel(nil, level)
		return z
	}}
}

// gzippedOnce is gzipped for styles and scripts: thousands of pages have the same few.
func gzippedOnce(text string) int {
	size, known := sizes.Load(text)
	if !known {
		size = gzipped([]byte(text), gzip.DefaultCompression)
		sizes.Store(text, size)
	}
	return size.(int)
}

var sizes sync.Map // by the texts of gzippedOnce

// allowed tells whether a policy allows an inlined style or script.
func allowed(policy, text string) bool {
	sum := sha256.Sum256([]byte(text))
	return strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
}
