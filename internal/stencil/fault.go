package stencil

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"
)

// Kind says what is wrong with a template.
type Kind string

// The kinds of faults.
const (
	NoFunction Kind = "function" // there is no function of that name, or templates may not call it
	NoVariable Kind = "variable" // no variable of that name was set
	NoField    Kind = "field"    // the page has no field of that name
	NoTemplate Kind = "template" // no template of that name is defined
	NoWord     Kind = "word"     // no message has that key
	NoValue    Kind = "no-value" // a page has none where the template needs one
	Token      Kind = "token"    // a sign or word stands where it may not
	Unopened   Kind = "unopened" // {{end}} or {{else}} without a beginning
	Unended    Kind = "unended"  // a beginning without {{end}}
	Unclosed   Kind = "unclosed" // an action, a bracket, a quoted text or a comment
	Twice      Kind = "twice"    // another file defines a template of that name
	Within     Kind = "within"   // a template is called in a tag, a script or the like
	Unknown    Kind = "unknown"  // what this package does not execute
	Other      Kind = "other"    // what another package says
	Exceeded   Kind = "exceeded" // a limit
)

// Fault is a mistake in a template.
type Fault struct {
	Kind   Kind
	File   string
	Line   int    // from 1
	Column int    // in bytes, from 0
	Value  string // the name or the piece of the template that is wrong, or which limit is exceeded
	Limit  int    // of Exceeded
	what   string // in English, for developers
}

func (f *Fault) Error() string {
	return fmt.Sprintf("template: %s:%d:%d: %s", f.File, f.Line, f.Column, cmp.Or(f.what, f.Value))
}

// place is a node of a template.
type place struct {
	tree *parse.Tree
	node parse.Node
}

// fault returns a fault at the place.
func (p place) fault(kind Kind, value, format string, args ...any) *Fault {
	location, context := p.tree.ErrorContext(p.node)
	f := &Fault{Kind: kind, Value: value, what: fmt.Sprintf("executing %q at <%s>: "+format, append([]any{p.tree.Name, context}, args...)...)}
	colon := strings.LastIndexByte(location, ':')
	f.Column, _ = strconv.Atoi(location[colon+1:])
	location = location[:colon]
	colon = strings.LastIndexByte(location, ':')
	f.Line, _ = strconv.Atoi(location[colon+1:])
	f.File = location[:colon]
	return f
}

// exceeds returns the fault of something that exceeds a limit.
func (p place) exceeds(what string, limit int) *Fault {
	f := p.fault(Exceeded, what, "more than %d %s", limit, what)
	f.Limit = limit
	return f
}

// text returns the node as the template has it.
func (p place) text() string { return p.node.String() }

// parserSays are the usual errors of package parse. Their first group, if any, is what is wrong.
var parserSays = []struct {
	kind Kind
	says *regexp.Regexp
}{
	{NoFunction, regexp.MustCompile(`^function "(.*)" not defined$`)},
	{NoVariable, regexp.MustCompile(`^undefined variable "(.*)"$`)},
	{Unopened, regexp.MustCompile(`^unexpected (\{\{(?:end|else)\}\})`)},
	{Unended, regexp.MustCompile(`^unexpected EOF`)},
	{Unclosed, regexp.MustCompile(`^(?:unexpected )?(?:unclosed|unterminated)`)},
	{Token, regexp.MustCompile(`^unexpected "(.*)" in `)},
	{Token, regexp.MustCompile(`^unexpected <?(.*?)>? in `)},
	{Token, regexp.MustCompile(`^(?:unrecognized character in action|bad character).*'(.*)'`)},
}

// notParsed returns the fault that package parse has told of a file. It tells no column, so the column is that of
// the word that is wrong, if the line has it.
func notParsed(file, text string, err error) *Fault {
	says := strings.TrimPrefix(err.Error(), "template: "+file+":")
	number, says, _ := strings.Cut(says, ": ")
	f := &Fault{Kind: Other, File: file, Value: says, what: says}
	f.Line, _ = strconv.Atoi(number)
	for _, known := range parserSays {
		if found := known.says.FindStringSubmatch(says); found != nil {
			f.Kind, f.Value = known.kind, strings.Join(found[1:], "")
			break
		}
	}
	if lines := strings.Split(text, "\n"); f.Value != "" && 0 < f.Line && f.Line <= len(lines) {
		f.Column = max(0, strings.Index(lines[f.Line-1], f.Value))
	}
	return f
}
