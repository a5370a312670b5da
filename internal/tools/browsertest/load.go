package browsertest

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Network is a mobile network, with a phone in it.
type Network struct {
	Latency float64 // milliseconds from a request to the first byte of its response
	Mbit    float64 // megabits per second, up and down
	Slower  float64 // how many times slower than this machine the phone computes
}

// weak is how many times slower than this machine a weak phone computes.
const weak = 9.3

// Networks with the latency and speed that Chrome's DevTools simulate under these names. A test in which times do
// not count takes the fast one, with a phone as fast as the machine: a page takes a third of the time.
var (
	Fast4G = Network{165, 8.1, 1}
	Slow4G = Network{562, 1.47, weak}
	Slow3G = Network{2000, 0.4, weak}
)

// Loaded is what loading a page took.
type Loaded struct {
	LCP     float64  // milliseconds until the largest element in view was painted (Largest Contentful Paint)
	CLS     float64  // how much elements moved after they were painted (Cumulative Layout Shift)
	Blocked float64  // milliseconds that tasks took beyond 50 ms each after the first text was painted (Total Blocking Time)
	Before  int      // requests that were answered before the largest element was painted, with that for the page itself
	Bytes   float64  // of all responses, compressed
	Moved   []string // what moved when from where to where
}

// Load loads a page in a new tab without a cache, as a phone does on a mobile network. The
// tab stays open until the test ends; what is done in it afterwards is as fast as the machine.
func Load(t testing.TB, url string, n Network) (Tab, Loaded) {
	t.Helper()
	tab := Visit(t, "about:blank", Phone)
	slow := func(rate float64, conditions ...*network.Conditions) chromedp.Action[chromedp.Void] {
		return func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
			if _, err := cdp.Call(ctx, tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: rate}); err != nil {
				return chromedp.Void{}, err
			}
			_, err := cdp.Call(ctx, tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions})
			return chromedp.Void{}, err
		}
	}
	first := func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{}); err != nil {
			return chromedp.Void{}, err
		}
		if _, err := cdp.Call(ctx, tab, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, tab, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return chromedp.Void{}, err
	}
	throughput := n.Mbit * 1e6 / 8
	phone := slow(n.Slower, &network.Conditions{Latency: n.Latency, DownloadThroughput: throughput, UploadThroughput: throughput})
	limited, stop := context.WithTimeout(tab.ctx, patience)
	defer stop()
	if err := chromedp.Do(limited, first, phone, chromedp.Navigate(url)); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	// The observers are given the entries from before they were made ("buffered"). Another
	// half a second of waiting shows elements that move late.
	seen := eval[Loaded](t, limited, `new Promise(done => {
		const seen = {LCP: 0, CLS: 0, Blocked: 0, Before: 1, Bytes: 0, Moved: []};
		const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each)).observe({type, buffered: true});
		const painted = new Promise(done => {
			watch("largest-contentful-paint", e => done(seen.LCP = e.startTime));
			setTimeout(done, 10_000);
		});
		watch("layout-shift", e => {
			if (e.hadRecentInput) return;
			seen.CLS += e.value;
			for (const s of e.sources) seen.Moved.push(Math.round(e.startTime) + " ms: " + JSON.stringify([s.previousRect, s.currentRect]) + " " + (s.node?.outerHTML ?? s.node?.data ?? "").slice(0, 120));
		});
		const tasks = [];
		watch("longtask", e => tasks.push(e));
		painted.then(() => setTimeout(() => {
			const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
			for (const e of tasks) seen.Blocked += Math.max(0, e.startTime + e.duration - Math.max(e.startTime, first) - 50);
			for (const e of performance.getEntriesByType("resource")) { if (e.responseEnd < seen.LCP) seen.Before++; seen.Bytes += e.transferSize }
			seen.Bytes += performance.getEntriesByType("navigation")[0].transferSize;
			done(seen);
		}, 500));
	})`)
	if err := chromedp.Do(limited, slow(1)); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	return tab, seen
}

// ServeZipped is Serve with pages compressed by gzip, as hosts of static sites serve them.
func ServeZipped(t testing.TB, dir string) string { return serveZipped(t, dir, 0) }

// held is how long ServeLate holds back what is no page: much longer than a page takes on a busy machine.
const held = 6 * time.Second

// ServeLate is ServeZipped with scripts, styles and pictures that come late. Text that waits for one of them is
// painted after it, however fast or busy the machine is.
func ServeLate(t testing.TB, dir string) string { return serveZipped(t, dir, held) }

func serveZipped(t testing.TB, dir string, late time.Duration) string {
	t.Helper()
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/") && !strings.HasSuffix(r.URL.Path, ".html") {
			select {
			case <-time.After(late):
			case <-r.Context().Done():
			}
		}
		if !strings.HasSuffix(r.URL.Path, "/") || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		files.ServeHTTP(zipped{w, z}, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// zipped is a response that is compressed on its way. Its length is not known beforehand.
type zipped struct {
	http.ResponseWriter
	to io.Writer
}

// WriteHeader removes the length of the uncompressed file.
func (z zipped) WriteHeader(status int) {
	z.Header().Del("Content-Length")
	z.ResponseWriter.WriteHeader(status)
}

// Write compresses a part of the body.
func (z zipped) Write(p []byte) (int, error) { return z.to.Write(p) }
