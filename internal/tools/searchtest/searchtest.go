// Package searchtest runs the script of the search page (layouts/search.js) in an engine that is written
// in Go, so that tests can search without a browser.
package searchtest

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"testing"

	"github.com/dop251/goja"

	"achyk/layouts"
)

// Index is an index that is open in the script.
type Index struct {
	Bytes int // gzipped, of the files that were read

	t     testing.TB
	vm    *goja.Runtime
	index *goja.Object
}

// Found is what a query finds.
type Found struct {
	Found []int // the numbers of the entries, the best first
	Near  bool  // only a similar word was found
	Some  bool  // nothing has all words

	Outside bool // nothing of the place was found, but something of others
}

// Entry is an entry as the page shows it.
type Entry struct{ Address, Title string }

// Open opens an index, of which load reads the files.
func Open(t testing.TB, load func(name string) ([]byte, error)) *Index {
	t.Helper()
	code, err := fs.ReadFile(layouts.Files, "search.js")
	if err != nil {
		t.Fatal(err)
	}
	x := &Index{t: t, vm: goja.New()}
	x.vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
	read := func(name string) (string, error) {
		data, err := load(name)
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(data)
		w.Close()
		x.Bytes += b.Len()
		return string(data), err
	}
	head, err := read("index.json")
	if err != nil {
		t.Fatal(err)
	}
	x.vm.Set("head", head)
	x.vm.Set("load", func(name string) (*goja.Promise, error) {
		data, err := read(name)
		if err != nil {
			return nil, err
		}
		promise, resolve, _ := x.vm.NewPromise()
		return promise, resolve(data)
	})
	v, err := x.vm.RunString(string(code) + "\nnew Index(JSON.parse(head), load)")
	if err != nil {
		t.Fatal(err)
	}
	x.index = v.ToObject(x.vm)
	return x
}

// call calls a method of the index. If it returns a promise, call returns what that holds.
func call[T any](x *Index, method string, args ...any) (result T) {
	x.t.Helper()
	f, ok := goja.AssertFunction(x.index.Get(method))
	if !ok {
		x.t.Fatalf("the script has no method %s", method)
	}
	values := make([]goja.Value, len(args))
	for i, a := range args {
		values[i] = x.vm.ToValue(a)
	}
	v, err := f(x.index, values...)
	if err != nil {
		x.t.Fatal(err)
	}
	if p, ok := v.Export().(*goja.Promise); ok {
		if p.State() != goja.PromiseStateFulfilled {
			x.t.Fatalf("%s(%v): %v", method, args, p.Result())
		}
		v = p.Result()
	}
	if err := x.vm.ExportTo(v, &result); err != nil {
		x.t.Fatal(err)
	}
	return result
}

// Find looks up a query, in the place with a key unless that is empty.
func (x *Index) Find(query, place string) Found {
	x.t.Helper()
	return call[Found](x, "find", query, place)
}

// First returns the entries that a query finds, the best first, at most n.
func (x *Index) First(query string, n int) []Entry { return x.FirstIn(query, "", n) }

// FirstIn is First for a place.
func (x *Index) FirstIn(query, place string, n int) (entries []Entry) {
	x.t.Helper()
	found := x.Find(query, place).Found
	for _, number := range found[:min(n, len(found))] {
		e := call[[]any](x, "entry", number)
		title := ""
		for _, part := range e[1].([]any) {
			if said, ok := part.([]any); ok { // in another language
				part = said[0]
			}
			if title != "" {
				title += " — "
			}
			title += part.(string)
		}
		entries = append(entries, Entry{e[0].(string), title})
	}
	return entries
}

// Words returns the words of a text, folded.
func (x *Index) Words(text string) []string {
	x.t.Helper()
	return call[[]string](x, "words", text)
}

// Alike tells whether the script takes two words for forms of one.
func (x *Index) Alike(a, b string) bool {
	x.t.Helper()
	words := append(x.Words(a), x.Words(b)...)
	return call[int](x, "alike", words[0], call[map[string]goja.Value](x, "seek", words[1])) == 2
}
