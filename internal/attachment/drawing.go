package attachment

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// drawing judges a drawing in SVG. As a picture in a page it runs nothing, but a reader can open
// it by itself, and then it is a page of the site that can run scripts. So it may hold only what
// is known to draw and no more: the elements and attributes below, no declaration of a document
// type, no style sheet of others, and no link but to a gradient in itself. Elements that draw
// others again (use, pattern, marker, mask, filter, clipPath) are left out: within each other
// they can keep a browser busy for hours.
func drawing(f io.ReaderAt, size int64, _ *int64) (*diag.Diagnostic, error) {
	if size > limits.Drawing {
		return tooMuch("file-size", int(size), limits.Drawing), nil
	}
	file := &source.File{Data: make([]byte, size)}
	if _, err := f.ReadAt(file.Data, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var open []string // the elements that are open
	for decoder, drawn := xml.NewDecoder(bytes.NewReader(file.Data)), false; ; {
		begin := int(decoder.InputOffset())
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && drawn {
			return nil, nil
		}
		// encoding/xml refuses elements that are not closed, and takes anything outside of the root.
		if err != nil || len(open) == 0 && outside(token, drawn) {
			d := unfit(damaged)
			d.File, d.Span = file, source.Span{Start: begin, End: begin}
			return d, nil
		}
		found := ""
		switch t := token.(type) {
		case xml.StartElement:
			drawn, open = true, append(open, t.Name.Local)
			if len(open) > limits.DrawingDepth {
				return tooMuch("drawing-depth", 0, limits.DrawingDepth), nil
			}
			found = activeElement(t)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && open[len(open)-1] == "style" && !harmless(string(t)) {
				found = "style"
			}
		case xml.Comment:
			if len(open) > 0 && open[len(open)-1] == "style" {
				found = "style" // the comment could divide a word in two that is read as one
			}
		case xml.Directive:
			found = "<!DOCTYPE>"
		case xml.ProcInst:
			if t.Target != "xml" || !declaration.Match(t.Inst) {
				found = "<?" + t.Target + "?>"
			}
		}
		if found != "" {
			d := active(found)
			d.File, d.Span = file, source.Span{Start: begin, End: int(decoder.InputOffset())}
			return d, nil
		}
	}
}

// outside tells whether a token may not stand outside of the root: text, or a second root.
func outside(token xml.Token, drawn bool) bool {
	switch t := token.(type) {
	case xml.StartElement:
		return drawn
	case xml.CharData:
		return strings.Trim(string(t), " \t\r\n\ufeff") != ""
	}
	return false
}

// declaration is what may stand at the beginning of a drawing. In another encoding a browser
// would read other elements than we do.
var declaration = regexp.MustCompile(`^version=["']1\.[01]["'](\s+encoding=["'](?i:utf-8)["'])?(\s+standalone=["'](yes|no)["'])?\s*$`)

const (
	svg   = "http://www.w3.org/2000/svg"
	xlink = "http://www.w3.org/1999/xlink"
	xmlns = "http://www.w3.org/XML/1998/namespace"
)

// declaring are the names that no prefix may stand for: encoding/xml would take any attribute with
// such a prefix for a declaration.
var declaring = map[string]bool{"xmlns": true, "http://www.w3.org/2000/xmlns/": true}

// activeElement returns what is not known to be harmless in a tag, or "".
func activeElement(t xml.StartElement) string {
	if t.Name.Space != svg || !elements[t.Name.Local] {
		return "<" + t.Name.Local + ">"
	}
	for _, a := range t.Attr {
		name := a.Name.Local
		switch {
		case (a.Name.Space == "xmlns" || a.Name.Space == "" && name == "xmlns") && !declaring[a.Value]: // says of which language names are
		case a.Name.Space == xmlns && (name == "lang" || name == "space"):
		case (a.Name.Space == "" || a.Name.Space == xlink) && name == "href" && strings.HasPrefix(a.Value, "#"):
		case a.Name.Space == "" && words[name]:
		case a.Name.Space == "" && attributes[name] && harmless(a.Value):
		default:
			return name
		}
	}
	return ""
}

// harmless tells whether a value of an attribute, or a style sheet, calls only functions that
// compute colours and places, and loads nothing. A backslash could hide a name, and a sign @
// begins an import.
func harmless(value string) bool {
	if strings.ContainsAny(value, `\@`) {
		return false
	}
	for {
		call := function.FindStringSubmatchIndex(value)
		if call == nil {
			return true
		}
		name, inside := strings.ToLower(value[call[2]:call[3]]), call[4] >= 0
		if !functions[name] && (name != "url" || !inside) {
			return false
		}
		value = value[call[1]:]
	}
}

// function is the call of a function of CSS, with the beginning of a link within the drawing.
var function = regexp.MustCompile(`([\w-]*)\(\s*(["']?#)?`)

// set returns a set of the words of a text.
func set(text string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		all[word] = true
	}
	return all
}

var (
	elements = set(`svg g defs title desc style path rect circle ellipse line polyline polygon text tspan
		linearGradient radialGradient stop`)

	// words are attributes whose values are words for people or names.
	words = set(`id class lang role aria-label aria-labelledby aria-describedby aria-hidden focusable`)

	// attributes are attributes whose values can call functions.
	attributes = set(`version baseProfile viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry
		fx fy dx dy d points rotate pathLength textLength lengthAdjust transform style type media
		fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
		stroke-miterlimit stroke-dasharray stroke-dashoffset vector-effect paint-order color opacity
		display visibility overflow shape-rendering text-rendering image-rendering color-rendering
		color-interpolation enable-background font-family font-size font-style font-weight font-variant
		font-stretch text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift
		letter-spacing word-spacing writing-mode direction unicode-bidi
		offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod`)

	functions = set(`rgb rgba hsl hsla matrix translate scale rotate skewx skewy`)
)
