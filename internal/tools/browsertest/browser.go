package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"achyk/internal/tools/outside"
)

// Phone is the width, in CSS pixels, of the narrow screens we design for first;
// Desk is the width of a common laptop.
const (
	Phone = 360
	Desk  = 1280
)

// patience is how long one call may take, page load included.
const patience = time.Minute

// Runner is what runs the tests: [testing.M], or anything that wraps it.
type Runner interface{ Run() int }

// M runs the tests of a package and then stops the browser they have used. It is a
// Runner itself, so it can be handed on to testscript.Main.
type M struct{ Runner }

// Run runs the tests and returns the exit code.
func (m M) Run() int {
	shared.Lock()
	shared.owned = true
	shared.Unlock()
	defer shared.stop()
	return m.Runner.Run()
}

// shared is the one browser of this test binary.
var shared browser

type browser struct {
	sync.Mutex
	owned   bool // an M will stop it
	profile string
	ctx     context.Context
	cancel  []context.CancelFunc
}

// start returns the context of the running browser, starting it if need be.
func (b *browser) start(t testing.TB) context.Context {
	t.Helper()
	path := outside.Program(t, "chromium", "chromium-browser", "google-chrome")
	b.Lock()
	defer b.Unlock()
	if !b.owned {
		t.Fatal("TestMain must run the tests through browsertest.M, so that the browser is stopped after them")
	}
	if b.ctx != nil {
		return b.ctx
	}

	var err error
	if b.profile, err = os.MkdirTemp("", "achyk-browser-"); err != nil {
		t.Fatal(err)
	}
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path),
		chromedp.UserDataDir(b.profile),
		chromedp.Headless, // also hides scroll bars, which would take from the width
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), // small in containers
		chromedp.Flag("force-color-profile", "srgb"),
	)
	ctx, cancel := chromedp.NewContext(alloc)
	b.cancel = []context.CancelFunc{cancel, cancelAlloc}
	if err := chromedp.Do(ctx); err != nil {
		b.close()
		t.Fatalf("%s does not start: %v", path, err)
	}
	b.ctx = ctx
	return ctx
}

func (b *browser) stop() {
	b.Lock()
	defer b.Unlock()
	b.close()
}

func (b *browser) close() {
	for _, cancel := range b.cancel {
		cancel()
	}
	b.ctx, b.cancel = nil, nil
	// Children of the browser may write for a moment after it has ended.
	for range 50 {
		if b.profile == "" || os.RemoveAll(b.profile) == nil {
			b.profile = ""
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// Media is what a page asks of its reader's screen, as in a media query of CSS.
type Media struct{ Name, Value string }

// Dark is a reader who has chosen a dark screen.
var Dark = Media{"prefers-color-scheme", "dark"}

// open loads a page in a new tab of the given width and returns the tab, which the
// caller gives back.
func open(t testing.TB, url string, width int, media ...Media) (context.Context, context.CancelFunc) {
	t.Helper()
	// A tab's lifetime is that of the context it is first used with, so the tab is
	// opened before its time is limited.
	tab, closeTab := chromedp.NewContext(shared.start(t))
	if err := chromedp.Do(tab); err != nil {
		closeTab()
		t.Fatalf("a new tab: %v", err)
	}
	limited, stop := context.WithTimeout(tab, patience)
	end := func() { stop(); closeTab() }
	response, err := chromedp.RunResponse(limited,
		chromedp.EmulateViewport(int64(width), 640),
		emulate(media),
		chromedp.Navigate(url),
	)
	switch {
	case err != nil:
		end()
		t.Fatalf("%s: %v", url, err)
	case response != nil && response.Status >= 400:
		end()
		t.Fatalf("%s: HTTP status %v", url, response.Status)
	}
	return limited, end
}

func emulate(media []Media) chromedp.Action[chromedp.Void] {
	var params emulation.SetEmulatedMediaParams
	for _, m := range media {
		params.Features = append(params.Features, &emulation.MediaFeature{Name: m.Name, Value: m.Value})
	}
	return func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, params)
		return chromedp.Void{}, err
	}
}

// eval runs a JavaScript expression in a tab and returns its value, awaited if it is
// a promise.
func eval[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// A Violation is one accessibility rule that a page breaks.
type Violation struct {
	ID     string   // the rule's name, as in "color-contrast"
	Impact string   // minor, moderate, serious or critical
	Help   string   // the rule in words
	Nodes  []string // the elements that break it, in HTML
}

func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n\t%s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n\t"))
}

// Axe audits a page on a phone's screen by the rules of WCAG 2.2 A and AA and axe's
// best practices, and returns the rules it breaks.
func Axe(t testing.TB, url string, media ...Media) []Violation {
	t.Helper()
	script, err := os.ReadFile(outside.NPM(t, "ACHYK_AXE", "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := open(t, url, Phone, media...)
	defer closeTab()
	// Scripts given through the protocol run whatever the page's
	// Content-Security-Policy says.
	eval[chromedp.Void](t, tab, string(script))
	return eval[[]Violation](t, tab, `axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		resultTypes: ["violations"],
	}).then(result => result.violations.map(v => ({
		ID: v.id, Impact: v.impact ?? "", Help: v.help, Nodes: v.nodes.map(n => n.html),
	})))`)
}

// Overflow says whether a page must be scrolled sideways at a width, and logs the
// elements that stick out. Boxes that scroll on their own are no overflow.
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

// A Target is something to tap: a link, a button, a field. Sizes are CSS pixels.
type Target struct {
	HTML          string // the element's opening tag
	Text          string
	Inline        bool // a link inside a sentence, which WCAG 2.5.8 lets be as high as its line
	Width, Height float64
}

// Targets returns the visible things to tap of a page at a width, in the order of the
// document.
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

// Screenshot writes a PNG picture of the whole page at a width.
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

// PDF prints a page on paper of the browser's own size and returns the file.
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

// Eval runs a JavaScript expression in a page at a width and decodes its value, for
// the questions that only one test asks. The expression may be a promise.
func Eval[T any](t testing.TB, url string, width int, expression string, media ...Media) T {
	t.Helper()
	tab, closeTab := open(t, url, width, media...)
	defer closeTab()
	return eval[T](t, tab, expression)
}
