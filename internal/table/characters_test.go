package table

import (
	"testing"

	"achyk/internal/diag"
)

// A line end or a tab may stand in a text and in no other cell.
func TestLineEndsInCells(t *testing.T) {
	for _, value := range []string{"a\nb", "a\r\nb", "a\tb"} {
		if code := judgeCharacters(value, Field{}, &Column{Type: Text}); code != "" {
			t.Errorf("%q in a text: %s", value, code)
		}
		if code := judgeCharacters(value, Field{}, &Column{Type: String}); code != diag.ControlChar {
			t.Errorf("%q in a string: %q, want %s", value, code, diag.ControlChar)
		}
	}
}
