package site_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"achyk/internal/tools/searchtest"
	"achyk/internal/tools/sitetest"
)

// TestSearchRecall looks for what people look for: of the queries in testdata, written by hand, nearly all
// have the page that is meant among the first ten results.
func TestSearchRecall(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, lang := range []string{"ky", "ru"} {
		x := searchtest.Open(t, func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "search", lang, name)) })
		data, err := os.ReadFile("testdata/queries." + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		n, found := 0, 0
		for line := range strings.Lines(string(data)) {
			query, want, ok := strings.Cut(strings.TrimSpace(line), " = ")
			if !ok {
				continue
			}
			n++
			got := x.First(query, 10)
			if slices.ContainsFunc(got, func(e searchtest.Entry) bool { return e.Address == want }) {
				found++
			} else {
				t.Logf("%s: %q finds %v, without %s", lang, query, got, want)
			}
			for _, e := range got {
				page, _, _ := strings.Cut(e.Address, "#")
				if _, err := os.Stat(filepath.Join(dir, lang, filepath.FromSlash(page), "index.html")); err != nil {
					t.Errorf("%s: %q finds %s, which is no page", lang, query, e.Address)
				}
			}
		}
		if t.Logf("%s: %d of %d queries find what is meant", lang, found, n); n < 50 || found*100 < n*96 {
			t.Errorf("%s: only %d of %d queries find what is meant", lang, found, n)
		}
	}
}
