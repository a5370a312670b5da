package load_test

import (
	"testing"
	"testing/fstest"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

// In TOML a string may not hold a forbidden character as an escape. In comments and in
// strings in single quotes there are no escapes.
func TestForbiddenEscapes(t *testing.T) {
	for value, marked := range map[string]string{
		`"a\uE001b"`:                   `\uE001`,
		`"a\\uE001b"`:                  "",
		`"a\\\uE001b"`:                 `\uE001`,
		`"\U000F0001"`:                 `\U000F0001`,
		`"\uFFFE"`:                     `\uFFFE`,
		`"\u0000"`:                     `\u0000`,
		`"\b"`:                         `\b`,
		`"\t\n\r\"\u00e9\U0001F600"`:   "",
		`'\uE001\b'`:                   "",
		`'''` + "\n" + `'\uE001'''`:    "",
		`"""` + "\n" + `"\uE001"""`:    `\uE001`,
		`"""a"" \f"""""`:               `\f`,
		`"a", # "\uE001"` + "\n":       "",
		`"#", "\uE001"`:                `\uE001`,
		`'"', "\uE001", '"'`:           `\uE001`,
		`'a"', '\uE001', "b"`:          "",
		`"""` + "\\\n" + `  \uF8FF"""`: `\uF8FF`,
	} {
		fsys := base(t)
		const name = "data/town/municipality.toml"
		fsys[name] = &fstest.MapFile{Data: append([]byte("sources = ["+value+"]\n"), fsys[name].Data...)}
		got, findings := "", 0
		if marked != "" {
			findings = 1
		}
		problems := read(t, fsys)
		for _, d := range problems {
			if d.Code == diag.ControlChar {
				got += string(d.File.Data[d.Span.Start:d.Span.End])
			}
		}
		if got != marked || len(problems) != findings {
			t.Errorf("of %s the escapes %q are refused, want %q:\n%s", value, got, marked, text(t, problems, locale.En))
		}
	}
}

// In Markdown only the front matter is TOML: a text may write about escapes.
func TestEscapesInMarkdown(t *testing.T) {
	for article, want := range map[string]int{
		"+++\ntitle = \"\\uE001\"\n+++\nText.\n":           1,
		"+++\ntitle = \"Title\"\n+++\nText \"\\uE001\".\n": 0,
	} {
		fsys := base(t)
		fsys["content/pages/escapes.ky.md"] = &fstest.MapFile{Data: []byte(article)}
		if problems := read(t, fsys); len(problems) != want {
			t.Errorf("%q gives %d findings, want %d:\n%s", article, len(problems), want, text(t, problems, locale.En))
		}
	}
}
