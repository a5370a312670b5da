package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"achyk/internal/tools/outside"
)

// Violation is an accessibility rule that a page breaks.
type Violation struct {
	ID     string   // the rule's name: "color-contrast"
	Impact string   // minor, moderate, serious or critical
	Help   string   // the rule in words
	Nodes  []string // HTML of the elements that break it
}

// String returns the violation with its elements, one a line.
func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n\t%s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n\t"))
}

// Axe checks a page at the width of a phone with axe-core, by the rules for WCAG 2.2 levels A
// and AA and axe's best practices. It returns the rules that the page breaks.
func Axe(t testing.TB, url string, media ...Media) []Violation {
	t.Helper()
	script, err := os.ReadFile(outside.NPM(t, "ACHYK_AXE", "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := open(t, url, Phone, media...)
	defer closeTab()
	// The page's Content-Security-Policy does not apply to scripts from the DevTools protocol.
	eval[chromedp.Void](t, tab, string(script))
	return eval[[]Violation](t, tab, `axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		resultTypes: ["violations"],
	}).then(result => result.violations.map(v => ({
		ID: v.id, Impact: v.impact ?? "", Help: v.help, Nodes: v.nodes.map(n => n.html),
	})))`)
}

// Overflow reports whether a page is wider than the screen, so that people must scroll
// sideways, and logs up to five elements that are too wide. Elements within a box that scrolls
// by itself do not count.
func Overflow(t testing.TB, url string, width int) bool {
	t.Helper()
	tab, closeTab := open(t, url, width)
	defer closeTab()
	found := eval[struct {
		Over bool
		Wide []string
	}](t, tab, `(() => {
		const root = document.documentElement, limit = root.clientWidth;
		const scrolls = e => { for (e = e.parentElement; e && e !== document.body; e = e.parentElement)
			if (getComputedStyle(e).overflowX !== "visible") return true; return false };
		const wide = [...document.body.querySelectorAll("*")]
			.filter(e => e.getBoundingClientRect().right > limit + 1 && !scrolls(e))
			.slice(0, 5).map(e => e.cloneNode(false).outerHTML);
		return {Over: root.scrollWidth > limit, Wide: wide};
	})()`)
	if found.Over {
		t.Logf("%s is wider than %d px:\n\t%s", url, width, strings.Join(found.Wide, "\n\t"))
	}
	return found.Over
}

// Target is an element that people tap: a link, a button, a field. Sizes are in CSS pixels.
type Target struct {
	HTML          string // the element's opening tag
	Text          string
	Inline        bool // a link within a sentence; WCAG 2.5.8 allows the height of its line
	Width, Height float64
}

// Targets returns the visible targets of a page at a width, in the order of the document.
func Targets(t testing.TB, url string, width int) []Target {
	t.Helper()
	tab, closeTab := open(t, url, width)
	defer closeTab()
	return eval[[]Target](t, tab, `[...document.querySelectorAll(
		"a[href], button, input:not([type=hidden]), select, textarea, summary")]
		.filter(e => e.checkVisibility({checkVisibilityCSS: true}))
		.map(e => { const box = e.getBoundingClientRect(); return {
			HTML: e.cloneNode(false).outerHTML, Text: e.textContent.trim().slice(0, 80),
			Inline: e.matches("a") && getComputedStyle(e).display === "inline",
			Width: box.width, Height: box.height } })`)
}

// Screenshot writes a PNG picture of the whole page at a width. It makes the file's folder.
func Screenshot(t testing.TB, url string, width int, file string) {
	t.Helper()
	tab, closeTab := open(t, url, width)
	defer closeTab()
	png, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// PDF prints a page on the browser's default paper size and returns the PDF file.
func PDF(t testing.TB, url string) []byte {
	t.Helper()
	tab, closeTab := open(t, url, Desk)
	defer closeTab()
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF())
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// Eval runs a JavaScript expression in a page at a width and decodes its value. It waits for a
// promise. Use it for what only one test needs to know.
func Eval[T any](t testing.TB, url string, width int, expression string, media ...Media) T {
	t.Helper()
	tab, closeTab := open(t, url, width, media...)
	defer closeTab()
	return eval[T](t, tab, expression)
}
