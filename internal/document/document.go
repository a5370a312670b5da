// Package document turns Markdown with TOML front matter into HTML.
//
//	+++
//	title = "Аналитикалык кат"
//	+++
//	## Эмне табылды
//
// Tables and footnotes are on. HTML in the text is left out and reported: what is
// published is what the Markdown says and nothing a page could be attacked with.
// Headings start at level 2, under the page's own title, and get readable ids in any
// alphabet ("эмне-табылды"), so that a link to a section survives being read aloud.
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

	"achyk/internal/diag"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// Document is a text ready for a page.
type Document struct {
	HTML     template.HTML
	Headings []Heading
}

// Heading is one section of a document.
type Heading struct {
	Level int // from 2
	ID    string
	Text  string
}

// Parse reads a file, decoding its front matter into front, a pointer to a struct. The
// places are those of the front matter's keys. Where problems hold an error the document
// is what could be read, never nil.
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
	doc := &Document{}
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
		panic(fmt.Sprintf("rendering into memory failed: %v", err)) // a bytes.Buffer cannot fail
	}
	// A wide table scrolls in its own box, which the keyboard can reach. With raw HTML
	// off these tags can come from nowhere but the table extension.
	html := strings.NewReplacer(
		"<table>", `<div class="scroll" tabindex="0"><table>`, "</table>", "</table></div>",
		"<!-- raw HTML omitted -->", "",
	).Replace(out.String())
	doc.HTML = template.HTML(html)
	return doc, problems
}

// rawHTML reports an element, at its opening tag.
func rawHTML(problems *diag.List, f *source.File, start int, s text.Segment) {
	span := source.Span{Start: start + s.Start, End: start + s.Stop}
	if value := strings.TrimSpace(string(f.Data[span.Start:span.End])); !strings.HasPrefix(value, "</") {
		problems.Add(diag.Diagnostic{Code: diag.RawHTML, File: f, Span: span, Value: value, Args: diag.Args{"value": value}})
	}
}

// plain is the text of a node without its markup.
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

// ids gives headings ids of any alphabet; goldmark's own drop every non-ASCII byte.
type ids struct{ taken map[string]bool }

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

func (s *ids) Put(value []byte) { s.taken[string(value)] = true }

// Slug makes a readable fragment of a title: lower case letters and digits of any
// alphabet, everything else one hyphen.
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
