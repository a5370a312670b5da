package stencil

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"achyk/internal/limits"
)

// Parse adds the templates of a file to a set. The error is of type *Fault. Package html/template takes a template of a name
// that another file defined in the place of that one, without a word, in all pages; Parse refuses it.
func Parse(set *template.Template, file, text string) error {
	before := map[string]*parse.Tree{}
	for _, t := range set.Templates() {
		before[t.Name()] = t.Tree
	}
	if file != set.Name() {
		set = set.New(file)
	}
	if _, err := set.Parse(text); err != nil {
		return notParsed(file, text, err)
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if tree := before[name]; tree != nil && set.Lookup(name).Tree != tree {
			return definedAgain(file, text, name, tree.ParseName)
		}
	}
	return nil
}

// definedAgain returns the fault of a file that defines a template which another file defined.
func definedAgain(file, text, name, other string) *Fault {
	f := &Fault{Kind: Twice, File: file, Line: 1, Value: name, what: fmt.Sprintf("defines %q as %s does", name, other)}
	for _, at := range defining.FindAllStringIndex(text, -1) {
		quoted, _ := strconv.QuotedPrefix(text[at[1]:])
		if defined, err := strconv.Unquote(quoted); err == nil && defined == name {
			f.Line += strings.Count(text[:at[0]], "\n")
			f.Column = at[0] - strings.LastIndexByte(text[:at[0]], '\n') - 1
			break
		}
	}
	return f
}

// defining is what stands before the name that a file gives a template.
var defining = regexp.MustCompile(`\b(?:define|block)\s+`)

// Set is templates that escape what they write, by their names.
type Set map[string]*parse.Tree

// Escape puts functions that escape into the templates of a set, in which it may not be executed afterwards.
// The error joins those of all templates, each of type *Fault, but of a file no more than limits.Findings.
//
// html/template puts them there, but follows calls of templates, and takes for ever if many are within each
// other. Here each template is escaped by itself: it must begin and end where text stands, outside of tags,
// and so must those that it calls. New refuses the call of any other.
func Escape(set *template.Template) (Set, error) {
	all := Set{}
	for _, t := range set.Templates() {
		if t.Tree != nil && !strings.Contains(t.Name(), derived) {
			all[t.Name()] = t.Tree
		}
	}
	var wrong []error
	faults := map[string]int{} // of each file; to find the place of one takes as long as to read the file
	work := 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		m := &measure{tree: all[name], calls: map[string]bool{}, work: work}
		if m.list(m.tree.Root, 1, 0); m.wrong != nil {
			return nil, m.wrong
		}
		work = m.work
		file := m.tree.ParseName
		if faults[file] == limits.Findings {
			continue
		}
		if err := all.escape(m.tree, m.calls); err != nil {
			faults[file]++
			wrong = append(wrong, err)
		}
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return all, nil
}

// derived stands in the names of the copies that html/template makes of templates which are called in tags,
// scripts and the like.
const derived = "$htmltemplate_"

// measure finds out how much there is to do for a template.
type measure struct {
	tree  *parse.Tree
	calls map[string]bool // names of templates
	work  int             // bytes to escape: html/template goes through each loop twice, and so through a loop in it four times
	wrong error           // a limit that is exceeded
}

// list measures the nodes of a list, which may be nil.
func (m *measure) list(list *parse.ListNode, times, depth int) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		const node = 16 // bytes that the other nodes count
		m.work += times * node
		if text, ok := n.(*parse.TextNode); ok {
			m.work += times * weight(text.Text)
		}
		switch {
		case m.wrong != nil:
			return
		case m.work > limits.LayoutWork:
			m.wrong = place{m.tree, n}.exceeds("work", limits.LayoutWork)
		case depth > limits.LayoutBlocks:
			m.wrong = place{m.tree, n}.exceeds("blocks", limits.LayoutBlocks)
		}
		switch n := n.(type) {
		case *parse.IfNode:
			m.list(n.List, times, depth+1)
			m.list(n.ElseList, times, depth+1)
		case *parse.WithNode:
			m.list(n.List, times, depth+1)
			m.list(n.ElseList, times, depth+1)
		case *parse.RangeNode:
			m.list(n.List, 2*times, depth+1)
			m.list(n.ElseList, times, depth+1)
		case *parse.TemplateNode:
			m.calls[n.Name] = true
		}
	}
}

// weight returns how many bytes a text counts. html/template goes through the rest of it for each "<" that begins no
// tag, and for each sign of a script, where that takes a hundredth of the time if no "<" is in it.
func weight(text []byte) int {
	n := len(text)
	return n + n*bytes.Count(text, []byte("<"))/128 + n*n/(16<<10)
}

// stop ends the execution of a template before it has begun, because a number has no length.
var stop = template.Must(template.New("").Parse("{{len 0}}")).Tree.Root.Nodes[0]

// escape escapes a template. html/template does so when a template is executed.
func (s Set) escape(tree *parse.Tree, calls map[string]bool) error {
	name := tree.Name
	for calls[name] { // it calls itself
		name += "'"
	}
	alone := template.New(name)
	for called := range calls {
		if s[called] != nil {
			if _, err := alone.AddParseTree(called, &parse.Tree{Name: called, Root: &parse.ListNode{NodeType: parse.NodeList}}); err != nil {
				return err
			}
		}
	}
	nodes := tree.Root.Nodes
	tree.Root.Nodes = slices.Concat([]parse.Node{stop.Copy()}, nodes)
	alone, err := alone.AddParseTree(name, tree)
	if err == nil {
		err = alone.Execute(nil, nil)
	}
	tree.Root.Nodes = nodes
	var unsafe *template.Error
	if !errors.As(err, &unsafe) {
		return nil
	}
	at := place{tree, tree.Root}
	if unsafe.Node != nil {
		at.node = unsafe.Node
	}
	kind, value := Other, unsafe.Description
	if unsafe.ErrorCode == template.ErrNoSuchTemplate {
		kind, value = NoTemplate, strings.Trim(strings.TrimPrefix(value, "no such template "), `"`)
	}
	f := at.fault(kind, value, "%s", unsafe.Description)
	if unsafe.Node == nil && unsafe.Line > 0 {
		f.Line, f.Column = unsafe.Line, 0
	}
	return f
}
