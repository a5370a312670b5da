package site

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"achyk/internal/limits"
)

// TestFaultsOfOneFile checks that a layout with many mistakes is read once and told of within limits.
func TestFaultsOfOneFile(t *testing.T) {
	var text strings.Builder
	for i := range 4 * limits.Findings {
		fmt.Fprintf(&text, "{{define \"a%d\"}}<a{{end}}\n", i)
	}
	files := fstest.MapFS{"home.html": {Data: []byte(text.String())}}
	_, err := Parse(files)
	findings, rest := Faults(err, files, "layouts")
	if rest != nil || len(findings) != limits.Findings {
		t.Fatalf("%d findings, and %v", len(findings), rest)
	}
	for _, d := range findings {
		if d.File != findings[0].File {
			t.Fatal("the file was read again")
		}
	}
}
