package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// printers are the files that may write to the terminal: the one that passes it on, the one that wraps it (see
// report.Output), and the one that draws the progress of a build over itself.
var printers = []string{"cmd/achyk/main.go", "cmd/achyk/command.go", "cmd/achyk/build.go"}

// TestOnePlacePrints checks that whatever the program prints passes through report.Output, which
// keeps it from driving a terminal or a runner of CI.
func TestOnePlacePrints(t *testing.T) {
	found := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (strings.HasPrefix(e.Name(), ".") && name != "." || e.Name() == "testdata" || name == "internal/tools" || name == "internal/bench"):
			return fs.SkipDir
		case path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path.Join("..", name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, _ := s.X.(*ast.Ident)
			if of == nil || !prints(of.Name, s.Sel.Name) {
				return true
			}
			found++
			if !slices.Contains(printers, name) {
				t.Errorf("%s uses %s.%s: give it an io.Writer", name, of.Name, s.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Error("not even the terminal of the program was found")
	}
}

// prints reports whether a name of a package, or of the state of all commands, is the terminal, or writes to it.
func prints(of, name string) bool {
	return of == "a" && name == "terminal" || of == "os" && (name == "Stdout" || name == "Stderr") || of == "fmt" && slices.Contains([]string{"Print", "Printf", "Println"}, name)
}
