package serve

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"achyk/internal/pipeline"
	"achyk/internal/tools/towntest"
)

// preview is a running server with a repository of its own.
type preview struct {
	t      testing.TB
	dir    string
	url    string
	events chan Event
	server *Server
}

// start serves the files or, if there are none, a copy of the project's own repository.
func start(t testing.TB, files map[string]string) *preview {
	t.Helper()
	return startWith(t, files, usual)
}

func startWith(t testing.TB, files map[string]string, b bounds) *preview {
	t.Helper()
	p := &preview{t: t, dir: t.TempDir(), events: make(chan Event, 100)}
	if files == nil {
		for _, root := range []string{"data", "content"} {
			if err := os.CopyFS(filepath.Join(p.dir, root), os.DirFS(filepath.Join(towntest.Sample(t), root))); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range files {
		p.save(name, text)
	}
	listener, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	p.url = "http://" + listener.Addr().String()
	server, err := New(pipeline.Options{Source: p.dir, BaseURL: p.url, AsOf: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}, func(e Event) { p.events <- e })
	if err != nil {
		t.Fatal(err)
	}
	server.bounds, p.server = b, server
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Run(ctx, listener, "127.0.0.1:0") }()
	t.Cleanup(func() {
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the server does not end")
		}
	})
	return p
}

// save writes a file as many editors do: it writes another file and renames it.
func (p *preview) save(name, text string) {
	p.t.Helper()
	path := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path+"~", []byte(text), 0o666); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		p.t.Fatal(err)
	}
}

func (p *preview) read(name string) string {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

func (p *preview) get(path string) (status int, body string, header http.Header) {
	p.t.Helper()
	r, err := http.Get(p.url + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return r.StatusCode, string(data), r.Header
}

// next returns the next event about verifying or, with false, the next one about a new view.
func (p *preview) next(verified bool) Event {
	p.t.Helper()
	for {
		select {
		case e := <-p.events:
			if e.Verified == verified {
				return e
			}
		case <-time.After(20 * time.Second):
			p.t.Fatal("nothing happened")
		}
	}
}

// waitFor waits until the server tells a page of this text to reload.
func (p *preview) waitFor(page string) {
	p.t.Helper()
	_, name, _ := strings.Cut(page, `data-view="`)
	name, _, _ = strings.Cut(name, `"`)
	r, err := http.Get(p.url + events + "?view=" + name)
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	line, err := bufio.NewReader(r.Body).ReadString('\n')
	if err != nil || line != "data: reload\n" {
		p.t.Fatalf("%q, %v", line, err)
	}
}

// eventually waits until an address answers with a status.
func (p *preview) eventually(path string, want int) {
	p.t.Helper()
	status := 0
	for range 200 {
		if status, _, _ = p.get(path); status == want {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.t.Fatalf("%s: still %d, want %d", path, status, want)
}

// eventuallyShows waits until a page has texts, one behind another.
func (p *preview) eventuallyShows(path string, texts ...string) {
	p.t.Helper()
	var body string
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(settle) {
		_, body, _ = p.get(path)
		rest, found := body, true
		for _, text := range texts {
			var before bool
			_, rest, before = strings.Cut(rest, text)
			found = found && before
		}
		if found {
			return
		}
	}
	p.t.Errorf("%s does not show %q: %s", path, texts, body)
}

func (p *preview) drain() {
	for len(p.events) > 0 {
		<-p.events
	}
}

// change edits a record of the sample, waits until its page shows the change, and returns how
// long that took.
func (p *preview) change(word string) time.Duration {
	p.t.Helper()
	_, page, _ := p.get("/en/osh/services/")
	text := p.read("data/osh/services.csv")
	header, rows, _ := strings.Cut(text, "\n")
	start := time.Now()
	cells := strings.SplitN(rows, ",", 4) // id, name_ky, name_ru, name_en…
	cells[1] = word
	p.save("data/osh/services.csv", header+"\n"+strings.Join(cells, ","))
	p.waitFor(page)
	if _, page, _ := p.get("/ky/osh/services/" + cells[0] + "/"); !strings.Contains(page, word) {
		p.t.Errorf("%s does not show %q", cells[0], word)
	}
	return time.Since(start)
}
