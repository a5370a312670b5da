package internal_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// markdownLink is a link of Markdown to a file: "[text](path#place)". Addresses with a scheme
// are not matched.
var markdownLink = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)

// programPath is a path of the program's source as documents write it in code: "internal/jme",
// "./internal/regulation", "internal/locale/messages/regulation.<lang>.toml". The folders data and
// content are left out, because a document can tell an adopter to make a file there.
var programPath = regexp.MustCompile(`(?:\./)?((?:\.ci|cmd|docs|internal|layouts)/[\w./*<>-]+)`)

// placeholder is a part of a path that a reader fills in.
var placeholder = regexp.MustCompile(`<[a-z]+>`)

// inCode are the code spans and code blocks of a document.
var inCode = regexp.MustCompile("(?s)```.*?```|`[^`]+`")

// missingPaths are the paths in the code of a document that lead to no file. A path with a
// placeholder or an asterisk leads to a file if at least one file fits.
func missingPaths(root fs.FS, text []byte) (missing []string, found int) {
	for _, code := range inCode.FindAll(text, -1) {
		for _, match := range programPath.FindAllSubmatch(code, -1) {
			name := strings.TrimRight(string(match[1]), "/.")
			files, err := fs.Glob(root, placeholder.ReplaceAllString(name, "*"))
			if err != nil || len(files) == 0 {
				missing = append(missing, name)
			}
			found++
		}
	}
	return missing, found
}

// TestDocuments checks that links between the project's documents lead to files, that the paths of
// source files they name exist, and that the index of decisions lists every decision. Texts of the site, in content, are not documents of
// the project; the check of the data reads them.
func TestDocuments(t *testing.T) {
	root := os.DirFS("..")
	links, paths := 0, 0
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
		if path.Dir(name) != "docs/decisions" && name != "CHANGELOG.md" { // which tell what was
			missing, found := missingPaths(root, text)
			for _, m := range missing {
				t.Errorf("%s names %s, which does not exist", name, m)
			}
			paths += found
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
	if paths < 30 {
		t.Errorf("only %d paths were found: the test does not see them", paths)
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

// TestMissingPaths checks that a path is found in spans and blocks, and that a placeholder stands
// for a name.
func TestMissingPaths(t *testing.T) {
	root := fstest.MapFS{"internal/jme/jme.go": {}, "internal/jme/schema/events.schema.toml": {}}
	text := "`internal/jme`, `./internal/jme/schema/<name>.schema.toml`. Not code: internal/no.\n" +
		"```sh\ngo test ./internal/jme ./internal/gone/...\n```\n`internal/jme/<name>.toml`"
	missing, found := missingPaths(root, []byte(text))
	if found != 5 || !slices.Equal(missing, []string{"internal/gone", "internal/jme/<name>.toml"}) {
		t.Errorf("%d paths were found, %v are missing", found, missing)
	}
}

// testCommand is a command of a document that runs some tests: their packages and a pattern.
var testCommand = regexp.MustCompile("go test ((?:-race )?(?:\\./\\S+ )+)(?:-v )?-run (?:'([^']+)'|([^\\s`']+))")

// TestCommandsOfDocuments: each part of a pattern by which a document runs tests fits a test of the packages. Else a test that
// was renamed or moved would be run by nobody, and the command would say "ok".
func TestCommandsOfDocuments(t *testing.T) {
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	subtests := regexp.MustCompile(`/\([^)]*\)`)
	found := 0
	for _, document := range []string{"reliability.md", "performance.md", "country.md", "development.md"} {
		text, err := os.ReadFile("../docs/" + document)
		if err != nil {
			t.Fatal(err)
		}
		for _, command := range testCommand.FindAllStringSubmatch(string(text), -1) {
			var tests []string
			for _, folder := range strings.Fields(strings.TrimPrefix(command[1], "-race ")) {
				files, _ := filepath.Glob(filepath.Join("..", folder, "*_test.go"))
				for _, file := range files {
					code, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					for _, name := range declared.FindAllStringSubmatch(string(code), -1) {
						tests = append(tests, name[1])
					}
				}
			}
			for _, part := range strings.FieldsFunc(subtests.ReplaceAllString(command[2]+command[3], ""), func(r rune) bool { return r == '|' || r == '\\' }) {
				name, _, _ := strings.Cut(part, "/")
				pattern, err := regexp.Compile(name)
				if found++; err != nil || part != "xxx" && !strings.Contains(name, "<") && !slices.ContainsFunc(tests, pattern.MatchString) {
					t.Errorf("%s: %q runs nothing by %q", document, command[0], part)
				}
			}
		}
	}
	if found < 150 {
		t.Errorf("only %d patterns were found: the test does not see them", found)
	}
}
