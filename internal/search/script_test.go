package search

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/dop251/goja"

	"achyk/layouts"
)

// script is the script of the search page with an index, in an engine written in Go. So its rules are
// tested without a browser.
type script struct {
	t     *testing.T
	vm    *goja.Runtime
	index *goja.Object
	bytes int // of the files that were read since the index was opened
}

// open opens an index in the script.
func open(t *testing.T, files map[string][]byte) *script {
	t.Helper()
	code, err := fs.ReadFile(layouts.Files, "search.js")
	if err != nil {
		t.Fatal(err)
	}
	s := &script{t: t, vm: goja.New()}
	s.vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
	s.vm.Set("head", string(files["index.json"]))
	s.vm.Set("load", func(name string) (*goja.Promise, error) {
		data, ok := files[name]
		if !ok {
			return nil, errors.New(name + " is not a file of the index")
		}
		s.bytes += zipped(data)
		promise, resolve, _ := s.vm.NewPromise()
		return promise, resolve(string(data))
	})
	if _, err := s.vm.RunString(string(code) + "\nvar index = new Index(JSON.parse(head), load); index"); err != nil {
		t.Fatal(err)
	}
	s.index = s.vm.Get("index").ToObject(s.vm)
	return s
}

// call calls a method of the index. If it returns a promise, call returns what that holds.
func call[T any](s *script, method string, args ...any) (result T) {
	s.t.Helper()
	f, ok := goja.AssertFunction(s.index.Get(method))
	if !ok {
		s.t.Fatalf("the script has no method %s", method)
	}
	values := make([]goja.Value, len(args))
	for i, a := range args {
		values[i] = s.vm.ToValue(a)
	}
	v, err := f(s.index, values...)
	if err != nil {
		s.t.Fatal(err)
	}
	if p, ok := v.Export().(*goja.Promise); ok {
		if p.State() != goja.PromiseStateFulfilled {
			s.t.Fatalf("%s(%v): %v", method, args, p.Result())
		}
		v = p.Result()
	}
	if err := s.vm.ExportTo(v, &result); err != nil {
		s.t.Fatal(err)
	}
	return result
}

// find returns the titles of what a query finds, the best first, at most ten.
func (s *script) find(query string) (titles []string) {
	s.t.Helper()
	result := call[struct {
		Found []int
		Near  bool
	}](s, "find", query)
	found := result.Found
	for _, n := range found[:min(10, len(found))] {
		entry := call[[]any](s, "entry", n)
		titles = append(titles, entry[1].([]any)[0].(string))
	}
	return titles
}

// alike tells whether the script takes two words for forms of one.
func (s *script) alike(a, b string) bool {
	s.t.Helper()
	const same, form = 4, 3
	words := append(call[[]string](s, "words", a), call[[]string](s, "words", b)...)
	fit := call[int](s, "alike", words[0], call[map[string]goja.Value](s, "seek", words[1]))
	return fit == same || fit == form
}
