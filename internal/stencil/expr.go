package stencil

import (
	"reflect"
	"text/template/parse"
)

// expr is something with a value. The type is nil for no value.
type expr struct {
	typ  reflect.Type
	eval func(s *state, dot reflect.Value) reflect.Value
}

// constant returns an expr that has always the same value.
func constant(value any) expr {
	v := reflect.ValueOf(value)
	return expr{v.Type(), func(*state, reflect.Value) reflect.Value { return v }}
}

// commands compiles the commands of a pipeline, of which only one is known besides those that escape.
func (s *scope) commands(pipe *parse.PipeNode, cmds []*parse.CommandNode) (expr, error) {
	if len(cmds) != 1 {
		return expr{}, s.unknown(pipe, "a pipeline of several commands")
	}
	return s.command(cmds[0])
}

// command compiles a value, or a method or function with arguments.
func (s *scope) command(n *parse.CommandNode) (expr, error) {
	if err := s.count(n); err != nil {
		return expr{}, err
	}
	args := n.Args[1:]
	switch first := n.Args[0].(type) {
	case *parse.IdentifierNode:
		return s.function(first, args)
	case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode:
		return s.chain(first, args)
	default:
		if len(args) > 0 {
			return expr{}, s.unknown(n, "arguments of what is no function")
		}
		return s.value(first)
	}
}

// value compiles what may be an argument.
func (s *scope) value(n parse.Node) (expr, error) {
	if err := s.count(n); err != nil {
		return expr{}, err
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return expr{s.dot, func(_ *state, dot reflect.Value) reflect.Value { return dot }}, nil
	case *parse.StringNode:
		return constant(n.Text), nil
	case *parse.BoolNode:
		return constant(n.True), nil
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64)), nil
		}
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return s.commands(n, n.Cmds)
		}
	case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode:
		return s.chain(n, nil)
	case *parse.IdentifierNode:
		return s.function(n, nil)
	}
	return expr{}, s.unknown(n, "a value of kind %T", n)
}

// chain compiles .A.B, $x.A.B and (pipeline).A.B. The arguments are those of a method at its end.
func (s *scope) chain(n parse.Node, args []parse.Node) (from expr, err error) {
	var names []string
	switch n := n.(type) {
	case *parse.FieldNode:
		from, names = expr{s.dot, func(_ *state, dot reflect.Value) reflect.Value { return dot }}, n.Ident
	case *parse.VariableNode:
		from, names = s.variable(n.Ident[0]), n.Ident[1:]
	case *parse.ChainNode:
		if from, err = s.value(n.Node); err != nil {
			return from, err
		}
		names = n.Field
	}
	for i, name := range names {
		if err := s.count(n); err != nil {
			return expr{}, err
		}
		if from.typ == nil {
			return expr{}, s.at(n).fault(NoField, name, "field %s of nothing", name)
		}
		var with []parse.Node
		if i == len(names)-1 {
			with, args = args, nil
		}
		if from, err = s.member(n, from, name, with); err != nil {
			return expr{}, err
		}
	}
	if len(args) > 0 {
		return expr{}, s.unknown(n, "arguments of what is no method")
	}
	return from, nil
}

// variable returns the value of a variable, or an expr without type.
func (s *scope) variable(name string) expr {
	for v := s.vars; v != nil; v = v.outer {
		if v.name == name {
			return expr{v.typ, func(s *state, _ reflect.Value) reflect.Value { return s.slots[v.slot] }}
		}
	}
	return expr{}
}

// member compiles a field or method of a value.
func (s *scope) member(n parse.Node, of expr, name string, args []parse.Node) (expr, error) {
	eval, typ := of.eval, of.typ
	if typ.Kind() == reflect.Interface {
		return expr{}, s.unknown(n, "field %s of the interface %v", name, typ)
	}
	if typ.Kind() != reflect.Pointer {
		typ = reflect.PointerTo(typ)
	}
	if method, ok := typ.MethodByName(name); ok {
		return s.method(n, of, method, args)
	}
	typ = typ.Elem()
	if typ.Kind() != reflect.Struct {
		return expr{}, s.at(n).fault(NoField, name, "field %s of %v", name, typ)
	}
	field, ok := typ.FieldByName(name)
	if !ok || !field.IsExported() {
		return expr{}, s.at(n).fault(NoField, name, "no field %s in %v", name, typ)
	}
	if len(args) > 0 {
		return expr{}, s.unknown(n, "arguments of the field %s of %v", name, typ)
	}
	at, index := s.at(n), field.Index
	get := func(v reflect.Value) reflect.Value { return v.FieldByIndex(index) } // no view embeds a pointer; see below
	if len(index) == 1 {
		first := index[0]
		get = func(v reflect.Value) reflect.Value { return v.Field(first) }
	}
	for i := range index[:len(index)-1] {
		if typ.FieldByIndex(index[:i+1]).Type.Kind() == reflect.Pointer {
			return expr{}, s.unknown(n, "a field of an embedded pointer in %v", typ)
		}
	}
	if of.typ.Kind() != reflect.Pointer {
		return expr{field.Type, func(s *state, dot reflect.Value) reflect.Value { return get(eval(s, dot)) }}, nil
	}
	return expr{field.Type, func(s *state, dot reflect.Value) reflect.Value {
		v := eval(s, dot)
		if v.IsNil() {
			panic(at.fault(NoValue, name, "nil pointer evaluating %v.%s", of.typ, name))
		}
		return get(v.Elem())
	}}, nil
}

// translator has the method that templates call for each word: T returns a message of the program.
// By this interface it is called without reflection.
type translator interface{ T(key string) string }

// methodSteps is how many steps the call of a method counts: some cut a text of a megabyte.
const methodSteps = 1000

// method compiles the call of a method.
func (s *scope) method(n parse.Node, of expr, method reflect.Method, args []parse.Node) (expr, error) {
	typ := method.Type // its first argument is the receiver
	if typ.IsVariadic() || typ.NumIn() != len(args)+1 || typ.NumOut() != 1 {
		return expr{}, s.unknown(n, "the arguments or results of %s", method.Name)
	}
	values := make([]expr, len(args))
	for i, a := range args {
		v, err := s.value(a)
		if err != nil {
			return expr{}, err
		}
		if v.typ != typ.In(i+1) {
			return expr{}, s.unknown(n, "%v as argument of %s", v.typ, method.Name)
		}
		values[i] = v
	}
	eval, pointer, index := of.eval, of.typ.Kind() == reflect.Pointer, method.Index
	at := s.at(n)
	receiver := func(s *state, dot reflect.Value) reflect.Value {
		v := eval(s, dot)
		switch {
		case pointer && v.IsNil():
			panic(at.fault(NoValue, method.Name, "nil pointer evaluating %v.%s", v.Type(), method.Name))
		case !pointer && v.CanAddr():
			v = v.Addr()
		case !pointer: // as html/template cannot, a method of the pointer is called on a copy
			copied := reflect.New(v.Type())
			copied.Elem().Set(v)
			v = copied
		}
		return v
	}
	if method.Name == "T" && typ.In(0).Implements(reflect.TypeFor[translator]()) {
		if word, ok := args[0].(*parse.StringNode); ok && !s.words(word.Text) {
			return expr{}, s.at(word).fault(NoWord, word.Text, "no word %q", word.Text)
		}
		key := values[0].eval
		return expr{typ.Out(0), func(s *state, dot reflect.Value) reflect.Value {
			of, word := receiver(s, dot).Interface().(translator), key(s, dot).String()
			s.within = at
			said := of.T(word)
			s.within = place{}
			return reflect.ValueOf(said)
		}}, nil
	}
	*s.nodes += methodSteps
	return expr{typ.Out(0), func(s *state, dot reflect.Value) reflect.Value {
		in := make([]reflect.Value, len(values))
		for i, v := range values {
			in[i] = v.eval(s, dot)
		}
		call := receiver(s, dot).Method(index)
		s.within = at
		result := call.Call(in)[0]
		s.within = place{}
		return result
	}}, nil
}
