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

// TestOffline: the pages of a ZIP show every record of every register, and the newest of
// changes, in the page's language, need nothing that is not in the ZIP, and lead from a record to those it refers
// to. What leaves the ZIP are addresses that a register has, and the site's own.
func TestOffline(t *testing.T) {
	for m := range municipalities {
		dir := sitetest.Unpack(t, m)
		for _, name := range []string{"README.md", "LICENSE.txt", "CITATION.cff", "datapackage.json", "dictionary.csv", "data/changes.csv", "index.html"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Error(err)
			}
		}
		anchors := map[string]map[string]bool{} // by page
		for _, name := range sitetest.Pages(t, dir) {
			p := sitetest.Read(t, dir, name)
			anchors[name] = map[string]bool{"main": true}
			for _, row := range sitetest.All(p.Doc, "tr") {
				if id := sitetest.Attr(row, "id"); id != "" {
					if anchors[name][id] {
						t.Errorf("%s/%s has %s twice", m, name, id)
					}
					anchors[name][id] = true
				}
			}
		}
		judge(t, dir, map[string]func(*sitetest.Page, func(string, ...any)){
			"links": func(p *sitetest.Page, fault func(string, ...any)) {
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
						fault("%s: %v", p.Path, err)
					}
					if to.Fragment != "" && !anchors[target][to.Fragment] {
						fault("%s leads to %s, which has no %s", p.Path, target, to.Fragment)
					}
				}
				if n := len(sitetest.All(p.Doc, "script", "img", "iframe", "style")); n > 0 {
					fault("%s has %d elements that want something from elsewhere", p.Path, n)
				}
			},
			"invented data says so": func(p *sitetest.Page, fault func(string, ...any)) {
				if len(sitetest.All(p.Doc, ".demo")) != 1 && p.Path != "index.html" {
					fault("%s", p.Path)
				}
			},
		})
		judge(t, filepath.Join(dir, "pages"), map[string]func(*sitetest.Page, func(string, ...any)){
			"words are in the page's language": func(p *sitetest.Page, fault func(string, ...any)) {
				switch register, _, _ := strings.Cut(path.Base(p.Path), "."); register {
				case "compliance", "deadlines": // quote what has not been translated, as their CSV does
				case "changes": // say one word a thousand times, which has none of the letters
				default:
					foreignWords(p, fault)
				}
			},
		})
		for _, l := range sitetest.Langs {
			index := sitetest.Read(t, dir, "pages/"+l+"/index.html")
			rows := 0
			for _, a := range sitetest.All(index.Doc, "th") {
				link := sitetest.All(a, "a")
				if len(link) == 0 {
					continue
				}
				register := strings.TrimSuffix(sitetest.Attr(link[0], "href"), ".html")
				want := sitetest.Records(t, sitetest.Sample(t), m, register)
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
