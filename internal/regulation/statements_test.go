package regulation

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"achyk/internal/locale"
)

// TestMessages: every statement has its message, rules have a title, a help and, where
// somebody must act, a duty; and no message below a rule is without a use.
func TestMessages(t *testing.T) {
	used := map[string]bool{"regulation." + notChecked.key: true}
	for _, r := range All {
		below := "regulation." + r.Code + "."
		used[below+"title"], used[below+"help"] = true, true
		if r.obliges() {
			used[below+"duty"] = true
		}
		for _, s := range r.Says {
			used[below+s.key] = true
		}
	}
	for _, kind := range Kinds {
		used["regulation.kind."+string(kind)] = true
	}
	for _, b := range bases[1:] {
		used["regulation.counted."+b] = true
	}
	for _, n := range nouns {
		used["regulation.count."+n] = true
	}
	for _, l := range locale.Langs {
		for key := range used {
			if !locale.For(l).Has(key) {
				t.Errorf("the message %s is missing in %v", key, l)
			}
		}
	}
	for _, key := range locale.Keys(locale.Ky) {
		area, rest, below := strings.Cut(strings.TrimPrefix(key, "regulation."), ".")
		of := Find(area) != nil && !strings.HasPrefix(rest, "parameter.") || slices.Contains([]string{"kind", "counted", "count"}, area)
		if strings.HasPrefix(key, "regulation.") && below && of && !used[key] {
			t.Errorf("the message %s is not used", key)
		}
		if code, ok := strings.CutSuffix(key, ".help"); ok && strings.HasPrefix(key, "regulation.") && Find(strings.TrimPrefix(code, "regulation.")) == nil {
			t.Errorf("the message %s is of no rule", key)
		}
	}
}

// TestStatementsInCode: the code of each rule names the statements the rule lists, and no
// others. A statement of another rule, which has no message in this one, is thus found even
// where no case leads to it.
func TestStatementsInCode(t *testing.T) {
	code := parse(t)
	for _, r := range All {
		check := runtime.FuncForPC(reflect.ValueOf(r.Check).Pointer()).Name()
		said := code.statements(check[strings.LastIndex(check, ".")+1:])
		var listed []string
		for _, s := range r.Says {
			listed = append(listed, fmt.Sprintf("%s %q", strings.ReplaceAll(string(s.Kind), "-", ""), s.key))
		}
		slices.Sort(listed)
		if !slices.Equal(said, listed) {
			t.Errorf("%s\n lists %q,\n its code says %q", r.Code, listed, said)
		}
	}
}

// declarations are the functions, methods and variables of this package, by name, as far as
// they can lead from a rule to its statements.
type declarations map[string]ast.Node

// parse reads the package. Methods are known by "." and their name, whatever their type.
func parse(t *testing.T) declarations {
	t.Helper()
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	all := declarations{}
	for _, name := range names {
		if !strings.HasSuffix(name.Name(), ".go") || strings.HasSuffix(name.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil {
					all["."+d.Name.Name] = d.Body
				} else {
					all[d.Name.Name] = d.Body
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR && len(v.Values) == 1 {
						all[v.Names[0].Name] = v.Values[0]
					}
				}
			}
		}
	}
	return all
}

// statements are those that can be reached from a declaration, sorted.
func (d declarations) statements(from string) []string {
	found, seen := map[string]bool{}, map[string]bool{}
	var visit func(name string)
	var inspect func(n ast.Node) bool
	visit = func(name string) {
		if node := d[name]; node != nil && !seen[name] {
			seen[name] = true
			ast.Inspect(node, inspect)
		}
	}
	inspect = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if id, ok := n.Type.(*ast.Ident); ok && id.Name == "Statement" {
				kind, key := n.Elts[0].(*ast.Ident), n.Elts[1].(*ast.BasicLit)
				found[strings.ToLower(kind.Name)+" "+key.Value] = true
			}
		case *ast.SelectorExpr:
			visit("." + n.Sel.Name)
			ast.Inspect(n.X, inspect)
			return false
		case *ast.Ident:
			visit(n.Name)
		}
		return true
	}
	visit(from)
	return slices.Sorted(maps.Keys(found))
}
