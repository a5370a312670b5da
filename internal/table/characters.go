package table

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

// InvalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func InvalidUTF8(data []byte) int {
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

// Forbidden tells whether a character may stand in no text of a repository:
//
//   - a control character other than a line end or a tab;
//   - U+FFFD, which programs write for a letter that they could not read;
//   - a character for private use (category Co), which means something in one font only:
//     Word's bullets are such characters, and so are marks that programs put into texts;
//   - a non-character, which Unicode keeps for use inside of programs, and some of which XML
//     refuses.
//
// A code point that is not assigned is allowed: a later version of Unicode may make a letter
// of it, and whether a file is accepted must not depend on the version that Go knows.
func Forbidden(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return false
	case r&0xFFFE == 0xFFFE, 0xFDD0 <= r && r <= 0xFDEF: // the non-characters
		return true
	}
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Co)
}

// characters finds what no cell should hold: characters that are forbidden, line ends and
// tabs in a column that is not a text, and in Kyrgyz text the look-alike ӊ Ӊ (U+04CA, U+04C9)
// that some sites write for ң Ң; a search for the word would not find it, and no
// normalisation form folds it. Letters in two parts, й as и and a breve, are found by that
// form.
func characters(value string, f Field, c *Column) diag.Code {
	for _, r := range value {
		if Forbidden(r) || c.Type != Text && unicode.IsControl(r) {
			return diag.ControlChar
		}
		if (r == 'ӊ' || r == 'Ӊ') && c.Type == Text && f.Lang == locale.Ky {
			return diag.LookAlike
		}
	}
	if !norm.NFC.IsNormalString(value) {
		return diag.NotNormalised
	}
	return ""
}
