package links

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/locale"
)

// check reads all files of a site that end in ".html" and returns the broken links.
func check(baseURL string, files map[string]string) Broken {
	c := New(baseURL, locale.Langs[:], func(path []byte) bool {
		_, ok := files[string(path)]
		return ok
	})
	for path, text := range files {
		if strings.HasSuffix(path, ".html") {
			c.Read(path, []byte(text))
		}
	}
	return c.Broken()
}

// small is a site of a few pages at https://site.example/sub/, with one more page.
func small(page, text string) map[string]string {
	return map[string]string{
		"index.html":               `<body id="top">`,
		"ky/index.html":            `<p id="бири"><a name="old">`,
		"ru/index.html":            ``,
		"en/index.html":            ``,
		"ky/a/index.html":          ``,
		"ru/a/index.html":          ``,
		"en/a/index.html":          ``,
		"data/x.csv":               "",
		"files/town/сүрөт & 1.txt": "",
		page:                       text,
	}
}

// TestAddresses judges one link of the page ky/a/index.html in each case.
func TestAddresses(t *testing.T) {
	for link, want := range map[string]Fault{
		"":                             "",
		"./":                           "",
		" ./ ":                         "",
		".\n./":                        "", // browsers drop line breaks: "../"
		"?page=2":                      "",
		"#":                            "",
		"#here":                        "",
		"#there":                       NoFragment,
		"#Top":                         "", // the top of every page
		"../":                          "",
		"../../":                       "",
		"../../#top":                   "",
		"../../#down":                  NoFragment,
		"../#%D0%B1%D0%B8%D1%80%D0%B8": "",
		"../#бири":                     "",
		"../#old":                      "",
		"../index.html":                "",
		"../.":                         "",
		"..":                           "",
		"../a":                         NoPage, // a folder without its slash
		"../a/":                        "",
		"../a//":                       "",
		"../a/?x=1#here":               "",
		"../b/":                        NoPage,
		"../../../":                    NoPage, // above the site
		"../../../sub/ky/a/":           NoPage, // leaves the site's folder and comes back
		"../../data/x.csv":             "",
		"../../data/":                  NoPage,
		"../../data/x.csv#anything":    "", // only pages have ids
		"../../files/town/сүрөт%20&amp;%201.txt": "",
		"../%":                           NoPage, // not percent encoding
		"https://site.example/sub/ru/a/": "",
		"https://site.example/sub/ru/b/": NoPage,
		"https://site.example/other/":    "",
		"//else.example/":                "",
		"/sub/ru/a/":                     "",
		"/ru/a/":                         NoPage, // outside the site's folder
		"mailto:a@sample.example":        "",
		"tel:112":                        "",
		"data:image/svg+xml,x":           "",
		"a/b:c":                          NoPage, // no scheme
	} {
		broken := check("https://site.example/sub/", small("ky/a/index.html", `<h1 id="here"><a class="x" href="`+link+`">`))
		got := Fault("")
		if len(broken) > 0 {
			got = broken[0].Fault
		}
		if got != want || len(broken) > 1 {
			t.Errorf("%q: %v, want %q", link, broken, want)
		}
	}
}

// TestBase checks links of the page ky/a/index.html that has a <base>.
func TestBase(t *testing.T) {
	for _, c := range []struct {
		base, link string
		want       Fault
	}{
		{"../../", "data/x.csv", ""},
		{"../../", "../../data/x.csv", NoPage},
		{"../../ru/x", "a/", ""}, // relative to the folder of x
		{"/sub/ky/", "#бири", ""},
		{"/sub/ky/", "#here", NoFragment}, // a place of the base's page, not of this one
		{"https://site.example/sub/", "ky/", ""},
		{"https://else.example/", "no/such/page/", ""},
		{"https://else.example/", "/sub/no/", ""},
		{"https://else.example/", "https://site.example/sub/no/", NoPage},
		{"/", "sub/ky/", NoPage}, // the base is outside the site
	} {
		broken := check("https://site.example/sub/", small("ky/a/index.html",
			`<base target="_top"><base href="`+c.base+`"><base href="ignored/"><h1 id="here"><a href="`+c.link+`">`))
		got := Fault("")
		if len(broken) > 0 {
			got = broken[0].Fault
		}
		if got != c.want {
			t.Errorf("base %q, link %q: %v, want %q", c.base, c.link, broken, c.want)
		}
	}
}

// TestBaseURL checks links that begin with the path of a base URL which has to be escaped, as templates write it.
func TestBaseURL(t *testing.T) {
	for _, base := range []string{"https://town.example/өсүү/", "https://town.example/%D3%A9%D1%81%D2%AF%D2%AF/"} {
		c := New(base, locale.Langs[:], func(path []byte) bool { return string(path) == "ky/index.html" })
		c.Read("404.html", []byte(`<a href="/%D3%A9%D1%81%D2%AF%D2%AF/ky/"><a href="/өсүү/ky/"><a href="`+base+`ky/"><a href="/өсүү/no/"><a href="/ky/">`))
		if broken := c.Broken(); len(broken) != 2 || broken[0].Link != "/ky/" || broken[1].Link != "/өсүү/no/" {
			t.Errorf("%s: %v", base, broken)
		}
	}
}

func TestLanguages(t *testing.T) {
	got := check("https://site.example/", map[string]string{
		"index.html": "", "ky/index.html": "", "ru/index.html": "", "en/index.html": "",
		"ky/a/index.html": "", "en/a/index.html": "",
	})
	want := Broken{
		{"en/a/index.html", "ru/a/index.html", NoLanguage},
		{"ky/a/index.html", "ru/a/index.html", NoLanguage},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestReport checks which of several broken links are reported, and how.
func TestReport(t *testing.T) {
	files := map[string]string{
		"index.html": `<a href="z%20z"><a href="z%20z"><a href="p/#no"><a href="p/?x#no">`,
		"a.html":     `<a href="p/#no"><a href="data.csv#no">`,
		"p/index.html": `<a href="#me"><b id="me">
			<a href="#not-me">`,
		"data.csv": "",
	}
	want := Broken{
		{"a.html", "p/#no", NoFragment}, // the first page that has this link
		{"index.html", "z z", NoPage},   // once, and decoded
		{"p/index.html", "#not-me", NoFragment},
	}
	// The report does not depend on the order in which pages are read.
	paths := []string{"a.html", "index.html", "p/index.html"}
	for range 6 {
		c := New("https://site.example/", locale.Langs[:], func(path []byte) bool { _, ok := files[string(path)]; return ok })
		for _, path := range paths {
			c.Read(path, []byte(files[path]))
		}
		if diff := cmp.Diff(want, c.Broken()); diff != "" {
			t.Errorf("%v:\n%s", paths, diff)
		}
		paths = append(paths[1:], paths[0])
		paths[0], paths[1] = paths[1], paths[0]
	}
	if text := want[:2].Error(); text != "a.html: broken link \"p/#no\" (fragment)\nindex.html: broken link \"z z\" (page)" {
		t.Errorf("as text: %s", text)
	}
}

// TestParallel reads pages from several goroutines; the race detector looks for mistakes.
func TestParallel(t *testing.T) {
	files := small("ky/b/index.html", `<a href="../#no"><a href="no">`)
	want := check("https://site.example/", files)
	c := New("https://site.example/", locale.Langs[:], func(path []byte) bool { _, ok := files[string(path)]; return ok })
	var group sync.WaitGroup
	for _, path := range slices.Collect(maps.Keys(files)) {
		group.Go(func() { c.Read(path, []byte(files[path])) })
	}
	group.Wait()
	if diff := cmp.Diff(want, c.Broken()); diff != "" || len(want) != 4 {
		t.Errorf("%v\n%s", want, diff)
	}
}

func BenchmarkRead(b *testing.B) {
	page := []byte(strings.Repeat(`<p id="x">Тексттин бир бөлүгү <a class="row" href="../../a/">шилтеме</a> жана дагы бир нече сөз.</p>`, 100))
	files := map[string]bool{"ky/a/index.html": true, "ky/b/c/index.html": true}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		New("https://site.example/", locale.Langs[:], func(path []byte) bool { return files[string(path)] }).Read("ky/b/c/index.html", page)
	}
}
