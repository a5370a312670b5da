package settings

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// mistake is why a text cannot be read as TOML.
type mistake struct {
	start, end int    // in the text
	key        string // the last that was read, or empty
	detail     string // a sentence in English, without a full stop, or empty
}

func (m *mistake) diagnostics(f *source.File, base int) diag.List {
	return diag.List{{
		Code: diag.TOMLSyntax, File: f, Span: source.Span{Start: base + m.start, End: base + m.end},
		Value: m.key, Args: diag.Args{"key": m.key, "detail": m.detail},
	}}
}

// illFormed says why the parser stopped. The parser knows the place best. The decoder has
// the better words, because the parser names half a letter where the letter is not Latin, and
// it names the key. So the decoder reads up to the end of the line, and what it says counts if
// it stops in that line, or in one before, where a key is given twice. It does not read further:
// the parser has not seen how deep the rest is nested.
func illFormed(err error, p *unstable.Parser) *mistake {
	data := p.Data()
	m := mistake{start: len(data), end: len(data), detail: err.Error()}
	if wrong := (*unstable.ParserError)(nil); errors.As(err, &wrong) && len(wrong.Highlight) > 0 {
		m.start, m.end = bounds(p.Range(wrong.Highlight))
	}
	if letter, size := utf8.DecodeRune(data[m.start:]); letter >= utf8.RuneSelf {
		m.end, m.detail = m.start+size, ""
	}
	const longest = 10_000 // of a line, in bytes
	line, _, _ := bytes.Cut(data[m.start:], []byte("\n"))
	end := min(m.start+len(line)+1, len(data))
	if len(line) > longest {
		return &m
	}
	var v map[string]any
	_, err = toml.Decode(string(data[:end]), &v)
	if err == nil {
		return &m
	}
	d := refused(err, data)
	before := data[min(d.start, m.start):m.start]
	if d.start == m.start || bytes.ContainsRune(before, '\n') {
		return d
	}
	m.key, m.detail = d.key, d.detail
	return &m
}

// refused says why the decoder refused a text. Of some mistakes the decoder gives a place
// outside of the text: of a control character at its start, one byte before it.
func refused(err error, data []byte) *mistake {
	m := mistake{detail: err.Error()}
	if wrong := (toml.ParseError{}); errors.As(err, &wrong) {
		m.start = min(max(wrong.Position.Start, 0), len(data))
		m.end = min(max(m.start, m.start+wrong.Position.Len), len(data))
		m.key, m.detail = wrong.LastKey, wrong.Message
	}
	return &m
}
