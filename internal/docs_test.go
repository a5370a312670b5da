package internal_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// markdownLink is a link of Markdown to a file: "[text](path#place)". Addresses with a scheme
// are not matched.
var markdownLink = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)

// TestDocuments checks that links between the project's documents lead to files, and that the
// index of decisions lists every decision. Texts of the site, in content, are not documents of
// the project; the check of the data reads them.
func TestDocuments(t *testing.T) {
	root := os.DirFS("..")
	links := 0
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "content" || name == "public" || entry.Name() == "testdata" || strings.HasPrefix(name, ".git")):
			return fs.SkipDir
		case path.Ext(name) != ".md":
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for _, link := range markdownLink.FindAllSubmatch(text, -1) {
			links++
			if _, err := fs.Stat(root, path.Join(path.Dir(name), string(link[1]))); err != nil {
				t.Errorf("%s links to %s, which does not exist", name, link[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if links < 50 {
		t.Errorf("only %d links were found: the test does not see them", links)
	}

	const decisions = "docs/decisions/"
	index, err := fs.ReadFile(root, decisions+"README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(root, decisions+"*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := path.Base(file); name != "README.md" && !strings.Contains(string(index), "]("+name+")") {
			t.Errorf("%sREADME.md does not list %s", decisions, name)
		}
	}
}
