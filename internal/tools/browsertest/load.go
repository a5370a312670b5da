package browsertest

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Network is how a phone is connected.
type Network struct {
	Name    string
	Latency float64 // milliseconds from a request to the first byte of its answer
	Mbit    float64 // a second, both ways
}

// The networks of ux.md 5.1, which are those that DevTools offers.
var (
	Slow4G = Network{"slow 4G", 562, 1.47}
	Net3G  = Network{"3G", 1125, 0.63}
	Slow3G = Network{"slow 3G", 2000, 0.4}
)

// weak is how many times slower than this machine a weak phone computes (ux.md 5.1).
const weak = 9.3

// Loaded is what it took to show a page on a weak phone.
type Loaded struct {
	LCP      float64 // milliseconds until the largest thing in view was painted
	CLS      float64 // how much moved after it was painted
	Blocked  float64 // milliseconds of tasks beyond 50 each
	Requests int     // the page's own included
	Bytes    float64 // as they came, compressed
}

// Load opens a page for the first time, on a phone with a weak processor and a slow
// network.
func Load(t testing.TB, url string, n Network) Loaded {
	t.Helper()
	tab, closeTab := open(t, "about:blank", Phone)
	defer closeTab()
	slow := func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		throughput := n.Mbit * 1e6 / 8
		if _, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{}); err != nil {
			return chromedp.Void{}, err
		}
		if _, err := cdp.Call(ctx, tab, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
			return chromedp.Void{}, err
		}
		if _, err := cdp.Call(ctx, tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: weak}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: n.Latency, DownloadThroughput: throughput, UploadThroughput: throughput}},
		})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(tab, slow, chromedp.Navigate(url)); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	// What has been seen is kept by the browser from the beginning; a second more shows what
	// moves late.
	return eval[Loaded](t, tab, `new Promise(done => {
		const seen = {LCP: 0, CLS: 0, Blocked: 0, Requests: 1, Bytes: 0};
		const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each)).observe({type, buffered: true});
		watch("largest-contentful-paint", e => seen.LCP = e.startTime);
		watch("layout-shift", e => seen.CLS += e.hadRecentInput ? 0 : e.value);
		watch("longtask", e => seen.Blocked += e.duration - 50);
		setTimeout(() => {
			for (const e of performance.getEntriesByType("resource")) { seen.Requests++; seen.Bytes += e.transferSize }
			seen.Bytes += performance.getEntriesByType("navigation")[0].transferSize;
			done(seen);
		}, 1000);
	})`)
}

// ServeZipped is Serve as hosts of static sites do it: with text compressed.
func ServeZipped(t testing.TB, dir string) string {
	t.Helper()
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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

// zipped is an answer whose length is not known before it is compressed.
type zipped struct {
	http.ResponseWriter
	to io.Writer
}

func (z zipped) WriteHeader(status int) {
	z.Header().Del("Content-Length")
	z.ResponseWriter.WriteHeader(status)
}

func (z zipped) Write(p []byte) (int, error) { return z.to.Write(p) }
