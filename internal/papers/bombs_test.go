package papers

import (
	"strings"
	"testing"
	"time"
)

// TestBombs counts the pages of files that would take hours if each of their words were looked at closely.
func TestBombs(t *testing.T) {
	fill := func(text string) string { return strings.Repeat(text, (8<<20)/len(text)) }
	for name, text := range map[string]string{
		"nodes":     fill("/Type/Pages "),
		"nested":    strings.Repeat("<<", 1<<20) + fill("/Type/Pages ") + strings.Repeat(">>", 1<<20),
		"streams":   fill("/Type/ObjStm stream\nx\x9c\x03\x00\x00\x00\x00\x01"),
		"unfounded": fill("/Type/ObjStm "),
	} {
		begin := time.Now()
		if n := pages([]byte("%PDF-1.7\n" + text)); n != 0 {
			t.Errorf("%s: %d pages", name, n)
		}
		took := time.Since(begin)
		if took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		t.Log(name, took)
	}
}

// FuzzPages: whatever a PDF holds, nothing panics, and the number of its pages is none or one that it says.
func FuzzPages(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n1 0 obj <</Type /Pages /Kids [2 0 R] /Count 12>> endobj"))
	f.Add([]byte("%PDF-1.7\n3 0 obj <</Type /ObjStm /N 1 /First 4>> stream\r\nx\x9c\x03\x00\x00\x00\x00\x01endstream"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if n := pages(data); n < 0 || n > 999_999 {
			t.Errorf("%d pages", n)
		}
	})
}
