package load

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/diag"
	"achyk/internal/source"
	"achyk/internal/table"
)

// encoded judges the characters of a TOML or Markdown file and tells whether the file can be
// read. Package table judges the characters of registers, cell by cell.
func (l *loader) encoded(f *source.File) bool {
	if i := table.InvalidUTF8(f.Data); i >= 0 {
		l.problems.Add(diag.Diagnostic{Code: diag.InvalidUTF8, File: f, Span: source.Span{Start: i, End: i + 1}})
		return false
	}
	if n := f.Begin(); n > 0 {
		l.problems.Add(diag.Diagnostic{Code: diag.ByteOrder, File: f, Span: source.Span{End: n}})
	}
	if r, at, found := forbidden(f); found {
		name := fmt.Sprintf("U+%04X", r) // the character itself may not be seen
		l.problems.Add(diag.Diagnostic{Code: diag.ControlChar, File: f, Span: at, Value: name, Args: diag.Args{"value": name}})
		return false
	}
	if at, found := notNormalised(f.Data); found {
		letter := string(f.Data[at.Start:at.End])
		l.problems.Add(diag.Diagnostic{Code: diag.NotNormalised, File: f, Span: at, Value: letter, Args: diag.Args{"value": letter}})
	}
	return true
}

// forbidden finds the first character that may stand in no text (see table.Forbidden): as it
// is, or else as an escape in a string of TOML.
func forbidden(f *source.File) (r rune, at source.Span, found bool) {
	if i := bytes.IndexFunc(f.Data, table.Forbidden); i >= 0 {
		r, n := utf8.DecodeRune(f.Data[i:])
		return r, source.Span{Start: i, End: i + n}, true
	}
	text := tomlOf(f)
	for _, token := range tomlToken.FindAllIndex(text, -1) {
		if text[token[0]] != '"' {
			continue // comments and strings in single quotes have no escapes
		}
		for _, m := range tomlEscape.FindAllSubmatchIndex(text[token[0]:token[1]], -1) {
			at := source.Span{Start: token[0] + m[0], End: token[0] + m[1]}
			if r := unescape(text[at.Start+1 : at.End]); table.Forbidden(r) {
				return r, at, true
			}
		}
	}
	return 0, source.Span{}, false
}

// tomlOf returns the part of a file that is TOML. It begins at the start of the file; in
// Markdown it is the front matter.
func tomlOf(f *source.File) []byte {
	if path.Ext(f.Path) != ".md" {
		return f.Data
	}
	return f.Data[:max(0, bytes.Index(f.Data, []byte("\n+++")))]
}

var (
	// tomlToken matches a comment or one of the four kinds of string of TOML 1.0. Three quotes
	// are tried before one.
	tomlToken = regexp.MustCompile(`(?s)#[^\n]*|'''.*?'''|'[^'\n]*'|"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"`)
	// tomlEscape matches an escape in a string in double quotes.
	tomlEscape = regexp.MustCompile(`(?s)\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)`)
)

// unescape returns the character that an escape, given without its backslash, stands for. For
// the short escapes of allowed characters, such as \n, it returns a space.
func unescape(escape []byte) rune {
	switch escape[0] {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'u', 'U':
		n, _ := strconv.ParseUint(string(escape[1:]), 16, 32)
		return rune(n)
	}
	return ' '
}

// notNormalised finds the first letter that is not in normalisation form C.
func notNormalised(text []byte) (source.Span, bool) {
	if norm.NFC.IsNormal(text) {
		return source.Span{}, false
	}
	for i := 0; i < len(text); {
		end := i + norm.NFC.NextBoundary(text[i:], true)
		if !norm.NFC.IsNormal(text[i:end]) {
			return source.Span{Start: i, End: end}, true
		}
		i = end
	}
	return source.Span{}, false // each letter by itself is normal: there is none to point at
}
