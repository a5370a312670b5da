package build

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/files"
	"achyk/internal/site/page"
)

// planOf is a plan of pages with these texts and of files without.
func planOf(base string, files map[string]string) *Plan {
	p := &Plan{paths: map[string]int{}, baseURL: base}
	for path, text := range files {
		p.paths[path] = noPage
		if strings.HasSuffix(path, ".html") {
			p.paths[path] = len(p.pages)
			p.pages = append(p.pages, page.Page{Path: path, Render: func(b *bytes.Buffer) error {
				b.WriteString(text)
				return nil
			}})
		}
	}
	return p
}

func TestLinks(t *testing.T) {
	files := map[string]string{
		"index.html":               `<body id="top">`,
		"ky/index.html":            `<p id="бири">`,
		"ru/index.html":            ``,
		"en/index.html":            ``,
		"ky/a/index.html":          ``,
		"ru/a/index.html":          ``,
		"en/a/index.html":          ``,
		"data/x.csv":               "",
		"files/town/сүрөт & 1.txt": "",
	}
	for link, want := range map[string]Fault{
		"":                             "",
		"./":                           "",
		"?page=2":                      "",
		"#here":                        "",
		"#there":                       NoFragment,
		"../":                          "",
		"../../":                       "",
		"../../#top":                   "",
		"../../#down":                  NoFragment,
		"../#%D0%B1%D0%B8%D1%80%D0%B8": "",
		"../#бири":                     "",
		"../index.html":                "",
		"../a":                         NoPage, // a folder without its slash
		"../a/":                        "",
		"../a/?x=1#here":               "",
		"../b/":                        NoPage,
		"../../../":                    NoPage, // above the site
		"../../data/x.csv":             "",
		"../../data/":                  NoPage,
		"../../data/x.csv#anything":    "", // only pages have places
		"../../files/town/сүрөт%20&amp;%201.txt": "",
		"https://site.example/sub/ru/a/":         "",
		"https://site.example/sub/ru/b/":         NoPage,
		"https://site.example/other/":            "",
		"//else.example/":                        "",
		"/sub/ru/a/":                             "",
		"/ru/a/":                                 NoPage, // outside the site's folder
		"mailto:a@sample.example":                "",
		"tel:112":                                "",
		"data:image/svg+xml,x":                   "",
	} {
		files["ky/a/index.html"] = "<h1 id=\"here\">\n<a class=\"x\"\nhref=\"" + link + `">id="there" href="nowhere"</a>`
		files["ky/a/index.html"] = strings.ReplaceAll(files["ky/a/index.html"], `>id="there" href="nowhere"<`, `>id=&#34;there&#34;<`)
		err := planOf("https://site.example/sub/", files).Verify(context.Background(), 2)
		var broken BrokenLinks
		errors.As(err, &broken)
		got := Fault("")
		if len(broken) > 0 {
			got = broken[0].What
		}
		if got != want || err != nil && len(broken) != 1 {
			t.Errorf("%q: %v, want %q", link, err, want)
		}
	}
}

func TestLanguagePairs(t *testing.T) {
	err := planOf("https://site.example/", map[string]string{
		"index.html": "", "ky/index.html": "", "ru/index.html": "", "en/index.html": "",
		"ky/a/index.html": "", "en/a/index.html": "",
	}).Verify(context.Background(), 1)
	want := BrokenLinks{
		{"en/a/index.html", "ru/a/index.html", NoLanguage},
		{"ky/a/index.html", "ru/a/index.html", NoLanguage},
	}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

func TestRenderEnds(t *testing.T) {
	p := planOf("", map[string]string{"ky/index.html": "", "ru/index.html": "", "en/index.html": ""})
	fault := errors.New("disk full")
	if err := p.render(context.Background(), Options{Jobs: 2}, func(string, []byte) error { return fault }); !errors.Is(err, fault) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := p.render(ctx, Options{}, func(string, []byte) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSitemapOfManyPages(t *testing.T) {
	p := &Plan{baseURL: "https://site.example/?a&b/", files: files.New()}
	for range sitemapLimit + 1 {
		p.pages = append(p.pages, page.Page{Path: "ky/kochkorbaev/service_providers/" + strings.Repeat("x", 200) + "/index.html"})
	}
	if err := p.sitemap(); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range p.files.All() {
		data, _, _ := p.File(f.Path)
		if texts[f.Path] = string(data); len(data) > 50<<20 {
			t.Errorf("%s weighs %d bytes", f.Path, len(data))
		}
	}
	if strings.Count(texts["sitemap-1.xml"], "<url>") != sitemapLimit || strings.Count(texts["sitemap-2.xml"], "<url>") != 2 ||
		!strings.Contains(texts["sitemap.xml"], "<loc>https://site.example/?a&amp;b/sitemap-2.xml</loc>") {
		t.Errorf("%d files; the index is %s", len(texts), texts["sitemap.xml"])
	}
}

func BenchmarkLinks(b *testing.B) {
	page := []byte(strings.Repeat(`<p id="x">Тексттин бир бөлүгү <a class="row" href="../../a/">шилтеме</a> жана дагы бир нече сөз.</p>`, 100))
	p := planOf("https://site.example/", map[string]string{"ky/a/index.html": "", "ky/b/c/index.html": ""})
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		p.links().read("ky/b/c/index.html", page)
	}
}
