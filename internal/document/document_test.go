package document

import (
	"strings"
	"testing"

	"achyk/internal/source"
)

type front struct {
	Title string `toml:"title"`
}

func parse(t *testing.T, text string) (*Document, front, []string) {
	t.Helper()
	var fm front
	doc, _, problems := Parse(&source.File{Path: "x.ky.md", Data: []byte(text)}, &fm)
	var codes []string
	for _, d := range problems {
		codes = append(codes, string(d.Code))
	}
	return doc, fm, codes
}

func TestParse(t *testing.T) {
	doc, fm, problems := parse(t, "+++\ntitle = \"Кат\"\n+++\n# Эмне табылды?\n\nСуу[^1].\n\n## Эмне табылды\n\n| а | б |\n|--:|---|\n| 1 | 2 |\n\n[^1]: Булак.\n")
	if len(problems) > 0 || fm.Title != "Кат" {
		t.Fatalf("problems %v, front matter %+v", problems, fm)
	}
	for _, want := range []string{
		`<h2 id="эмне-табылды">`, `<h3 id="эмне-табылды-2">`,
		`<div class="scroll" tabindex="0"><table>`, `class="footnotes"`,
	} {
		if !strings.Contains(string(doc.HTML), want) {
			t.Errorf("no %s in\n%s", want, doc.HTML)
		}
	}
	if strings.Contains(string(doc.HTML), "style=") {
		t.Error("a style attribute, which the Content-Security-Policy forbids")
	}
	if len(doc.Headings) != 2 || doc.Headings[1] != (Heading{3, "эмне-табылды-2", "Эмне табылды"}) {
		t.Errorf("headings %v", doc.Headings)
	}
}

func TestProblems(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "front-matter-missing",
		"# No front matter\n":                  "front-matter-missing",
		"+++\ntitle = \"x\"\n":                 "front-matter-unclosed",
		"+++\nname = \"x\"\n+++\n":             "toml-unknown-key",
		"+++\ntitle = \n+++\n":                 "toml-syntax",
		"+++\n+++\nа <script>x</script>\n":     "raw-html",
		"+++\n+++\n<div onclick=x>\n\n</div>":  "raw-html",
		"+++\n+++":                             "",
		"\ufeff+++\n+++\nа\n":                  "",
		"+++\r\ntitle = \"x\"\r\n+++\r\nа\r\n": "",
	} {
		doc, _, codes := parse(t, text)
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
		if strings.Contains(string(doc.HTML), "<script") || strings.Contains(string(doc.HTML), "onclick") {
			t.Errorf("%q lets HTML through: %s", text, doc.HTML)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("+++\ntitle = \"Кат\"\n+++\n# а\n<b>\n")
	f.Fuzz(func(t *testing.T, text string) {
		doc, _, _ := Parse(&source.File{Path: "x.md", Data: []byte(text)}, &front{})
		if strings.Contains(strings.ToLower(string(doc.HTML)), "<script") {
			t.Errorf("%q lets a script through", text)
		}
	})
}
