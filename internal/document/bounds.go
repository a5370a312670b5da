package document

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"achyk/internal/limits"
)

// excess is where a text exceeds a limit. what is the key of a message below
// "diagnostics.limit".
type excess struct {
	at, limit int
	what      string
}

// beforeParsing finds what would take the parser minutes or gigabytes. It follows quotes and
// lists within each other line by line, looks for the end of each link and emphasis up to the end
// of the paragraph, and fills short rows of a table up to the width of its header: 24 KB became
// 4.4 GB. Where a paragraph ends depends on what is around it, so lines are counted up to the
// next blank one.
func beforeParsing(body []byte) *excess {
	lines, markers, columns, cells, at := 0, 0, 0, 0, 0
	most := min(limits.Tables, len(body)/len("a|")+limits.Filled)
	for line := range bytes.Lines(body) {
		if lines++; lines > limits.Lines {
			return &excess{at, limits.Lines, "lines"}
		}
		text := bytes.Trim(line, " \t\r\n") // other white space does not make a line blank
		if len(text) == 0 {
			markers, columns = 0, 0
		}
		if margin(line) > limits.Margin {
			return &excess{at, limits.Margin, "margin"}
		}
		if cells += columns; cells > most {
			return &excess{at, most, "tables"}
		}
		if bytes.IndexByte(text, '-') >= 0 && len(bytes.Trim(text, "|:- \t>")) == 0 {
			columns += bytes.Count(text, []byte("|")) + 1
		}
		for _, c := range text {
			switch c {
			case '*', '_', '~', '`', '[', ']', '<':
				markers++
			}
		}
		if markers > limits.Markers {
			return &excess{at, limits.Markers, "markers"}
		}
		at += len(line)
	}
	return nil
}

// margin returns how many bytes of a line come before its text: spaces, signs of quotes, bullets,
// numbers of lists and names of footnotes.
func margin(line []byte) int {
	i := 0
	for i < len(line) {
		switch rest := line[i:]; {
		case rest[0] == ' ', rest[0] == '\t', rest[0] == '>':
			i++
		case bytes.IndexByte([]byte("-+*"), rest[0]) >= 0 && spaced(rest[1:]):
			i++
		case rest[0] >= '0' && rest[0] <= '9':
			after := bytes.TrimLeft(rest, "0123456789")
			if len(after) == 0 || after[0] != '.' && after[0] != ')' || !spaced(after[1:]) {
				return i
			}
			i += len(rest) - len(after) + 1
		case bytes.HasPrefix(rest, []byte("[^")):
			end := bytes.Index(rest, []byte("]:"))
			if end < 0 {
				return i
			}
			i += end + len("]:")
		default:
			return i
		}
	}
	return i
}

// spaced tells whether a text begins with a space or is empty.
func spaced(text []byte) bool {
	return len(text) == 0 || bytes.IndexByte([]byte(" \t\r\n"), text[0]) >= 0
}

// beforeRendering finds headings beyond the limit, and addresses that are repeated too often: a text of 130 KB
// with one long address became 4.8 GB. size is that of the text.
func beforeRendering(root ast.Node, size int) (found *excess) {
	headings, addresses := 0, 0
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings++
		case *ast.Link:
			addresses += len(n.Destination) + len(n.Title)
		case *ast.Image:
			addresses += len(n.Destination) + len(n.Title)
		}
		if headings > limits.Headings {
			found = &excess{place(n), limits.Headings, "headings"}
		} else if addresses > size+limits.Repeated {
			found = &excess{place(n), limits.Repeated, "addresses"}
		}
		if found != nil {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}

// place returns the offset at which a node begins or, if the parser does not keep it, the block
// that it is in.
func place(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if at := n.Pos(); at >= 0 {
			return at
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
	}
	return 0
}
