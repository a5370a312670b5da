package build_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"achyk/internal/build"
	"achyk/internal/tools/browsertest"
)

// The tests of the site read what readers get: one build of the repository's own sample,
// which all of them share. What must hold of every page is a rule in the list below; what
// holds of one kind of page, or takes a browser, has a test of its own further on.

func TestMain(m *testing.M) {
	code := browsertest.M{Runner: m}.Run()
	os.RemoveAll(sampleDir)
	os.Exit(code)
}

// today is the day the sample is built for.
var today = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

const source = "../.."

var sampleDir string

var buildSample = sync.OnceValue(func() error {
	var err error
	if sampleDir, err = os.MkdirTemp("", "achyk-site-"); err != nil {
		return err
	}
	_, problems, err := build.Build(context.Background(), build.Options{Source: source, Dest: filepath.Join(sampleDir, "site"), AsOf: today})
	if problems.HasErrors() {
		return fmt.Errorf("the sample has errors: %v", problems)
	}
	return err
})

// sample is the folder of the built sample.
func sample(t *testing.T) string {
	t.Helper()
	if err := buildSample(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(sampleDir, "site")
}

var langs = []string{"ky", "ru", "en"}

// page is a page as a test reads it.
type page struct {
	path string // from the top of the site: "ky/osh/index.html"
	lang string // of its edition; ky for those of none
	raw  []byte
	doc  *html.Node
}

func readPage(dir, name string) (*page, error) {
	p := &page{path: name, lang: "ky"}
	if first, _, ok := strings.Cut(name, "/"); ok && slices.Contains(langs, first) {
		p.lang = first
	}
	var err error
	if p.raw, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		return nil, err
	}
	p.doc, err = html.Parse(bytes.NewReader(p.raw))
	return p, err
}

// read is one page of the sample by its address: "ky/osh/".
func read(t *testing.T, dir, address string) *page {
	t.Helper()
	if address == "" || strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	p, err := readPage(dir, address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// pages lists the pages of a site.
func pages(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".html" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// all lists the elements below n that are one of the given: "h1", ".demo", "a.file".
func all(n *html.Node, selectors ...string) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.ContainsFunc(selectors, func(s string) bool { return is(d, s) }) {
			found = append(found, d)
		}
	}
	return found
}

func is(n *html.Node, selector string) bool {
	tag, class, _ := strings.Cut(selector, ".")
	return (tag == "" || n.Data == tag) && (class == "" || slices.Contains(strings.Fields(attr(n, "class")), class))
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what an element says, its spaces made one; no-break spaces stay.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Data == "br", d.Data == "li", d.Data == "p":
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' || r == '\n' }), " ")
}

// faults are the complaints of a rule, gathered by many goroutines.
type faults struct {
	sync.Mutex
	of map[string][]string
}

func (f *faults) add(rule, format string, args ...any) {
	f.Lock()
	defer f.Unlock()
	if f.of == nil {
		f.of = map[string][]string{}
	}
	f.of[rule] = append(f.of[rule], fmt.Sprintf(format, args...))
}

// report fails a subtest for each rule with complaints, and shows the first of them.
func (f *faults) report(t *testing.T) {
	t.Helper()
	const most = 8
	for _, rule := range slices.Sorted(maps.Keys(f.of)) {
		t.Run(rule, func(t *testing.T) {
			list := f.of[rule]
			slices.Sort(list)
			list = slices.Compact(list)
			t.Errorf("%d times:\n%s", len(list), strings.Join(list[:min(most, len(list))], "\n"))
		})
	}
}

// judge applies the rules to all pages of a site.
func judge(t *testing.T, dir string, rules map[string]func(*page, func(format string, args ...any))) {
	t.Helper()
	var found faults
	names := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for name := range names {
				p, err := readPage(dir, name)
				if err != nil {
					found.add("readable", "%v", err)
					continue
				}
				for rule, holds := range rules {
					holds(p, func(format string, args ...any) { found.add(rule, p.path+": "+format, args...) })
				}
			}
		})
	}
	for _, name := range pages(t, dir) {
		names <- name
	}
	close(names)
	workers.Wait()
	found.report(t)
}

func TestEveryPage(t *testing.T) {
	judge(t, sample(t), everyPage)
}

// everyPage is what holds of every page of any site.
var everyPage = map[string]func(p *page, fault func(format string, args ...any)){
	"all words are translated": func(p *page, fault func(string, ...any)) {
		if i := bytes.Index(p.raw, []byte("⟦")); i >= 0 {
			fault("%s", p.raw[i:min(i+60, len(p.raw))])
		}
	},

	"headings": func(p *page, fault func(string, ...any)) {
		level, first := 0, 0
		for _, h := range all(p.doc, "h1", "h2", "h3", "h4", "h5", "h6") {
			now := int(h.Data[1] - '0')
			if now == 1 {
				first++
			}
			if now > level+1 {
				fault("h%d %q after h%d", now, text(h), level)
			}
			if text(h) == "" {
				fault("an empty h%d", now)
			}
			level = now
		}
		if first != 1 {
			fault("%d h1", first)
		}
	},

	"language": func(p *page, fault func(string, ...any)) {
		if got := attr(all(p.doc, "html")[0], "lang"); got != p.lang {
			fault("lang=%q", got)
		}
	},

	"the language switch leads to the same page": func(p *page, fault func(string, ...any)) {
		rest, current := strings.TrimPrefix(p.path, p.lang+"/"), p.lang
		if rest == p.path { // the chooser, and the page for what is not found
			rest, current = "index.html", "ky"
		}
		var to []string
		for _, nav := range all(p.doc, "nav.langs") {
			for _, a := range all(nav, "a") {
				lang, href := attr(a, "lang"), attr(a, "href")
				target := path.Join(path.Dir(p.path), href)
				if strings.HasPrefix(href, "/") {
					target = strings.TrimPrefix(path.Clean(href), "/")
				}
				if want := path.Join(lang, path.Dir(rest)); target != want {
					fault("%s leads to %s, want %s", lang, target, want)
				}
				if (attr(a, "aria-current") != "") != (lang == current) {
					fault("%s: current is wrong", lang)
				}
				to = append(to, lang)
			}
		}
		if !slices.Equal(to, langs) {
			fault("it offers %v", to)
		}
		var alternates []string
		for _, link := range all(p.doc, "link") {
			if attr(link, "rel") == "alternate" && attr(link, "type") == "" {
				alternates = append(alternates, attr(link, "hreflang"))
			}
		}
		if want := append(slices.Clone(langs), "x-default"); !slices.Equal(alternates, want) {
			fault("search engines are told of %v", alternates)
		}
	},

	"ids are unique": func(p *page, fault func(string, ...any)) {
		ids := map[string]bool{}
		for n := range p.doc.Descendants() {
			if id := attr(n, "id"); id != "" {
				if ids[id] {
					fault("id=%q", id)
				}
				ids[id] = true
			}
		}
	},

	"it says that the data is a sample": func(p *page, fault func(string, ...any)) {
		if demo := all(p.doc, ".demo"); len(demo) != 1 || len(text(demo[0])) < 40 {
			fault("%d banners", len(demo))
		}
	},

	"title and description": func(p *page, fault func(string, ...any)) {
		title := all(p.doc, "title")
		if len(title) != 1 || text(title[0]) == "" || len([]rune(text(title[0]))) > 110 {
			fault("the title")
		}
		for _, m := range all(p.doc, "meta") {
			if attr(m, "name") == "description" && len([]rune(attr(m, "content"))) > 160 {
				fault("the description has %d characters", len([]rune(attr(m, "content"))))
			}
		}
	},

	"no script, nothing foreign, and the policy allows the style": func(p *page, fault func(string, ...any)) {
		policy := ""
		for n := range p.doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch n.Data {
			case "script": // is none where it is data, which no policy forbids
				if attr(n, "type") != "application/ld+json" || !json.Valid([]byte(n.FirstChild.Data)) {
					fault("<%s>", n.Data)
				}
			case "iframe", "object", "embed", "form", "base":
				fault("<%s>", n.Data)
			case "meta":
				if attr(n, "http-equiv") == "Content-Security-Policy" {
					policy = attr(n, "content")
				}
			case "style":
				sum := sha256.Sum256([]byte(n.FirstChild.Data))
				if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
					fault("the policy %q does not allow the style", policy)
				}
			}
			for _, a := range n.Attr {
				switch {
				case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcset":
					fault("%s=%q", a.Key, a.Val)
				case a.Key == "src", a.Key == "href" && n.Data == "link" && attr(n, "rel") != "canonical" && attr(n, "rel") != "alternate":
					if strings.Contains(a.Val, "//") {
						fault("<%s> brings %s", n.Data, a.Val)
					}
				}
			}
		}
		for _, part := range []string{"default-src 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(policy, part) {
				fault("the policy lacks %s", part)
			}
		}
	},

	"weight": func(p *page, fault func(string, ...any)) {
		limit := contentLimit
		if len(all(p.doc, "table")) > 0 {
			limit = listLimit
		}
		if n := gzipped(p.raw); n > limit {
			fault("%d bytes gzipped, of %d", n, limit)
		}
		elements := 0
		for n := range p.doc.Descendants() {
			if n.Type == html.ElementNode {
				elements++
			}
		}
		if elements > elementLimit {
			fault("%d elements, of %d", elements, elementLimit)
		}
		for _, style := range all(p.doc, "style") {
			if n := gzipped([]byte(text(style))); n > styleLimit {
				fault("%d bytes of style gzipped, of %d", n, styleLimit)
			}
		}
		for _, img := range all(p.doc, "img") {
			if attr(img, "width") == "" || attr(img, "height") == "" || attr(img, "loading") != "lazy" || attr(img, "alt") == "" {
				fault("an image without its size, words, or that loads at once: %s", attr(img, "src"))
			}
		}
	},

	wordsRule: foreignWords,
}

const wordsRule = "words are in the page's language"

// What a page may weigh, see ux.md 5.2: 14 KB is what a server sends before it waits for
// the first answer; elements cost a weak phone more than bytes.
const (
	contentLimit = 14 << 10
	listLimit    = 20 << 10
	styleLimit   = 6 << 10
	elementLimit = 1500
)

func gzipped(data []byte) int {
	var b bytes.Buffer
	z := gzippers.Get().(*gzip.Writer)
	defer gzippers.Put(z)
	z.Reset(&b)
	z.Write(data)
	z.Close()
	return b.Len()
}

var gzippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// foreignWords looks for words of another language in text that is not marked as such:
// Latin letters in Kyrgyz and Russian, Cyrillic letters in English, and in Russian the
// letters that only Kyrgyz has.
func foreignWords(p *page, fault func(string, ...any)) {
	if path.Base(path.Dir(p.path)) == "glossary" {
		return // its tables have a column for each language, which Markdown cannot mark
	}
	var letters, kyrgyz int
	for n := range all(p.doc, "body")[0].Descendants() {
		if n.Type != html.TextNode || langOf(n, p.lang) != p.lang || n.Parent.Data == "code" || n.Parent.Data == "style" {
			continue
		}
		for _, r := range n.Data {
			if unicode.IsLetter(r) {
				letters++
			}
			if strings.ContainsRune(kyrgyzLetters, r) {
				kyrgyz++
			}
		}
		for _, word := range strings.FieldsFunc(quotedCode.ReplaceAllString(n.Data, " "), func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune(`«»“”"'‘’(),;!?…—+`, r)
		}) {
			word = strings.Trim(word, ".:-–")
			if namesOnly.MatchString(word) || slices.Contains(anyLanguage, word) {
				continue
			}
			switch p.lang {
			case "en":
				if cyrillic.MatchString(word) {
					fault("%q in %q", word, around(n.Data))
				}
			case "ru":
				if strings.ContainsAny(word, kyrgyzLetters) {
					fault("%q in %q", word, around(n.Data))
				}
				fallthrough
			case "ky":
				if latin.MatchString(word) {
					fault("%q in %q", word, around(n.Data))
				}
			}
		}
	}
	if p.lang == "ky" && letters > 1000 && kyrgyz*100 < letters {
		fault("only %d of %d letters are ң, ө or ү: is this Kyrgyz?", kyrgyz, letters)
	}
}

const kyrgyzLetters = "ңөүҢӨҮ"

var (
	latin    = regexp.MustCompile(`[A-Za-z]`)
	cyrillic = regexp.MustCompile(`\p{Cyrillic}`)

	// A code or a sign that a sentence quotes.
	quotedCode = regexp.MustCompile(`«[!-~³]+»`)

	// Numbers of decisions and clauses, names of files, keys, addresses and commits are the same in all languages.
	namesOnly = regexp.MustCompile(`^[!-~]*([0-9._/@=]|[a-z]-[a-z])[!-~]*$|^[0-9]+[a-z]-пункт|^\p{Lu}{1,2}-[0-9]`)

	// Words that are.
	anyLanguage = []string{"CSV", "CSVW", "OCDS", "Popolo", "DCAT", "Turtle", "Excel", "JSON", "JSONL", "Parquet", "SQLite", "XLSX", "TXT", "SVG", "PDF", "ZIP", "ICS", "Atom", "KGS", "°C", "pH", "cookie", "true", "false", "ky", "ru", "en"}
)

// langOf is the language a text is marked with, from the nearest element that says so.
func langOf(n *html.Node, page string) string {
	for n = n.Parent; n != nil; n = n.Parent {
		if lang := attr(n, "lang"); lang != "" {
			return lang
		}
	}
	return page
}

func around(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return s[:min(len(s), 120)]
}
