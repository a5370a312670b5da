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

// trusted lists the places that give a template text which it does not escape, by file and
// function, with what makes the text safe. A text of a repository must never come here as it is.
var trusted = map[string]string{
	"internal/document/document.go render":          "goldmark escapes Markdown and leaves out HTML; FuzzMarkup in package document",
	"internal/document/document.go Sections":        "it cuts what render made",
	"internal/site/page/frame.go frame":             "it is the output of templates, which escaped what they show",
	"internal/site/desk/desk.go Files":              "it is made of the style sheets of the layouts, and a comment for which inside writes data in base64 and the scripts of the program and of the layouts",
	"internal/site/guide/guide.go linked":           "it adds links of the site to what package document made of a text of the program",
	"internal/site/page/templates.go head":          "it is made of the style sheets of the layouts",
	"internal/site/guide/guide.go guidesOf":         "it puts an element with the language around the same text",
	"internal/site/subscribe/subscribe.go line":     "it begins with webcal: and goes on with the address of the site, by what the program calls a file",
	"internal/site/data/data.go described":          "encoding/json escapes <, > and &; TestHostileTexts in package browsing",
	"internal/site/offline/offline.go registerView": "writeRow escapes each cell; TestHostileTexts in package browsing",
}

// TestMarkupIsTrusted finds all conversions to types that html/template does not escape, and all
// functions that templates are given. Each must be listed above, with a test or a reason.
func TestMarkupIsTrusted(t *testing.T) {
	types := []string{"CSS", "HTML", "HTMLAttr", "JS", "JSStr", "Srcset", "URL"}
	found := map[string]bool{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), "../"+name, nil, 0)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			place := name
			if f, ok := d.(*ast.FuncDecl); ok {
				place += " " + f.Name.Name
			}
			ast.Inspect(d, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if s, ok := call.Fun.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "template" && slices.Contains(types, s.Sel.Name) || s.Sel.Name == "Funcs" {
						found[place] = true
					}
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for place := range found {
		if trusted[place] == "" {
			t.Errorf("%s gives a template text that is not escaped: list it in trusted, with what makes the text safe", place)
		}
	}
	for place := range trusted {
		if !found[place] {
			t.Errorf("%s is listed in trusted and gives no such text", place)
		}
	}
}
