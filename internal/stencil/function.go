package stencil

import (
	"reflect"
	"text/template/parse"
)

// function compiles the functions of text/template that layouts use.
func (s *scope) function(n *parse.IdentifierNode, nodes []parse.Node) (expr, error) {
	args := make([]expr, len(nodes))
	for i, a := range nodes {
		v, err := s.value(a)
		if err != nil {
			return expr{}, err
		}
		if v.typ == nil {
			return expr{}, s.unknown(n, "no value as argument")
		}
		args[i] = v
	}
	var compile func(args []expr) (expr, bool)
	switch n.Ident {
	case "not":
		compile = not
	case "and", "or":
		compile = func(args []expr) (expr, bool) { return choose(args, n.Ident == "or") }
	case "eq":
		compile = equal
	case "len":
		compile = length
	case "index":
		compile = func(args []expr) (expr, bool) { return element(args, s.at(n)) }
	default:
		return expr{}, s.at(n).fault(NoFunction, n.Ident, "the function %s", n.Ident)
	}
	e, ok := compile(args)
	if !ok {
		return expr{}, s.unknown(n, "the arguments of %s", n.Ident)
	}
	return e, nil
}

var boolean = reflect.TypeFor[bool]()

// not compiles not.
func not(args []expr) (expr, bool) {
	if len(args) != 1 {
		return expr{}, false
	}
	holds, ok := truth(args[0].typ)
	eval := args[0].eval
	return expr{boolean, func(s *state, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(!holds(eval(s, dot)))
	}}, ok
}

// choose compiles and, or: the first value that holds, or does not, and else the last. If the types
// differ, the value is whether it holds, which is what layouts ask.
func choose(args []expr, until bool) (expr, bool) {
	if len(args) == 0 {
		return expr{}, false
	}
	tests := make([]func(reflect.Value) bool, len(args))
	typ := args[0].typ
	for i, a := range args {
		var ok bool
		if tests[i], ok = truth(a.typ); !ok {
			return expr{}, false
		}
		if a.typ != typ {
			typ = boolean
		}
	}
	return expr{typ, func(s *state, dot reflect.Value) reflect.Value {
		var v reflect.Value
		holds := !until
		for i, a := range args {
			v = a.eval(s, dot)
			if holds = tests[i](v); holds == until {
				break
			}
		}
		if typ == boolean {
			return reflect.ValueOf(holds)
		}
		return v
	}}, true
}

// equal compiles eq: whether the first value is one of the others.
func equal(args []expr) (expr, bool) {
	if len(args) < 2 {
		return expr{}, false
	}
	kind := args[0].typ.Kind()
	for _, a := range args {
		if a.typ.Kind() != kind {
			return expr{}, false
		}
	}
	var same func(a, b reflect.Value) bool
	switch kind {
	case reflect.String:
		same = func(a, b reflect.Value) bool { return a.String() == b.String() }
	case reflect.Int:
		same = func(a, b reflect.Value) bool { return a.Int() == b.Int() }
	default:
		return expr{}, false
	}
	return expr{boolean, func(s *state, dot reflect.Value) reflect.Value {
		first := args[0].eval(s, dot)
		for _, a := range args[1:] {
			if same(first, a.eval(s, dot)) {
				return reflect.ValueOf(true)
			}
		}
		return reflect.ValueOf(false)
	}}, true
}

// length compiles len.
func length(args []expr) (expr, bool) {
	if len(args) != 1 {
		return expr{}, false
	}
	switch args[0].typ.Kind() {
	case reflect.Slice, reflect.Array, reflect.String:
	default:
		return expr{}, false
	}
	eval := args[0].eval
	return expr{reflect.TypeFor[int](), func(s *state, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(eval(s, dot).Len())
	}}, true
}

// element compiles index of a slice.
func element(args []expr, where place) (expr, bool) {
	if len(args) != 2 || args[0].typ.Kind() != reflect.Slice || args[1].typ.Kind() != reflect.Int {
		return expr{}, false
	}
	from, at := args[0].eval, args[1].eval
	return expr{args[0].typ.Elem(), func(s *state, dot reflect.Value) reflect.Value {
		v, i := from(s, dot), int(at(s, dot).Int())
		if i < 0 || i >= v.Len() {
			panic(where.fault(NoValue, "index", "error calling index: reflect: slice index out of range"))
		}
		return v.Index(i)
	}}, true
}

// truth returns how to find out whether a value of a type holds, as if and with ask.
func truth(typ reflect.Type) (func(reflect.Value) bool, bool) {
	if typ == nil {
		return nil, false
	}
	switch typ.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool, true
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }, true
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }, true
	case reflect.Int, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }, true
	case reflect.Float64:
		return func(v reflect.Value) bool { return v.Float() != 0 }, true
	case reflect.Struct:
		return func(reflect.Value) bool { return true }, true
	}
	return nil, false
}
