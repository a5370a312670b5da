package locale

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// others are the letters of the script that a language is not written in, in their order. Those of
// Cyrillic are Kyrgyz, without Ё.
var others = map[Script]string{Cyrillic: "абвгдежзийклмнңоөпрстуүфхцчшщъыьэюя", Latin: "abcdefghijklmnopqrstuvwxyz"}

// Fold reduces a text to the form in which searches compare it, and in which a similar word is
// looked for when one is not known. It makes letters small and replaces those that a Russian
// keyboard lacks as people do (ң by н, ө by о, ү by у), ё by е, and ӊ, which looks like ң, by н.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); r {
		case 'ң', 'ӊ':
			return 'н'
		case 'ө':
			return 'о'
		case 'ү':
			return 'у'
		case 'ё':
			return 'е'
		}
		return r
	}, s)
}

// Compare orders texts as readers of the language expect. Its result is -1, 0 or 1, as that of
// [strings.Compare].
//
// Numbers come first, by value ("2-маршрут" before "10-маршрут"), then letters, without regard to
// case. Letters of the script of the language come before those of the other one.
// Each language has the order of its alphabet: in Kyrgyz Ң comes after Н, Ө after О, Ү after У, and Ё
// after Е. Where an alphabet has no Ё, that and Е differ only if nothing else does. All other characters separate words and are otherwise
// ignored, so «Ак-Суу» is beside Ак Суу and before Аксы. Texts that are equal so far are in byte
// order, so only identical texts are equal.
func (p *Printer) Compare(a, b string) int {
	x, y := units{rest: a, facts: p.facts()}, units{rest: b, facts: p.facts()}
	for {
		u, v := x.next(), y.next()
		if c := cmp.Or(
			cmp.Compare(u.rank, v.rank),
			cmp.Compare(len(u.digits), len(v.digits)),
			cmp.Compare(u.digits, v.digits),
		); c != 0 {
			return c
		}
		switch {
		case u.rank != end:
		case p.lang != Ky: // nothing but Ё and Е may differ
			return For(Ky).Compare(a, b)
		default:
			return strings.Compare(a, b)
		}
	}
}

// unit is one step of a comparison: a letter, a whole number, a gap between words, or the end.
type unit struct {
	rank   rune
	digits string // of a number, without leading zeros
}

// The ranks of other units; those of letters follow.
const (
	end rune = iota
	gap
	number
	letters
)

// units cuts a text into units from the left.
type units struct {
	rest   string
	facts  *Facts
	inside bool // the first letter or number has been passed
}

func (s *units) next() unit {
	word := strings.IndexFunc(s.rest, func(r rune) bool { return unicode.IsLetter(r) || isDigit(r) })
	if word < 0 {
		return unit{rank: end}
	}
	s.rest = s.rest[word:]
	if word > 0 && s.inside {
		return unit{rank: gap}
	}
	s.inside = true
	if digits := s.rest[:len(s.rest)-len(strings.TrimLeftFunc(s.rest, isDigit))]; digits != "" {
		s.rest = s.rest[len(digits):]
		return unit{number, strings.TrimLeft(digits, "0")}
	}
	r, size := utf8.DecodeRuneInString(s.rest)
	s.rest = s.rest[size:]
	return unit{rank: s.facts.rank(r)}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// rank gives each of the two scripts a block of ranks, that of the language first, and other scripts
// the ranks after both. In a block the known letters come first, in their order, then all others by
// code point.
func (f *Facts) rank(r rune) rune {
	const block = unicode.MaxRune + 1
	r = unicode.ToLower(r)
	if i := strings.IndexRune(f.Alphabet, r); i >= 0 { // first of all, for ʻ is of no script
		return letters + rune(i)
	}
	of := Script("")
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		of = Cyrillic
	case unicode.Is(unicode.Latin, r):
		of = Latin
	default:
		return letters + 2*block + r
	}
	known, first := f.Alphabet, letters
	if of != f.Script {
		known, first = others[of], letters+block
	}
	switch {
	case r == 'ё':
		r = 'е'
	case r == 'ӊ':
		r = 'ң'
	}
	if i := strings.IndexRune(known, r); i >= 0 {
		return first + rune(i)
	}
	return first + r
}
