package browsertest

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"achyk/internal/tools/outside"
)

// Widths of screens in CSS pixels: a narrow phone, which the site is designed for first, and
// a common laptop.
const (
	Phone = 360
	Desk  = 1280
)

// patience is the time limit of one call, including the time to load the page.
const patience = time.Minute

// Runner runs the tests of a package: [testing.M], or a type that wraps it.
type Runner interface{ Run() int }

// M runs the tests of a package and then stops the browser that they have used. M is a Runner
// itself, so testscript.Main accepts it.
type M struct{ Runner }

// Run runs the tests and returns the exit code of the test binary.
func (m M) Run() int {
	shared.Lock()
	shared.owned = true
	shared.Unlock()
	defer shared.stop()
	return m.Runner.Run()
}

// shared is the browser that all tests of this test binary use.
var shared browser

// browser is a browser process.
type browser struct {
	sync.Mutex
	owned   bool                 // M.Run will stop the browser
	profile string               // the folder of its profile
	ctx     context.Context      // nil while it does not run
	cancel  []context.CancelFunc // in the order of calls that stop it
}

// Needed returns the path of the browser. Where there is none, it skips the test: tests call it before they make
// something costly for the browser.
func Needed(t testing.TB) string {
	t.Helper()
	return outside.Program(t, "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
}

// start returns the context of the running browser. It starts the browser if it does not run.
func (b *browser) start(t testing.TB) context.Context {
	t.Helper()
	path := Needed(t)
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
		chromedp.Headless, // without scroll bars, which would make pages narrower
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), // containers have little shared memory
		// Tests run in several tabs at once. The browser slows down the timers of those in the
		// background to one a second, and axe waits for timers.
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
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

// stop stops the browser, if it runs.
func (b *browser) stop() {
	b.Lock()
	defer b.Unlock()
	b.close()
}

// close stops the browser and removes its profile. The caller holds the lock.
func (b *browser) close() {
	for _, cancel := range b.cancel {
		cancel()
	}
	b.ctx, b.cancel = nil, nil
	// Child processes of the browser may still write to the profile for a moment.
	for range 50 {
		if b.profile == "" || os.RemoveAll(b.profile) == nil {
			b.profile = ""
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// Media is a media feature of CSS that the browser is to report to a page.
type Media struct{ Name, Value string }

var (
	// Dark asks for the dark color scheme.
	Dark = Media{"prefers-color-scheme", "dark"}

	// Paper shows a page as it is printed. It is no feature but the type of the medium.
	Paper = Media{"", "print"}
)

// open loads a page in a new tab of the given width. It returns the tab and the function that
// closes it. A page that does not load fails the test.
func open(t testing.TB, url string, width int, media ...Media) (context.Context, context.CancelFunc) {
	t.Helper()
	// chromedp closes a tab when the context ends that it was first used with. So the tab is
	// first used without a time limit.
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

// emulate makes a tab report media features.
func emulate(media []Media) chromedp.Action[chromedp.Void] {
	var params emulation.SetEmulatedMediaParams
	for _, m := range media {
		if m == Paper {
			params.Media = m.Value
			continue
		}
		params.Features = append(params.Features, &emulation.MediaFeature{Name: m.Name, Value: m.Value})
	}
	return func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, params)
		return chromedp.Void{}, err
	}
}

// eval runs a JavaScript expression in a tab and returns its value. It waits for a promise.
func eval[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return value
}
