package stencil

import (
	"reflect"
	"strings"
	"text/template/parse"

	"achyk/internal/limits"
)

// compiler turns the trees of a set of templates into bodies.
type compiler struct {
	set    Set
	words  func(string) bool
	bodies map[call]*body
	nodes  int // compiled so far; a template is compiled for each type that it is called with
}

// call is a template with the type of the data it is called with; nil for none.
type call struct {
	name string
	dot  reflect.Type
}

// scope is what is known at a place in a template.
type scope struct {
	*compiler
	tree  *parse.Tree
	body  *body
	nodes *int // of the body, or of the loop in it that is compiled
	dot   reflect.Type
	vars  *variable
}

// variable is a variable that is known at a place, and those that were known before.
type variable struct {
	name  string
	typ   reflect.Type
	slot  int
	outer *variable
}

// template compiles a template for a type of data. A template that calls itself finds the body that
// is being made.
func (c *compiler) template(name string, dot reflect.Type) (*body, error) {
	if made := c.bodies[call{name, dot}]; made != nil {
		return made, nil
	}
	tree := c.set[name]
	b := &body{slots: 1}
	c.bodies[call{name, dot}] = b
	s := &scope{compiler: c, tree: tree, body: b, nodes: &b.nodes, dot: dot, vars: &variable{name: "$", typ: dot}}
	var err error
	b.steps, err = s.list(tree.Root)
	return b, err
}

// at returns the place of a node.
func (s *scope) at(n parse.Node) place { return place{s.tree, n} }

// unknown returns the error for a node that has something which this package cannot execute.
func (s *scope) unknown(n parse.Node, format string, args ...any) error {
	return s.at(n).fault(Unknown, s.at(n).text(), format, args...)
}

// count counts a node.
func (s *scope) count(n parse.Node) error {
	*s.nodes++
	if s.compiler.nodes++; s.compiler.nodes > limits.LayoutNodes {
		return s.at(n).exceeds("nodes", limits.LayoutNodes)
	}
	return nil
}

// with returns a scope for what is inside a node: with other data, and variables that end with it.
func (s *scope) with(dot reflect.Type) *scope {
	inner := *s
	inner.dot = dot
	return &inner
}

// declare makes a variable.
func (s *scope) declare(name string, typ reflect.Type) int {
	slot := s.body.slots
	s.body.slots++
	s.vars = &variable{name, typ, slot, s.vars}
	return slot
}

// list compiles the nodes of a list. The list may be nil.
func (s *scope) list(list *parse.ListNode) (steps []step, err error) {
	if list == nil {
		return nil, nil
	}
	for _, n := range list.Nodes {
		var do step
		if err := s.count(n); err != nil {
			return nil, err
		}
		switch n := n.(type) {
		case *parse.CommentNode:
			continue
		case *parse.TextNode:
			text := n.Text
			do = func(s *state, _ reflect.Value) { s.out.Write(text) }
		case *parse.ActionNode:
			do, err = s.action(n)
		case *parse.IfNode:
			do, err = s.branch(&n.BranchNode, false)
		case *parse.WithNode:
			do, err = s.branch(&n.BranchNode, true)
		case *parse.RangeNode:
			do, err = s.loop(n)
		case *parse.TemplateNode:
			do, err = s.call(n)
		default:
			return nil, s.unknown(n, "a node of kind %T", n)
		}
		if err != nil {
			return nil, err
		}
		steps = append(steps, do)
	}
	return steps, nil
}

// action compiles {{pipeline}}, which writes its value or sets a variable.
func (s *scope) action(n *parse.ActionNode) (step, error) {
	if len(n.Pipe.Decl) > 0 {
		return s.assign(n)
	}
	cmds := n.Pipe.Cmds
	var escapers []string
	for len(cmds) > 0 {
		name, ok := escaper(cmds[len(cmds)-1])
		if !ok {
			break
		}
		escapers = append([]string{name}, escapers...)
		cmds = cmds[:len(cmds)-1]
	}
	value, err := s.commands(n.Pipe, cmds)
	if err != nil {
		return nil, err
	}
	write, ok := writer(strings.Join(escapers, " "), value.typ)
	if !ok {
		return nil, s.unknown(n, "%v escaped by %q", value.typ, escapers)
	}
	eval, at := value.eval, s.at(n)
	return func(s *state, dot reflect.Value) {
		write(s.out, eval(s, dot))
		s.wrote(at)
	}, nil
}

// assign compiles {{$x := pipeline}}.
func (s *scope) assign(n *parse.ActionNode) (step, error) {
	value, err := s.commands(n.Pipe, n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	if n.Pipe.IsAssign || len(n.Pipe.Decl) > 1 {
		return nil, s.unknown(n, "a variable that is set again")
	}
	slot := s.declare(n.Pipe.Decl[0].Ident[0], value.typ)
	return func(s *state, dot reflect.Value) { s.slots[slot] = value.eval(s, dot) }, nil
}

// branch compiles if and with.
func (s *scope) branch(n *parse.BranchNode, with bool) (step, error) {
	outer := s.with(s.dot) // the variable is known in both lists
	value, err := outer.commands(n.Pipe, n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	holds, ok := truth(value.typ)
	if !ok || n.Pipe.IsAssign {
		return nil, s.unknown(n, "whether %v holds", value.typ)
	}
	slot := -1
	if len(n.Pipe.Decl) > 0 {
		slot = outer.declare(n.Pipe.Decl[0].Ident[0], value.typ)
	}
	inside := outer.dot
	if with {
		inside = value.typ
	}
	then, err := outer.with(inside).list(n.List)
	if err != nil {
		return nil, err
	}
	otherwise, err := outer.with(s.dot).list(n.ElseList)
	if err != nil {
		return nil, err
	}
	eval := value.eval
	return func(s *state, dot reflect.Value) {
		v := eval(s, dot)
		if slot >= 0 {
			s.slots[slot] = v
		}
		switch {
		case !holds(v):
			all(otherwise, s, dot)
		case with:
			all(then, s, v)
		default:
			all(then, s, dot)
		}
	}, nil
}

// loop compiles range over a slice or an array.
func (s *scope) loop(n *parse.RangeNode) (step, error) {
	outer := s.with(s.dot)
	value, err := outer.commands(n.Pipe, n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	if t := value.typ; t == nil || t.Kind() != reflect.Slice && t.Kind() != reflect.Array || n.Pipe.IsAssign {
		return nil, s.unknown(n, "a range over %v", value.typ)
	}
	inner := outer.with(value.typ.Elem())
	inner.nodes = new(1)
	index, element := -1, -1
	switch decl := n.Pipe.Decl; len(decl) {
	case 1:
		element = inner.declare(decl[0].Ident[0], inner.dot)
	case 2:
		index = inner.declare(decl[0].Ident[0], reflect.TypeFor[int]())
		element = inner.declare(decl[1].Ident[0], inner.dot)
	}
	each, err := inner.list(n.List)
	if err != nil {
		return nil, err
	}
	none, err := outer.with(s.dot).list(n.ElseList)
	if err != nil {
		return nil, err
	}
	eval, nodes, at := value.eval, *inner.nodes, s.at(n)
	return func(s *state, dot reflect.Value) {
		v := eval(s, dot)
		count := v.Len()
		if count == 0 {
			all(none, s, dot)
		}
		for i := range count {
			s.spend(nodes, at)
			one := v.Index(i)
			if element >= 0 {
				s.slots[element] = one
			}
			if index >= 0 {
				s.slots[index] = reflect.ValueOf(i)
			}
			all(each, s, one)
		}
	}, nil
}

// call compiles {{template "name" pipeline}}.
func (s *scope) call(n *parse.TemplateNode) (step, error) {
	value := expr{eval: func(*state, reflect.Value) reflect.Value { return reflect.Value{} }}
	var err error
	if n.Pipe != nil {
		if value, err = s.commands(n.Pipe, n.Pipe.Cmds); err != nil {
			return nil, err
		}
	}
	if s.set[n.Name] == nil { // html/template gives copies for other contexts a name of their own
		name, _, within := strings.Cut(n.Name, derived)
		if within {
			return nil, s.at(n).fault(Within, name, "no such template; in attributes and scripts none may stand")
		}
		return nil, s.at(n).fault(NoTemplate, name, "no such template")
	}
	b, err := s.template(n.Name, value.typ)
	if err != nil {
		return nil, err
	}
	eval, at := value.eval, s.at(n)
	return func(s *state, dot reflect.Value) { b.run(s, eval(s, dot), at) }, nil
}
