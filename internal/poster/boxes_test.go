package poster

import (
	"strings"
	"testing"

	"achyk/internal/tools/pdftest"
)

// TestBoxes writes what the fonts lack, or the PDF writer cannot write: one box for what people see as one character.
func TestBoxes(t *testing.T) {
	s := sheet()
	s.Title = "👩‍👩‍👧‍👦🏳️‍🌈 үй漢 100\u20c0"
	for name, form := range forms {
		if text := pdftest.Read(t, made(t, form.write, s))[0].Text(); !strings.Contains(text, "□□") || !strings.Contains(text, "үй□") || !strings.Contains(text, "100□") {
			t.Errorf("%s: %q", name, text)
		}
	}
	for _, of := range common {
		for r := of[0]; r <= of[1]; r++ {
			if !has()(r) {
				t.Errorf("a font lacks %q, which printable takes for common", r)
			}
		}
	}
}
