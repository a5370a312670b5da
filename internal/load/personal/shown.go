package personal

import (
	"html"
	"path"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"achyk/internal/source"
)

// shown is a text as readers see it: 0555&nbsp;12 and 0555 **12** are the beginning of a telephone. Marks of Markdown
// are left out, and what stands for another character is replaced by it.
type shown struct {
	text   string
	pieces []piece // of the file, in their order; none: the text is the whole file
}

// piece is a part of a file from which a part of the shown text comes.
type piece struct {
	at         int // where the part begins in the shown text
	start, end int // of the piece in the file
	same       bool
}

// marks are the characters that may stand for something else in a kind of file, by its ending.
var marks = map[string]string{".md": "&\\*`~_", ".toml": "\\", ".html": "&", ".svg": "&"}

// fence stands before and behind the settings of a text, which are TOML.
const fence = "+++"

// show returns the text of a file as readers see it.
func show(f *source.File) shown {
	text, ending := f.Text(), path.Ext(f.Path)
	if marks[ending] == "" || !strings.ContainsAny(text, marks[ending]) {
		return shown{text: text}
	}
	s := &shower{text: text}
	if begin := f.Begin(); ending == ".md" && strings.HasPrefix(text[begin:], fence) {
		if n := strings.Index(text[begin:], "\n"+fence); n >= 0 {
			s.show(begin+n, ".toml")
			s.copy(begin + n)
		}
	}
	s.show(len(text), ending)
	s.copy(len(text))
	return shown{s.b.String(), s.pieces}
}

// place returns the place in the file of a part of the shown text.
func (s shown) place(start, end int) source.Span {
	if len(s.pieces) == 0 {
		return source.Span{Start: start, End: end}
	}
	from, to := s.pieceOf(start), s.pieceOf(end-1)
	span := source.Span{Start: from.start, End: to.end}
	if from.same {
		span.Start += start - from.at
	}
	if to.same {
		span.End = to.start + end - to.at
	}
	return span
}

func (s shown) pieceOf(at int) piece {
	return s.pieces[sort.Search(len(s.pieces), func(i int) bool { return s.pieces[i].at > at })-1]
}

// shower makes a shown text.
type shower struct {
	text   string
	done   int // what of the text has been shown or left out
	b      strings.Builder
	pieces []piece
}

// copy shows the text as it is, up to an offset.
func (s *shower) copy(to int) {
	if to > s.done {
		s.pieces = append(s.pieces, piece{s.b.Len(), s.done, to, true})
		s.b.WriteString(s.text[s.done:to])
		s.done = to
	}
}

// replace shows something else in the place of what stands up to an offset.
func (s *shower) replace(from, to int, by string) {
	s.copy(from)
	if by != "" {
		s.pieces = append(s.pieces, piece{s.b.Len(), from, to, false})
		s.b.WriteString(by)
	}
	s.done = to
}

// show goes on to an offset, by the rules of a kind of file.
func (s *shower) show(end int, ending string) {
	for i := s.done; ; {
		n := strings.IndexAny(s.text[i:end], marks[ending])
		if n < 0 {
			return
		}
		i += n
		switch c := s.text[i]; {
		case c == '&':
			word := s.text[i:min(end, i+longestEntity)]
			if n := strings.IndexByte(word, ';'); n >= 0 && html.UnescapeString(word[:n+1]) != word[:n+1] {
				s.replace(i, i+n+1, html.UnescapeString(word[:n+1]))
				i += n
			}
		case c == '\\' && ending == ".toml":
			if by, n := escaped(s.text[i:end]); n > 0 {
				s.replace(i, i+n, by)
				i += n - 1
			}
		case c == '\\':
			if i+1 < end && s.text[i+1] < utf8.RuneSelf && (unicode.IsPunct(rune(s.text[i+1])) || unicode.IsSymbol(rune(s.text[i+1]))) {
				s.replace(i, i+1, "")
				i++ // it is no mark
			}
		case c == '~' && !strings.HasPrefix(s.text[i:end], "~~") && !strings.HasSuffix(s.text[:i], "~"):
		case c == '_' && s.inWord(i):
		default:
			s.replace(i, i+1, "")
		}
		i++
	}
}

// longestEntity is how many bytes are looked at for the end of an entity. HTML has one of 33.
const longestEntity = 40

// inWord tells whether letters or digits stand on both sides of a character: an underscore is then no mark.
func (s *shower) inWord(i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s.text[:i])
	after, _ := utf8.DecodeRuneInString(s.text[i+1:])
	return (unicode.IsLetter(before) || unicode.IsDigit(before)) && (unicode.IsLetter(after) || unicode.IsDigit(after))
}

// escaped returns what an escape of TOML at the beginning of a text stands for, and its length; 0 if there is none.
func escaped(text string) (by string, n int) {
	switch {
	case strings.HasPrefix(text, `\u`):
		n = len(`\u0000`)
	case strings.HasPrefix(text, `\U`):
		n = len(`\U00000000`)
	default:
		return "", 0
	}
	if n > len(text) {
		return "", 0
	}
	code, err := strconv.ParseUint(text[2:n], 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return "", 0
	}
	return string(rune(code)), n
}
