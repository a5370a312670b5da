// Package document converts Markdown with TOML front matter to HTML.
//
//	+++
//	title = "Аналитикалык кат"
//	+++
//	## Эмне табылды
//
// The file starts with a line +++, and the front matter ends with the next line that starts
// with +++. Markdown is CommonMark with tables, footnotes, strikethrough and bare links.
// HTML in the text is left out and reported, so that no text can bring a script into a page.
// Headings begin at level 2, because the page's title is level 1. Their ids are made of
// letters and digits of any alphabet, as in "эмне-табылды".
package document

import (
	"bytes"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"achyk/internal/diag"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// Document is a text as HTML.
type Document struct {
	HTML     template.HTML
	Headings []Heading
	File     *source.File // nil if the text has no front matter
	Links    []Link       // in the order of the text
}

// Link is the address of a link or picture that the text names.
type Link struct {
	Address string
	Span    source.Span // in the file
}

// Heading is a heading of a document.
type Heading struct {
	Level int // from 2 to 6
	ID    string
	Text  string // without markup
}

// Parse converts a file and decodes its front matter into front, a pointer to a struct. The
// places are those of the front matter's keys; they are nil if there is no front matter or if
// settings.Decode returns nil. The document is never nil; it is empty without front matter.
func Parse(f *source.File, front any) (*Document, *settings.Places, diag.List) {
	fence := "+++"
	data := string(f.Data)
	if !strings.HasPrefix(data[f.Begin():], fence) {
		return &Document{}, nil, diag.List{{Code: diag.NoFrontMatter, File: f}}
	}
	begin := strings.IndexByte(data, '\n') + 1
	end := strings.Index(data, "\n"+fence)
	if begin == 0 || end < begin-1 {
		return &Document{}, nil, diag.List{{Code: diag.OpenFront, File: f}}
	}
	places, problems := settings.Decode(f, source.Span{Start: begin, End: max(begin, end+1)}, front)
	body := end + len(fence) + 1
	if i := strings.IndexByte(data[body:], '\n'); i >= 0 {
		body += i + 1
	} else {
		body = len(data)
	}
	doc, more := render(f, body)
	return doc, places, append(problems, more...)
}

var markdown = goldmark.New(
	goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		extension.NewFootnote(extension.WithFootnoteBacklinkHTML("↑")),
		extension.Strikethrough,
		extension.Linkify,
	),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
)

func render(f *source.File, start int) (*Document, diag.List) {
	body := f.Data[start:]
	context := parser.NewContext(parser.WithIDs(&ids{taken: map[string]bool{}}))
	root := markdown.Parser().Parse(text.NewReader(body), parser.WithContext(context))
	doc := &Document{File: f}
	var problems diag.List
	shift := 0
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			shift = 1
		}
		return ast.WalkContinue, nil
	})
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+shift, 6)
			id, _ := n.AttributeString("id")
			doc.Headings = append(doc.Headings, Heading{n.Level, string(id.([]byte)), plain(n, body)})
		case *ast.Link:
			doc.addLink(start, n, n.Destination)
		case *ast.Image:
			doc.addLink(start, n, n.Destination)
		case *ast.HTMLBlock:
			if n.Lines().Len() > 0 {
				rawHTML(&problems, f, start, n.Lines().At(0))
			}
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				rawHTML(&problems, f, start, n.Segments.At(0))
			}
		}
		return ast.WalkContinue, nil
	})
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, body, root); err != nil {
		panic(fmt.Sprintf("rendering into memory failed: %v", err)) // writing to a bytes.Buffer does not fail
	}
	// A wide table scrolls in a box of its own, which tabindex makes reachable by keyboard.
	// The renderer leaves out raw HTML, so all <table> tags come from the table extension.
	html := strings.NewReplacer(
		"<table>", `<div class="scroll" tabindex="0"><table>`, "</table>", "</table></div>",
		"<!-- raw HTML omitted -->", "",
	).Replace(out.String())
	doc.HTML = template.HTML(html)
	return doc, problems
}

// addLink notes a link. Its place is the address, or its text if the address stands elsewhere.
func (d *Document) addLink(start int, n ast.Node, address []byte) {
	at := start + n.Pos()
	line, _, _ := bytes.Cut(d.File.Data[at:], []byte("\n"))
	span := source.Span{Start: at, End: at + 1}
	if i := bytes.Index(line, address); i > 0 && len(address) > 0 {
		span = source.Span{Start: at + i, End: at + i + len(address)}
	}
	address = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(address)))
	d.Links = append(d.Links, Link{string(address), span})
}

// rawHTML reports HTML at a segment of the body. Closing tags are not reported, because their
// opening tags are.
func rawHTML(problems *diag.List, f *source.File, start int, s text.Segment) {
	span := source.Span{Start: start + s.Start, End: start + s.Stop}
	if value := strings.TrimSpace(string(f.Data[span.Start:span.End])); !strings.HasPrefix(value, "</") {
		problems.Add(diag.Diagnostic{Code: diag.RawHTML, File: f, Span: span, Value: value, Args: diag.Args{"value": value}})
	}
}

// plain returns the text of a node without markup.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// ids makes the ids of headings. goldmark's own generator drops every byte that is not ASCII,
// so a Kyrgyz heading would have none.
type ids struct{ taken map[string]bool }

// Generate returns the slug of a heading, numbered from the second of its kind: a, a-2, a-3.
func (s *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	base := Slug(string(value))
	if base == "" {
		base = "section"
	}
	id := base
	for n := 2; s.taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	s.taken[id] = true
	return []byte(id)
}

// Put marks an id as taken.
func (s *ids) Put(value []byte) { s.taken[string(value)] = true }

// Slug returns a title as the fragment of an address: letters in lower case and digits, of any
// alphabet, with one hyphen for whatever stands between them.
func Slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
