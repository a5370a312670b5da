package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	word kind = iota
	digits
	mark
	blank // an empty line, between two paragraphs
)

// token is a word, a run of digits or a single mark. Spaces are none.
type token struct {
	low        string // a word in small letters
	start, end int
	letters    int32 // of a word
	kind       kind
	capital    bool // a word begins with a capital
}

// split returns the tokens of a text.
func split(text string) (all []token) {
	all = make([]token, 0, len(text)/4)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		t := token{start: i, end: i + size}
		switch {
		case r >= '0' && r <= '9':
			t.kind = digits
			for t.end < len(text) && text[t.end] >= '0' && text[t.end] <= '9' {
				t.end++
			}
		case unicode.IsLetter(r):
			t.kind, t.capital = word, unicode.IsUpper(r)
			t.end = i
			for t.end < len(text) {
				r, size := utf8.DecodeRuneInString(text[t.end:])
				if !unicode.IsLetter(r) {
					break
				}
				t.end += size
				t.letters++
			}
			t.low = strings.ToLower(text[i:t.end])
		case unicode.IsSpace(r):
			i = t.end
			if !strings.HasPrefix(text[i:], "\n") && !strings.HasPrefix(text[i:], "\r\n") || r != '\n' {
				continue
			}
			t.kind = blank
		default:
			t.kind = mark
		}
		all = append(all, t)
		i = t.end
	}
	return all
}

// at returns a token, or a blank line outside of the text.
func (s *scan) at(i int) token {
	if i < 0 || i >= len(s.tokens) {
		return token{kind: blank}
	}
	return s.tokens[i]
}

// is tells whether a token is one of some marks.
func (s *scan) is(i int, marks string) bool {
	t := s.at(i)
	return t.kind == mark && strings.Contains(marks, s.text[t.start:t.end])
}

// word tells whether a token is one of some words in small letters.
func (s *scan) word(i int, words ...string) bool {
	t := s.at(i)
	for _, w := range words {
		if t.kind == word && t.low == w {
			return true
		}
	}
	return false
}

// stem tells whether a token is a word that begins as one of a list does.
func (s *scan) stem(i int, stems []string) bool {
	t := s.at(i)
	return t.kind == word && starts(t.low, stems)
}

// digits returns a run of digits, or "".
func (s *scan) digits(i int) string {
	if t := s.at(i); t.kind == digits {
		return s.text[t.start:t.end]
	}
	return ""
}

// joined tells whether nothing stands between a token and the next.
func (s *scan) joined(i int) bool {
	return i >= 0 && i+1 < len(s.tokens) && s.tokens[i].end == s.tokens[i+1].start
}

// ends tells whether a sentence or a paragraph ends with a token. A full stop behind a short word
// or an initial ends none: "ул. Ленина", "А. Асанов".
func (s *scan) ends(i int) bool {
	t, before := s.at(i), s.at(i-1)
	return t.kind == blank || s.is(i, "!?") || s.is(i, ".…") && s.at(i+1).capital && (before.kind != word || before.letters > 3 && !starts(before.low, streets))
}

// near calls look with the tokens around one, the nearest first on each side and at most n, as far
// as the sentence goes. It returns the first token for which look is true, or -1.
func (s *scan) near(i, before, after int, look func(int) bool) int {
	for j := i - 1; j >= 0 && j >= i-before && !s.ends(j); j-- {
		if look(j) {
			return j
		}
	}
	for j := i + 1; j < len(s.tokens) && j <= i+after && !s.ends(j); j++ {
		if look(j) {
			return j
		}
	}
	return -1
}

// stemNear tells whether a word of a list stands near a token.
func (s *scan) stemNear(i, n int, stems []string) bool {
	return s.near(i, n, n, func(j int) bool { return s.stem(j, stems) }) >= 0
}

func starts(low string, stems []string) bool {
	for _, stem := range stems {
		if strings.HasPrefix(low, stem) {
			return true
		}
	}
	return false
}
