package layouts

import (
	"html/template"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLines keeps the layouts readable, and so are their diffs.
func TestLines(t *testing.T) {
	const most = 120 // characters of a line
	for name, source := range sources(t) {
		for i, line := range strings.Split(source, "\n") {
			if n := utf8.RuneCountInString(line); n > most {
				t.Errorf("%s:%d has %d characters, of %d: put each element, action or declaration on a line of its own", name, i+1, n, most)
			}
		}
	}
}

// TestTemplatesSayWhatTheyAre wants a comment above every page and every shared piece. Files of shared
// pieces begin with "_" and hold nothing else.
func TestTemplatesSayWhatTheyAre(t *testing.T) {
	for name, source := range sources(t) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		if !strings.HasPrefix(source, "{{/*") {
			t.Errorf("%s: no comment at the top says which page it is and what it gets", name)
		}
		pieces := strings.Count(source, "{{define ")
		if commented := strings.Count(source, "*/}}\n{{define "); commented != pieces {
			t.Errorf("%s: %d of %d definitions have a comment above them", name, commented, pieces)
		}
		if strings.HasPrefix(name, "_") != (pieces > 0) {
			t.Errorf("%s: has %d definitions; they belong in files whose names begin with _", name, pieces)
		}
	}
}

// TestEveryPieceIsUsed follows {{template}} from the pages to every shared piece they need.
func TestEveryPieceIsUsed(t *testing.T) {
	set, err := Parse(Files)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, page := range set.Templates() {
		if strings.HasSuffix(page.Name(), ".html") {
			follow(set, page.Name(), used)
		}
	}
	for _, piece := range set.Templates() {
		if !used[piece.Name()] {
			t.Errorf("{{define %q}} is used on no page: take it away", piece.Name())
		}
	}
}

var called = regexp.MustCompile(`\{\{template "([^"]+)"`)

// follow marks a template and all that it uses.
func follow(set *template.Template, name string, used map[string]bool) {
	t := set.Lookup(name)
	if t == nil || used[name] {
		return
	}
	used[name] = true
	for _, call := range called.FindAllStringSubmatch(t.Tree.Root.String(), -1) {
		follow(set, call[1], used)
	}
}

// sources returns the templates and style sheets as they were written, by name.
func sources(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	names, err := fs.Glob(Files, "*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(Files, name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(data)
	}
	return all
}
