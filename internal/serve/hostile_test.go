package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/tools/towntest"
)

func TestHosts(t *testing.T) {
	listener, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	local := hosts{"mypc", "8080", false}
	if got := hostsOf(listener, "MyPC:0"); got.given != "mypc" || got.wide || got.port == "0" {
		t.Errorf("%+v", got)
	}
	wide, name := hosts{"0.0.0.0", "8080", true}, hosts{"", "80", true}
	for _, test := range []struct {
		hosts
		host string
		ok   bool
	}{
		{local, "127.0.0.1:8080", true}, {local, "localhost:8080", true}, {local, "LocalHost:8080", true}, {local, "[::1]:8080", true},
		{local, "127.1.2.3:8080", true}, {local, "mypc:8080", true}, {local, "evil.example:8080", false}, {local, "", false}, {local, ":8080", false},
		{local, "localhost", false}, {local, "localhost:80", false}, {local, "192.0.2.1:8080", false}, {local, "localhost.evil.example:8080", false},
		{local, "127.0.0.1.evil.example:8080", false}, {local, "evil.example:8080:8080", false}, {local, "[::1]", false}, {local, "0.0.0.0:8080", false},
		{local, "[::ffff:192.0.2.1]:8080", false}, {local, "2130706433:8080", false}, {local, "localhost:8080@evil.example", false},
		{wide, "192.0.2.1:8080", true}, {wide, "localhost:8080", true}, {wide, "[2001:db8::1]:8080", true}, {wide, "evil.example:8080", false}, {wide, "mypc:8080", false},
		{name, "localhost", true}, {name, "192.0.2.1", true}, {name, "[::1]", true}, {name, "", false}, {name, "evil.example", false},
	} {
		if test.allow(test.host) != test.ok {
			t.Errorf("%+v: %q is allowed: %v", test.hosts, test.host, !test.ok)
		}
	}
}

// ask sends a request with a header, and returns the status and the body.
func (p *preview) ask(method, path string, header ...string) (int, string) {
	p.t.Helper()
	r, err := http.NewRequest(method, p.url+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// A site that is open in the same browser reads nothing, by whatever path.
func TestOtherSites(t *testing.T) {
	p := start(t, towntest.Files)
	port := p.url[strings.LastIndex(p.url, ":"):]
	for _, path := range []string{"/ky/town/", "/data/town/territories.csv", "/build.json", events, "/nowhere"} {
		status, page := p.ask("GET", path, "Host", "evil.example"+port)
		if status != http.StatusMisdirectedRequest || strings.Contains(page, "Шаар") {
			t.Errorf("%s: %d %s", path, status, page)
		}
		for _, l := range locale.Langs {
			if !strings.Contains(page, locale.For(l).T("serve.refused.host")) {
				t.Errorf("%s does not say it in %v: %s", path, l, page)
			}
		}
		for _, header := range [][]string{
			{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"},
			{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, // another port
			{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"},
			{"Origin", "https://evil.example"}, {"Origin", "null"},
		} {
			if status, page := p.ask("GET", path, header...); status != http.StatusForbidden || strings.Contains(page, "Шаар") {
				t.Errorf("%s with %q: %d %s", path, header, status, page)
			}
		}
	}
	for _, header := range [][]string{
		{"Host", "localhost" + port}, {"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Site", "same-origin"}, {"Origin", p.url},
		{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, // a link
	} {
		if status, _ := p.ask("GET", "/ky/town/", header...); status != http.StatusOK {
			t.Errorf("%q: %d", header, status)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"} {
		if status, _ := p.ask(method, "/ky/town/"); status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, status)
		}
	}
}

// Whoever keeps a connection open and asks for nothing, or sends a body that nobody reads, is
// cut off. When all places are taken, others wait until one is free.
func TestIdleConnections(t *testing.T) {
	p := startWith(t, towntest.Files, bounds{connections: 4, listeners: 2, header: 200 * time.Millisecond, idle: 200 * time.Millisecond, write: time.Minute})
	var all sync.WaitGroup
	for _, begin := range []string{
		"", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX: ", "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx", "GET / HTTP/1.1\r\nX: " + strings.Repeat("x", 40_000),
		"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nx", "\x16\x03\x01",
	} {
		all.Go(func() {
			conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			conn.SetDeadline(time.Now().Add(20 * time.Second))
			io.WriteString(conn, begin)
			if _, err := io.Copy(io.Discard, conn); err != nil && os.IsTimeout(err) {
				t.Errorf("%.40q stays connected", begin)
			}
		})
	}
	all.Wait()
	if status, _ := p.ask("GET", "/ky/town/"); status != http.StatusOK {
		t.Error(status)
	}
}

// Only so many pages wait for the next view; when one leaves, another may.
func TestListeners(t *testing.T) {
	p := startWith(t, towntest.Files, bounds{connections: 9, listeners: 2, header: time.Minute, idle: time.Minute, write: 50 * time.Millisecond})
	_, page, _ := p.get("/ky/town/")
	_, name, _ := strings.Cut(page, `data-view="`)
	name, _, _ = strings.Cut(name, `"`)
	listen := func() *http.Response {
		t.Helper()
		r, err := http.Get(p.url + events + "?view=" + name)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, second := listen(), listen()
	defer second.Body.Close()
	third := listen()
	third.Body.Close()
	if first.StatusCode != 200 || second.StatusCode != 200 || third.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d, %d, %d", first.StatusCode, second.StatusCode, third.StatusCode)
	}
	first.Body.Close()
	for again := listen(); ; again = listen() {
		again.Body.Close()
		if again.StatusCode == 200 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond) // longer than an answer may take
	p.save("data/town/territories.csv", towntest.Files["data/town/territories.csv"]+"west,Батыш,,,district,,,,\n")
	if line, err := bufio.NewReader(second.Body).ReadString('\n'); err != nil || line != "data: reload\n" {
		t.Errorf("%q, %v", line, err)
	}
}

// A fault of a page, of a plan, or of who tells of it, ends nothing.
func TestFaults(t *testing.T) {
	p := start(t, towntest.Files)
	p.next(true)
	s := p.server
	s.mu.Lock()
	whole := s.view.plan
	s.view.plan = &pipeline.Plan{} // which panics
	s.mu.Unlock()
	for _, lang := range []string{"ky", "ru", "en"} {
		status, page, _ := p.get("/" + lang + "/town/")
		l, _ := locale.ParseLang(lang)
		if status != 500 || !strings.Contains(page, locale.For(l).T("serve.wrong.ours")) || !strings.Contains(page, "nil pointer") {
			t.Errorf("%d %.500s", status, page)
		}
	}
	s.mu.Lock()
	s.view.plan = whole
	s.mu.Unlock()
	if status, _, _ := p.get("/ky/town/"); status != 200 {
		t.Error(status)
	}
	if err := told(func(Event) { panic("terminal") }, Event{}); err == nil || !strings.Contains(err.Error(), "terminal") {
		t.Error(err)
	}
	if err := s.readInto(nil); err == nil || !strings.Contains(err.Error(), "nil pointer") {
		t.Error(err)
	}
}

// Downloads are whole for all who ask at once and while the data is edited, some of whom leave
// in the middle; and what is kept of them goes away.
func TestManyReaders(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	p := start(t, towntest.Files)
	p.next(false)
	stop := make(chan struct{})
	var all sync.WaitGroup
	for n, path := range []string{"/data/town/town.zip", "/data/town/town.sqlite", "/ky/town/", "/data/town/territories.csv", "/ru/town/territories/", "/data/town/town.zip"} {
		all.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				r, err := http.Get(p.url + path)
				if err != nil {
					t.Error(err)
					return
				}
				if (i+n)%3 > 0 {
					data, err := io.ReadAll(r.Body)
					if err != nil || r.StatusCode != 200 || len(data) == 0 {
						t.Errorf("%s: %d, %d bytes, %v", path, r.StatusCode, len(data), err)
					}
				}
				r.Body.Close()
			}
		})
	}
	for i := range 50 {
		p.save("data/town/territories.csv", towntest.Files["data/town/territories.csv"]+fmt.Sprintf("e%d,Айыл,,,district,,,,\n", i))
		time.Sleep(settle + 10*time.Millisecond)
		p.drain()
	}
	p.eventually("/ky/town/territories/e49/", 200)
	close(stop)
	all.Wait()
	_, page, _ := p.get("/data/town/territories.csv")
	if !strings.Contains(page, "e49,Айыл") {
		t.Error(page)
	}
	for range 100 { // answers end a moment after their last byte
		if left, err := os.ReadDir(temporary); err != nil || len(left) == 1 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("downloads of old views are still there")
}
