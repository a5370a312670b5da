package pipeline

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/files"
	"achyk/internal/links"
	"achyk/internal/site/page"
)

// planOf returns a plan that has the given paths. Those that end in ".html" are pages with the
// given text; the others are never read.
func planOf(base string, texts map[string]string) *Plan {
	p := &Plan{files: files.New(), baseURL: base}
	var pages []page.Page
	var others []string
	for path, text := range texts {
		if !strings.HasSuffix(path, ".html") {
			others = append(others, path)
			continue
		}
		pages = append(pages, page.Page{Path: path, Render: func(b *bytes.Buffer) error {
			b.WriteString(text)
			return nil
		}})
	}
	p.pages = page.Made(pages)
	p.paths, _ = newPaths(p.pages, func(string) bool { return false }, others...)
	return p
}

// TestVerify checks that Verify shows every page to the link check. A single-quoted link is
// one that a layout of a municipality may have; our own templates write double quotes.
func TestVerify(t *testing.T) {
	files := map[string]string{"index.html": "<a href='ky/'>", "ky/index.html": "", "ru/index.html": "", "en/index.html": "", "data/x.csv": "<a href='no'>"}
	if err := planOf("https://site.example/", files).Verify(context.Background(), 2); err != nil {
		t.Error(err)
	}
	files["ru/index.html"] = "<a href='../data/y.csv'>"
	err := planOf("https://site.example/", files).Verify(context.Background(), 2)
	want := links.Broken{{Page: "ru/index.html", Link: "../data/y.csv", Fault: links.NoPage}}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

// TestRenderEnds checks that an error of the writer or of the context ends the rendering.
func TestRenderEnds(t *testing.T) {
	p := planOf("", map[string]string{"ky/index.html": "", "ru/index.html": "", "en/index.html": ""})
	fault := errors.New("disk full")
	if err := p.renderPages(context.Background(), Options{Jobs: 2}, func(string, []byte) error { return fault }); !errors.Is(err, fault) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := p.renderPages(ctx, Options{}, func(string, []byte) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
