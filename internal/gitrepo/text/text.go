// Package text makes the texts of commits fit for the public: names and messages, which nobody
// checked before they were committed. It also reads who made a commit, and when.
package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// encodings are the encodings other than UTF-8 that commits in Kyrgyz or Russian are likely
// to have, by the names that git accepts.
var encodings = map[string]*charmap.Charmap{
	"windows-1251": charmap.Windows1251, "cp1251": charmap.Windows1251, "koi8-r": charmap.KOI8R,
	"cp866": charmap.CodePage866, "ibm866": charmap.CodePage866, "iso-8859-5": charmap.ISO8859_5,
	"iso-8859-1": charmap.ISO8859_1, "latin1": charmap.ISO8859_1, "windows-1252": charmap.Windows1252, "cp1252": charmap.Windows1252,
}

// UTF8 converts text of a commit from its encoding. Bytes that it cannot convert become
// U+FFFD.
func UTF8(s, encoding string) string {
	if utf8.ValidString(s) {
		return s
	}
	if known := encodings[strings.ToLower(encoding)]; known != nil {
		if s, err := known.NewDecoder().String(s); err == nil {
			return s
		}
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// Clip cuts off a text that has more than so many bytes, between two characters.
func Clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) && most > 0 {
		most--
	}
	return s[:most] + "…"
}

// Visible takes out of a text the characters that nobody can see: those that change the
// direction of what follows, and marks without a width that texts in Kyrgyz, Russian or English
// do not need. Other characters that have no form of their own, such as control characters,
// become U+FFFD. Line ends and tabs stay.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= ' ' && r < 0x7f, r == '\n' || r == '\t' || r == utf8.RuneError:
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.In(r, unicode.Cc, unicode.Co, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point):
			return utf8.RuneError
		}
		return r
	}, s)
}

// mark stands for what is not published.
const mark = "[…]"

// WithoutPersonal takes e-mail addresses out of a text, and puts a mark in the place of phone
// numbers and personal numbers.
func WithoutPersonal(s string) string {
	if strings.Contains(s, "@") {
		s = address.ReplaceAllString(s, "")
	}
	digits := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			digits++
		}
	}
	if digits < 9 { // no number of a person has fewer
		return s
	}
	var out strings.Builder
	rest := 0
	for from := 0; ; {
		at := personal.FindStringIndex(s[from:])
		if at == nil {
			return out.String() + s[rest:]
		}
		start, end := from+at[0], from+at[1]
		if from = start + 1; standsAlone(s, start, end) {
			out.WriteString(s[rest:start] + mark)
			from, rest = end, end
		}
	}
}

// address matches an e-mail address, with the brackets that git writes around it.
var address = regexp.MustCompile(`[ \t]*(?:<[^<>\s]*@[^<>\s]*>|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)`)

// personal matches what may be a number of a person. S is a sign between groups of digits, and C
// also a bracket or dot, which only numbers that begin like phone numbers have.
var personal = regexp.MustCompile(strings.NewReplacer("S", `[ \x{a0}\x{202f}\-‑–]`, "C", `[ \x{a0}\x{202f}\-‑–().]`).Replace(strings.Join([]string{
	`[12](?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{7}`, // personal number: sex, day, month and year of birth, five digits
	`(?:\+|00)996(?:C{0,3}\d){9}`,
	`996S?\(\d{3}\)(?:C{0,2}\d){6}`,
	`996S\d{3}S\d{2}S\d{2}S\d{2}`,
	`996\d{9}`,
	`\+7(?:C{0,3}\d){10}`,
	`8S?\(9\d{2}\)(?:C{0,2}\d){7}`,
	`8S9\d{2}S\d{3}S\d{2}S\d{2}`,
	`\+\d{10,15}`,                                            // of another country
	`0S?\([2-9]\d{2,3}\)(?:C{0,2}\d){5,6}`,                   // 0(555) 12-34-56
	`\(0[2-9]\d{2,3}\)(?:C{0,2}\d){5,6}`,                     // (0555) 12-34-56
	`0S?[2-9]\d{2}S?(?:\d{6}|\d{3}S\d{3}|\d{2}S\d{2}S\d{2})`, // 0555 12-34-56
	`0[2-9]\d{3}S(?:\d{5}|\dS\d{2}S\d{2})`,                   // 03222 5-12-34
}, "|")))

// standsAlone reports whether digits are a number of their own, and not a part of a longer one, of
// a hash, or of a code such as 2026-0312-123456.
func standsAlone(s string, start, end int) bool {
	code := func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	joins := func(r rune) bool { return strings.ContainsRune("-_.", r) }
	before, n := utf8.DecodeLastRuneInString(s[:start])
	further, _ := utf8.DecodeLastRuneInString(s[:start-n])
	after, n := utf8.DecodeRuneInString(s[end:])
	beyond, _ := utf8.DecodeRuneInString(s[end+n:])
	marked := s[start] == '+' || s[start] == '(' // nothing before it can belong to it
	return (marked || !word(before) && !(joins(before) && code(further))) && !word(after) && !(joins(after) && code(beyond))
}

// Person splits the value of an author or committer line: "Name <address> 1772362800
// +0600".
func Person(line string) (name, address string, when time.Time) {
	name, rest, _ := strings.Cut(line, " <")
	end := strings.LastIndexByte(rest, '>')
	return name, rest[:max(end, 0)], parseTime(rest[end+1:])
}

// parseTime reads seconds since 1970 and an offset: "1772362800 +0600". It returns the
// zero time if the text is not a time, or if the year has more than four digits in UTC or
// in some zone. It does not correct times of a clock that was wrong.
func parseTime(s string) time.Time {
	seconds, zone, _ := strings.Cut(strings.TrimSpace(s), " ")
	n, err := strconv.ParseInt(seconds, 10, 64)
	t := time.Unix(n, 0).UTC()
	if err != nil || t.Year() <= 1 || t.Year() >= 9999 {
		return time.Time{}
	}
	if at, err := time.Parse("-0700", zone); err == nil {
		_, offset := at.Zone()
		return t.In(time.FixedZone("", offset))
	}
	return t
}
