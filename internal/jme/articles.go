package jme

import (
	"time"

	"achyk/internal/document"
	"achyk/internal/locale"
)

// Article is a text in one language or more: a page, a news item, an analytic letter, a version
// of the official text of a regulation.
type Article struct {
	Slug        string
	Date        time.Time
	Order       int
	Title       locale.Text
	Description locale.Text
	Source      string                             // where an official text is published
	Bodies      map[locale.Lang]*document.Document // by language
}

// Body returns the text for a reader of l: in l if there is one, else the original or, without one,
// that of the first language that has one. It also returns the language of the text.
func (a *Article) Body(l, original locale.Lang) (*document.Document, locale.Lang) {
	for _, lang := range append([]locale.Lang{l, original}, locale.Langs[:]...) {
		if a.Bodies[lang] != nil {
			return a.Bodies[lang], lang
		}
	}
	return nil, l
}

// LetterText returns the text of an analytic letter, or nil.
func (m *Municipality) LetterText(id string) *Article {
	for _, a := range m.LetterTexts {
		if a.Slug == id {
			return a
		}
	}
	return nil
}
