package locale

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"unique"
)

// Text is one text in several languages, as data and content files hold it. An empty field is
// a missing translation; no text is meant to be empty. Texts in further languages are beside the
// three fields and cost nothing where there are none. Two texts are equal if == says so.
type Text struct {
	Ky string `toml:"ky" json:"ky"`
	Ru string `toml:"ru" json:"ru"`
	En string `toml:"en" json:"en"`

	more unique.Handle[further] // the zero handle: in no further language
}

// further is a text in a further language, before those in the languages whose codes come later. Two
// codes that no language has stand for all further languages: everywhere and inCatalogue.
type further struct {
	code, text string
	next       unique.Handle[further]
}

const (
	everywhere  = "*" // the text is the same in every language
	inCatalogue = "#" // the text is a message, whose key stands in the place of the text
)

var (
	none unique.Handle[further]
	same = unique.Make(further{code: everywhere})
)

// in is the field of a built-in language.
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
func Same(s string) Text { return Text{s, s, s, same} }

// Keyed is a text of the program, whose translations into further languages are messages.
func (t Text) Keyed(key string) Text {
	t.more = unique.Make(further{inCatalogue, key, none})
	return t
}

// Get is the text in l, or "" where it has not been translated.
func (t Text) Get(l Lang) string {
	if l.BuiltIn() {
		return *t.in(l)
	}
	instead, code := "", l.String()
	for at := t.more; at != none; at = at.Value().next {
		switch f := at.Value(); f.code {
		case code:
			return f.text
		case everywhere:
			instead = t.Ky
		case inCatalogue:
			instead = For(l).messages().plain[f.text]
		}
	}
	return instead
}

// Set puts in the text of one language.
func (t *Text) Set(l Lang, s string) {
	if l.BuiltIn() {
		*t.in(l) = s
	} else {
		t.set(l.String(), s)
	}
}

// set puts in the text of a further language.
func (t *Text) set(code, s string) {
	var put func(unique.Handle[further]) unique.Handle[further]
	put = func(at unique.Handle[further]) unique.Handle[further] {
		if at != none && at.Value().code < code {
			f := at.Value()
			return unique.Make(further{f.code, f.text, put(f.next)})
		}
		if at != none && at.Value().code == code {
			at = at.Value().next
		}
		if s == "" {
			return at
		}
		return unique.Make(further{code, s, at})
	}
	t.more = put(t.more)
}

// Each is the text in each of the languages, in their order; "" where it has not been translated.
func (t Text) Each(languages []Lang) []string {
	all := make([]string, len(languages))
	for i, l := range languages {
		all[i] = t.Get(l)
	}
	return all
}

// Translations are the texts by the codes of their languages: those that are built in, then the further
// ones that the text was given a translation into.
func (t Text) Translations() iter.Seq2[string, string] {
	return func(yield func(code, text string) bool) {
		for _, l := range Langs {
			if s := t.Get(l); s != "" && !yield(l.String(), s) {
				return
			}
		}
		for at := t.more; at != none; at = at.Value().next {
			if f := at.Value(); f.code != everywhere && f.code != inCatalogue && !yield(f.code, f.text) {
				return
			}
		}
	}
}

// All are the texts of Translations.
func (t Text) All() (all []string) {
	for _, s := range t.Translations() {
		all = append(all, s)
	}
	return all
}

// Told is the text with the translations that catalogues of the languages have as its own, so that
// [Text.Translations] has them.
func (t Text) Told(languages []Lang) Text {
	for _, l := range languages {
		if !l.BuiltIn() {
			t.Set(l, t.Get(l))
		}
	}
	return t
}

// MarshalJSON writes the text as an object with a member for each built-in language, and for each
// further one that it was given a translation into.
func (t Text) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // whoever encodes the value around it decides
	member := func(before, code, text string) {
		b.WriteString(before + `"` + code + `":`)
		e.Encode(text) // of a string into memory, which cannot fail
		b.Truncate(b.Len() - 1)
	}
	member("{", "ky", t.Ky)
	member(",", "ru", t.Ru)
	member(",", "en", t.En)
	for at := t.more; at != none; at = at.Value().next {
		if f := at.Value(); f.code != everywhere && f.code != inCatalogue {
			member(",", f.code, f.text)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalTOML takes a table with a text for each language. Package settings has compared it with the
// languages that there are.
func (t *Text) UnmarshalTOML(value any) error {
	table, _ := value.(map[string]any)
	for code, v := range table {
		s, ok := v.(string)
		if !ok {
			return errors.New("not a text: " + code)
		}
		if l, builtin := ParseLang(code); builtin {
			t.Set(l, s)
		} else {
			t.set(code, s)
		}
	}
	return nil
}

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
	return "", l // or the text is in further languages only, of which the reader knows none
}

// IsZero reports whether the text is empty in every language.
func (t Text) IsZero() bool { return t == Text{} }

// orBuiltIn are the languages or, if there are none, those that are built in.
func orBuiltIn(languages []Lang) []Lang {
	if len(languages) == 0 {
		return Langs[:]
	}
	return languages
}

// Join joins two texts in each of the languages that both are in. Here and below no languages stand for
// those that are built in.
func Join(languages []Lang, x, y Text, join func(x, y string) string) (t Text) {
	for _, l := range orBuiltIn(languages) {
		if a, b := x.Get(l), y.Get(l); a != "" && b != "" {
			t.Set(l, join(a, b))
		}
	}
	return t
}

// Say makes a text by calling say with the printer of each of the languages. What a catalogue has not
// translated stays empty.
func Say(languages []Lang, say func(*Printer) string) (t Text) {
	for _, l := range orBuiltIn(languages) {
		t.Set(l, l.Said(say))
	}
	return t
}

// Said is what say returns for the printer of the language, or "" if that says a message which its
// catalogue has not translated.
func (l Lang) Said(say func(*Printer) string) string {
	p, missed := *For(l), false
	p.missed = &missed
	if said := say(&p); !missed {
		return said
	}
	return ""
}

// PerLanguage makes a text of what say returns for each of the languages.
func PerLanguage(languages []Lang, say func(Lang) string) (t Text) {
	for _, l := range orBuiltIn(languages) {
		t.Set(l, say(l))
	}
	return t
}

// Every is a message without arguments in every language.
func Every(key string) Text {
	return Say(Langs[:], func(p *Printer) string { return p.T(key) }).Keyed(key)
}
