package layouts

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

// minifier applies the rule on white space to one template, from its first node to its last. It
// changes only the text nodes of the parse tree. The tree keeps its source, so errors name
// the line and column of the file. It must run before html/template executes the template.
type minifier struct {
	state state
	name  string // of the tag that is read, with a slash if it closes; then of the element of kept
	quote byte   // around the attribute's value that is read; 0 outside of values
}

// state tells what the next byte of the text belongs to. An action, such as {{.Name}}, may
// stand in each of them.
type state int

const (
	inText state = iota // where every template begins
	inTag
	inComment
	inKept // the content of an element of kept
)

// list minifies nodes that follow each other. Text nodes that come to stand side by side are
// joined, because a page is rendered by one write for each node.
func (m *minifier) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	var nodes []parse.Node
	var last *parse.TextNode // the last of nodes, if it is text
	for _, node := range l.Nodes {
		text := m.node(node)
		switch {
		case text == nil:
			nodes, last = append(nodes, node), nil
		case last != nil:
			last.Text = append(last.Text, text.Text...) // of the minifier alone
		case len(text.Text) > 0:
			nodes, last = append(nodes, text), text
		}
	}
	l.Nodes = nodes
}

// node minifies a node and returns it if it is text, else nil. {{" "}} is made text.
func (m *minifier) node(node parse.Node) *parse.TextNode {
	switch n := node.(type) {
	case *parse.TextNode:
		n.Text = m.text(n.Text)
		return n
	case *parse.ActionNode:
		if n.String() == `{{" "}}` {
			return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(" ")}
		}
	case *parse.IfNode:
		m.branches(&n.BranchNode)
	case *parse.WithNode:
		m.branches(&n.BranchNode)
	case *parse.RangeNode:
		m.branches(&n.BranchNode)
	}
	return nil
}

// branches minifies both branches of an action. html/template refuses a template whose branches
// end in different places of the markup, so the state after the first is good for both.
func (m *minifier) branches(b *parse.BranchNode) {
	before := *m
	m.list(b.List)
	after := *m
	*m = before
	m.list(b.ElseList)
	*m = after
}

// kept are the elements whose content is not changed, each with the end of its content.
var kept = map[string]*regexp.Regexp{
	"pre":      regexp.MustCompile(`(?i)</pre\b`),
	"textarea": regexp.MustCompile(`(?i)</textarea\b`),
	"script":   regexp.MustCompile(`(?i)</script\b`),
	"style":    regexp.MustCompile(`(?i)</style\b`),
}

var (
	tagStart   = regexp.MustCompile(`<(!--|!|/?[A-Za-z][A-Za-z0-9-]*)`)
	commentEnd = regexp.MustCompile(`-->`)
)

// text minifies the text between two actions.
func (m *minifier) text(src []byte) []byte {
	var out []byte
	for len(src) > 0 {
		var n int // bytes of src that belong to the state
		switch m.state {
		case inText:
			n = m.readText(src)
			out = append(out, joinLines(src[:n])...)
		case inTag:
			n = m.readTag(src)
			out = append(out, joinAttributes(src[:n])...)
		case inComment:
			n = m.readUntil(commentEnd, src)
			out = append(out, src[:n]...)
		case inKept:
			n = m.readUntil(kept[m.name], src)
			out = append(out, src[:n]...)
		}
		src = src[n:]
	}
	return out
}

// readText returns the length of the text before the next tag or comment.
func (m *minifier) readText(src []byte) int {
	at := tagStart.FindSubmatchIndex(src)
	if at == nil {
		return len(src)
	}
	m.state, m.name = inTag, strings.ToLower(string(src[at[2]:at[3]]))
	if m.name == "!--" {
		m.state = inComment
	}
	return at[0]
}

// readTag returns the length of the tag, or of the part of it before an action.
func (m *minifier) readTag(src []byte) int {
	for i, c := range src {
		switch {
		case m.quote != 0:
			if c == m.quote {
				m.quote = 0
			}
		case c == '"' || c == '\'':
			m.quote = c
		case c == '>':
			m.state = inText
			if kept[m.name] != nil {
				m.state = inKept
			}
			return i + 1
		}
	}
	return len(src)
}

// readUntil returns the length of what is before end, where text begins again.
func (m *minifier) readUntil(end *regexp.Regexp, src []byte) int {
	at := end.FindIndex(src)
	if at == nil {
		return len(src)
	}
	m.state = inText
	return at[0]
}

const blank = " \t\r"

// joinLines drops line ends, the white space around them and empty lines. Words of two lines are
// joined by a space.
func joinLines(text []byte) []byte {
	lines := bytes.Split(text, []byte("\n"))
	for i := range lines {
		if i > 0 {
			lines[i] = bytes.TrimLeft(lines[i], blank)
		}
		if i < len(lines)-1 {
			lines[i] = bytes.TrimRight(lines[i], blank)
		}
	}
	lines = slices.DeleteFunc(lines, func(line []byte) bool { return len(line) == 0 })
	return bytes.Join(lines, []byte(" "))
}

var lineEnd = regexp.MustCompile(`\s*\n\s*`)

// joinAttributes makes each line end of a tag a space, and drops the one before its end.
func joinAttributes(tag []byte) []byte {
	tag = lineEnd.ReplaceAll(tag, []byte("\n"))
	for _, end := range []string{">", "/>"} {
		if before, ok := bytes.CutSuffix(tag, []byte("\n"+end)); ok {
			tag = append(before, end...)
		}
	}
	return bytes.ReplaceAll(tag, []byte("\n"), []byte(" "))
}
