package browsing_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
)

func TestMain(m *testing.M) {
	os.Exit(browsertest.M{Runner: sitetest.M{Runner: m}}.Run())
}

// builtSample returns the folder of the built sample for a test in a browser. Where there is no browser, it skips the test
// before anything is built for it.
func builtSample(t *testing.T) string {
	t.Helper()
	browsertest.Needed(t)
	return sitetest.Sample(t)
}

// everyPage is set in a step of .ci/run. It checks the HTML of every page and the accessibility of
// a page of every kind in every language, which takes minutes. Otherwise the tests take some of the
// pages, because the markup of a kind is the same in all languages; in the step of .ci/run that runs
// all tests, they leave the pages to the other one.
var (
	everyPage = os.Getenv("ACHYK_PAGES") == "all"
	later     = os.Getenv("ACHYK_PAGES") == "later"
)

// shortAddress is the short address of a poster of the sample.
const shortAddress = "t/453688/"

// eachKind runs a test on one page of every kind in some languages.
func eachKind(t *testing.T, langs []string, test func(t *testing.T, url string)) {
	if later {
		return
	}
	url := browsertest.ServeZipped(t, builtSample(t))
	run := func(name, address string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, url+"/"+address)
		})
	}
	run("chooser", "")
	run("404", "404.html")
	run("short", shortAddress)
	for _, l := range langs {
		for kind, address := range sitetest.Kinds {
			run(l+"/"+kind, l+"/"+address)
		}
	}
}

// TestAccessible checks pages with axe, in the light and the dark color scheme.
func TestAccessible(t *testing.T) {
	langs := sitetest.Langs
	if !everyPage {
		langs = []string{"ky"}
	}
	eachKind(t, langs, func(t *testing.T, url string) {
		for _, v := range browsertest.Axe(t, url) {
			t.Error(v)
		}
	})
}

// TestImages checks that the browser shows the pictures of a record.
func TestImages(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	shown := browsertest.Eval[[]bool](t, url+"/ky/osh/findings/osh-2025-a1-f03/", browsertest.Desk, `(async () => {
		const images = [...document.images];
		images.forEach(i => i.loading = "eager");
		return Promise.all(images.map(i => i.decode().then(() => i.naturalWidth > 0, () => false))) })()`)
	if len(shown) != 2 || !shown[0] || !shown[1] {
		t.Errorf("two pictures must be shown, got %v", shown)
	}
}

// TestUntranslated checks that a page with a text in another language says so, and no other page does.
func TestUntranslated(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	for address, want := range map[string]bool{"/en/osh/findings/osh-2025-a3-f06/": true, "/en/osh/": true, "/en/glossary/": false, "/ky/osh/services/waste/": false} {
		if got := browsertest.Eval[bool](t, url+address, browsertest.Phone, `document.querySelector(".asis") !== null`); got != want {
			t.Errorf("%s: says that a text is not translated: %v", address, got)
		}
	}
}

// TestPrint checks that a page can be printed as a PDF of a reasonable size: its charts have no pictures.
func TestPrint(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	for _, l := range sitetest.Langs {
		pdf := browsertest.PDF(t, url+"/"+l+"/osh/2025/")
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 5_000 || len(pdf) > 400_000 {
			t.Errorf("%s: the PDF has %d bytes, want 5,000 to 400,000", l, len(pdf))
		}
	}
}

// TestValid checks the HTML of a page of every kind in every language.
func TestValid(t *testing.T) {
	t.Parallel()
	if later {
		return
	}
	browsertest.Checker(t)
	dir := sitetest.Sample(t)
	if !everyPage {
		some := t.TempDir()
		copyFile(t, filepath.Join(some, shortAddress, "index.html"), filepath.Join(dir, shortAddress, "index.html"))
		for _, l := range sitetest.Langs {
			for _, address := range sitetest.Kinds {
				name := filepath.Join(l, filepath.FromSlash(address), "index.html")
				copyFile(t, filepath.Join(some, name), filepath.Join(dir, name))
			}
		}
		dir = some
	}
	for _, message := range browsertest.Valid(t, dir) {
		// Four kinds of messages are wrong. The checker reads files, for which the policy img-src
		// 'self' allows no picture and script-src 'self' no script; TestImages and TestDesk check
		// them on a server. It also takes JSON-LD for a script; TestEveryPage checks that there are
		// no other scripts. And it does not know that a link may be "expect" and block rendering, as the HTML
		// Standard says (https://html.spec.whatwg.org/multipage/semantics.html#attr-link-blocking).
		if !strings.Contains(message, `A "link" element with a "blocking" attribute must have`) && !strings.Contains(message, `blocked by "img-src" directive`) && !strings.Contains(message, `blocked by "script-src" directive`) && !strings.Contains(message, "Inline script violates Content Security Policy") {
			t.Error(message)
		}
	}
}

// copyFile copies a file and makes the folders above the copy.
func copyFile(t *testing.T, to, from string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	r, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOfflinePolicy opens pages of a ZIP from the disk and from a server. The policy of a page lets
// its style sheet through and holds back a script.
func TestOfflinePolicy(t *testing.T) {
	t.Parallel()
	browsertest.Needed(t)
	dir := sitetest.Unpack(t, "kochkorbaev")
	for _, top := range []string{"file://" + filepath.ToSlash(dir), browsertest.Serve(t, dir)} {
		for _, page := range []string{"/index.html", "/pages/ky/index.html", "/pages/ru/findings.html"} {
			got := browsertest.Eval[string](t, top+page, browsertest.Desk, `(() => {
				const script = document.createElement("script");
				script.text = "window.ran = true";
				document.body.append(script);
				return [window.ran ?? false, getComputedStyle(document.body).maxWidth, document.styleSheets.length].join() })()`)
			if got != "false,none,1" {
				t.Errorf("%s%s: a script ran, the width of the page, its style sheets: %s", top, page, got)
			}
		}
	}
}

// TestOfflineInBrowser checks that the pages of a ZIP are valid and accessible.
func TestOfflineInBrowser(t *testing.T) {
	t.Parallel()
	if later {
		return
	}
	browsertest.Checker(t)
	dir := sitetest.Unpack(t, "osh")
	pages := dir
	if !everyPage {
		pages = filepath.Join(dir, "pages", "ky")
	}
	for _, message := range browsertest.Valid(t, pages) {
		// The checker has no address for the files it reads, so that 'self' allows no style sheet;
		// TestOfflinePolicy checks that browsers load it.
		if !strings.Contains(message, `blocked by "style-src" directive`) {
			t.Error(message)
		}
	}
	site := browsertest.Serve(t, dir)
	for _, page := range []string{"", "pages/ky/index.html", "pages/ru/findings.html", "pages/en/appeals.2.html"} {
		for _, v := range browsertest.Axe(t, site+"/"+page) {
			t.Errorf("%s: %v", page, v)
		}
	}
}
