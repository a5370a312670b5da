package browsertest_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"achyk/internal/tools/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.M{Runner: m}.Run()) }

const clean, faulty = "testdata/clean", "testdata/faulty"

func TestAxe(t *testing.T) {
	t.Parallel()
	for _, v := range browsertest.Axe(t, browsertest.Serve(t, clean)) {
		t.Errorf("the clean page: %v", v)
	}

	var rules []string
	for _, v := range browsertest.Axe(t, browsertest.Serve(t, faulty)) {
		if v.Dark {
			v.ID = "dark-" + v.ID
		}
		rules = append(rules, v.ID)
		if v.Help == "" || len(v.Nodes) == 0 {
			t.Errorf("%s has no help text or no element: %+v", v.ID, v)
		}
	}
	for _, want := range []string{"html-has-lang", "image-alt", "color-contrast", "dark-color-contrast", "button-name", "target-size", "landmark-one-main"} {
		if !slices.Contains(rules, want) {
			t.Errorf("the faulty page: rule %s is not reported, only %v", want, rules)
		}
	}
}

func TestOverflow(t *testing.T) {
	t.Parallel()
	for dir, over := range map[string]bool{clean: false, faulty: true} {
		tab := browsertest.Visit(t, browsertest.Serve(t, dir), browsertest.Phone)
		for _, width := range []int{320, browsertest.Phone, browsertest.Desk} {
			if wide := browsertest.Overflow(t, tab, width); (len(wide) > 0) != over {
				t.Errorf("%s at %d px: too wide are %v, want some: %v", dir, width, wide, over)
			}
		}
	}
}

func TestScreenshot(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, clean)
	for _, width := range []int{browsertest.Phone, browsertest.Desk} {
		file := filepath.Join(t.TempDir(), "pictures", "clean.png")
		browsertest.Screenshot(t, url, width, file)
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := picture.Bounds().Dx(); got != width {
			t.Errorf("the picture is %d px wide, want %d", got, width)
		}
	}
}

func TestPDF(t *testing.T) {
	t.Parallel()
	if pdf := browsertest.PDF(t, browsertest.Serve(t, clean)); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("%d bytes that are not a PDF file", len(pdf))
	}
}

func TestDark(t *testing.T) {
	t.Parallel()
	const asked = `matchMedia("(prefers-color-scheme: dark)").matches`
	url := browsertest.Serve(t, clean)
	if !browsertest.Eval[bool](t, url, browsertest.Phone, asked, browsertest.Dark) || browsertest.Eval[bool](t, url, browsertest.Phone, asked) {
		t.Error("the page does not see the color scheme that was asked for")
	}
}

func TestEval(t *testing.T) {
	t.Parallel()
	got := browsertest.Eval[string](t, browsertest.Serve(t, clean), browsertest.Phone, `Promise.resolve(document.documentElement.lang)`)
	if got != "ky" {
		t.Errorf("the language of the page is %q", got)
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	for _, message := range browsertest.Valid(t, clean) {
		t.Errorf("the clean page: %s", message)
	}

	messages := strings.Join(browsertest.Valid(t, faulty), "\n")
	for _, want := range []string{"index.html:9.1", "alt", "colour", "lang", `"b"`} {
		if !strings.Contains(messages, want) {
			t.Errorf("the faulty page: no message contains %s:\n%s", want, messages)
		}
	}
	if strings.Contains(messages, "file:") {
		t.Errorf("a file name is not relative to the folder:\n%s", messages)
	}
}

// TestLoad loads a page with a picture that has no size. The text below it moves down when the picture
// arrives, which must show as CLS. It also loads a page whose text waits for a style sheet, on a slower network.
func TestLoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"index.html":  `<!DOCTYPE html><title>x</title><link rel="icon" href="data:,"><img src="picture.svg" alt=""><p>` + strings.Repeat("text ", 200),
		"styled.html": `<!DOCTYPE html><title>x</title><link rel="icon" href="data:,"><link rel="stylesheet" href="style.css"><p>` + strings.Repeat("text ", 200),
		"style.css":   `p { color: #111 }`,
		"picture.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300"/></svg>`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	url := browsertest.ServeLate(t, dir) // else on a busy machine the text may be painted only after the picture has arrived
	_, moving := browsertest.Load(t, url+"/", browsertest.Slow4G)
	if moving.CLS < 0.02 || moving.Before != 1 || moving.LCP < browsertest.Slow4G.Latency {
		t.Errorf("%+v: want a layout shift, one request before the text and the network's latency", moving)
	}
	if _, slower := browsertest.Load(t, url+"/styled.html", browsertest.Slow3G); slower.LCP < browsertest.Slow3G.Latency || slower.Before != 2 {
		t.Errorf("%+v on slow 3G: want the network's latency, and two requests before the text", slower)
	}
}
