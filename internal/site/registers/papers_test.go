package registers

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestBegin checks that a text is shown whole or that the bytes which are left out are counted.
func TestBegin(t *testing.T) {
	for name, text := range map[string]string{
		"short": "Бир\n\nЭки", "lines": strings.Repeat("а\n", mostLines+7), "long": strings.Repeat(strings.Repeat("ө", 90)+"\n", 500),
		"one line": strings.Repeat("1", mostShown-1) + strings.Repeat("ү", 40),
	} {
		shown, rest := begin(text)
		if !utf8.ValidString(shown) || len(shown) > mostShown || !strings.HasPrefix(text, shown) || strings.TrimSpace(text[len(shown):len(text)-rest]) != "" || (rest == 0) != (name == "short") {
			t.Errorf("%s: %d of %d bytes are shown, %d left out", name, len(shown), len(text), rest)
		}
	}
}
