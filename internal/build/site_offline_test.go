package build_test

import (
	"archive/zip"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/tools/browsertest"
)

// unpack unpacks the ZIP of a municipality into a folder, as a reader would.
func unpack(t *testing.T, m string) string {
	t.Helper()
	archive, err := zip.OpenReader(filepath.Join(sample(t), "data", m, m+".zip"))
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

// TestOffline: the pages of a ZIP show every record of every register, and the newest of
// changes, in the page's language, need nothing that is not in the ZIP, and lead from a record to those it refers
// to. What leaves the ZIP are addresses that a register has, and the site's own.
func TestOffline(t *testing.T) {
	for m := range municipalities {
		dir := unpack(t, m)
		for _, name := range []string{"README.md", "LICENSE.txt", "CITATION.cff", "datapackage.json", "dictionary.csv", "data/changes.csv", "index.html"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Error(err)
			}
		}
		anchors := map[string]map[string]bool{} // by page
		for _, name := range pages(t, dir) {
			p := read(t, dir, name)
			anchors[name] = map[string]bool{"main": true}
			for _, row := range all(p.doc, "tr") {
				if id := attr(row, "id"); id != "" {
					if anchors[name][id] {
						t.Errorf("%s/%s has %s twice", m, name, id)
					}
					anchors[name][id] = true
				}
			}
		}
		judge(t, dir, map[string]func(*page, func(string, ...any)){
			"links": func(p *page, fault func(string, ...any)) {
				for _, a := range all(p.doc, "a", "link") {
					to, err := url.Parse(attr(a, "href"))
					if err != nil || to.Scheme == "data" || to.Scheme == "https" || to.Scheme == "http" {
						continue
					}
					target := p.path
					if to.Path != "" {
						target = path.Join(path.Dir(p.path), to.Path)
					}
					if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(target))); err != nil {
						fault("%s: %v", p.path, err)
					}
					if to.Fragment != "" && !anchors[target][to.Fragment] {
						fault("%s leads to %s, which has no %s", p.path, target, to.Fragment)
					}
				}
				if n := len(all(p.doc, "script", "img", "iframe", "style")); n > 0 {
					fault("%s has %d elements that want something from elsewhere", p.path, n)
				}
			},
			"invented data says so": func(p *page, fault func(string, ...any)) {
				if len(all(p.doc, ".demo")) != 1 && p.path != "index.html" {
					fault("%s", p.path)
				}
			},
		})
		judge(t, filepath.Join(dir, "pages"), map[string]func(*page, func(string, ...any)){
			"words are in the page's language": func(p *page, fault func(string, ...any)) {
				switch register, _, _ := strings.Cut(path.Base(p.path), "."); register {
				case "compliance", "deadlines": // quote what has not been translated, as their CSV does
				case "changes": // say one word a thousand times, which has none of the letters
				default:
					foreignWords(p, fault)
				}
			},
		})
		for _, l := range langs {
			index := read(t, dir, "pages/"+l+"/index.html")
			rows := 0
			for _, a := range all(index.doc, "th") {
				link := all(a, "a")
				if len(link) == 0 {
					continue
				}
				register := strings.TrimSuffix(attr(link[0], "href"), ".html")
				want := records(t, sample(t), m, register)
				shown := 0
				for name := range anchors {
					if base := path.Base(name); path.Dir(name) == "pages/"+l && (base == register+".html" || strings.HasPrefix(base, register+".")) {
						shown += len(anchors[name]) - 1
					}
				}
				if most := 1000; shown != len(want) && (register != "changes" || shown != most) {
					t.Errorf("%s/%s/%s: %d records are shown, of %d", m, l, register, shown, len(want))
				}
				rows += shown
			}
			if rows == 0 {
				t.Errorf("%s/%s shows no record", m, l)
			}
		}
	}
}

// TestOfflineInBrowser: they are valid and accessible as those of the site are.
func TestOfflineInBrowser(t *testing.T) {
	dir := unpack(t, "osh")
	for _, message := range browsertest.Valid(t, dir) {
		t.Error(message)
	}
	site := browsertest.Serve(t, dir)
	for _, page := range []string{"", "pages/ky/index.html", "pages/ru/findings.html", "pages/en/appeals.2.html"} {
		for _, v := range browsertest.Axe(t, site+"/"+page) {
			t.Errorf("%s: %v", page, v)
		}
	}
}
