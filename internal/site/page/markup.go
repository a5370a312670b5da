package page

import (
	"bytes"
	"slices"
	"strings"

	"achyk/internal/locale"
)

// own stands for the language of the page, which needs no mark.
const own = locale.Lang(^uint16(0) >> 1)

// textOnly are elements in which a text can have no element around it.
var textOnly = []string{"title", "script", "style", "option", "textarea", "desc"}

// markUp puts an element with the language around each marked message between the tags of a page, and
// removes the marks that stand within tags, scripts and titles. In a drawing the element is tspan.
func markUp(html []byte) []byte {
	var b bytes.Buffer
	only, drawing := "", false // the element of textOnly that is open; whether one of SVG is
	for len(html) > 0 {
		end := bytes.IndexByte(html, '<')
		if end < 0 {
			end = len(html)
		}
		if text := string(html[:end]); only != "" {
			b.WriteString(locale.Unmarked(text))
		} else {
			writeSegments(&b, text, drawing)
		}
		html = html[end:]
		if len(html) == 0 {
			break
		}
		tag := string(html[:tagEnd(html)])
		html = html[len(tag):]
		b.WriteString(locale.Unmarked(tag))
		name, closes := tagName(tag)
		switch {
		case only != "":
			if closes && name == only {
				only = ""
			}
		case name == "svg":
			drawing = !closes
		case !closes && slices.Contains(textOnly, name):
			only = name
		}
	}
	return b.Bytes()
}

// tagEnd returns the length of the tag or comment that HTML begins with. A ">" within quotes does not end it.
func tagEnd(html []byte) int {
	quote := byte(0)
	for i, c := range html {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(html)
}

func tagName(tag string) (name string, closes bool) {
	name = strings.Trim(tag, "<>")
	name, closes = strings.CutPrefix(name, "/")
	if i := strings.IndexAny(name, " \n\t/"); i >= 0 {
		name = name[:i]
	}
	return name, closes
}

func writeSegments(b *bytes.Buffer, text string, drawing bool) {
	element := "span"
	if drawing {
		element = "tspan"
	}
	for _, part := range locale.Segments(text, own) {
		if part.Lang == own {
			b.WriteString(part.Text)
			continue
		}
		b.WriteString("<" + element + " lang=" + part.Lang.String() + ">" + part.Text + "</" + element + ">")
	}
}
