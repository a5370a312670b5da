package serve

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"achyk/internal/tools/towntest"
)

// held is what a process holds: what grows with the number of edits leaks.
type held struct {
	goroutines, files, temporary int
	heap                         uint64
}

func holds(t *testing.T, temporary string) (h held) {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	open, _ := os.ReadDir("/proc/self/fd") // elsewhere they are not counted
	left, err := os.ReadDir(temporary)
	if err != nil {
		t.Fatal(err)
	}
	return held{runtime.NumGoroutine(), len(open), len(left), m.HeapAlloc}
}

// readers ask for pages and downloads until leave is called, which returns how many answers had which status. Some
// leave in the middle of an answer.
func readers(p *preview) (leave func() [600]int) {
	stop := make(chan struct{})
	var all sync.WaitGroup
	var asked [600]int
	var mu sync.Mutex
	client := &http.Client{Timeout: 30 * time.Second}
	for n, path := range []string{"/ky/", "/data/town/town.zip", "/ru/town/territories/", "/data/town/territories.csv", "/nowhere/"} {
		all.Go(func() {
			for i := n; ; i++ {
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
				}
				r, err := client.Get(p.url + path)
				if err != nil {
					p.t.Error(err)
					return
				}
				if i%4 > 0 {
					if _, err := io.Copy(io.Discard, r.Body); err != nil {
						p.t.Error(err)
					}
				}
				r.Body.Close()
				mu.Lock()
				asked[r.StatusCode]++
				mu.Unlock()
			}
		})
	}
	return func() [600]int {
		close(stop)
		all.Wait()
		client.CloseIdleConnections()
		return asked
	}
}

// TestSoak makes random valid and invalid edits while pages, downloads and listeners are in flight: 30, or as many as
// ACHYK_SOAK says. After each valid edit its site is served, after others that of the last valid one with what is wrong, and nothing that the
// preview holds grows.
func TestSoak(t *testing.T) {
	edits, _ := strconv.Atoi(os.Getenv("ACHYK_SOAK"))
	edits = max(edits, 30)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	p := start(t, towntest.Files)
	p.next(false)

	leave := readers(p)

	const register, settings = "data/town/territories.csv", "data/town/municipality.toml"
	restore := func() {
		p.save(settings, towntest.Files[settings])
		os.RemoveAll(filepath.Join(p.dir, "layouts"))
		os.RemoveAll(filepath.Join(p.dir, "data", "town", "trees.csv"))
	}
	random := rand.New(rand.NewPCG(1, 2))
	var before held
	for n := range edits {
		restore()
		text := towntest.Files[register] + fmt.Sprintf("e%d,Айыл,,,district,,,,\n", n)
		wrong := []func(){
			func() { text = strings.Replace(text, "district", "distrikt", 1) },
			func() { text = "\xff\xfe" + text },
			func() { text = text[:len(text)/2] + "\"" },
			func() { p.save(settings, "name = {") },
			func() { p.save("layouts/site.css", "a { }"); p.save("layouts/base.html", "{{if") },
			func() { p.save("data/town/trees.csv", "id\n1\n1\n"); text += "x,,,,,,,,\n" },
		}
		valid := n%3 == 0 || n == edits-1
		if !valid {
			wrong[random.IntN(len(wrong))]()
		}
		p.save(register, text)
		p.drain()
		begin := time.Now()
		for ; ; time.Sleep(10 * time.Millisecond) {
			status, page, _ := p.get(fmt.Sprintf("/ky/town/territories/e%d/", n))
			if wrong := strings.Contains(page, `role="alert"`); valid && status == http.StatusOK && !wrong || !valid && wrong && strings.Contains(page, `<h1`) {
				break
			}
			if time.Since(begin) > time.Minute {
				t.Fatalf("edit %d, valid: %t, is answered with %d\n%.500s", n, valid, status, page)
			}
		}
		if n == 9 {
			before = holds(t, temporary)
		}
	}
	asked := leave()
	var after held
	for range 100 { // answers end a moment after their last byte
		if after = holds(t, temporary); after.temporary <= 1 && after.goroutines <= before.goroutines {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if after.goroutines > before.goroutines || after.files > before.files || after.temporary > 1 || after.heap > before.heap+before.heap/2+16<<20 {
		t.Errorf("after 10 edits %+v, after %d edits %+v", before, edits, after)
	}
	for status, n := range asked {
		if n > 0 && status != 200 && status != 404 && status != 503 {
			t.Errorf("%d requests were answered with %d", n, status)
		}
	}
	t.Logf("%d edits, %d requests were answered with 200, %d with 404; after 10 edits %+v, then %+v", edits, asked[200], asked[404], before, after)
}
