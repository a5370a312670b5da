// Package sitetest builds the site of the repository's own sample for tests, and reads its
// pages. All tests of a package share one build. Package site tests what the pages say; package
// browsing tests them in a browser.
package sitetest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/tools/towntest"
)

// Today is the day that the sample is built for.
var Today = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// Langs are the codes of the site's languages.
var Langs = func() (codes []string) {
	for _, l := range locale.Langs {
		codes = append(codes, l.String())
	}
	return codes
}()

var sampleDir string

// buildSample builds the sample once.
var buildSample = sync.OnceValue(func() error {
	var err error
	if sampleDir, err = os.MkdirTemp("", "achyk-site-"); err != nil {
		return err
	}
	_, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: towntest.Root(), Dest: filepath.Join(sampleDir, "site"), AsOf: Today})
	if problems.HasErrors() {
		return fmt.Errorf("the sample has errors: %v", problems)
	}
	return err
})

// Sample returns the folder of the built sample. The first call builds it. Where there is no sample, it
// skips the test.
func Sample(t *testing.T) string {
	t.Helper()
	towntest.Sample(t)
	if err := buildSample(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(sampleDir, "site")
}

// M runs the tests of a package and then removes the sample.
type M struct{ Runner interface{ Run() int } }

// Run runs the tests and returns the exit code.
func (m M) Run() int {
	defer func() { os.RemoveAll(sampleDir) }()
	return m.Runner.Run()
}

// Page is a page that a test reads.
type Page struct {
	Path string // from the top of the site: "ky/osh/index.html"
	Lang string // language of its edition; ky if it belongs to none
	Raw  []byte
	Doc  *html.Node
}

// ReadPage reads a file of a site: "ky/osh/index.html". Word joiners, which nobody sees, are left out.
func ReadPage(dir, name string) (*Page, error) {
	p := &Page{Path: name, Lang: "ky"}
	if first, _, ok := strings.Cut(name, "/"); ok && slices.Contains(Langs, first) {
		p.Lang = first
	}
	var err error
	if p.Raw, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		return nil, err
	}
	p.Raw = bytes.ReplaceAll(p.Raw, []byte("\u2060"), nil)
	p.Doc, err = html.ParseWithOptions(bytes.NewReader(p.Raw), html.ParseOptionEnableScripting(false)) // so that noscript holds elements
	return p, err
}

// Read reads the page at an address: "ky/osh/".
func Read(t *testing.T, dir, address string) *Page {
	t.Helper()
	if address == "" || strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	p, err := ReadPage(dir, address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Pages lists the HTML files below a folder that are pages of a site. The desk in one file is none: it has
// no address in any edition, and its scripts inside.
func Pages(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".html" && !strings.HasPrefix(name, "desk/") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// All returns the elements below n that match one of the selectors: "h1", ".demo", "a.file".
func All(n *html.Node, selectors ...string) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.ContainsFunc(selectors, func(s string) bool { return is(d, s) }) {
			found = append(found, d)
		}
	}
	return found
}

// is reports whether an element matches a selector.
func is(n *html.Node, selector string) bool {
	tag, class, _ := strings.Cut(selector, ".")
	return (tag == "" || n.Data == tag) && (class == "" || slices.Contains(strings.Fields(Attr(n, "class")), class))
}

// Attr returns an attribute of an element, or "".
func Attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// Text returns the text of an element. It replaces white space by single spaces, and keeps
// no-break spaces.
func Text(n *html.Node) string {
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

// Records reads a published register. Each row maps the names of columns to cells. A register that is
// not published has no rows.
func Records(t *testing.T, dir, municipality, register string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "data", municipality, register+".csv"))
	if errors.Is(err, fs.ErrNotExist) && jme.Schema(register) != nil {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, name := range rows[0] {
			record[strings.TrimPrefix(name, "\ufeff")] = row[i]
		}
		list = append(list, record)
	}
	return list
}

// Cells returns the texts of the cells in the body of a table, row by row.
func Cells(table *html.Node) [][]string {
	var rows [][]string
	for _, body := range All(table, "tbody") {
		for _, tr := range All(body, "tr") {
			var row []string
			for _, c := range All(tr, "th", "td") {
				row = append(row, Text(c))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// Kinds has the address, within an edition, of one page of every kind.
var Kinds = map[string]string{
	"home":         "",
	"municipality": "osh/",
	"year":         "osh/2026/",
	"why":          "osh/2025/why/",
	"contest":      "osh/2025/contest/",
	"group":        "kochkorbaev/2025/group/",
	"findings":     "kochkorbaev/2025/findings/",
	"letter":       "osh/2025/letter/",
	"answers":      "osh/2025/answers/",
	"list":         "osh/appeals/",
	"record":       "osh/findings/osh-2025-a1-f03/",
	"paper":        "osh/papers/a1-f03-list/",
	"subject":      "osh/services/waste/",
	"place":        "osh/territories/miste/",
	"body":         "osh/bodies/council/",
	"embed":        "embed/osh/2025/verdicts/",
	"regulation":   "osh/regulation/",
	"otherwise":    "osh/regulation/otherwise/",
	"compliance":   "osh/2025/regulation/",
	"rules":        "rules/",
	"deadlines":    "kochkorbaev/deadlines/",
	"missing":      "osh/missing/",
	"subscribe":    "osh/subscribe/",
	"data":         "osh/data/",
	"dictionary":   "osh/data/findings/",
	"news":         "osh/news/",
	"article":      "glossary/",
	"desk":         "desk/",
	"guide":        "guide/upload/",
	"guides":       "guide/",
	"search":       "search/",
}

// Headings lists the kinds of pages, each with the heading of its page in Kyrgyz.
func Headings(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(Kinds)) {
		fmt.Fprintf(&b, "%s: %s\n", kind, Text(All(Read(t, dir, "ky/"+Kinds[kind]).Doc, "h1")[0]))
	}
	return b.String()
}

// Unpack unpacks the ZIP of a municipality into a folder.
func Unpack(t *testing.T, m string) string {
	t.Helper()
	archive, err := zip.OpenReader(filepath.Join(Sample(t), "data", m, m+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	dir := t.TempDir()
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
