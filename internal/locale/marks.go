package locale

import (
	"bytes"
	"strings"
)

// A message that a catalogue does not have is said in a built-in language. A printer made by
// [Printer.Marking] puts it between two characters for private use, which tell the language: most
// messages are strings by the time they are on a page, and the page must name their language. No text
// of the data has such a character (package characters). Whoever writes what a marking printer has said
// turns the characters into what its format has for the language ([Segments]) or removes them
// ([Unmarked]).
const (
	firstMark = '\uE0F0' // of Kyrgyz; those of the other built-in languages follow
	endMark   = '\uE0FF'
)

// marksBegin are the bytes that all marks begin with.
const marksBegin = "\xee\x83"

// Marking returns a printer of the same language that marks the messages which are not translated.
func (p *Printer) Marking() *Printer {
	marking := *p
	marking.marking = true
	return &marking
}

// marked is a message that was said by the printer by instead of p.
func (p *Printer) marked(said string, by *Printer) string {
	if !p.marking || by == p || said == "" {
		return said
	}
	return Marked(said, by.lang)
}

// Marked is a text between marks that tell its language, which is one of those that are built in.
func Marked(text string, l Lang) string { return string(firstMark+rune(l)) + text + string(endMark) }

// HasMarks tells whether a text may have marks.
func HasMarks(text []byte) bool { return bytes.Contains(text, []byte(marksBegin)) }

// Unmarked is a text without marks.
func Unmarked(text string) string {
	if !strings.Contains(text, marksBegin) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r >= firstMark && r <= endMark {
			return -1
		}
		return r
	}, text)
}

// Segments cuts a text with marks into parts in one language each. own is the language of what is not
// marked. A mark that has no other one is passed over.
func Segments(text string, own Lang) (all Parts) {
	for {
		begin := strings.IndexFunc(text, func(r rune) bool { return r >= firstMark && r < firstMark+rune(len(Langs)) })
		if begin < 0 {
			return all.add(Unmarked(text), own)
		}
		mark := text[begin : begin+len(string(firstMark))]
		rest, depth, end := text[begin+len(mark):], 1, -1
		for i, r := range rest { // a message may have another one as its argument
			switch {
			case r >= firstMark && r < firstMark+rune(len(Langs)):
				depth++
			case r == endMark:
				depth--
			}
			if depth == 0 {
				end = i
				break
			}
		}
		all = all.add(Unmarked(text[:begin]), own)
		if end < 0 {
			text = rest
			continue
		}
		l := Lang([]rune(mark)[0] - firstMark)
		all = all.add(Unmarked(rest[:end]), l)
		text = rest[end+len(string(endMark)):]
	}
}
