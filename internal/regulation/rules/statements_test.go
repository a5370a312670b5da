package rules

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/sequence"
	"achyk/internal/table"
)

// TestMessages checks that every statement, rule, kind, noun and source of a last day has its
// messages in all languages, and that no such message is left over.
func TestMessages(t *testing.T) {
	used := map[string]bool{"regulation.order": true}
	for _, s := range []regulation.Statement{regulation.NotChecked, regulation.OutOfOrder, regulation.Contradiction} {
		used["regulation."+s.Key] = true
	}
	for _, r := range All {
		below := "regulation." + r.Code + "."
		used[below+"title"], used[below+"help"] = true, true
		if r.Obliges() {
			used[below+"duty"] = true
		}
		for _, s := range r.Says {
			used[below+s.Key] = true
		}
		for _, column := range r.Begins {
			if !slices.ContainsFunc(r.Needs, func(register string) bool {
				c := jme.Schema(register).Column(column)
				return c != nil && c.Type == table.Date
			}) {
				t.Errorf("%s: no register that it needs has days in the column %s", r.Code, column)
			}
		}
		for _, x := range r.Order {
			for _, e := range []regulation.Event{x.Later, x.Earlier} {
				used["regulation.event."+e.Register()+"_"+e.Column()] = true
				if c := jme.Schema(e.Register()).Column(e.Column()); c == nil || c.Type != table.Date && c.Type != table.DateTime {
					t.Errorf("%s: %s is not a column with days", r.Code, e)
				}
				if !slices.Contains(r.Needs, e.Register()) {
					t.Errorf("%s: %s is of a register that its field Needs does not list", r.Code, e)
				}
			}
		}
	}
	for _, kind := range regulation.Kinds {
		used["regulation.kind."+string(kind)] = true
	}
	for _, b := range constants(t, "Basis") {
		used["regulation.counted."+b] = true
	}
	for _, n := range constants(t, "Noun") {
		used["regulation.count."+n] = true
	}
	for _, key := range slices.Sorted(maps.Keys(used)) {
		for _, l := range locale.Langs {
			if !locale.For(l).Has(key) {
				t.Errorf("the message %s is missing: add it to internal/locale/messages/regulation.%s.toml", key, l)
			}
		}
	}
	for _, key := range locale.Keys(locale.Ky) {
		area, rest, below := strings.Cut(strings.TrimPrefix(key, "regulation."), ".")
		of := All.Find(area) != nil && !strings.HasPrefix(rest, "parameter.") || slices.Contains([]string{"kind", "counted", "count", "event"}, area)
		if strings.HasPrefix(key, "regulation.") && below && of && !used[key] {
			t.Errorf("the message %s is used by no rule", key)
		}
		if code, ok := strings.CutSuffix(key, ".help"); ok && strings.HasPrefix(key, "regulation.") && All.Find(strings.TrimPrefix(code, "regulation.")) == nil {
			t.Errorf("the message %s is of no rule", key)
		}
	}
}

// TestStatementsInCode checks that the code of each rule, with the functions it calls, uses the
// statements that the rule lists and no others. This finds a statement that belongs to another
// rule, and so has no message in this one, even on a path that no case takes.
func TestStatementsInCode(t *testing.T) {
	code := parse(t)
	for _, r := range All {
		check := runtime.FuncForPC(reflect.ValueOf(r.Check).Pointer()).Name()
		said := code.statements(check[strings.LastIndex(check, ".")+1:])
		var listed []string
		for _, s := range r.Says {
			listed = append(listed, fmt.Sprintf("%s %q", strings.ReplaceAll(string(s.Kind), "-", ""), s.Key))
		}
		slices.Sort(listed)
		if !slices.Equal(said, listed) {
			t.Errorf("%s\n lists %q,\n its code says %q", r.Code, listed, said)
		}
	}
}

// declarations are the bodies of functions and methods and the values of variables of this
// package, by name. The name of a method begins with a point, whatever its type; a local variable
// is taken for a package's if it has the same name.
type declarations map[string]ast.Node

// parse reads the declarations of this package.
func parse(t *testing.T) declarations {
	t.Helper()
	all := declarations{}
	for _, d := range parsed(t, ".") {
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
	return all
}

// constants are the values of the constants of this package and of package regulation that have a
// type of strings.
func constants(t *testing.T, typ string) []string {
	t.Helper()
	var values []string
	for _, d := range append(parsed(t, "."), parsed(t, "..")...) {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.CONST {
			continue
		}
		for _, spec := range d.Specs {
			if v := spec.(*ast.ValueSpec); v.Type != nil && nameOf(v.Type) == typ {
				value, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, value)
			}
		}
	}
	if len(values) == 0 {
		t.Fatalf("no constant of type %s was found: the test does not see them", typ)
	}
	return values
}

// nameOf is the name of a type, without that of its package.
func nameOf(typ ast.Expr) string {
	if s, ok := typ.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return typ.(*ast.Ident).Name
}

// parsed are the top-level declarations of the package in a folder, tests aside.
func parsed(t *testing.T, folder string) []ast.Decl {
	t.Helper()
	names, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []ast.Decl
	for _, name := range names {
		if !strings.HasSuffix(name.Name(), ".go") || strings.HasSuffix(name.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, name.Name()), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file.Decls...)
	}
	return all
}

// statements are those that a declaration uses, or another declaration it refers to, sorted.
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
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "said" {
				kind, key := n.Args[0].(*ast.SelectorExpr), n.Args[1].(*ast.BasicLit)
				found[strings.ToLower(kind.Sel.Name)+" "+key.Value] = true
				return false
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

// What makes a rule say that the records contradict each other, check reports at its place. The days of
// fieldwork have a finding of their own there, and a contract and an application are not tied by a reference.
func TestContradictionsAreReported(t *testing.T) {
	elsewhere := map[string]bool{
		"visits.date assessments.fieldwork_from": true, "measurements.date assessments.fieldwork_from": true,
		"assessments.fieldwork_to visits.date": true, "assessments.fieldwork_to measurements.date": true,
		"contracts.signed applications.received": true,
	}
	for _, rule := range All {
		for _, x := range rule.Order {
			later, earlier := string(x.Later), string(x.Earlier)
			pair := func(p sequence.Pair) bool { return p.Later == later && p.Earlier == earlier }
			if x.Kind == regulation.Unknown && !elsewhere[later+" "+earlier] && !slices.ContainsFunc(sequence.Pairs, pair) {
				t.Errorf("%s takes for granted that %s is not before %s, and package sequence does not know it", rule.Code, later, earlier)
			}
		}
	}
}
