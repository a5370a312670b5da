// Package stencil executes templates of html/template in a tenth of their time.
//
// html/template looks up each field by its name, each time, and calls each escaping function by
// reflection. Nearly all pages of a site show the same few structs, so all of that can be found out
// once: New takes a template and the type of its data, and returns closures that know where each
// field lies and how its text is escaped.
//
// The bytes are those that html/template writes; the tests compare the two. What this package does
// not know, New refuses with an error of type *Unknown, and the caller executes the template itself:
// data of interface types, functions other than those of package text/template used by layouts, and
// text in places where html/template escapes in rarer ways (styles, unquoted attributes, scripts).
package stencil

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
)

// Stencil is a template for data of type V. It may be used by several goroutines.
type Stencil[V any] struct{ body *body }

// Unknown says that a template has something that this package cannot execute.
type Unknown struct {
	Where string // the place in the template
	What  string
}

func (u *Unknown) Error() string { return u.Where + ": stencil: " + u.What }

// New prepares a template. Afterwards html/template refuses further definitions in its set, as it does
// once a template was executed. The error is of type *template.Error if html/template finds that the
// output of the template would not be safe.
func New[V any](t *template.Template) (*Stencil[V], error) {
	var zero V
	var unsafe *template.Error
	if err := t.Execute(io.Discard, zero); errors.As(err, &unsafe) { // puts the escaping functions into the tree
		return nil, unsafe
	}
	c := &compiler{set: t, bodies: map[call]*body{}}
	b, err := c.template(t.Name(), reflect.TypeFor[V]())
	if err != nil {
		return nil, err
	}
	return &Stencil[V]{b}, nil
}

// Execute writes the template to b. It fails as html/template does, for instance if a pointer that
// has no value is followed.
func (s *Stencil[V]) Execute(b *bytes.Buffer, view *V) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case failure:
			err = p.error
		default:
			panic(p)
		}
	}()
	s.body.run(&state{out: b}, reflect.ValueOf(view).Elem())
	return nil
}

// failure is what a step panics with.
type failure struct{ error }

// fail ends the execution.
func fail(where, format string, args ...any) {
	panic(failure{fmt.Errorf("template: "+where+": "+format, args...)})
}

// state is one execution.
type state struct {
	out   *bytes.Buffer
	slots []reflect.Value // the variables of the template that is being executed
}

// step is a node of a template.
type step func(s *state, dot reflect.Value)

// body is a template for one type of data.
type body struct {
	steps []step
	slots int // of its variables; the first is $
}

// run executes a template with variables of its own.
func (b *body) run(s *state, dot reflect.Value) {
	outer := s.slots
	s.slots = make([]reflect.Value, b.slots)
	s.slots[0] = dot
	all(b.steps, s, dot)
	s.slots = outer
}

// all executes steps one after another.
func all(steps []step, s *state, dot reflect.Value) {
	for _, do := range steps {
		do(s, dot)
	}
}
