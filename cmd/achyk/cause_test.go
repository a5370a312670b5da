package main

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/serve"
	"achyk/internal/tools/towntest"
	"achyk/internal/verify"
)

// TestCauses makes mistakes in addresses, revisions and sites. What went wrong is said in each language, with Latin
// words in backquotes only.
func TestCauses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	r := towntest.New(t)
	r.Commit()
	failures := map[string]error{
		"no host":     &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "else.example", IsNotFound: true}},
		"too slow":    os.ErrDeadlineExceeded,
		"in no words": errors.New("the well is dry"),
	}
	for _, addr := range []string{"x", "", "127.0.0.1:99999", "127.0.0.1:-1", "192.0.2.1:80", taken.Addr().String()} {
		_, failures["serve "+addr] = serve.Listen(addr, false)
	}
	site := func(name string) {
		_, _, failures["verify "+name] = verify.Verify(t.Context(), verify.Options{Site: name, Checksums: true})
	}
	for _, name := range []string{"http://[::", "http://a b/", "http://127.0.0.1:99999/", "http://" + closed.Addr().String(), secure.URL, "http" + strings.TrimPrefix(secure.URL, "https"), filepath.Join(r.Dir, "data", "site.toml")} {
		site(name)
	}
	for name, text := range map[string]string{"html": "<!doctype html>", "cut": `{"program": "achyk", "comm`, "large": `{"program": "achyk", "files": 1e400}`, "other": `{"program": ""}`, "branch": `{"program": "achyk", "commit": "main"}`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "build.json"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, _, failures["build.json "+name] = verify.Verify(t.Context(), verify.Options{Site: dir, Build: pipeline.Options{Source: r.Dir}})
	}
	for _, ref := range []string{"nosuch", "HEAD~9", "a b"} {
		_, _, failures["ref "+ref] = pipeline.Build(t.Context(), pipeline.Options{Source: r.Dir, Dest: filepath.Join(t.TempDir(), "site"), Ref: ref})
		_, failures["since "+ref] = pipeline.Check(pipeline.Options{Source: r.Dir, Since: ref})
	}
	quotes, latin := regexp.MustCompile("`[^`]*`"), regexp.MustCompile(`[A-Za-z]+`)
	for name, err := range failures {
		if err == nil {
			t.Errorf("%s: nothing is wrong", name)
			continue
		}
		var said []string
		for _, l := range locale.Langs {
			text := (&app{say: locale.For(l)}).sentence(err)
			words := slices.DeleteFunc(latin.FindAllString(quotes.ReplaceAllString(text, ""), -1), func(w string) bool { return w == "git" })
			if slices.Contains(said, text) || strings.Contains(text, "⟦") || l != locale.En && len(words) > 0 || name != "in no words" && strings.Contains(text, quoted(err.Error())) {
				t.Errorf("%s, %v: %s", name, l, text)
			}
			said = append(said, text)
		}
		t.Log(said[0])
	}
}
