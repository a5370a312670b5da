package site_test

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/tools/sitetest"
)

// TestOffline checks the pages of a ZIP. They show every record of every register in the page's
// language; of changes they show the newest. They need no file that is not in the ZIP. The link
// from a record to another one leads to its row.
func TestOffline(t *testing.T) {
	for m := range municipalities {
		dir := sitetest.Unpack(t, m)
		for _, name := range []string{"README.md", "LICENSE.txt", "CITATION.cff", "datapackage.json", "dictionary.csv", "data/changes.csv", "index.html"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Error(err)
			}
		}
		anchors := anchorsOf(t, dir)
		checkPages(t, dir, map[string]func(*sitetest.Page, func(string, ...any)){
			"links": func(p *sitetest.Page, fault func(string, ...any)) { checkOfflineLinks(dir, anchors, p, fault) },
			"a banner says that the data is a sample": func(p *sitetest.Page, fault func(string, ...any)) {
				if len(sitetest.All(p.Doc, ".demo")) != 1 && p.Path != "index.html" {
					fault("there is no banner")
				}
			},
			"a policy lets nothing through but the style sheet": func(p *sitetest.Page, fault func(string, ...any)) {
				for _, meta := range sitetest.All(p.Doc, "meta") {
					const want = "default-src 'none'; style-src 'self' file:; img-src data:; base-uri 'none'; form-action 'none'"
					if sitetest.Attr(meta, "http-equiv") == "Content-Security-Policy" && sitetest.Attr(meta, "content") == want {
						return
					}
				}
				fault("there is no policy, or another one")
			},
		})
		checkPages(t, filepath.Join(dir, "pages"), map[string]func(*sitetest.Page, func(string, ...any)){
			wordsRule: func(p *sitetest.Page, fault func(string, ...any)) {
				switch register, _, _ := strings.Cut(path.Base(p.Path), "."); register {
				case "compliance", "deadlines": // quote texts that are not translated, as their CSV does
				case "changes": // repeats one word a thousand times that has no Kyrgyz letter
				default:
					foreignWords(p, fault)
				}
			},
		})
		for _, l := range sitetest.Langs {
			checkOfflineRecords(t, dir, m, l, anchors)
		}
	}
}

// anchorsOf returns the fragments that links may have, by page. It reports rows that have the
// same id.
func anchorsOf(t *testing.T, dir string) map[string]map[string]bool {
	t.Helper()
	anchors := map[string]map[string]bool{}
	for _, name := range sitetest.Pages(t, dir) {
		p := sitetest.Read(t, dir, name)
		anchors[name] = map[string]bool{"main": true}
		for _, row := range sitetest.All(p.Doc, "tr") {
			if id := sitetest.Attr(row, "id"); id != "" {
				if anchors[name][id] {
					t.Errorf("%s has two rows with the id %s", name, id)
				}
				anchors[name][id] = true
			}
		}
	}
	return anchors
}

// checkOfflineLinks checks that links of a page lead to files of the ZIP or to other sites, and
// that it loads nothing.
func checkOfflineLinks(dir string, anchors map[string]map[string]bool, p *sitetest.Page, fault func(string, ...any)) {
	for _, a := range sitetest.All(p.Doc, "a", "link") {
		to, err := url.Parse(sitetest.Attr(a, "href"))
		if err != nil || to.Scheme == "data" || to.Scheme == "https" || to.Scheme == "http" {
			continue
		}
		target := p.Path
		if to.Path != "" {
			target = path.Join(path.Dir(p.Path), to.Path)
		}
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(target))); err != nil {
			fault("%v", err)
		}
		if to.Fragment != "" && !anchors[target][to.Fragment] {
			fault("a link leads to %s, which has no %s", target, to.Fragment)
		}
	}
	if n := len(sitetest.All(p.Doc, "script", "img", "iframe", "style")); n > 0 {
		fault("%d elements load a file or are scripts or styles", n)
	}
}

// checkOfflineRecords counts the records that the pages of one language show of each register.
func checkOfflineRecords(t *testing.T, dir, municipality, lang string, anchors map[string]map[string]bool) {
	t.Helper()
	const mostChanges = 1000
	rows := 0
	for _, th := range sitetest.All(sitetest.Read(t, dir, "pages/"+lang+"/index.html").Doc, "th") {
		link := sitetest.All(th, "a")
		if len(link) == 0 {
			continue
		}
		register := strings.TrimSuffix(sitetest.Attr(link[0], "href"), ".html")
		want := len(sitetest.Records(t, sitetest.Sample(t), municipality, register))
		shown := 0
		for name := range anchors {
			if base := path.Base(name); path.Dir(name) == "pages/"+lang && (base == register+".html" || strings.HasPrefix(base, register+".")) {
				shown += len(anchors[name]) - 1 // "main" is not a record
			}
		}
		if shown != want && (register != "changes" || shown != mostChanges) {
			t.Errorf("%s/%s/%s: %d records are shown, want %d", municipality, lang, register, shown, want)
		}
		rows += shown
	}
	if rows == 0 {
		t.Errorf("%s/%s shows no record", municipality, lang)
	}
}
