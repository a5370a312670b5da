package pipeline

import (
	"testing"

	"achyk/internal/site/page"
)

// TestPaths checks what is found by its path, and that nothing may claim the path of another page or file.
func TestPaths(t *testing.T) {
	pages := page.Made([]page.Page{{Path: "ky/index.html"}, {Path: "feeds/osh.ky.atom"}})
	file := func(path string) bool { return path == "data/osh/findings.csv" }
	p, err := newPaths(pages, file, "build.json")
	if err != nil || p.html != 1 || p.bytes != len("ky/index.html")+len("feeds/osh.ky.atom")+len("build.json") {
		t.Fatalf("%+v, %v", p, err)
	}
	for path, isPage := range map[string]bool{"ky/index.html": true, "feeds/osh.ky.atom": true, "build.json": false, "ru/index.html": false} {
		if page, ok := p.page(path); ok != isPage || ok && page.Path != path {
			t.Errorf("%s: %v, %v", path, page.Path, ok)
		}
		if p.have([]byte(path)) != (path != "ru/index.html") {
			t.Errorf("%s is not judged rightly", path)
		}
	}
	for _, twice := range []string{"ky/index.html", "data/osh/findings.csv"} {
		if _, err := newPaths(pages, file, twice); err == nil {
			t.Errorf("%s was claimed twice", twice)
		}
	}
}
