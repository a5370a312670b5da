package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"achyk/internal/diag"
)

// Spreadsheet programs spoil cells in ways that leave a text which looks like any other. Each form
// below is one that a clerk's file has had; standards on CSV know nothing of them.
var (
	// sheetError is what a spreadsheet writes where it has no value, in English and in Russian.
	sheetError = regexp.MustCompile(`^(#(REF!|VALUE!|NAME\?|DIV/0!|N/A|NUM!|NULL!|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ДЕЛ/0!|Н/Д|ЧИСЛО!|ПУСТО!)|#{3,}|Err:5[0-9]{2})$`)
	// lostLetter is a letter that windows-1251 does not have (ң, ө, ү), saved in it.
	lostLetter = regexp.MustCompile(`\p{Cyrillic}[?_]\p{Cyrillic}|(^|[\s«"(])[?_]\p{Cyrillic}`)
	// lostInText and errorInText are a lost letter and an error in a text of TOML or Markdown, where a _ begins emphasis and ### a
	// heading or a comment.
	lostInText  = regexp.MustCompile(`(?:\p{Cyrillic}|^|[\s«"'(])(\?)\p{Cyrillic}`)
	errorInText = regexp.MustCompile(`(#(?:REF!|VALUE!|NAME\?|DIV/0!|N/A|NUM!|NULL!|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ДЕЛ/0!|Н/Д|ЧИСЛО!|ПУСТО!))|["'|] ?(#{3,}) ?["'|]`)
	// quotedText is what a text quotes as it is: code and addresses.
	quotedText = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|https?://[^\\s\"'<>]+")
	// shortened is a number with its last digits gone.
	shortened = regexp.MustCompile(`^[0-9]([.,][0-9]+)?[Ee]\+[0-9]{1,3}$`)
	// asDate is a day as a spreadsheet shows it, also without its year.
	asDate  = regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2}|[0-9]{4})$|^[0-9]{1,2}\.(янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек)$|^(янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек)\.[0-9]{2}$`)
	formula = regexp.MustCompile(`^[=+@-]?[A-ZА-Я.]+\(.*\)$|^=`)
)

// spoilt finds what a spreadsheet program left of a cell, or "". Texts may quote a formula, so
// only one that begins the cell counts.
func spoilt(value string, c *Column) diag.Code {
	switch value[0] {
	case '#', 'E':
		if sheetError.MatchString(value) {
			return diag.SheetError
		}
	case '=', '+', '@', '-':
		if formula.MatchString(value) {
			return diag.Formula
		}
	}
	switch {
	case strings.IndexByte(value, '+') > 0 && shortened.MatchString(value):
		return diag.NumberLost
	case c.Type != Text && !c.Type.Dated() && strings.IndexByte(value, '.') > 0 && asDate.MatchString(value):
		return diag.MadeDate
	case c.Type == String && len(value) == len("2006-01-02") && dated(value):
		return diag.MadeDate
	case c.Type != URL && c.Type != Path && strings.ContainsAny(value, "?_") && lostLetter.MatchString(value):
		return diag.LostLetters
	case misread(value) >= 0:
		return diag.Misread
	case mixed(value) != "":
		return diag.MixedAlphabets
	case Undoubled(value) != value:
		return diag.DoubledQuotes
	}
	return ""
}

// dated tells whether a value is a day: a column of type string holds numbers of clauses and the like, and what is
// a day has the type date.
func dated(value string) bool {
	_, ok := ParseTime(value)
	return ok
}

// Damaged finds the first word of a TOML or Markdown text that programs have damaged as spoilt tells of cells. The
// code is "" if there is none.
func Damaged(text string) (code diag.Code, start, end int) {
	if !suspect(text) && misread(text) < 0 { // nearly all texts
		return "", 0, 0
	}
	text = quotedText.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	for _, sign := range []struct {
		code diag.Code
		of   *regexp.Regexp
	}{{diag.LostLetters, lostInText}, {diag.SheetError, errorInText}} {
		if at := sign.of.FindStringSubmatchIndex(text); at != nil {
			at = slices.DeleteFunc(at[2:], func(i int) bool { return i < 0 }) // of the group that matched
			code, start, end = sign.code, at[0], at[1]
			break
		}
	}
	if i := misread(text); i >= 0 && (code == "" || i < start) {
		code, start, end = diag.Misread, i, i
	}
	if code != "" && code != diag.SheetError { // the whole word
		start = strings.LastIndexAny(text[:start], " \t\n\"'«(") + 1
		if n := strings.IndexAny(text[end:], " \t\r\n\"'»)"); n >= 0 {
			end += n
		} else {
			end = len(text)
		}
	}
	return code, start, end
}

// suspect tells whether a text may have a lost letter or an error, looking at each byte once.
func suspect(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		switch next := text[i+1]; text[i] {
		case '?':
			if next >= utf8.RuneSelf {
				return true
			}
		case '#':
			if next != ' ' && next != '#' && next != '\n' || i > 0 && strings.IndexByte("\"'| ", text[i-1]) >= 0 {
				return true
			}
		}
	}
	return false
}

// doubled is a text within quotation marks that stand twice.
var doubled = regexp.MustCompile(`""([^"]+)""|««([^«»]+)»»`)

// Undoubled puts quotation marks right that were doubled, as a CSV has them within a cell, and takes off those
// that a CSV has around such a cell. Two that end together, as in "ОсОО "Таза"", are no mistake.
func Undoubled(text string) string {
	if !strings.Contains(text, `""`) && !strings.Contains(text, "««") {
		return text
	}
	if inner, ok := strings.CutPrefix(text, `"`); ok && doubled.MatchString(inner) {
		if inner, ok = strings.CutSuffix(inner, `"`); ok && !strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
			return strings.ReplaceAll(inner, `""`, `"`)
		}
	}
	return doubled.ReplaceAllStringFunc(text, func(part string) string {
		_, first := utf8.DecodeRuneInString(part)
		return part[first : len(part)-first]
	})
}

// Of UTF-8 that was read as windows-1251 or windows-1252, each Cyrillic letter has become two
// characters: a first of four and a second of 64.
const (
	second1251 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї"
	second1252 = "ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
)

// misread returns where letters in a row were read in a wrong encoding, or -1: two of UTF-8, or four of
// windows-1251 that were read as windows-1252, where Кыргыз becomes Êûðãûç. No language writes four letters from
// À to ÿ in a row.
func misread(text string) int {
	latin := 0 // letters from À to ÿ in a row, each of which UTF-8 begins with C3
	for i := 0; i+1 < len(text); i++ {
		if text[i] != 0xD0 && text[i] != 0xC3 { // nearly all bytes
			continue
		}
		if text[i] == 0xC3 {
			if i < 2 || text[i-2] != 0xC3 {
				latin = 0
			}
			if latin++; latin == 4 {
				return i - 6
			}
		}
		if next := text[i+1] &^ 3; text[i] == 0xD0 && next == 0xA0 || text[i] == 0xC3 && next == 0x90 { // Р to У, Ð to Ó
			if n := misreadLetter(text[i:]); n > 0 && misreadLetter(text[i+n:]) > 0 {
				return i
			}
		}
	}
	return -1
}

// misreadLetter returns the length of the two characters that a text begins with, if they are
// one letter that was read in a wrong encoding, else 0.
func misreadLetter(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	second, m := utf8.DecodeRuneInString(text[n:])
	switch {
	case 'Р' <= first && first <= 'У' && strings.ContainsRune(second1251, second),
		'Ð' <= first && first <= 'Ó' && ('\u0080' <= second && second <= '\u00bf' || strings.ContainsRune(second1252, second)):
		return n + m
	}
	return 0
}

// mixed returns a word in which single Latin letters that look like Cyrillic ones stand among
// Cyrillic letters, or "". A search for the word would not find it. Words such as PDFти, whose first
// part is Latin, are not meant.
func mixed(text string) string {
	for i := 1; i < len(text); i++ {
		if !isTwin[text[i-1]] && !isTwin[text[i]] || text[i-1] < utf8.RuneSelf == (text[i] < utf8.RuneSelf) {
			continue
		}
		start := strings.LastIndexFunc(text[:i], notLetter)
		_, size := utf8.DecodeRuneInString(text[max(start, 0):])
		if start < 0 {
			start, size = 0, 0
		}
		word := text[start+size:]
		if end := strings.IndexFunc(word, notLetter); end >= 0 {
			word = word[:end]
		}
		if twins(word) {
			return word
		}
	}
	return ""
}

// latinTwins are the Latin letters that look like Cyrillic ones. I is not among them: in Kyrgyz
// texts it is a Roman numeral.
const latinTwins = "ABCEHKMOPTXYaceopxy"

// isTwin tells of each byte whether it is one of latinTwins.
var isTwin = func() (is [256]bool) {
	for _, c := range []byte(latinTwins) {
		is[c] = true
	}
	return is
}()

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// twins tells whether single Latin letters, all of which look like Cyrillic ones, stand among at
// least two Cyrillic letters of a word.
func twins(word string) bool {
	letters := []rune(word)
	latin, cyrillic := 0, 0
	for i, r := range letters {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case !strings.ContainsRune(latinTwins, r), i > 0 && !unicode.Is(unicode.Cyrillic, letters[i-1]):
			return false
		default:
			latin++
		}
	}
	return latin > 0 && cyrillic > 1
}

// inCyrillic are the arguments of the message on a word of mixed alphabets, beside the column and
// the value.
func inCyrillic(value string) diag.Args {
	word := mixed(value)
	return diag.Args{"word": word, "nearest": strings.Map(func(r rune) rune {
		if i := strings.IndexRune(latinTwins, r); i >= 0 {
			return []rune("АВСЕНКМОРТХУасеорху")[i]
		}
		return r
	}, word)}
}
