package browsing_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"achyk/internal/tools/browsertest"
)

// TestTownIsKept visits the front page of a town once. When the server is gone, the town's main pages
// still open, and what is not kept is said in the reader's language. A page that was looked at has its pictures.
func TestTownIsKept(t *testing.T) {
	t.Parallel()
	files := http.FileServer(http.Dir(builtSample(t)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store") // so that only the worker keeps anything
		files.ServeHTTP(w, r)
	}))
	defer server.Close()
	tab := browsertest.Visit(t, server.URL+"/ky/osh/", browsertest.Phone)
	browsertest.In[any](t, tab, "navigator.serviceWorker.ready.then(() => null)")
	const pictures = `(async () => {
		const images = [...document.images];
		images.forEach(i => i.loading = "eager");
		return (await Promise.all(images.map(i => i.decode().then(() => i.naturalWidth > 0, () => false)))).filter(Boolean).length })()`
	open := func(address string) {
		browsertest.In[any](t, tab, "void (window.before = true, setTimeout(() => location.href = '"+address+"', 50))")
		until(t, tab, `!window.before && document.readyState === "complete"`)
	}
	open("/ky/osh/services/waste/")
	shown := browsertest.In[int](t, tab, pictures)
	server.Close()
	open("/ky/osh/")
	open("/ky/osh/services/waste/")
	if got := browsertest.In[int](t, tab, pictures); got == 0 || got != shown {
		t.Errorf("%d pictures without network, %d with it", got, shown)
	}
	for address, want := range map[string]string{
		"/ky/osh/":                                  "Ош шаары",
		"/ky/osh/services/waste/":                   "Калдыктарды чыгаруу",
		"/ky/osh/2025/answers/":                     "Эмне жасалды",
		"/ky/osh/bodies/executive/":                 "Ош шаарынын мэриясы",
		"/ky/osh/providers/tunuk-suu/":              "«Тунук Суу» муниципалдык ишканасы (үлгү)",
		"/ky/osh/findings/osh-2025-a1-f03/":         "Интернет жок",
		"/ky/osh/territories/kayyn/?from=messenger": "«Кайың» аймактык кеңеши",
	} {
		open(address)
		if got := browsertest.In[string](t, tab, "document.querySelector('h1').textContent.trim()"); got != want {
			t.Errorf("%s without network is headed %q, want %q", address, got, want)
		}
	}
}
