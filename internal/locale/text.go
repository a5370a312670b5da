package locale

import (
	"regexp"
	"strings"
	"unicode"
)

// Text is one text in three languages, as data and content files hold it. An empty field is
// a missing translation; no text is meant to be empty.
type Text struct {
	Ky string `toml:"ky" json:"ky"`
	Ru string `toml:"ru" json:"ru"`
	En string `toml:"en" json:"en"`
}

// in is the field of a language.
func (t *Text) in(l Lang) *string {
	switch l {
	case Ky:
		return &t.Ky
	case Ru:
		return &t.Ru
	case En:
		return &t.En
	}
	panic("locale: Text has no field of the language " + l.String())
}

// Same is a text that is the same in every language, such as a code.
func Same(s string) (t Text) {
	for _, l := range Langs {
		t.Set(l, s)
	}
	return t
}

// Get is the text in l, or "" where it has not been translated.
func (t Text) Get(l Lang) string { return *t.in(l) }

// All is the text in each language, in the order of [Langs]; "" where it has not been translated.
func (t Text) All() []string {
	all := make([]string, len(Langs))
	for i, l := range Langs {
		all[i] = t.Get(l)
	}
	return all
}

// Set puts in the text of one language.
func (t *Text) Set(l Lang, s string) { *t.in(l) = s }

// In is the text for a reader of l, as [Text.Resolve] finds it.
func (t Text) In(l Lang) string {
	s, _ := t.Resolve(l)
	return s
}

// Resolve is the text for a reader of l and the language it is in: l or, where that is
// missing, the first of [Langs] that is there. An empty text is in l.
func (t Text) Resolve(l Lang) (s string, actual Lang) { return t.ResolveFrom(l, Langs[0]) }

// ResolveFrom is as [Text.Resolve], but where l is missing it takes the original, if that is there.
func (t Text) ResolveFrom(l, original Lang) (s string, actual Lang) {
	if s := t.Get(l); s != "" {
		return s, l
	}
	if s := t.Get(original); s != "" {
		return s, original
	}
	for _, actual := range Langs {
		if s := t.Get(actual); s != "" {
			return s, actual
		}
	}
	return "", l
}

// IsZero reports whether the text is empty in every language.
func (t Text) IsZero() bool { return t == Text{} }

// Guess is the language of a text that is recorded in one language only, for a reader of l. It
// is l unless the letters of the text say otherwise: Kyrgyz has ң, ө and ү, which Russian does
// not have; two Latin words in a row are taken for English, one for a name or a code.
func Guess(s string, l Lang) Lang {
	cyrillic := strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	switch {
	case l.Latin() && cyrillic, l == Ru && strings.ContainsAny(s, "ңөүҢӨҮ"):
		return Ky
	case !l.Latin() && !cyrillic && latinWords.MatchString(s):
		return En
	}
	return l
}

var latinWords = regexp.MustCompile(`[A-Za-z]{2,} [A-Za-z]{2,}`)

// Join joins two texts in each language that both are in.
func Join(x, y Text, join func(x, y string) string) (t Text) {
	for _, l := range Langs {
		if a, b := x.Get(l), y.Get(l); a != "" && b != "" {
			t.Set(l, join(a, b))
		}
	}
	return t
}

// Say makes a text by calling say with the printer of each language.
func Say(say func(*Printer) string) (t Text) {
	for _, l := range Langs {
		t.Set(l, say(For(l)))
	}
	return t
}

// PerLanguage makes a text of what say returns for each language.
func PerLanguage(say func(Lang) string) (t Text) {
	for _, l := range Langs {
		t.Set(l, say(l))
	}
	return t
}

// Every is a message without arguments in every language.
func Every(key string) Text { return Say(func(p *Printer) string { return p.T(key) }) }
