package pipeline

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/site"
	"achyk/internal/tools/towntest"
	"achyk/layouts"
)

// TestStencils compares the pages of the sample with those that html/template makes of the same
// layouts. A function that package stencil does not know stands in each of these, so that it refuses
// them, as it would refuse those of a municipality that calls the function.
func TestStencils(t *testing.T) {
	own := fstest.MapFS{}
	err := fs.WalkDir(layouts.Files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(layouts.Files, name)
		if strings.HasSuffix(name, ".html") {
			text = append([]byte(`{{if printf ""}}{{end}}`), text...)
		}
		own[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slow, err := site.Parse(own)
	if err != nil {
		t.Fatal(err)
	}
	if len(slow.Slow()) == 0 {
		t.Fatal("package stencil executes a function that this test takes for unknown")
	}
	fast, err := site.Parse(layouts.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range fast.Slow() {
		t.Error("a layout of the program is executed by html/template:", why)
	}
	cache := &Cache{}
	source, err := Open(Options{Source: towntest.Sample(t), Cache: cache, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		t.Fatal(err)
	}
	judged, history := loaded.Judge(), &History{}
	data := judged.Extend(history)
	plan, err := judged.Plan(history, data)
	if err != nil {
		t.Fatal(err)
	}
	cache.templates = slow
	slowly, err := judged.Plan(history, data)
	if err != nil {
		t.Fatal(err)
	}
	const every = 5 // pages; the others are of the same kinds
	for i := 0; i < len(plan.pages); i += every {
		var want, got bytes.Buffer
		if err := slowly.pages[i].Render(&want); err != nil {
			t.Fatal(err)
		}
		if err := plan.pages[i].Render(&got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Fatalf("%s differs from what html/template makes:\n%s", plan.pages[i].Path, diff)
		}
	}
}
