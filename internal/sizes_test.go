package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// The largest number of lines of a package, a file and a function. Whatever is larger usually
// does two things, and is to be split by them.
const (
	linesOfPackage  = 2500 // without tests
	linesOfFile     = 400
	linesOfFunction = 90
)

// TestSizes checks the limits above.
func TestSizes(t *testing.T) {
	root, packages := os.DirFS(".."), map[string]int{}
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (strings.HasPrefix(e.Name(), ".") && name != "." || e.Name() == "testdata"):
			return fs.SkipDir
		case path.Ext(name) != ".go":
			return nil
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		lines := strings.Count(string(data), "\n")
		if lines > linesOfFile {
			t.Errorf("%s has %d lines, of %d", name, lines, linesOfFile)
		}
		if !strings.HasSuffix(name, "_test.go") {
			packages[path.Dir(name)] += lines
		}
		return functions(t, name, data)
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, lines := range packages {
		if lines > linesOfPackage {
			t.Errorf("%s has %d lines without tests, of %d", name, lines, linesOfPackage)
		}
	}
	if packages["internal/pipeline"] == 0 {
		t.Error("the packages of the program were not found")
	}
}

// mostBytes is more than any text or picture of the repository has. A program or an archive that a command
// makes has more, and would be in every clone for good.
const mostBytes = 512 << 10

// TestTrackedFiles finds what git tracks by mistake. It needs git and a repository, which an unpacked archive has not.
func TestTrackedFiles(t *testing.T) {
	list, err := exec.Command("git", "-C", "..", "ls-files", "-z").Output()
	if err != nil {
		t.Skip("git tells no files: ", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(list), "\x00"), "\x00") {
		if info, err := os.Stat(filepath.Join("..", filepath.FromSlash(name))); err == nil && info.Size() > mostBytes {
			t.Errorf("%s has %d bytes, of %d", name, info.Size(), mostBytes)
		}
	}
}

// functions checks the functions of a file.
func functions(t *testing.T, name string, data []byte) error {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, data, 0)
	if err != nil {
		return err
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if lines := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1; lines > linesOfFunction {
			t.Errorf("%s: %s has %d lines, of %d", name, f.Name.Name, lines, linesOfFunction)
		}
	}
	return nil
}
