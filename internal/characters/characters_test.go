package characters

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/diag"
)

func TestJudge(t *testing.T) {
	for _, test := range []struct {
		what string
		r    rune
		want diag.Code
	}{
		{"a letter", 'ң', ""},
		{"a line end", '\n', ""},
		{"a carriage return", '\r', ""},
		{"a tab", '\t', ""},
		{"an emoji", '😀', ""},
		{"a zero-width joiner, of which emoji are made", '\u200D', ""},
		{"a code point that is not assigned", '\u0378', ""},
		{"the last assigned character before private use", '\uD7FB', ""},
		{"NUL", 0, diag.ControlChar},
		{"escape", '\x1b', diag.ControlChar},
		{"delete", '\x7f', diag.ControlChar},
		{"next line, of the other control characters", '\u0085', diag.ControlChar},
		{"a letter that was not read", '\uFFFD', diag.ControlChar},
		{"the first character for private use", '\uE000', diag.ControlChar},
		{"the last of the first plane", '\uF8FF', diag.ControlChar},
		{"one of plane 15", '\U000F0000', diag.ControlChar},
		{"the last of plane 16", '\U0010FFFD', diag.ControlChar},
		{"a non-character among Arabic letters", '\uFDD0', diag.ControlChar},
		{"the last of them", '\uFDEF', diag.ControlChar},
		{"a letter after them", '\uFDF0', ""},
		{"a non-character at the end of a plane", '\uFFFE', diag.ControlChar},
		{"another", '\U0001FFFF', diag.ControlChar},
		{"a line separator", '\u2028', diag.ControlChar},
		{"a paragraph separator", '\u2029', diag.ControlChar},
		{"an embedding", '\u202A', diag.BidiChar},
		{"an override", '\u202E', diag.BidiChar},
		{"a narrow space", '\u202F', ""},
		{"a space that does not break", '\u00A0', ""},
		{"an isolate", '\u2066', diag.BidiChar},
		{"its end", '\u2069', diag.BidiChar},
		{"a deprecated form", '\u206F', diag.BidiChar},
		{"a mark of direction", '\u200E', diag.InvisibleChar},
		{"another", '\u200F', diag.InvisibleChar},
		{"the Arabic one", '\u061C', diag.InvisibleChar},
		{"a space without width", '\u200B', diag.InvisibleChar},
		{"a word joiner", '\u2060', diag.InvisibleChar},
		{"a byte order mark within", '\uFEFF', diag.InvisibleChar},
		{"a soft hyphen", '\u00AD', diag.InvisibleChar},
		{"a Hangul filler", '\u3164', diag.InvisibleChar},
		{"a tag", '\U000E0041', diag.InvisibleChar},
		{"a variation selector of an emoji", '\uFE0F', ""},
		{"a joiner of letters", '\u200C', ""},
		{"an Arabic sign of numbers", '\u0600', ""},
		{"a Syriac sign of abbreviation", '\u070F', ""},
		{"an Arabic letter", 'ب', ""},
		{"a Hebrew letter", 'א', ""},
	} {
		if got := Judge(test.r); got != test.want {
			t.Errorf("%s, %U: %q, want %q", test.what, test.r, got, test.want)
		}
	}
}

// TestPlain puts every two plain characters beside each other: nothing of them is refused, and they are in NFC.
func TestPlain(t *testing.T) {
	var plain []rune
	for r := range rune(0x110000) {
		if Plain(string(r)) {
			plain = append(plain, r)
		}
	}
	for _, a := range plain {
		for _, b := range plain {
			pair := string(a) + string(b)
			if _, _, code := Find(pair); code != "" || !norm.NFC.IsNormalString(pair) || strings.ContainsAny(pair, "\n\r\t") || !Plain(pair) {
				t.Fatalf("%q is plain", pair)
			}
		}
	}
	for text, want := range map[string]bool{
		"": true, "Ош шаары, 12-б. ~": true, "Үй-бүлө өңүрү": true, "й": true,
		"и\u0306": false, "№ 5": false, "a\tb": false, "\x7f": false, "\xd0": false, "\xd0a": false, "\xd2\x83": false, "ѓ": true, "ә́": false,
	} {
		if Plain(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
	if len(plain) < 300 {
		t.Errorf("%d characters are plain", len(plain))
	}
}

// What is refused is found before what only gives a warning.
func TestFind(t *testing.T) {
	for text, want := range map[string]struct {
		at   int
		code diag.Code
	}{
		"":                  {0, ""},
		"Ош\n\t😀":           {0, ""},
		"Ош\u200Bа":         {4, diag.InvisibleChar},
		"\u200Bа\x01\u202E": {5, diag.ControlChar},
		"а\u202Eб\u0085":    {2, diag.BidiChar},
		"\xff":              {0, diag.ControlChar},
	} {
		if _, at, code := Find(text); at != want.at || code != want.code {
			t.Errorf("%q: %q at %d, want %+v", text, code, at, want)
		}
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"та\u00ADза\u200B суу\uFEFF":   "таза суу",
		"кир\u200Eле":                  "кирле",
		"שלום\u200F!":                  "שלום\u200F!", // here it means something
		"бир\u000Bэки\r\nүч\u2028төрт": "бир\nэки\nүч\nтөрт",
		"2026\x1E2027, кы\x1Fска":      "2026-2027, кыска",
		"и\u0306":                      "й",
		"5\u00A0000 👩\u200D🌾":          "5\u00A0000 👩\u200D🌾",
		"\u202E7\uFFFD\uE000":          "\u202E7\uFFFD\uE000", // people decide
	} {
		if got := Clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestNormal compares Normal with package norm, for all letters by themselves and after another.
func TestNormal(t *testing.T) {
	for r := rune(0); r <= 0x11FFF; r++ {
		for _, text := range []string{string(r), "и" + string(r), "a" + string(r) + "б"} {
			if got, want := Normal(text), norm.NFC.IsNormalString(text); got != want {
				t.Fatalf("%q (%U): %v, want %v", text, r, got, want)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for a, b := range map[string]string{"Өкмөт-ҮЙ.PDF": "өкмөт-үй.pdf", "K": "k", "Σς": "σσ"} {
		if Fold(a) != Fold(b) {
			t.Errorf("%q and %q fold to %q and %q", a, b, Fold(a), Fold(b))
		}
	}
	if Fold("үй") == Fold("уй") {
		t.Error("ү and у are the same")
	}
}
