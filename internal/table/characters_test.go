package table

import (
	"testing"

	"achyk/internal/diag"
)

func TestForbidden(t *testing.T) {
	for _, test := range []struct {
		what      string
		r         rune
		forbidden bool
	}{
		{"a letter", 'ң', false},
		{"a line end", '\n', false},
		{"a carriage return", '\r', false},
		{"a tab", '\t', false},
		{"an emoji", '😀', false},
		{"a zero-width joiner, of which emoji are made", '\u200D', false},
		{"a code point that is not assigned", '\u0378', false},
		{"the last assigned character before private use", '\uD7FB', false},
		{"NUL", 0, true},
		{"escape", '\x1b', true},
		{"delete", '\x7f', true},
		{"next line, of the other control characters", '\u0085', true},
		{"a letter that was not read", '\uFFFD', true},
		{"the first character for private use", '\uE000', true},
		{"the last of the first plane", '\uF8FF', true},
		{"one of plane 15", '\U000F0000', true},
		{"the last of plane 16", '\U0010FFFD', true},
		{"a non-character among Arabic letters", '\uFDD0', true},
		{"the last of them", '\uFDEF', true},
		{"a letter after them", '\uFDF0', false},
		{"a non-character at the end of a plane", '\uFFFE', true},
		{"another", '\U0001FFFF', true},
	} {
		if got := Forbidden(test.r); got != test.forbidden {
			t.Errorf("%s, %U: forbidden %t, want %t", test.what, test.r, got, test.forbidden)
		}
	}
}

// A line end or a tab may stand in a text and in no other cell.
func TestLineEndsInCells(t *testing.T) {
	for _, value := range []string{"a\nb", "a\r\nb", "a\tb"} {
		if code := characters(value, Field{}, &Column{Type: Text}); code != "" {
			t.Errorf("%q in a text: %s", value, code)
		}
		if code := characters(value, Field{}, &Column{Type: String}); code != diag.ControlChar {
			t.Errorf("%q in a string: %q, want %s", value, code, diag.ControlChar)
		}
	}
}
