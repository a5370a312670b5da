package personal

import (
	"strings"
	"testing"

	"achyk/internal/source"
)

// TestShown finds what readers see however it is written. Brackets of a kind that no text has stand around its place.
func TestShown(t *testing.T) {
	for _, test := range []struct{ name, text, value string }{
		{"a.md", "тел. ⟨0555 12 34 56⟩.", "0555 12 34 56"},
		{"a.md", "тел. ⟨0555&nbsp;12&nbsp;34&nbsp;56⟩.", "0555\u00a012\u00a034\u00a056"},
		{"a.md", "тел. ⟨0555 12 34 5&#54;⟩.", "0555 12 34 56"},
		{"a.md", "тел. **⟨0555** 12 34 57⟩", "0555 12 34 57"},
		{"a.md", "тел. ⟨0555 12 34 _57⟩_", "0555 12 34 57"},
		{"a.md", "тел. ⟨0555\\-12\\-34\\-58⟩", "0555-12-34-58"},
		{"a.md", "`⟨0555` ~~12~~ 34 58⟩", "0555 12 34 58"},
		{"a.md", "⟨asanov_a&#64;mail.kg⟩", "asanov_a@mail.kg"},
		{"a.md", "+++\ntitle = \"тел. ⟨0555 12 34 5\\u0036⟩\"\n+++\nТекст\n", "0555 12 34 56"},
		{"a.md", "+++\ntitle = \"Текст\"\n+++\n*А*: ⟨0555 12 34 56⟩\n", "0555 12 34 56"},
		{"a.md", "\ufeff+++\r\ntitle = \"тел. ⟨0555 12 34 5\\u0036⟩\"\r\n+++\r\nТекст\r\n", "0555 12 34 56"},
		{"a.md", "+++\ntitle = \"*0555*12*34*56*\"\n+++\nТекст\n", ""},
		{"a.md", "+++\nтел. **⟨0555** 12 34 56⟩\n", "0555 12 34 56"}, // no front matter
		{"a.toml", "ky = \"тел. ⟨0555 12 34 5\\U00000036⟩\"", "0555 12 34 56"},
		{"a.toml", "ky = \"\\u\\uD800\\\" тел. ⟨0555 12 34 56⟩\"", "0555 12 34 56"},
		{"a.html", "<p>⟨0555&nbsp;12&nbsp;34&nbsp;56⟩</p>", "0555\u00a012\u00a034\u00a056"},
		{"a.html", "<p>0555 **12** 34 56</p>", ""},
		{"a.toml", "ky = \"0555&nbsp;12&nbsp;34&nbsp;56\"", ""},
		{"a.txt", "⟨0555 12 34 56⟩ &amp;", "0555 12 34 56"},
		{"a.md", "&", ""},
		{"a.md", "\\", ""},
		{"a.md", "&nbsp;", ""},
		{"a.toml", "\\u", ""},
		{"a.toml", "\\", ""},
	} {
		text := strings.NewReplacer("⟨", "", "⟩", "").Replace(test.text)
		f := &source.File{Path: "content/pages/" + test.name, Data: []byte(text)}
		found := InText(f).found
		if test.value == "" && len(found) == 0 {
			continue
		}
		if len(found) != 1 || found[0].value != test.value {
			t.Errorf("%s: %+v", test.text, found)
			continue
		}
		at := found[0].at
		if marked := text[:at.Start] + "⟨" + text[at.Start:at.End] + "⟩" + text[at.End:]; marked != test.text {
			t.Errorf("the place is %s, want %s", marked, test.text)
		}
	}
}

// FuzzShown: whatever a text holds, places lie in it, and without marks it is shown as it is.
func FuzzShown(f *testing.F) {
	f.Add("a.md", "+++\nа = \"\\u0036\"\n+++\n**0555** 12&nbsp;34\\-56 ~~a~~ _b_c_ `x` \\")
	f.Add("a.toml", "\\U00000036\\u")
	f.Fuzz(func(t *testing.T, name, text string) {
		file := &source.File{Path: name, Data: []byte(text)}
		s := show(file)
		if len(s.pieces) == 0 && s.text != text && s.text != "" {
			t.Fatalf("%q became %q", text, s.text)
		}
		last := 0
		for i := range s.text {
			at := s.place(i, i+1)
			if at.Start < last || at.End <= at.Start || at.End > len(text) {
				t.Fatalf("%d of %q is at %v of %q", i, s.text, at, text)
			}
			last = at.Start
		}
	})
}
