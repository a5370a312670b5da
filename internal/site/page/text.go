package page

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"achyk/internal/document"
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Edition is the site in one language.
type Edition struct {
	*Site
	*locale.Printer
	Lang   locale.Lang
	frames sync.Map // frameKey → Frame
}

// EditionIn is the edition of a language.
func (s *Site) EditionIn(l locale.Lang) *Edition {
	return &Edition{Site: s, Printer: locale.For(l), Lang: l}
}

// Text is a text with the language it is in, where that is not the page's.
type Text struct {
	Text string
	Lang string // empty for the page's own
}

// Phrase is a text of several parts, each perhaps in another language. Templates put
// " — " between them.
type Phrase []Text

// String is the text without its languages, for titles and descriptions.
func (p Phrase) String() string {
	parts := make([]string, len(p))
	for i, s := range p {
		parts[i] = s.Text
	}
	return strings.Join(parts, " — ")
}

// Own is a phrase in the language of the page.
func Own(text string) Phrase { return Phrase{{Text: text}} }

// Text takes a text in the edition's language, or the original with its language.
func (e *Edition) Text(t locale.Text) Text {
	text, lang := t.Resolve(e.Lang)
	if lang == e.Lang || text == "" {
		return Text{Text: text}
	}
	return Text{text, lang.String()}
}

// Phrase is nil for an empty text.
func (e *Edition) Phrase(t locale.Text) Phrase {
	if t.IsZero() {
		return nil
	}
	return Phrase{e.Text(t)}
}

// Untranslated takes a text that is recorded in one language only, as names of people and
// references are.
func (e *Edition) Untranslated(s string) Text {
	if l := locale.Guess(s, e.Lang); l != e.Lang {
		return Text{s, l.String()}
	}
	return Text{Text: s}
}

// Foreign takes a text that nobody wrote for a page: the message of a commit, the name of
// a key. Where its letters are not the page's and its language is not plain, it is marked
// as being of an unknown one.
func (e *Edition) Foreign(s string) Text {
	said := e.Untranslated(s)
	if said.Lang == "" && !e.Lang.Latin() && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
		said.Lang = "und"
	}
	return said
}

// Marked takes a sentence of the program with texts of the data in it, and marks those that
// are not in the edition's language.
func (e *Edition) Marked(sentence locale.Parts) []Text {
	var parts []Text
	for _, part := range sentence {
		said := Text{Text: part.Text}
		if part.Lang != e.Lang {
			said.Lang = part.Lang.String()
		}
		parts = append(parts, said)
	}
	return parts
}

// Document is a document with its language, where that is not the page's.
type Document struct {
	Lang string
	document.Document
}

// Document is the text of an article, or nil where it has none.
func (e *Edition) Document(a *jme.Article) *Document {
	if a == nil {
		return nil
	}
	doc, lang := a.Body(e.Lang)
	if doc == nil {
		return nil
	}
	t := &Document{Document: *doc}
	if lang != e.Lang {
		t.Lang = lang.String()
	}
	return t
}

// Clip shortens a text to n characters, at the end of a word where there is one in the
// second half.
func Clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)[:n]
	for i := n - 1; i > n-n/2-1; i-- {
		if runes[i] == ' ' {
			runes = runes[:i]
			break
		}
	}
	return strings.TrimRight(string(runes), " ,;:.–—-") + "…"
}

// Clipped is a phrase whose parts are shortened to n characters each.
func (p Phrase) Clipped(n int) Phrase {
	parts := slices.Clone(p)
	for i := range parts {
		parts[i].Text = Clip(parts[i].Text, n)
	}
	return parts
}

// Year writes a year, which is never grouped as a number is.
func Year(y int) string { return strconv.Itoa(y) }

// Clause is how a clause is called in a link: "clause 17".
func (e *Edition) Clause(number string) string {
	if number == "" {
		return ""
	}
	return e.F("site.clause.short", locale.Args{"number": number})
}
