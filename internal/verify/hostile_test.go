package verify

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"achyk/internal/limits"
	"achyk/internal/output"
)

// small are bounds that a test meets at once.
var small = bounds{
	record: 1000, sums: 10_000, file: 100_000, site: 300_000, published: 50, time: time.Minute,
	patience: 100 * time.Millisecond, piece: 100, pauses: []time.Duration{time.Millisecond},
}

// wantLimit checks that verifying ends, soon, because of a limit.
func wantLimit(t *testing.T, site, what string, b bounds) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	_, _, err := verify(ctx, Options{Site: site, Checksums: true}, b)
	var over *limits.Exceeded
	if !errors.Is(err, ErrLimit) || !errors.As(err, &over) || over.What != what {
		t.Errorf("%v, want the limit %q", err, what)
	}
}

// listed returns a SHA256SUMS of n files.
func listed(n int) []byte {
	var files []output.File
	for i := range n {
		files = append(files, output.File{Path: fmt.Sprintf("%04d.html", i)})
	}
	var b bytes.Buffer
	output.WriteSums(&b, files)
	return b.Bytes()
}

// answering serves a list of n files, and answers with body whatever else is asked for.
func answering(t *testing.T, n int, body http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, output.SumsName) && n > 0 {
			w.Write(listed(n))
			return
		}
		body(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// endless writes a text again and again, with pauses, until the reader leaves.
func endless(text string, pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, text); err != nil {
				return
			}
			if pause > 0 {
				w.(http.Flusher).Flush()
				time.Sleep(pause)
			}
		}
	}
}

func TestEndlessList(t *testing.T) {
	wantLimit(t, answering(t, 0, endless("\n", 0)), "lines", small)
	wantLimit(t, answering(t, 0, endless(string(listed(1)), 0)), "lines", small)
	wantLimit(t, answering(t, 0, endless("x", 0)), "sums", small)
	wantLimit(t, answering(t, 51, endless("x", 0)), "lines", small)
	if _, _, err := verify(context.Background(), Options{Site: answering(t, 0, endless("x", 0))}, small); !errors.Is(err, ErrLimit) {
		t.Errorf("an endless build.json: %v", err)
	}
}

// A server that sends a byte now and then is given up; so is one that sends nothing, also in
// the form of gzip, or no end of its header. One that is just fast enough is read to its end.
func TestSlowServer(t *testing.T) {
	var empty bytes.Buffer
	gzip.NewWriter(&empty).Close()
	for name, server := range map[string]http.HandlerFunc{
		"a byte now and then": endless("x", 20*time.Millisecond),
		"nothing":             func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"packed nothing": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			endless(empty.String(), time.Millisecond)(w, r)
		},
		"a header": func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			io.WriteString(conn, "HTTP/1.1 200 OK\r\nX: ")
			io.Copy(io.Discard, conn)
		},
	} {
		t.Run(name, func(t *testing.T) { wantLimit(t, answering(t, 1, server), "patience", small) })
	}
	site := answering(t, 3, func(w http.ResponseWriter, r *http.Request) {
		for range 30 {
			io.WriteString(w, strings.Repeat("x", 60))
			w.(http.Flusher).Flush()
			time.Sleep(small.patience / 10)
		}
	})
	r, _, err := verify(context.Background(), Options{Site: site, Checksums: true}, small)
	if err != nil || r.Bytes != 3*30*60 {
		t.Errorf("a slow server: %+v, %v", r, err)
	}
	impatient := small
	impatient.time = small.patience
	wantLimit(t, site, "time", impatient)
}

// raw answers with bytes, and nothing more until the client leaves.
func raw(t *testing.T, w http.ResponseWriter, text string) {
	t.Helper()
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	io.WriteString(conn, text)
	conn.(*net.TCPConn).CloseWrite()
	io.Copy(io.Discard, conn)
}

// A file that unpacks to more than any file has is one difference; many of them meet the limit
// of the site, also when each breaks off and is asked for again.
func TestPackedFiles(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(make([]byte, 10<<20))
	z.Close()
	bomb := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(packed.Bytes())
	}
	r, _, err := verify(context.Background(), Options{Site: answering(t, 1, bomb), Checksums: true}, small)
	if err != nil || len(r.Differences) != 1 || r.Differences[0].What != Unreadable {
		t.Errorf("%+v, %v", r.Differences, err)
	}
	wantLimit(t, answering(t, 50, bomb), "site", small)
	wantLimit(t, answering(t, 50, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "99999")
		w.Write(make([]byte, 90_000))
	}), "site", bounds{sums: small.sums, file: small.file, site: small.site, published: small.published, time: small.time, patience: time.Minute, pauses: make([]time.Duration, 9)})
}

// Answers that are no answers.
func TestWrongAnswers(t *testing.T) {
	for answer, want := range map[string]error{
		"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort":                  ErrUnreachable,
		"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nlong":                     nil,
		"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n":                        ErrUnreachable,
		"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n":      ErrUnreachable,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff": ErrUnreachable,
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed":          ErrUnreachable,
		"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2*header):               ErrUnreachable,
		strings.Repeat("HTTP/1.1 103 Early Hints\r\nX: x\r\n\r\n", 5000):       ErrUnreachable,
		"HTTP/1.1 302 Found\r\nLocation: \r\n\r\n":                             nil,
		"HTTP/1.1 302 Found\r\nLocation: http://a b/\r\n\r\n":                  ErrUnreachable,
		"SSH-2.0-x\r\n": ErrUnreachable,
		"":              ErrUnreachable,
	} {
		site := answering(t, 1, func(w http.ResponseWriter, r *http.Request) { raw(t, w, answer) })
		r, _, err := verify(context.Background(), Options{Site: site, Checksums: true}, small)
		if !errors.Is(err, want) || err == nil && len(r.Differences) != 1 {
			t.Errorf("%.80q: %v, %v; want %v", answer, r.Differences, err, want)
		}
	}
}

// A folder with more bytes or files than a site can have.
func TestFullFolder(t *testing.T) {
	wantLimit(t, made(t, map[string]string{"a": strings.Repeat("x", 200), "b": strings.Repeat("x", 200)}), "site",
		bounds{sums: 1000, file: 1000, site: 300, published: 50, time: time.Minute})
	dir := made(t, few)
	for i := range small.published - len(few) - len([]string{output.SumsName}) {
		put(t, dir, fmt.Sprintf("more/%d", i), "")
	}
	if _, _, err := verify(t.Context(), Options{Site: dir, Checksums: true}, small); err != nil {
		t.Error(err)
	}
	put(t, dir, "more/one", "")
	wantLimit(t, dir, "files", small)
}
