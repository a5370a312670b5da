package browsing_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
)

// TestTownIsKept visits the front page of a town once. When the server is gone, the town's main pages
// still open, and what is not kept is said in the reader's language.
func TestTownIsKept(t *testing.T) {
	server := httptest.NewServer(http.FileServer(http.Dir(sitetest.Sample(t))))
	defer server.Close()
	tab := browsertest.Visit(t, server.URL+"/ky/osh/", browsertest.Phone)
	browsertest.In[any](t, tab, "navigator.serviceWorker.ready.then(() => null)")
	server.Close()
	for address, want := range map[string]string{
		"/ky/osh/":                                  "Ош шаары",
		"/ky/osh/services/waste/":                   "Калдыктарды чыгаруу",
		"/ky/osh/2025/answers/":                     "Эмне жасалды",
		"/ky/osh/findings/osh-2025-a1-f03/":         "Интернет жок",
		"/ky/osh/territories/kayyn/?from=messenger": "«Кайың» аймактык кеңеши",
	} {
		browsertest.In[any](t, tab, "void setTimeout(() => location.href = '"+address+"', 50)")
		time.Sleep(1500 * time.Millisecond) // until the page before is gone
		if got := browsertest.In[string](t, tab, "document.querySelector('h1').textContent.trim()"); got != want {
			t.Errorf("%s without network is headed %q, want %q", address, got, want)
		}
	}
}
