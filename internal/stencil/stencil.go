// Package stencil reads and executes templates of html/template, in a tenth of their time and within limits.
//
// html/template looks up each field by its name, each time, and calls each escaping function by
// reflection. Nearly all pages of a site show the same few structs, so all of that can be found out
// once: New takes a template and the type of its data, and returns closures that know where each
// field lies and how its text is escaped.
//
// The bytes are those that html/template writes; the tests compare the two. What this package does
// not know, New refuses: data of interface types, functions other than those of package text/template
// used by layouts, and text in places where html/template escapes in rarer ways (styles, unquoted
// attributes, scripts). Without these no value of a template grows while it is executed.
//
// Anybody can propose a template, so each may take no more than package limits allows, when it is read and
// when it is executed. Whatever is wrong with a template is an error of type *Fault, with its place.
package stencil

import (
	"bytes"
	"reflect"

	"achyk/internal/limits"
)

// Stencil is a template for data of type V. It may be used by several goroutines.
type Stencil[V any] struct{ body *body }

// New prepares a template of the set for its data. The words are those that {{.T "word"}} can say.
func New[V any](set Set, name string, words func(string) bool) (*Stencil[V], error) {
	c := &compiler{set: set, words: words, bodies: map[call]*body{}}
	b, err := c.template(name, reflect.TypeFor[V]())
	if err != nil {
		return nil, err
	}
	return &Stencil[V]{b}, nil
}

// Execute writes the template to b. It fails as html/template does, for instance if a pointer that
// has no value is followed, and where the template exceeds a limit.
func (s *Stencil[V]) Execute(b *bytes.Buffer, view *V) (err error) {
	run := &state{out: b, most: b.Len() + limits.LayoutPage, left: limits.LayoutSteps}
	defer func() {
		p := recover()
		fault, known := p.(*Fault)
		switch {
		case p == nil:
		case known:
			err = fault
		case run.within.node != nil: // a method does not bear the arguments that the template has given it
			err = run.within.fault(Unknown, run.within.text(), "%v", p)
		default:
			panic(p)
		}
	}()
	s.body.run(run, reflect.ValueOf(view).Elem(), place{})
	return nil
}

// state is one execution. What it may still do is counted where it can come to be much: for each turn of a
// loop and each call of a template as many steps as there are nodes in it, so that the nodes count nothing.
type state struct {
	out   *bytes.Buffer
	slots []reflect.Value // the variables of the template that is being executed
	most  int             // bytes of out
	left  int             // steps
	depth int             // of calls within each other

	within place // the call of a method that is executed
}

// spend counts steps.
func (s *state) spend(steps int, at place) {
	if s.left -= steps; s.left < 0 {
		panic(at.exceeds("steps", limits.LayoutSteps))
	}
	s.wrote(at)
}

// wrote ends the execution if it wrote too much.
func (s *state) wrote(at place) {
	if s.out.Len() > s.most {
		panic(at.exceeds("page", limits.LayoutPage))
	}
}

// step is a node of a template.
type step func(s *state, dot reflect.Value)

// body is a template for one type of data.
type body struct {
	steps []step
	slots int // of its variables; the first is $
	nodes int // outside of loops
}

// run executes a template with variables of its own. at is where it is called.
func (b *body) run(s *state, dot reflect.Value, at place) {
	if s.depth++; s.depth > limits.LayoutCalls {
		panic(at.exceeds("calls", limits.LayoutCalls))
	}
	s.spend(b.nodes+b.slots, at)
	outer := s.slots
	s.slots = make([]reflect.Value, b.slots)
	s.slots[0] = dot
	all(b.steps, s, dot)
	s.slots = outer
	s.depth--
}

// all executes steps one after another.
func all(steps []step, s *state, dot reflect.Value) {
	for _, do := range steps {
		do(s, dot)
	}
}
