package load_test

import (
	"testing"
	"testing/fstest"

	"achyk/internal/locale"
)

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
