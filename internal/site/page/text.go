package page

import (
	"cmp"
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

// EditionIn returns a new edition in a language.
func (s *Site) EditionIn(l locale.Lang) *Edition {
	return &Edition{Site: s, Printer: locale.For(l).From(s.Data.Site.Original()).Marking(), Lang: l}
}

// Unmarked returns a new edition for files that are no pages and cannot tell the language of a part of a
// text: messages that are not translated are not marked in it.
func (s *Site) Unmarked(l locale.Lang) *Edition {
	return &Edition{Site: s, Printer: locale.For(l).From(s.Data.Site.Original()), Lang: l}
}

// Text is a text with the language it is written in.
type Text struct {
	Text string
	Lang string // empty for the language of the page
}

// Phrase is a text of several parts, which may be in different languages. Templates put " — "
// between the parts.
type Phrase []Text

// String returns the text without its languages, for titles and descriptions.
func (p Phrase) String() string {
	parts := make([]string, len(p))
	for i, s := range p {
		parts[i] = s.Text
	}
	return strings.Join(parts, " — ")
}

// Flat returns the phrase as one text, in the language of its first part that is not in that of the page.
func (p Phrase) Flat() Text {
	flat := Text{Text: p.String()}
	for _, part := range p {
		flat.Lang = cmp.Or(flat.Lang, part.Lang)
	}
	return flat
}

// Own returns a phrase in the page's own language.
func Own(text string) Phrase { return Phrase{{Text: text}} }

// Text returns a text in the language of the edition. If it is not translated, Text returns the
// original, marked with its language.
func (e *Edition) Text(t locale.Text) Text {
	text, lang := t.ResolveFrom(e.Lang, e.Data.Site.Original())
	if lang == e.Lang || text == "" {
		return Text{Text: text}
	}
	return Text{text, lang.String()}
}

// Phrase returns a text as a phrase, nil if the text is empty.
func (e *Edition) Phrase(t locale.Text) Phrase {
	if t.IsZero() {
		return nil
	}
	return Phrase{e.Text(t)}
}

// Untranslated returns a text that is recorded in one language only, such as a person's name or
// a reference, marked with the language that its letters show.
func (e *Edition) Untranslated(s string) Text {
	if l := locale.Guess(s, e.Lang); l != e.Lang {
		return Text{s, l.String()}
	}
	return Text{Text: s}
}

// Foreign returns a text that was not written for the site, such as the message of a commit or
// the name of a key. If its letters are not those of the page and do not show its language, it
// is marked as "und", a text in an unknown language (BCP 47).
func (e *Edition) Foreign(s string) Text {
	said := e.Untranslated(s)
	if said.Lang == "" && !e.Lang.Latin() && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
		said.Lang = "und"
	}
	return said
}

// Marked returns the parts of a sentence of the program that quotes texts of the data. It marks
// the parts that are not in the language of the edition.
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

// Document is a Markdown document with the language it is written in.
type Document struct {
	Lang string
	Note string // says so, if that is not the language of the edition
	document.Document
}

// Document returns the text of an article, or nil if it has none.
func (e *Edition) Document(a *jme.Article) *Document {
	if a == nil {
		return nil
	}
	doc, lang := a.Body(e.Lang, e.Data.Site.Original())
	if doc == nil {
		return nil
	}
	t := &Document{Document: *doc}
	if lang != e.Lang {
		t.Lang, t.Note = lang.String(), e.T("site.shown-in-"+lang.String())
	}
	return t
}

// Clip shortens a text to n characters, of which the last is "…". It cuts at the last space in the
// second half of them, if there is one. Of less than one character nothing is left.
func Clip(s string, n int) string {
	switch {
	case utf8.RuneCountInString(s) <= n:
		return s
	case n < 1:
		return ""
	}
	runes := []rune(s)[:n-1]
	for i := n - 2; i > n-n/2-1; i-- {
		if runes[i] == ' ' {
			runes = runes[:i]
			break
		}
	}
	return strings.TrimRight(string(runes), " ,;:.–—-") + "…"
}

// Clipped returns the phrase with each part shortened to n characters.
func (p Phrase) Clipped(n int) Phrase {
	parts := slices.Clone(p)
	for i := range parts {
		parts[i].Text = Clip(parts[i].Text, n)
	}
	return parts
}

// LongWord is how many characters the longest word of the phrase has, which browsers do not break.
func (p Phrase) LongWord() (most int) {
	for _, part := range p {
		for word := range strings.FieldsFuncSeq(part.Text, func(r rune) bool { return unicode.IsSpace(r) || r == '-' }) {
			most = max(most, utf8.RuneCountInString(word))
		}
	}
	return most
}

// Year writes a year, without the separators that other numbers have.
func Year(y int) string { return strconv.Itoa(y) }

// Clause returns what a clause is called in a link: "clause 17".
func (e *Edition) Clause(number string) string {
	if number == "" {
		return ""
	}
	return e.F("site.clause.short", locale.Args{"number": locale.Clause(number)})
}
