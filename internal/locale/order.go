package locale

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// alphabet is the Kyrgyz one; it contains the Russian one in its order.
const alphabet = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"

// Fold reduces a text to what is compared in a search, and when guessing what a mistyped word
// was meant to be: lower case, with the letters a Russian keyboard lacks as people replace them
// (ң н, ө о, ү у, ё е), and the look-alike ӊ as what it stands for.
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

// Compare orders texts as the language's readers expect; the result is that of [strings.Compare].
//
// Numbers come first, by value ("2-маршрут" before "10-маршрут"), then letters, without regard to
// case: in Kyrgyz and Russian the Cyrillic before the Latin ones, in English after them. Ң stands
// after Н, Ө after О, Ү after У. Ё is a letter after Е in Kyrgyz; elsewhere it is one only between
// words otherwise alike. Everything else only separates words, so «Ак-Суу» stands beside Ак Суу
// and before Аксы. Texts alike so far are in byte order: only identical texts are equal.
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
		case p.lang != Ky: // only now Ё is not Е
			return For(Ky).Compare(a, b)
		default:
			return strings.Compare(a, b)
		}
	}
}

// unit is what texts are compared by: a letter, a whole number, a gap between words, or the end.
type unit struct {
	rank   rune
	digits string // of a number, without leading zeros
}

// The ranks below those of letters.
const (
	end rune = iota
	gap
	number
	letters
)

// units takes a text apart from the left.
type units struct {
	rest   string
	lang   Lang
	inside bool // past the first letter or number
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

// letterRank gives the two scripts a block of ranks each, with room for the letters of neighbours'
// alphabets by code point after the known ones, and leaves other scripts behind both.
func letterRank(l Lang, r rune) rune {
	const block = unicode.MaxRune + 1
	r = unicode.ToLower(r)
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		if l == En {
			return letters + block + cyrillicRank(l, r)
		}
		return letters + cyrillicRank(l, r)
	case unicode.Is(unicode.Latin, r):
		if l == En {
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
