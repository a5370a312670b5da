// Package plainjson writes JSON as all downloads have it: it escapes only what JSON demands, so that people can
// read it too. It knows no domain.
package plainjson

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Quoted appends s to b as a JSON string. It escapes only what JSON demands.
func Quoted(b []byte, s string) []byte {
	b = append(b, '"')
	for {
		i := strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' })
		if i < 0 {
			return append(append(b, s...), '"')
		}
		b = append(b, s[:i]...)
		switch c := s[i]; c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		default:
			b = fmt.Appendf(b, `\u%04x`, c)
		}
		s = s[i+1:]
	}
}

// Indented writes v as JSON with indentation, so that people can read it too.
func Indented(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
