package site

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"achyk/internal/diag"
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

// TestLayoutsAreOneFolder checks that who copies one file of the program's layouts is told that the others are missing,
// and not that a name is wrong.
func TestLayoutsAreOneFolder(t *testing.T) {
	files := fstest.MapFS{"foot.html": {Data: []byte("<p>{{template \"link\" .}}</p>")}}
	for _, test := range []struct {
		code diag.Code
		kind string
	}{{diag.LayoutUnknown, "whole"}, {diag.FileMissing, "layout"}} {
		_, err := Parse(files)
		findings, rest := Faults(err, files, "layouts")
		if rest != nil || len(findings) == 0 || findings[0].Code != test.code || findings[0].Args["kind"] != test.kind {
			t.Errorf("%v, and %v; want %s of the kind %s", findings, rest, test.code, test.kind)
		}
		files["_link.html"] = &fstest.MapFile{Data: []byte("{{define \"link\"}}{{end}}")}
	}
}
