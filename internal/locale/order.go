package locale

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// alphabet is the Kyrgyz alphabet. Without ң, ө and ү it is the Russian one.
const alphabet = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"

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
// Ң comes after Н, Ө after О, Ү after У. In Kyrgyz Ё comes after Е; in the other languages the
// two differ only if nothing else does. All other characters separate words and are otherwise
// ignored, so «Ак-Суу» is beside Ак Суу and before Аксы. Texts that are equal so far are in byte
// order, so only identical texts are equal.
func (p *Printer) Compare(a, b string) int {
	x, y := units{rest: a, lang: p.lang}, units{rest: b, lang: p.lang}
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
	lang   Lang
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
	return unit{rank: letterRank(s.lang, r)}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// letterRank gives each of the two scripts a block of ranks, and other scripts the ranks after
// both. In a block the known letters come first, then all others by code point.
func letterRank(l Lang, r rune) rune {
	const block = unicode.MaxRune + 1
	r = unicode.ToLower(r)
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		if l.Latin() {
			return letters + block + cyrillicRank(l, r)
		}
		return letters + cyrillicRank(l, r)
	case unicode.Is(unicode.Latin, r):
		if l.Latin() {
			return letters + r
		}
		return letters + block + r
	}
	return letters + 2*block + r
}

func cyrillicRank(l Lang, r rune) rune {
	switch {
	case r == 'ё' && l != Ky:
		r = 'е'
	case r == 'ӊ':
		r = 'ң'
	}
	if i := strings.IndexRune(alphabet, r); i >= 0 {
		return rune(i)
	}
	return r
}
