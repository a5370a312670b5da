package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"achyk/internal/tools/outside"
)

// Violation is an accessibility rule that a page breaks.
type Violation struct {
	ID     string   // the rule's name: "color-contrast"
	Impact string   // minor, moderate, serious or critical
	Help   string   // the rule in words
	Nodes  []string // HTML of the elements that break it
	Dark   bool     // in the dark color scheme
}

// String returns the violation with its elements, one a line.
func (v Violation) String() string {
	scheme := ""
	if v.Dark {
		scheme = "dark: "
	}
	return fmt.Sprintf("%s%s (%s): %s\n\t%s", scheme, v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n\t"))
}

// Axe checks a page at the width of a phone with axe-core, by the rules for WCAG 2.2 levels A
// and AA and axe's best practices. The dark color scheme changes nothing but colors, so in it
// Axe checks the contrast alone. It returns the rules that the page breaks.
func Axe(t testing.TB, url string) []Violation {
	t.Helper()
	script, err := os.ReadFile(outside.NPM(t, "ACHYK_AXE", "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := open(t, url, Phone)
	defer closeTab()
	LayOut(t, Tab{tab})
	// The page's Content-Security-Policy does not apply to scripts from the DevTools protocol.
	eval[chromedp.Void](t, tab, string(script))
	run := func(only string) []Violation {
		return eval[[]Violation](t, tab, `axe.run(document, {runOnly: `+only+`, resultTypes: ["violations"]}).
			then(result => result.violations.map(v => ({
				ID: v.id, Impact: v.impact ?? "", Help: v.help, Nodes: v.nodes.map(n => n.html),
				Dark: matchMedia("(prefers-color-scheme: dark)").matches,
			})))`)
	}
	light := run(`["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`)
	if _, err := chromedp.Run(tab, emulate([]Media{Dark})); err != nil {
		t.Fatal(err)
	}
	return append(light, run(`["color-contrast"]`)...)
}

// Overflow returns the elements which make the page in a tab wider than the screen at a width, so that people
// must scroll sideways, up to five. Elements within a box that scrolls by itself do not count.
func Overflow(t testing.TB, tab Tab, width int) []string {
	t.Helper()
	Resize(t, tab, width)
	LayOut(t, tab)
	return In[[]string](t, tab, `(() => {
		const root = document.documentElement, limit = root.clientWidth;
		if (root.scrollWidth <= limit) return [];
		const scrolls = e => { for (e = e.parentElement; e && e !== document.body; e = e.parentElement)
			if (getComputedStyle(e).overflowX !== "visible") return true; return false };
		return [root.scrollWidth + " px"].concat([...document.body.querySelectorAll("*")]
			.filter(e => e.getBoundingClientRect().right > limit + 1 && !scrolls(e))
			.slice(0, 5).map(e => e.cloneNode(false).outerHTML));
	})()`)
}

// LayOut lays out the page in a tab as a whole. Without it, parts that are not in sight may have no width, or the
// height that the style sheet guesses (content-visibility).
func LayOut(t testing.TB, tab Tab) {
	t.Helper()
	In[any](t, tab, `(() => {
		const whole = new CSSStyleSheet();
		whole.replaceSync("* { content-visibility: visible !important }");
		document.adoptedStyleSheets = [whole];
	})()`)
}

// Screenshot writes a PNG picture of the whole page at a width. It makes the file's folder.
func Screenshot(t testing.TB, url string, width int, file string) {
	t.Helper()
	tab, closeTab := open(t, url, width)
	defer closeTab()
	shoot(t, tab, file)
}

// ScreenshotAfter is Screenshot after an expression, or the promise that it returns, has been
// evaluated in the page.
func ScreenshotAfter(t testing.TB, url string, width int, expression, file string) {
	t.Helper()
	tab, closeTab := open(t, url, width)
	defer closeTab()
	eval[chromedp.Void](t, tab, expression)
	shoot(t, tab, file)
}

// shoot writes a picture of the page in a tab.
func shoot(t testing.TB, tab context.Context, file string) {
	t.Helper()
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

// Tab is a page that stays open for several expressions, until the test ends.
type Tab struct{ ctx context.Context }

// Visit opens a page at a width.
func Visit(t testing.TB, url string, width int) Tab {
	t.Helper()
	limited, end := open(t, url, width)
	t.Cleanup(end)
	return Tab{context.WithoutCancel(limited)}
}

// In is [Eval] in a page that is open.
func In[T any](t testing.TB, tab Tab, expression string) T {
	t.Helper()
	limited, stop := context.WithTimeout(tab.ctx, patience)
	defer stop()
	return eval[T](t, limited, expression)
}

// Resize makes the screen of a tab as wide as given.
func Resize(t testing.TB, tab Tab, width int) {
	t.Helper()
	do(t, tab, chromedp.EmulateViewport(int64(width), 640))
}

// Emulate makes a tab report media features, and no others.
func Emulate(t testing.TB, tab Tab, media ...Media) {
	t.Helper()
	do(t, tab, emulate(media))
}

// FontSize sets the size that a reader has chosen for letters in the settings of the browser. It is 16 if none is.
func FontSize(t testing.TB, tab Tab, pixels int64) {
	t.Helper()
	do(t, tab, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: pixels, Fixed: pixels}})
		return chromedp.Void{}, err
	})
}

// PressTab presses the key Tab some times.
func PressTab(t testing.TB, tab Tab, times int) {
	t.Helper()
	do(t, tab, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		for range times {
			if err != nil {
				break
			}
			_, err = cdp.Call(ctx, tab, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9})
		}
		return chromedp.Void{}, err
	})
}

// do does something in a tab that is open.
func do(t testing.TB, tab Tab, action chromedp.Action[chromedp.Void]) {
	t.Helper()
	limited, stop := context.WithTimeout(tab.ctx, patience)
	defer stop()
	if _, err := chromedp.Run(limited, action); err != nil {
		t.Fatal(err)
	}
}
