package verify

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"achyk/internal/limits"
	"achyk/internal/output"
	"achyk/internal/pipeline"
	"achyk/internal/tools/towntest"
)

// made writes files and the list of their checksums to a new folder.
func made(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	var all output.Ledger
	for name, text := range files {
		put(t, dir, name, text)
		if err := all.Write(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	var sums strings.Builder
	output.WriteSums(&sums, all.Files())
	put(t, dir, output.SumsName, sums.String())
	return dir
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := towntest.Write(dir, name, text); err != nil {
		t.Fatal(err)
	}
}

var few = map[string]string{"build.json": "{}", "ky/index.html": "бир", "ru/index.html": "один", "files/osh/a b#1%.pdf": "pdf"}

// found returns the differences of a site from its own checksums.
func found(t *testing.T, site string) []Difference {
	t.Helper()
	r, _, err := Verify(context.Background(), Options{Site: site, Checksums: true})
	if err != nil {
		t.Fatal(err)
	}
	if r.Identical != (len(r.Differences) == 0) {
		t.Errorf("identical is %v with %v", r.Identical, r.Differences)
	}
	for i := range r.Differences {
		r.Differences[i].Detail, r.Differences[i].Err = "", nil // differs between systems
	}
	return r.Differences
}

func want(t *testing.T, got []Difference, differences ...Difference) {
	t.Helper()
	if !slices.Equal(got, differences) {
		t.Errorf("found %v, want %v", got, differences)
	}
}

func TestFolder(t *testing.T) {
	dir := made(t, few)
	want(t, found(t, dir))
	put(t, dir, "ky/index.html", "эки")
	put(t, dir, "ky/b.csv", "")
	put(t, dir, ".htaccess", "carried over by a build")
	want(t, found(t, dir), Difference{Path: "ky/b.csv", What: Extra}, Difference{Path: "ky/index.html", What: Differs})
}

// Nothing outside the folder is read, even if it has the expected bytes.
func TestFolderIsNotLeft(t *testing.T) {
	dir, outside := made(t, few), t.TempDir()
	put(t, outside, "index.html", few["ky/index.html"])
	for _, err := range []error{
		os.RemoveAll(filepath.Join(dir, "ky")), os.Symlink(outside, filepath.Join(dir, "ky")),
		os.Remove(filepath.Join(dir, "ru/index.html")), os.Symlink(filepath.Join(outside, "index.html"), filepath.Join(dir, "ru/index.html")),
		os.Remove(filepath.Join(dir, "build.json")), os.Mkdir(filepath.Join(dir, "build.json"), 0o777),
	} {
		if err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	want(t, found(t, dir),
		Difference{Path: "build.json", What: Unreadable},
		Difference{Path: "ky", What: Extra},
		Difference{Path: "ky/index.html", What: Unreadable},
		Difference{Path: "ru/index.html", What: Unreadable})
}

// served serves a folder at /site/. If other returns true, it has answered instead.
func served(t *testing.T, dir string, other func(w http.ResponseWriter, r *http.Request) bool) *httptest.Server {
	t.Helper()
	files := http.StripPrefix("/site/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path))) // http.FileServer redirects from index.html
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Write(data)
	}))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if other == nil || !other(w, r) {
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func TestAddress(t *testing.T) {
	dir := made(t, few)
	server := served(t, dir, nil)
	want(t, found(t, server.URL+"/site"))
	want(t, found(t, server.URL+"/site/"))
	put(t, dir, "ky/index.html", "эки")
	if err := os.Remove(filepath.Join(dir, "ru/index.html")); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "ky/unseen.csv", "nobody can list an address")
	want(t, found(t, server.URL+"/site/"), Difference{Path: "ky/index.html", What: Differs}, Difference{Path: "ru/index.html", What: Missing})
}

func TestRedirects(t *testing.T) {
	var asked atomic.Bool
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(true)
		fmt.Fprint(w, few["ky/index.html"])
	}))
	defer elsewhere.Close()
	for to, ok := range map[string]bool{
		"/site/ky/":                 true, // as hosts do that remove index.html from addresses
		"/site/round/":              false,
		"/private/":                 false,
		"/site/../private/":         false,
		"/site/%2e%2e/private/":     false,
		elsewhere.URL + "/site/ky/": false,
		strings.Replace(elsewhere.URL, "http:", "", 1) + "/site/ky/":      false,
		strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1) + "/": false,
		"http://[::1]/site/ky/":   false,
		"http://169.254.169.254/": false,
		"file:///etc/passwd":      false,
		"https:///site/ky/":       false,
		"data:text/html,x":        false,
	} {
		server := served(t, made(t, few), func(w http.ResponseWriter, r *http.Request) bool {
			switch r.URL.Path {
			case "/site/ky/index.html", "/site/round/":
				w.Header().Set("Location", to)
				w.WriteHeader(http.StatusFound)
			case "/site/ky/", "/private/":
				fmt.Fprint(w, few["ky/index.html"])
			default:
				return false
			}
			return true
		})
		got := found(t, server.URL+"/site/")
		if ok {
			want(t, got)
		} else {
			want(t, got, Difference{Path: "ky/index.html", What: Unreadable})
		}
	}
	if asked.Load() {
		t.Error("another host was asked")
	}
}

// A site that redirects to elsewhere what is read first says so, and not that it lacks the file.
func TestRedirectedSite(t *testing.T) {
	for _, to := range []string{"https://else.example/", "/site/"} {
		server := served(t, made(t, few), func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, to, http.StatusFound)
			return true
		})
		for _, checksums := range []bool{true, false} {
			var redirect *RedirectError
			_, _, err := Verify(context.Background(), Options{Site: server.URL + "/site/", Checksums: checksums})
			if !errors.As(err, &redirect) || !strings.HasSuffix(redirect.To, to) || redirect.Why != map[bool]string{true: "round", false: "outside"}[to == "/site/"] {
				t.Errorf("%s: %v", to, err)
			}
		}
	}
	dir := made(t, few)
	if err := errors.Join(os.Remove(filepath.Join(dir, output.SumsName)), os.Mkdir(filepath.Join(dir, output.SumsName), 0o777)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Verify(context.Background(), Options{Site: dir, Checksums: true}); !errors.Is(err, ErrUnread) {
		t.Errorf("a folder as SHA256SUMS: %v", err)
	}
}

// A host that fails once is asked again. One that always fails gives an error.
func TestUnreachable(t *testing.T) {
	soon := usual
	soon.pauses = []time.Duration{time.Millisecond, time.Millisecond}
	var tries atomic.Int64
	server := served(t, made(t, few), func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/site/ky/index.html" {
			return false
		}
		switch tries.Add(1) {
		case 1:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "cut off") // and what was read is discarded
		default:
			return false
		}
		return true
	})
	r, _, err := verify(context.Background(), Options{Site: server.URL + "/site/", Checksums: true}, soon)
	if err != nil || !r.Identical {
		t.Errorf("%v, %v", r.Differences, err)
	}

	gone := served(t, made(t, few), func(w http.ResponseWriter, r *http.Request) bool {
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	_, _, err = verify(context.Background(), Options{Site: gone.URL, Checksums: true}, soon)
	if !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "429") {
		t.Errorf("a host that refuses gives %v", err)
	}
}

// A build.json is not trusted: only whole hashes, days and names of versions are accepted.
func TestForgedRecords(t *testing.T) {
	const commit = `"commit": "0123456789012345678901234567890123456789", "clean": true`
	const version = `{"tag": "v1", "commit": "` + "0123456789012345678901234567890123456789" + `"}`
	for record, wanted := range map[string]error{
		``:                     pipeline.ErrBuildRecord,
		`{"program": "hugo"}`:  pipeline.ErrBuildRecord,
		`{"program": "achyk"}`: pipeline.ErrNoCommit,
		`{"program": "achyk", ` + strings.TrimSuffix(commit, "true") + `false}`:                                                          pipeline.ErrUnclean,
		`{"program": "achyk", "commit": "HEAD", "clean": true}`:                                                                          pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "as_of_from": "flag", "as_of": "soon"}`:                                                    pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "versions": [{"tag": "v../..", "commit": "HEAD"}]}`:                                        pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "versions": [{"tag": "../x", "commit": "` + commit[11:51] + `"}]}`:                         pipeline.ErrBuildRecord,
		`{"program": "achyk", "source": "` + strings.Repeat("x", limits.Record) + `", "commit": "HEAD", "clean": true`:                   ErrLimit,
		strings.Repeat("[", limits.Record-1):                                                                                             pipeline.ErrBuildRecord,
		`{"program": ["achyk"]}`:                                                                                                         pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "versions": {}}`:                                                                           pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "version": "v1\u001b[2J"}`:                                                                 pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `}`:                                                                                           pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "base_url": "javascript:x"}`:                                                               pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "base_url": "https://x/\nSitemap: x"}`:                                                     pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "base_url": "https://` + strings.Repeat("x", limits.Address) + `"}`:                        pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "base_url": "https://x/", "versions": [` + strings.Repeat(version+",", 2) + version + `]}`: pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "base_url": "https://x/", "versions": [` + strings.Repeat("{},", limits.Tags) + `{}]}`:     pipeline.ErrBuildRecord,
		`{"program": "achyk", ` + commit + `, "base_url": "https://x/", "versions": [` + version + `]}`:                                  pipeline.ErrAbsent,
	} {
		_, _, err := Verify(context.Background(), Options{Site: made(t, map[string]string{"build.json": record}), Build: pipeline.Options{Source: t.TempDir()}})
		if !errors.Is(err, wanted) {
			t.Errorf("%.200s gives %v, want %v", record, err, wanted)
		}
	}
}

// Only a whole hash is taken for the commit of a site, and only what the site itself answers.
func TestCommit(t *testing.T) {
	const hash = "0123456789012345678901234567890123456789"
	for record, wanted := range map[string]error{
		`{"program": "achyk", "commit": "` + hash + `"}`: nil,
		`{"program": "achyk", "commit": "main"}`:         pipeline.ErrBuildRecord,
		`{"program": "achyk"}`:                           pipeline.ErrNoCommit,
		`<!doctype html>`:                                pipeline.ErrBuildRecord,
	} {
		site := served(t, made(t, map[string]string{"build.json": record}), nil).URL + "/site"
		if got, err := Commit(t.Context(), site); !errors.Is(err, wanted) || (got == hash) != (wanted == nil) {
			t.Errorf("%s gives %q, %v", record, got, err)
		}
	}
	if _, err := Commit(t.Context(), served(t, t.TempDir(), nil).URL+"/site"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no site gives %v", err)
	}
	away := served(t, t.TempDir(), func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "https://else.example/build.json", http.StatusFound)
		return true
	})
	if _, err := Commit(t.Context(), away.URL+"/site"); !errors.As(err, new(*RedirectError)) {
		t.Errorf("a site that leads elsewhere gives %v", err)
	}
}

// The rebuilt site names the version of the program that built the published site, not that
// of the program that verifies it. Verifying over HTTP gives the same result as on the disk.
func TestBuiltAgain(t *testing.T) {
	repository, dest := towntest.New(t), filepath.Join(t.TempDir(), "site")
	repository.Commit()
	_, problems, err := pipeline.Build(context.Background(), pipeline.Options{Source: repository.Dir, Dest: dest, Version: "v1.2.3"})
	if err != nil || problems.HasErrors() {
		t.Fatal(err, problems)
	}
	ask := func(site string) Result {
		t.Helper()
		r, problems, err := Verify(context.Background(), Options{Site: site, Build: pipeline.Options{Source: repository.Dir, Version: "v1.3.0"}})
		if err != nil {
			t.Fatal(err, problems)
		}
		if r.Method != "rebuild" || r.Version != "v1.2.3" || r.VerifiedBy != "v1.3.0" || r.Files < 100 || r.Bytes < 100_000 {
			t.Errorf("%+v", r)
		}
		return r
	}
	address := served(t, dest, nil).URL + "/site"
	want(t, ask(dest).Differences)
	want(t, ask(address).Differences)

	put(t, dest, "ky/index.html", "forged")
	list, err := os.ReadFile(filepath.Join(dest, output.SumsName))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dest, output.SumsName, string(list)+strings.Repeat("0", 64)+"  zoo.html\n")
	same := []Difference{{Path: output.SumsName, What: Differs}, {Path: "ky/index.html", What: Differs}}
	want(t, ask(dest).Differences, same...)
	want(t, ask(address).Differences, append(same, Difference{Path: "zoo.html", What: Extra})...)
}
