// Package document converts Markdown with TOML front matter to HTML.
//
//	+++
//	title = "Аналитикалык кат"
//	+++
//	## Эмне табылды
//
// The file starts with a line +++, and the front matter ends with the next line that starts
// with +++. Markdown is CommonMark with tables, footnotes, strikethrough and bare links.
// HTML in the text is left out and reported, so that no text can bring a script into a page. So
// are pictures of other sites, addresses such as javascript:, and what exceeds package limits.
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
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"achyk/internal/diag"
	"achyk/internal/limits"
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
	Text  string      // without markup
	Span  source.Span // of the text in the file
}

// Section is a heading with what stands below it up to the next heading.
type Section struct {
	Heading
	HTML template.HTML // without the heading
}

// Sections are the parts of a document. What stands before the first heading is the first of them,
// with a heading that is empty.
func (d *Document) Sections() []Section {
	rest := string(d.HTML)
	all := []Section{{}}
	for _, h := range d.Headings {
		mark := fmt.Sprintf("<h%d id=%q>", h.Level, h.ID)
		end := fmt.Sprintf("</h%d>", h.Level)
		before, after, _ := strings.Cut(rest, mark)
		all[len(all)-1].HTML = template.HTML(strings.TrimSpace(before))
		_, rest, _ = strings.Cut(after, end)
		all = append(all, Section{Heading: h})
	}
	all[len(all)-1].HTML = template.HTML(strings.TrimSpace(rest))
	return all
}

// Parse converts a file and decodes its front matter into front, a pointer to a struct. The
// places are those of the front matter's keys; they are nil if there is no front matter or if
// settings.Decode returns nil. The document is never nil; it is empty without front matter.
func Parse(f *source.File, front any) (*Document, *settings.Places, diag.List) {
	fence := "+++"
	data := string(f.Data)
	if !strings.HasPrefix(data[f.Begin():], fence) {
		value := ""
		if yaml := "---"; strings.HasPrefix(data[f.Begin():], yaml) {
			value = yaml
		}
		return &Document{}, nil, diag.List{{Code: diag.NoFrontMatter, File: f, Value: value, Args: diag.Args{"value": value}}}
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
	doc := &Document{File: f}
	r := renderer{file: f, start: start, body: f.Data[start:]}
	if !r.fits(beforeParsing(r.body)) {
		return doc, r.problems.List
	}
	context := parser.NewContext(parser.WithIDs(&ids{taken: map[string]bool{}, last: map[string]int{}}))
	root := markdown.Parser().Parse(text.NewReader(r.body), parser.WithContext(context))
	if !r.fits(beforeRendering(root, len(r.body))) {
		return doc, r.problems.List
	}
	r.judge(root, doc)
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, r.body, root); err != nil {
		panic(fmt.Sprintf("rendering into memory failed: %v", err)) // writing to a bytes.Buffer does not fail
	}
	if out.Len() > limits.HTML {
		r.fits(&excess{0, limits.HTML, "html"})
		return &Document{File: f}, r.problems.List
	}
	if refused(out.String()) != "" && refused(string(r.body)) == "" { // what stands as it is, callers judge
		at, end, code := entity(r.body)
		r.report(code, at, end)
	}
	doc.HTML = template.HTML(finish.Replace(out.String()))
	return doc, r.problems.List
}

// finish puts a wide table into a box of its own, in which it scrolls and which tabindex makes reachable by
// keyboard. The renderer leaves out raw HTML, so all <table> tags come from the table extension.
var finish = strings.NewReplacer(
	"<table ", `<div class="scroll" tabindex="0"><table `, "</table>", "</table></div>",
	"<!-- raw HTML omitted -->", "",
)

// renderer judges the text of a file and makes HTML of it.
type renderer struct {
	file     *source.File
	start    int // of the text in the file
	body     []byte
	problems diag.Collector
}

// fits reports what exceeds a limit, and tells whether nothing does.
func (r *renderer) fits(e *excess) bool {
	if e == nil {
		return true
	}
	at := source.Span{Start: r.start + e.at, End: r.start + e.at}
	r.problems.Add(diag.Diagnostic{
		Code: diag.OverLimit, File: r.file, Span: at,
		Args: diag.Args{"what": diag.Phrase("limit." + e.what), "have": "", "limit": e.limit, "key": ""},
	})
	return false
}

// report reports a part of the text.
func (r *renderer) report(code diag.Code, start, end int) {
	value := strings.TrimSpace(string(r.body[start:end]))
	r.problems.Add(diag.Diagnostic{
		Code: code, File: r.file, Span: source.Span{Start: r.start + start, End: r.start + end},
		Value: value, Args: diag.Args{"value": value},
	})
}

// judge reports HTML in a text and addresses that no page should have, moves headings below
// the page's title, and notes headings and links.
func (r *renderer) judge(root ast.Node, doc *Document) {
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
			h := Heading{Level: n.Level, ID: string(id.([]byte)), Text: plain(n, r.body)}
			if n.Lines().Len() > 0 {
				h.Span = source.Span{Start: r.start + n.Lines().At(0).Start, End: r.start + n.Lines().At(0).Stop}
			}
			doc.Headings = append(doc.Headings, h)
		case *extast.Table:
			label(n, r.body)
		case *ast.HTMLBlock:
			if n.Lines().Len() > 0 {
				r.rawHTML(n.Lines().At(0))
			}
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				r.rawHTML(n.Segments.At(0))
			}
		}
		if address, code := link(n, r.body); code != "" {
			at := place(n)
			r.problems.Add(diag.Diagnostic{
				Code: code, File: r.file, Span: source.Span{Start: r.start + at, End: r.start + at},
				Value: address, Args: diag.Args{"value": address},
			})
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			doc.addLink(r.start, n, n.Destination)
		case *ast.Image:
			doc.addLink(r.start, n, n.Destination)
		}
		return ast.WalkContinue, nil
	})
}

// label gives the cells of a table the headings of their columns, which narrow screens show beside them. A long
// heading is cut, because it is repeated in every row.
func label(table *extast.Table, src []byte) {
	const most = 60
	var heads []string
	table.SetAttributeString("class", []byte("stack"))
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		i := 0
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if row.Kind() == extast.KindTableHeader {
				head := []rune(plain(cell, src))
				heads = append(heads, string(head[:min(most, len(head))]))
			} else if i < len(heads) {
				cell.SetAttributeString("data-label", []byte(heads[i]))
			}
			i++
		}
	}
}

// addLink notes a link. Its place is the address, or its text if the address stands elsewhere.
func (d *Document) addLink(start int, n ast.Node, address []byte) {
	at := start + place(n)
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
func (r *renderer) rawHTML(s text.Segment) {
	if !bytes.HasPrefix(bytes.TrimSpace(r.body[s.Start:s.Stop]), []byte("</")) {
		r.report(diag.RawHTML, s.Start, s.Stop)
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
type ids struct {
	taken map[string]bool
	last  map[string]int // by slug: the number that was given last
}

// Generate returns the slug of a heading, numbered from the second of its kind: a, a-2, a-3.
func (s *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	base := Slug(string(value))
	if base == "" {
		base = "section"
	}
	id := base
	for s.taken[id] {
		s.last[base] = max(2, s.last[base]+1)
		id = base + "-" + strconv.Itoa(s.last[base])
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
