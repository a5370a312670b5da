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

// eachKind runs a test on one page of every kind in every language.
func eachKind(t *testing.T, test func(t *testing.T, url string)) {
	url := browsertest.Serve(t, sitetest.Sample(t))
	run := func(name, address string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, url+"/"+address)
		})
	}
	t.Run("kinds", func(t *testing.T) { // so that the server outlives the pages
		run("chooser", "")
		run("404", "404.html")
		for _, l := range sitetest.Langs {
			for kind, address := range sitetest.Kinds {
				run(l+"/"+kind, l+"/"+address)
			}
		}
	})
}

func TestAccessible(t *testing.T) {
	eachKind(t, func(t *testing.T, url string) {
		for _, v := range browsertest.Axe(t, url) {
			t.Error(v)
		}
		for _, v := range browsertest.Axe(t, url, browsertest.Dark) {
			t.Error("dark:", v)
		}
	})
}

func TestNarrow(t *testing.T) {
	eachKind(t, func(t *testing.T, url string) {
		for _, width := range []int{320, browsertest.Phone} {
			if browsertest.Overflow(t, url, width) {
				t.Errorf("it must be scrolled sideways at %d px", width)
			}
		}
		// What is wider than the page scrolls in a box that the keyboard can reach.
		for _, box := range browsertest.Eval[[]string](t, url, browsertest.Phone, `(() => {
			document.querySelectorAll("details").forEach(d => d.open = true);
			return [...document.querySelectorAll("main *")]
				.filter(e => e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.tabIndex < 0)
				.map(e => e.cloneNode(false).outerHTML) })()`) {
			t.Errorf("the keyboard cannot scroll %s", box)
		}
	})
}

// Fingers need 48 pixels for what one taps to get about, and 24 for all that is not in
// the middle of a sentence.
func TestTapTargets(t *testing.T) {
	eachKind(t, func(t *testing.T, url string) {
		for _, small := range browsertest.Eval[[]string](t, url, browsertest.Phone, `(() => {
			const high = e => e.getBoundingClientRect().height;
			return [...document.querySelectorAll("a[href], summary")]
				.filter(e => !e.matches(".skip") && e.checkVisibility({checkVisibilityCSS: true}))
				.filter(e => high(e) < (e.closest(".top, .yearnav, footer nav, .chooser, .pages") ? 48 : getComputedStyle(e).display === "inline" ? 0 : 24) - .5)
				.map(e => high(e) + " px: " + e.outerHTML.slice(0, 120)) })()`) {
			t.Error(small)
		}
	})
}

func TestImages(t *testing.T) {
	url := browsertest.Serve(t, sitetest.Sample(t))
	shown := browsertest.Eval[[]bool](t, url+"/ky/osh/findings/osh-2025-a1-f03/", browsertest.Desk, `(async () => {
		const images = [...document.images];
		images.forEach(i => i.loading = "eager");
		return Promise.all(images.map(i => i.decode().then(() => i.naturalWidth > 0, () => false))) })()`)
	if len(shown) != 2 || !shown[0] || !shown[1] {
		t.Errorf("the pictures are shown: %v", shown)
	}
}

func TestPrint(t *testing.T) {
	url := browsertest.Serve(t, sitetest.Sample(t))
	for _, l := range sitetest.Langs {
		pdf := browsertest.PDF(t, url+"/"+l+"/osh/2025/")
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 5_000 || len(pdf) > 400_000 {
			t.Errorf("%s: a file of %d bytes", l, len(pdf))
		}
	}
}

// TestValid has the HTML checker read every Kyrgyz page and one page of every kind in the
// other languages, whose markup is the same; where everything is required, every page.
func TestValid(t *testing.T) {
	dir := sitetest.Sample(t)
	if os.Getenv("ACHYK_REQUIRE") != "all" {
		some := t.TempDir()
		for _, name := range sitetest.Pages(t, dir) {
			l, rest, _ := strings.Cut(strings.TrimSuffix(name, "index.html"), "/")
			wanted := l == "ky" || rest == ""
			for _, address := range sitetest.Kinds {
				wanted = wanted || rest == address
			}
			if wanted {
				copyFile(t, filepath.Join(some, filepath.FromSlash(name)), filepath.Join(dir, filepath.FromSlash(name)))
			}
		}
		dir = some
	}
	for _, message := range browsertest.Valid(t, dir) {
		// The checker reads files, to which 'self' is nobody; TestImages sees the pictures. And
		// it takes data for a script: a policy forbids what is run, and TestEveryPage sees that
		// there is none.
		if !strings.Contains(message, `blocked by "img-src" directive`) && !strings.Contains(message, "Inline script violates Content Security Policy") {
			t.Error(message)
		}
	}
}

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

// TestOfflineInBrowser: the pages in a ZIP are as valid and accessible as those of the site.
func TestOfflineInBrowser(t *testing.T) {
	dir := sitetest.Unpack(t, "osh")
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
