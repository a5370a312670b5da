package serve

import (
	"html"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/tools/towntest"
	"achyk/layouts"
)

func TestAnswers(t *testing.T) {
	p := start(t, towntest.Files)
	p.save("content/town/files/минута.txt", "протокол")
	p.save("content/town/files/a.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`)
	p.next(false)
	p.next(false)
	for _, test := range []struct {
		path, contentType, holds string
		status                   int
	}{
		{"/", "text/html; charset=utf-8", "EventSource", 200},
		{"/ky/town/", "text/html; charset=utf-8", "EventSource", 200},
		{"/ky/town", "text/html; charset=utf-8", "", 200}, // after a redirect
		{"/data/town/territories.csv", "text/csv; charset=utf-8", "north,Түндүк", 200},
		{"/data/town/territories.json", "application/json", `"id":"north"`, 200},
		{"/data/town/town.zip", "application/zip", "", 200},
		{"/sitemap.xml", "application/xml", p.url + "/ky/town/", 200},
		{"/build.json", "application/json", `"as_of": "2026-03-01"`, 200},
		{"/files/town/%D0%BC%D0%B8%D0%BD%D1%83%D1%82%D0%B0.txt", "text/plain; charset=utf-8", "протокол", 200},
		{"/ky/nowhere/", "text/html; charset=utf-8", "EventSource", 404},
		{"/data/", "text/html; charset=utf-8", "", 404}, // folders are not listed
		{"/data/site.toml", "text/html; charset=utf-8", "", 404},
		{"/../serve.go", "text/html; charset=utf-8", "", 404},
	} {
		status, body, header := p.get(test.path)
		if status != test.status || header.Get("Content-Type") != test.contentType || !strings.Contains(body, test.holds) || header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v, want %d %s with %q", test.path, status, header, test.status, test.contentType, test.holds)
		}
	}
	if _, _, header := p.get("/files/town/a.svg"); header.Get("Content-Type") != "image/svg+xml" || !strings.HasSuffix(header.Get("Content-Security-Policy"), "; sandbox") {
		t.Errorf("a drawing is served with %v", header)
	}
	r, err := http.Post(p.url+"/", "text/plain", strings.NewReader("x"))
	if err != nil || r.StatusCode != http.StatusMethodNotAllowed {
		t.Error(err, r.StatusCode)
	}
}

func TestChanges(t *testing.T) {
	p := start(t, towntest.Files)
	p.next(false)
	_, page, _ := p.get("/ky/town/")

	// After a wrong edit the page says what is wrong, in its language, above what it showed before. After
	// the correction it shows the site again.
	p.save("data/town/territories.csv", strings.Replace(towntest.Files["data/town/territories.csv"], "district", "distrikt", 1))
	p.waitFor(page)
	status, page, _ := p.get("/ru/town/territories/")
	if status != 200 || !strings.Contains(page, "territories.csv:2:") || !strings.Contains(page, locale.For(locale.Ru).T("serve.wrong.stale")) || !strings.Contains(page, "distrikt") || !strings.Contains(page, "Север") {
		t.Errorf("%d %s", status, page)
	}
	if status, file, _ := p.get("/data/town/territories.csv"); status != 200 || !strings.Contains(file, "district") {
		t.Errorf("the download of before: %d %s", status, file)
	}
	p.save("data/town/territories.csv", towntest.Files["data/town/territories.csv"])
	p.waitFor(page)
	if status, page, _ := p.get("/ru/town/territories/"); status != 200 || strings.Contains(page, "distrikt") {
		t.Errorf("mended, but %d %s", status, page)
	}

	// A settings file that is not UTF-8.
	_, page, _ = p.get("/ky/")
	p.save("data/town/municipality.toml", "\xff\xfe")
	p.waitFor(page)
	if _, page, _ := p.get("/en/"); !strings.Contains(html.UnescapeString(page), locale.For(locale.En).T("serve.wrong.stale")) {
		t.Errorf("not UTF-8, but %s", page)
	}
	p.save("data/town/municipality.toml", towntest.Files["data/town/municipality.toml"])

	// New folders are watched: here those of a second municipality.
	for name, text := range towntest.Files {
		if rest, ok := strings.CutPrefix(name, "data/town/"); ok {
			p.save("data/village/"+rest, text)
		}
	}
	p.eventually("/ky/village/territories/north/", 200)
	p.save("data/village/territories.csv", strings.ReplaceAll(towntest.Files["data/town/territories.csv"], "north", "east"))
	p.eventually("/ky/village/territories/east/", 200)
	if err := os.RemoveAll(filepath.Join(p.dir, "data", "village")); err != nil {
		t.Fatal(err)
	}
	p.eventually("/ky/village/", 404)

	// The temporary files of an editor or a spreadsheet are not changes.
	time.Sleep(3 * settle)
	p.drain()
	for _, name := range []string{"data/town/~$territories.csv", "data/town/.territories.csv.swp", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(p.dir, filepath.FromSlash(name)), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(5 * settle)
	for len(p.events) > 0 {
		if e := <-p.events; !e.Verified {
			t.Error("an editor's file made a new view")
		}
	}
}

func TestBrokenLayout(t *testing.T) {
	p := start(t, towntest.Files)
	p.next(false)
	if err := os.CopyFS(filepath.Join(p.dir, "layouts"), layouts.Files); err != nil {
		t.Fatal(err)
	}
	p.eventually("/ky/", 200)
	whole := p.read("layouts/home.html")
	_, page, _ := p.get("/ky/")
	p.save("layouts/home.html", whole+"{{.NoSuchField}}")
	p.waitFor(page)
	if _, page, _ := p.get("/en/"); !strings.Contains(page, "home.html") || !strings.Contains(page, "NoSuchField") {
		t.Error(page)
	}
	_, page, _ = p.get("/ky/")
	p.save("layouts/home.html", whole+"<p>мына</p>")
	p.waitFor(page)
	if _, page, _ := p.get("/ky/"); !strings.Contains(page, "<p>мына</p>") {
		t.Error("the new layout is not shown")
	}
}

// TestBoundedLayout opens a page that would never be made. The preview says so, and goes on.
func TestBoundedLayout(t *testing.T) {
	p := start(t, towntest.Files)
	p.next(false)
	if err := os.CopyFS(filepath.Join(p.dir, "layouts"), layouts.Files); err != nil {
		t.Fatal(err)
	}
	p.save("layouts/home.html", `{{define "again"}}{{template "again" .}}{{end}}{{template "again" .}}`)
	for {
		if e := p.next(true); len(e.Problems) == 1 && e.Problems[0].Code == diag.OverLimit && e.Problems[0].Position().Line == 1 {
			break
		}
	}
	if status, page, _ := p.get("/en/"); status != 500 || !strings.Contains(page, "layouts/home.html:1:30") || !strings.Contains(page, "over-limit") {
		t.Error(status, page)
	}
}

func TestBrokenLinksAreTold(t *testing.T) {
	p := start(t, towntest.Files)
	if e := p.next(true); e.Err != nil {
		t.Errorf("the repository is fine, but: %v", e.Err)
	}
	p.save("content/pages/about.ky.md", "+++\ntitle = \"Биз жөнүндө\"\n+++\n[жок](../nowhere/)\n")
	for {
		if e := p.next(false); e.Problems.HasErrors() {
			if d := e.Problems[len(e.Problems)-1]; d.Code != diag.BrokenLink || d.Value != "../nowhere/" {
				t.Errorf("%+v", d)
			}
			return
		}
	}
}

// That part of the history cannot be shown is told once, not after every change.
func TestGapIsToldOnce(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", dir).CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	server, err := New(pipeline.Options{Source: dir}, func(e Event) {
		if e.Limit.What != "commits" {
			t.Errorf("%+v", e.Limit)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer server.watcher.Close()
	server.tell = func(e Event) {
		if e.Limit.What != "" {
			t.Errorf("told again: %+v", e.Limit)
		}
	}
	server.rebuild()
}

func TestTakenPort(t *testing.T) {
	for _, addr := range []string{":0", "[]:0"} { // no host is not every network
		l, err := Listen(addr, false)
		if err != nil {
			t.Fatal(addr, err)
		}
		if !strings.HasPrefix(l.Addr().String(), "127.0.0.1:") {
			t.Error(addr, l.Addr())
		}
		l.Close()
	}
	first, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if l, err := Listen(first.Addr().String(), false); err == nil {
		l.Close()
		t.Error("listened at a port that is taken")
	}
	second, err := Listen(first.Addr().String(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if a, b := first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port; b <= a {
		t.Errorf("took %d after %d", b, a)
	}
}

func TestWidened(t *testing.T) {
	for policy, want := range map[string]string{
		"": "",
		"default-src 'none'; style-src 'sha256-x'": "default-src 'none'; style-src 'sha256-x'; script-src " + scriptHash + "; connect-src 'self'",
		"default-src 'self'; script-src 'self' x;": "default-src 'self'; script-src 'self' x " + scriptHash + "; connect-src 'self' 'self'",
	} {
		if got := widened(policy); got != want {
			t.Errorf("%q became %q, want %q", policy, got, want)
		}
	}
}

// TestChangeIsShownSoon fails if a person would have to wait for a change. BenchmarkChange
// measures how long it takes.
func TestChangeIsShownSoon(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	p := start(t, nil)
	if e := p.next(false); e.Problems.HasErrors() {
		t.Skip("the sample has errors, which achyk check reports")
	}
	if took := p.change("measured"); took > 2*time.Second {
		t.Errorf("a change took %v until it was shown", took)
	}
}

func BenchmarkChange(b *testing.B) {
	p := start(b, nil)
	p.next(false)
	n := 0
	for b.Loop() {
		n++
		p.change("сөз" + strings.Repeat("а", n))
		p.drain()
	}
}
