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

// Network is a mobile network.
type Network struct {
	Name    string
	Latency float64 // milliseconds from a request to the first byte of its response
	Mbit    float64 // megabits per second, up and down
}

// Networks with the latency and speed that Chrome's DevTools simulate under these names.
var (
	Slow4G = Network{"slow 4G", 562, 1.47}
	Net3G  = Network{"3G", 1125, 0.63}
	Slow3G = Network{"slow 3G", 2000, 0.4}
)

// weak is how many times slower than this machine the simulated phone computes.
const weak = 9.3

// Loaded is what loading a page took.
type Loaded struct {
	LCP      float64 // milliseconds until the largest element in view was painted (Largest Contentful Paint)
	CLS      float64 // how much elements moved after they were painted (Cumulative Layout Shift)
	Blocked  float64 // milliseconds that tasks took beyond 50 ms each
	Requests int     // with the request for the page itself
	Bytes    float64 // of all responses, compressed
}

// Load loads a page without a cache, as a phone with a slow processor does on a slow network.
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
	// The observers are given the entries from before they were made ("buffered"). Another
	// second of waiting shows elements that move late.
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

// ServeZipped is Serve with pages compressed by gzip, as hosts of static sites serve them.
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
