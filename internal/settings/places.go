package settings

import "achyk/internal/source"

// Places tells where the keys of a TOML text stand in its file.
type Places struct {
	file *source.File
	root *node
}

// File returns the file the keys are in.
func (p *Places) File() *source.File { return p.file }

// At returns the place of a key. The path consists of names (string) and of indexes into
// arrays (int, from 0): At("clause", 2, "title", "ky") is the Kyrgyz title of the third
// [[clause]].
//
// The place of a table is its header, [act] or [[clause]]; the place of an element of a list
// is the element; any other place is the key, without its value. If a step leads nowhere,
// At returns the place of the step before, so a key that is missing is reported at its table.
// At() and keys missing from the top level have the empty span at the start of the text.
func (p *Places) At(path ...any) source.Span {
	n := p.root
	for _, step := range path {
		next := n.child(step)
		if next == nil {
			break
		}
		n = next
	}
	return n.place
}

// Dates calls a function with each date of the text as it is written, and its place, in the order of the keys.
func (p *Places) Dates(each func(date string, at source.Span)) { p.root.dates(each) }

func (n *node) dates(each func(string, source.Span)) {
	if n.kind == dateKind {
		each(n.text, n.value)
	}
	for _, name := range n.keys {
		n.table[name].dates(each)
	}
	for _, item := range n.items {
		item.dates(each)
	}
}

// node is a value in a TOML text.
type node struct {
	kind  kind
	place source.Span // what Places.At returns
	value source.Span // empty for what a header makes
	text  string      // of a string: what it says; of another scalar: how it is written
	keys  []string    // of a table: its names, in the order of the text
	table map[string]*node
	items []*node // of an array
}

// child returns the value below a name or an index, or nil.
func (n *node) child(step any) *node {
	switch step := step.(type) {
	case string:
		return n.table[step]
	case int:
		if step >= 0 && step < len(n.items) {
			return n.items[step]
		}
	}
	return nil
}

// places lists where a value begins: an array of tables has as many places as headers.
func (n *node) places() []source.Span {
	if n.kind != arrayKind || n.value != (source.Span{}) {
		return []source.Span{n.place}
	}
	var all []source.Span
	for _, item := range n.items {
		all = append(all, item.place)
	}
	return all
}

// kind is a type of TOML. Where a diagnostic names one, the text is "diagnostics.toml.<kind>".
type kind string

const (
	stringKind  kind = "string"
	integerKind kind = "integer"
	floatKind   kind = "float"
	booleanKind kind = "boolean"
	dateKind    kind = "date" // with or without a time, with or without a zone
	timeKind    kind = "time" // without a date
	arrayKind   kind = "array"
	tableKind   kind = "table"
)
