package links

import (
	"bytes"
	"io"
	"iter"

	"golang.org/x/net/html"
)

// tag is a start tag, with those of its attributes that may hold a link or an id.
type tag struct {
	element    []byte // its name, in lower case
	attributes []attribute
}

type attribute struct {
	name, value []byte // the name in lower case, the value without entities
	holds       meaning
}

// tags returns the start tags of a page that have links or ids, in order. The tag and what it
// holds are valid until the next one.
//
// The page is not parsed into a tree: tags are enough to find links and ids, and a tree costs
// several times as much. golang.org/x/net/html reads them as the HTML Standard says (13.2.5),
// but allocates memory for every attribute: when it read all tags, the check took a fifth of
// a build's processor time (4.4 s instead of 3.5 s for the sample). So it reads only what
// needs it. Text is skipped, and a tag that is written as our templates and Markdown write
// tags is read by tag.regular. TestTags compares the result with the tokenizer's alone.
func tags(page []byte) iter.Seq[*tag] {
	return func(yield func(*tag) bool) {
		var t tag
		input := &feed{page}
		tokens := html.NewTokenizer(input)
		rawText := false // the tokenizer is within <script>, <style> or the like
		templates := 0   // how many <template> elements are open
		wanted := func() bool { return templates == 0 && len(t.attributes) > 0 }
		for {
			if len(tokens.Buffered()) == 0 { // the tokenizer is between two tokens
				input.skipText()
				for !rawText && t.regular(input) {
					if wanted() && !yield(&t) {
						return
					}
					input.skipText()
				}
			}
			kind := tokens.Next()
			rawText = false
			switch kind {
			case html.ErrorToken:
				return // the end of the page; a tag that it cuts off is no tag
			case html.StartTagToken, html.SelfClosingTagToken:
				t.tokenized(tokens)
				if wanted() && !yield(&t) {
					return
				}
				switch stateful[string(t.element)] {
				case hidden:
					templates++
				case shown:
					tokens.NextIsNotRawText()
				case raw:
					rawText = true
				}
			case html.EndTagToken:
				if name, _ := tokens.TagName(); stateful[string(name)] == hidden && templates > 0 {
					templates--
				}
			}
		}
	}
}

// state is how the contents of an element are read.
type state int

const (
	raw    state = iota + 1 // as text, up to the end tag
	hidden                  // not at all: they are not part of the page
	shown                   // as elements, where the tokenizer would read text
)

// stateful are the elements whose contents are read in a way of their own. <noscript> is
// read as by a browser without scripts.
var stateful = map[string]state{
	"iframe": raw, "noembed": raw, "noframes": raw, "plaintext": raw, "script": raw, "style": raw,
	"textarea": raw, "title": raw, "xmp": raw,
	"template": hidden,
	"noscript": shown,
}

// tokenized takes over the tag that the tokenizer has read.
func (t *tag) tokenized(tokens *html.Tokenizer) {
	var more bool
	t.element, more = tokens.TagName()
	t.attributes = t.attributes[:0]
	for more {
		var name, value []byte
		name, value, more = tokens.TagAttr()
		if h := holds(t.element, name); h != nothing {
			t.attributes = append(t.attributes, attribute{name, value, h})
		}
	}
}

// regular reads the tag that the input begins with, if it is written in this form:
//
//	"<" ["/"] name { " " name [ `="` value `"` ] } ">"
//
// with names of small letters, digits and hyphens. In this form no quoted value can be taken
// for a part of the tag, nor the other way round. Other tags, and those of stateful elements,
// are left to the tokenizer, and so are repeated attributes and values with entities.
func (t *tag) regular(input *feed) bool {
	text := input.rest
	i := 1
	isEnd := len(text) > 1 && text[1] == '/'
	if isEnd {
		i = 2
	}
	n := nameLength(text, i)
	if n == 0 || text[i] < 'a' {
		return false
	}
	t.element, t.attributes = text[i:i+n], t.attributes[:0]
	if stateful[string(t.element)] != 0 {
		return false
	}
	for i += n; i < len(text) && text[i] == ' '; {
		i++
		n := nameLength(text, i)
		if n == 0 {
			return false
		}
		name, value := text[i:i+n], []byte(nil)
		if i += n; bytes.HasPrefix(text[i:], []byte(`="`)) {
			length := bytes.IndexByte(text[i+2:], '"')
			if length < 0 {
				return false
			}
			value = text[i+2 : i+2+length]
			i += length + 3
		}
		if h := holds(t.element, name); h != nothing && !isEnd {
			if bytes.ContainsAny(value, "&\r\x00") || t.has(name) {
				return false
			}
			t.attributes = append(t.attributes, attribute{name, value, h})
		}
	}
	if i >= len(text) || text[i] != '>' {
		return false
	}
	input.rest = text[i+1:]
	return true
}

func (t *tag) has(name []byte) bool {
	for _, a := range t.attributes {
		if bytes.Equal(a.name, name) {
			return true
		}
	}
	return false
}

// nameLength counts the small letters, digits and hyphens of a text from i on.
func nameLength(text []byte, i int) int {
	for n, c := range text[min(i, len(text)):] {
		if (c < 'a' || 'z' < c) && (c < '0' || '9' < c) && c != '-' {
			return n
		}
	}
	return max(0, len(text)-i)
}

// feed hands a page to the tokenizer tag by tag, so that the tokenizer has read nothing
// ahead when it has read a tag.
type feed struct{ rest []byte }

// Read returns the page up to the next ">".
func (f *feed) Read(b []byte) (int, error) {
	if len(f.rest) == 0 {
		return 0, io.EOF
	}
	end := bytes.IndexByte(f.rest, '>') + 1
	if end == 0 {
		end = len(f.rest)
	}
	n := copy(b, f.rest[:end])
	f.rest = f.rest[n:]
	return n, nil
}

// skipText drops the page up to the next "<".
func (f *feed) skipText() {
	if i := bytes.IndexByte(f.rest, '<'); i >= 0 {
		f.rest = f.rest[i:]
	} else {
		f.rest = nil
	}
}
