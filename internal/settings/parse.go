package settings

import (
	"bytes"

	"github.com/pelletier/go-toml/v2/unstable"

	"achyk/internal/source"
)

var kinds = map[unstable.Kind]kind{
	unstable.String: stringKind, unstable.Integer: integerKind, unstable.Float: floatKind, unstable.Bool: booleanKind,
	unstable.LocalDate: dateKind, unstable.LocalDateTime: dateKind, unstable.DateTime: dateKind, unstable.LocalTime: timeKind,
	unstable.Array: arrayKind, unstable.InlineTable: tableKind,
}

// parse makes a tree of a text that begins at an offset of its file.
func parse(data []byte, base int) (*node, *mistake) {
	b := builder{data: data, base: base, root: &node{kind: tableKind, place: source.Span{Start: base, End: base}}}
	b.parser.Reset(data)
	within := b.root
	for b.parser.NextExpression() {
		switch e := b.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			within = b.header(e)
		case unstable.KeyValue:
			b.assign(within, e)
		}
	}
	if err := b.parser.Error(); err != nil {
		return nil, illFormed(err, &b.parser)
	}
	return b.root, nil
}

// builder makes a tree of expressions. It does not check whether an expression contradicts an
// earlier one, such as [a] after a = 1: the decoder refuses such a text, and its tree is not used.
type builder struct {
	data   []byte
	base   int // of data in its file
	parser unstable.Parser
	root   *node
}

// span is a range of the data as a place in the file.
func (b *builder) span(start, end int) source.Span {
	return source.Span{Start: b.base + start, End: b.base + end}
}

// bounds are the ends of a range of the data.
func bounds(r unstable.Range) (start, end int) {
	return int(r.Offset), int(r.Offset) + int(r.Length)
}

// header returns the table that [a.b] or [[a.b]] begins. If there is none, it makes one.
func (b *builder) header(e *unstable.Node) *node {
	n, keys := b.root, e.Key()
	start := -1
	for keys.Next() {
		from, to := bounds(keys.Node().Raw)
		if start < 0 {
			start = bytes.LastIndexByte(b.data[:from], '[')
			if e.Kind == unstable.ArrayTable {
				start--
			}
		}
		name := string(keys.Node().Data)
		if !keys.IsLast() {
			n = b.enter(n, name, b.span(start, to))
			continue
		}
		to += bytes.IndexByte(b.data[to:], ']') + 1
		if e.Kind == unstable.ArrayTable {
			return b.add(n, name, b.span(start, to+1))
		}
		n = b.enter(n, name, b.span(start, to))
		n.place = b.span(start, to) // was that of [a.b.c], if that came before
	}
	return n
}

// add puts one more table into the array of that name.
func (b *builder) add(n *node, name string, place source.Span) *node {
	list := n.table[name]
	if list == nil {
		list = b.child(n, name, place)
		list.kind = arrayKind
	}
	item := &node{kind: tableKind, place: place}
	list.items = append(list.items, item)
	return item
}

// enter returns the table of that name, the newest of an array of them. If there is none,
// it makes one.
func (b *builder) enter(n *node, name string, place source.Span) *node {
	next := n.table[name]
	if next == nil {
		next = b.child(n, name, place)
		next.kind = tableKind
	}
	if len(next.items) > 0 {
		return next.items[len(next.items)-1]
	}
	return next
}

// assign puts the value of key = value into a table.
func (b *builder) assign(n *node, e *unstable.Node) {
	start, end := bounds(e.Raw)
	keys := e.Key()
	for keys.Next() {
		_, to := bounds(keys.Node().Raw)
		if name, place := string(keys.Node().Data), b.span(start, to); keys.IsLast() {
			n, start = b.child(n, name, place), to
		} else {
			n = b.enter(n, name, place)
		}
	}
	start += bytes.IndexByte(b.data[start:], '=') + 1
	start += len(b.data[start:end]) - len(bytes.TrimLeft(b.data[start:end], " \t"))
	b.fill(n, e.Value(), b.span(start, end))
}

// fill sets what a node holds.
func (b *builder) fill(n *node, e *unstable.Node, value source.Span) {
	n.kind, n.value = kinds[e.Kind], value
	switch children := e.Children(); e.Kind {
	case unstable.Array:
		for children.Next() {
			place := value
			if start, end := extent(children.Node()); end > 0 {
				place = b.span(start, end)
			}
			item := &node{place: place}
			n.items = append(n.items, item)
			b.fill(item, children.Node(), place)
		}
	case unstable.InlineTable:
		for children.Next() {
			b.assign(n, children.Node())
		}
	default:
		n.text = string(e.Data)
	}
}

// extent returns the ends of an element of an array. The parser does not keep the brackets of
// a list, nor the closing brace of a table, so theirs are the ends of their elements. The end
// is 0 for an empty list.
func extent(e *unstable.Node) (start, end int) {
	start, end = bounds(e.Raw)
	for children := e.Children(); e.Kind != unstable.KeyValue && children.Next(); {
		from, to := extent(children.Node())
		if end == 0 {
			start = from
		}
		end = max(end, to)
	}
	return start, end
}

// child makes a node in a table.
func (b *builder) child(n *node, name string, place source.Span) *node {
	c := &node{place: place}
	if n.table == nil {
		n.table = map[string]*node{}
	}
	if n.table[name] == nil {
		n.keys = append(n.keys, name)
	}
	n.table[name] = c
	return c
}
