package pipeline

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/site"
	"achyk/internal/tools/towntest"
	"achyk/layouts"
)

// TestStencils compares the pages of the sample with those that html/template makes of the same
// layouts.
func TestStencils(t *testing.T) {
	slow, err := site.Reference(layouts.Files)
	if err != nil {
		t.Fatal(err)
	}
	source, err := Open(Options{Source: towntest.Sample(t), AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)})
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
	judged.templates = slow
	slowly, err := judged.Plan(history, data)
	if err != nil {
		t.Fatal(err)
	}
	const every = 5 // pages; the others are of the same kinds
	for i := 0; i < plan.pages.N; i += every {
		var want, got bytes.Buffer
		if err := slowly.pages.At(i).Render(&want); err != nil {
			t.Fatal(err)
		}
		if err := plan.pages.At(i).Render(&got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Fatalf("%s differs from what html/template makes:\n%s", plan.pages.At(i).Path, diff)
		}
	}
}
