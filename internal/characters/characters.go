// Package characters says which characters no text of a repository should hold. Cells, TOML,
// Markdown, the names of files and of those who sign are all judged by it.
package characters

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/diag"
)

// Invalid returns the offset of the first byte that is not UTF-8, or -1.
func Invalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// Judge returns what is wrong with a character, or "". These are refused:
//
//   - diag.ControlChar: a control character other than a line end or a tab; the separators of
//     lines and paragraphs (U+2028, U+2029); U+FFFD, which programs write for a letter that they
//     could not read; a character for private use (category Co), which means something in one
//     font only, such as Word's bullets; and a non-character, some of which XML refuses.
//   - diag.BidiChar: an embedding, override or isolate of the bidirectional algorithm, and the
//     deprecated U+206A to U+206F. They show a text in another order than it is stored in, so
//     that who reviews a change sees other numbers than the site publishes.
//
// diag.InvisibleChar is a warning: nothing is seen of the character, search does not find the
// word, and two codes that look alike differ. Such characters come with copied text.
//
// Joiners (U+200C, U+200D) are allowed, because emoji and some alphabets need them. A code point
// that is not assigned is allowed: a later version of Unicode may make a letter of it, and
// whether a file is accepted must not depend on the version that Go knows.
func Judge(r rune) diag.Code {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return ""
	case r < 0x7F && r >= ' ', 'А' <= r && r <= 'ӿ': // most of all texts
		return ""
	case r&0xFFFE == 0xFFFE, 0xFDD0 <= r && r <= 0xFDEF, r == utf8.RuneError, r == 0x2028, r == 0x2029, unicode.In(r, unicode.Cc, unicode.Co):
		return diag.ControlChar
	case 0x202A <= r && r <= 0x202E, 0x2066 <= r && r <= 0x206F:
		return diag.BidiChar
	case r == 0x200C, r == 0x200D, 0xFE00 <= r && r <= 0xFE0F, unicode.Is(unicode.Prepended_Concatenation_Mark, r): // joiners, forms of emoji, signs before Arabic numbers
		return ""
	case unicode.In(r, unicode.Cf), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r): // zero width, soft hyphens, marks of direction, tags, fillers
		return diag.InvisibleChar
	}
	return ""
}

// Plain reports that a text holds nothing but what ASCII prints and letters of the block Cyrillic: Judge finds nothing
// in it, it is in the form NFC, and it has no line end and no tab. Nearly all texts are so, and
// this looks at each byte once.
func Plain(text string) bool {
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b >= ' ' && b < 0x7F {
			continue
		}
		if i++; b < 0xD0 || b > 0xD3 || i == len(text) || text[i] < 0x80 || text[i] > 0xBF || b == 0xD2 && text[i] < 0x8A { // U+0483 to U+0489 are marks
			return false
		}
	}
	return true
}

// Find returns the first character of a text that is refused or, if there is none, the first
// that gives a warning, and its offset. The code is "" if there is neither.
func Find(text string) (r rune, at int, code diag.Code) {
	for i, c := range text {
		switch found := Judge(c); {
		case found != "" && found.Severity() == diag.Error:
			return c, i, found
		case found != "" && code == "":
			r, at, code = c, i, found
		}
	}
	return r, at, code
}

// unseen are the characters of the code diag.InvisibleChar that mean nothing in any text: a soft hyphen,
// spaces without width, and the byte order mark. Word has a soft hyphen of its own, U+001F.
const unseen = "\x1F\u00AD\u200B\u2060\uFEFF\u180E"

// marks are those that mean something only where letters are written from right to left.
const marks = "\u200E\u200F\u061C"

// Normal reports whether a text is in the form NFC. Nearly all letters of our texts are so by
// themselves and join with no other, which comparing finds out in a fifth of the time.
func Normal(text string) bool {
	for _, c := range text {
		switch {
		case c < 0x300, 0x400 <= c && c <= 0x482, 0x48A <= c && c <= 0x52F, 0x2010 <= c && c <= 0x2027, c == '№':
		default:
			return norm.NFC.IsNormalString(text)
		}
	}
	return true
}

// Clean returns a text in NFC without the characters that nobody sees and that mean nothing, with line ends
// as LF, also those of Word (U+000B) and Unicode (U+0085, U+2028, U+2029), and with a hyphen for
// the one of Word that does not break (U+001E). Other characters that [Judge] names are left: what an override of
// direction hides, or which letter U+FFFD was, only people can tell.
func Clean(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' && (r < 'А' || r > 'я') }) < 0 { // as most
		return text
	}
	leftward := strings.IndexFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana) && r != 0x061C
	}) >= 0
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(unseen, r), !leftward && strings.ContainsRune(marks, r):
			return -1
		case r == 0x0B, r == 0x0C, r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r == 0x1E:
			return '-'
		}
		return r
	}, lineEnds.Replace(text)))
}

// lineEnds writes the ends of lines of Windows and old Macintosh computers as LF.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Name returns the name of a character, as in U+202E: the character itself may not be seen.
func Name(r rune) string { return fmt.Sprintf("U+%04X", r) }

// Fold returns a text in which letters that differ only in case are the same, as file systems without
// case compare names (simple case folding of Unicode).
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, text)
}

// NotNormal finds the first letter of a text that is not in normalisation form C: text[start:end].
func NotNormal(text string) (start, end int, found bool) {
	if Normal(text) {
		return 0, 0, false
	}
	for start < len(text) {
		end = start + norm.NFC.NextBoundaryInString(text[start:], true)
		if !norm.NFC.IsNormalString(text[start:end]) {
			return start, end, true
		}
		start = end
	}
	return 0, 0, false // each letter by itself is normal: there is none to point at
}
