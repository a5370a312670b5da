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

// encoded judges the characters of a TOML or Markdown file, and tells whether it can be
// read. Registers are judged cell by cell, by package table.
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

// forbidden finds the first character that no text may hold, be it there as it is or, in
// TOML, as an escape of a string.
func forbidden(f *source.File) (r rune, at source.Span, found bool) {
	if i := bytes.IndexFunc(f.Data, table.Forbidden); i >= 0 {
		r, n := utf8.DecodeRune(f.Data[i:])
		return r, source.Span{Start: i, End: i + n}, true
	}
	text := tomlOf(f)
	for _, token := range tomlToken.FindAllIndex(text, -1) {
		if text[token[0]] != '"' {
			continue // a comment or a string without escapes
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

// tomlOf returns the part of a file that is TOML, from its start: of Markdown the front
// matter.
func tomlOf(f *source.File) []byte {
	if path.Ext(f.Path) != ".md" {
		return f.Data
	}
	return f.Data[:max(0, bytes.Index(f.Data, []byte("\n+++")))]
}

var (
	// tomlToken matches the comments and the four kinds of string (TOML 1.0). The longer
	// quotes come first.
	tomlToken = regexp.MustCompile(`(?s)#[^\n]*|'''.*?'''|'[^'\n]*'|"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"`)
	// tomlEscape matches an escape of a string in double quotes.
	tomlEscape = regexp.MustCompile(`(?s)\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)`)
)

// unescape returns the character that an escape without its backslash stands for. Escapes
// of characters that are not forbidden may give any other such character.
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
	return source.Span{}, false // only the whole is not: no letter to point at
}
