package boxes_test

import (
	"testing"
	"unicode"

	"achyk/internal/boxes"
)

// TestPut has a font with Cyrillic letters, a heart, a space and joiners, and without emoji, Chinese and marks.
func TestPut(t *testing.T) {
	has := func(r rune) bool {
		return unicode.Is(unicode.Cyrillic, r) || r == ' ' || r == '❤' || r == '\u200d' || r == '\ufe0f' || r == boxes.Box
	}
	for text, want := range map[string]string{
		"":         "",
		"Таза суу": "Таза суу",
		"👩‍👩‍👧‍👦🏳️‍🌈 үй": "□□ үй", // a family and a flag of several characters each
		"🇰🇬🇰🇿":                            "□□",
		"👍🏽 суу 漢字":                       "□ суу □□",
		"у\u0301у":                        "у□у", // the letter can still be read
		"у\u0301\u0302у":                  "у□у",
		"❤\ufe0f\u200d🔥":                  "❤\ufe0f\u200d□",
		"суу\u3000үй\r\nкөчө":             "суу үй көчө",
		"су\u2060у\u200e\U000e0100":       "суу",
		"\ue000":                          "□",
		"🏴\U000e0067\U000e0062\U000e007f": "□",
	} {
		if got := boxes.Put(text, has); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
