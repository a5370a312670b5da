package locale

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"
)

// Text is one text in three languages, as data and content files hold it. An empty
// field is a translation not made, never a text that is meant to be empty.
type Text struct {
	Ky string `toml:"ky" json:"ky"`
	Ru string `toml:"ru" json:"ru"`
	En string `toml:"en" json:"en"`
}

// Same is a text that is the same in every language, such as a code.
func Same(s string) Text { return Text{Ky: s, Ru: s, En: s} }

// Get is the text in l, or "" where it has not been translated.
func (t Text) Get(l Lang) string {
	switch l {
	case Ky:
		return t.Ky
	case Ru:
		return t.Ru
	default:
		return t.En
	}
}

// In is the text for a reader of l: in l, else in Kyrgyz, Russian or English, whichever is there first.
func (t Text) In(l Lang) string {
	return cmp.Or(t.Get(l), t.Ky, t.Ru, t.En)
}

// Resolve is [Text.In] with the language the text really is in. Of an empty text that is l.
func (t Text) Resolve(l Lang) (s string, actual Lang) {
	for _, actual := range [...]Lang{l, Ky, Ru, En} {
		if s := t.Get(actual); s != "" {
			return s, actual
		}
	}
	return "", l
}

// IsZero reports whether the text is empty in every language.
func (t Text) IsZero() bool { return t == Text{} }

// Set puts in the text of one language.
func (t *Text) Set(l Lang, s string) {
	switch l {
	case Ky:
		t.Ky = s
	case Ru:
		t.Ru = s
	default:
		t.En = s
	}
}

// Guess is the language of a text that is recorded in one language only, for a reader of
// l: l, unless its letters say otherwise. Kyrgyz has ң ө ү, which Russian has not; Latin
// letters are taken for English where there is more than a name or a code.
func Guess(s string, l Lang) Lang {
	cyrillic := strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	switch {
	case l == En && cyrillic, l == Ru && strings.ContainsAny(s, "ңөүҢӨҮ"):
		return Ky
	case l != En && !cyrillic && latinWords.MatchString(s):
		return En
	}
	return l
}

var latinWords = regexp.MustCompile(`[A-Za-z]{2,} [A-Za-z]{2,}`)

// Join joins two texts in the languages that both are in.
func Join(x, y Text, join func(x, y string) string) (t Text) {
	for _, l := range Langs {
		if a, b := x.Get(l), y.Get(l); a != "" && b != "" {
			t.Set(l, join(a, b))
		}
	}
	return t
}

// Say makes a text in all languages.
func Say(say func(*Printer) string) (t Text) {
	for _, l := range Langs {
		t.Set(l, say(For(l)))
	}
	return t
}

// Every is a message without arguments in all languages.
func Every(key string) Text { return Say(func(p *Printer) string { return p.T(key) }) }
