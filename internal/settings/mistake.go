package settings

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// mistake is why a text cannot be read as TOML.
type mistake struct {
	start, end int    // bytes of the text
	key        string // the last key that was read, or empty
	detail     string // why, in English and without a full stop, or empty
}

// diagnostics returns the mistake as the only finding of a text that begins at base.
func (m *mistake) diagnostics(f *source.File, base int) diag.List {
	if d, ok := m.dotted(f, base); ok {
		return diag.List{d}
	}
	return diag.List{{
		Code: diag.TOMLSyntax, File: f, Span: source.Span{Start: base + m.start, End: base + m.end},
		Value: m.key, Args: diag.Args{"key": m.key, "detail": m.detail},
	}}
}

// officeDay is a key with a day as offices write it, which TOML takes for a broken number.
var officeDay = regexp.MustCompile(`^[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*(([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4}))`)

// dotted returns the finding that the line of the mistake has a day as offices write it.
func (m *mistake) dotted(f *source.File, base int) (diag.Diagnostic, bool) {
	text := f.Text()
	at := min(base+m.start, len(text))
	begin := strings.LastIndexByte(text[:at], '\n') + 1
	p := officeDay.FindStringSubmatchIndex(text[begin:])
	if p == nil {
		return diag.Diagnostic{}, false
	}
	part := func(n int) string { return text[begin+p[2*n] : begin+p[2*n+1]] }
	day := fmt.Sprintf("%s-%02s-%02s", part(5), part(4), part(3))
	return diag.Diagnostic{
		Code: diag.TOMLDate, File: f, Span: source.Span{Start: begin + p[4], End: begin + p[5]},
		Value: part(2), Args: diag.Args{"key": part(1), "value": part(2), "nearest": day},
	}, true
}

// illFormed says why the parser stopped. The parser has the exact place. The decoder has the
// key and the better words: where a letter is not Latin, the parser names the first byte of it.
// If the decoder stops on an earlier line, it has found a key given twice, and that is reported.
func illFormed(err error, p *unstable.Parser) *mistake {
	data := p.Data()
	m := mistake{start: len(data), end: len(data), detail: err.Error()}
	if wrong := (*unstable.ParserError)(nil); errors.As(err, &wrong) && len(wrong.Highlight) > 0 {
		m.start, m.end = bounds(p.Range(wrong.Highlight))
	}
	if letter, size := utf8.DecodeRune(data[m.start:]); letter >= utf8.RuneSelf {
		m.end, m.detail = m.start+size, ""
	}
	d := decodeLine(data, m.start)
	if d == nil {
		return &m
	}
	if d.start == m.start || d.start < m.start && bytes.ContainsRune(data[d.start:m.start], '\n') {
		return d
	}
	m.key, m.detail = d.key, d.detail
	return &m
}

// decodeLine decodes a text up to the end of the line at a place and returns what the decoder
// refuses, or nil. It stops there, because tooDeep has not counted brackets behind a mistake.
func decodeLine(data []byte, place int) *mistake {
	line, _, _ := bytes.Cut(data[place:], []byte("\n"))
	var v map[string]any
	if _, err := toml.Decode(string(data[:min(place+len(line)+1, len(data))]), &v); err != nil {
		return refused(err, data)
	}
	return nil
}

// refused says why the decoder refused a text. The place is moved into the text: for a control
// character in the first byte, the decoder gives the byte before it.
func refused(err error, data []byte) *mistake {
	m := mistake{detail: err.Error()}
	if wrong := (toml.ParseError{}); errors.As(err, &wrong) {
		m.start = min(max(wrong.Position.Start, 0), len(data))
		m.end = min(max(m.start, m.start+wrong.Position.Len), len(data))
		m.key, m.detail = wrong.LastKey, wrong.Message
	}
	m.detail = strings.TrimSuffix(m.detail, ".")
	return &m
}
