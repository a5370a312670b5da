package document

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"achyk/internal/diag"
	"achyk/internal/limits"
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
		`<div class="scroll" tabindex="0"><table class="stack">`, `<td data-label="б">2</td>`, `class="footnotes"`,
	} {
		if !strings.Contains(string(doc.HTML), want) {
			t.Errorf("no %s in\n%s", want, doc.HTML)
		}
	}
	if strings.Contains(string(doc.HTML), "style=") {
		t.Error("a style attribute, which the Content-Security-Policy forbids")
	}
	h := doc.Headings
	if len(h) != 2 || h[1].Level != 3 || h[1].ID != "эмне-табылды-2" || string(doc.File.Data[h[1].Span.Start:h[1].Span.End]) != "Эмне табылды" || h[1].Text != "Эмне табылды" {
		t.Errorf("headings %v", h)
	}
}

// TestSections checks that a document falls into what stands below each of its headings.
func TestSections(t *testing.T) {
	doc, _, _ := parse(t, "+++\n+++\nКириш\n\n## 1. *Максаты*\n\nБир\n\n- а\n\n## 1\n\n### 2а\n\nЭки\n")
	var got []string
	for _, s := range doc.Sections() {
		got = append(got, s.Text+"|"+strings.ReplaceAll(string(s.HTML), "\n", ""))
	}
	if want := []string{"|<p>Кириш</p>", "1. Максаты|<p>Бир</p><ul><li>а</li></ul>", "1|", "2а|<p>Эки</p>"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if empty := (&Document{}).Sections(); len(empty) != 1 || empty[0].HTML != "" {
		t.Errorf("an empty document has the sections %v", empty)
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

// Links and pictures that no page should have are reported, however they are written.
func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"[a](https://a.kg) [b](../b/) [c](#c) [d](mailto:a@b.kg) [e](tel:+996) <https://a.kg> https://a.kg www.a.kg a@b.kg [f](/f?a:b)": "",
		"![a](../a.jpg) ![b](/files/town/b.jpg) ![c](c.png?a=https://b)":                                                                "",
		"![a](https://a.kg/a.jpg)":                "foreign-picture",
		"![a](http://a.kg/a.jpg)":                 "foreign-picture",
		"![a](//a.kg/a.jpg)":                      "foreign-picture",
		"![a](&#47;/a.kg/a.jpg)":                  "foreign-picture",
		"[![a](https://a.kg/a.jpg)](../a/)":       "foreign-picture",
		"![a][b]\n\n[b]: https://a.kg/a.jpg":      "foreign-picture",
		"![a](data:image/png;base64,AAAA)":        "unsafe-link",
		"![a](javascript:a)":                      "unsafe-link",
		"[a](javascript:alert(1))":                "unsafe-link",
		"[a](JavaScript:alert(1))":                "unsafe-link",
		"[a](java&#115;cript:alert(1))":           "unsafe-link",
		"[a](javascript&colon;alert(1))":          "unsafe-link",
		"[a](data:text/html,a)":                   "unsafe-link",
		"[a](vbscript:a)":                         "unsafe-link",
		"[a](file:///etc/passwd)":                 "unsafe-link",
		"[a](blob:https://a.kg/a)":                "unsafe-link",
		"<javascript:alert(1)>":                   "unsafe-link",
		"[a]\n\n[a]: javascript:alert(1)":         "unsafe-link",
		"[^1]\n\n[^1]: [a](data:,a)":              "unsafe-link",
		"# [a](data:,a)\n\n| [a](data:,a) |\n|-|": "unsafe-link unsafe-link",
		"`[a](javascript:a)`":                     "",
	} {
		doc, _, codes := parse(t, "+++\n+++\n"+text+"\n")
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%q gives %q, want %q\n%s", text, got, want, doc.HTML)
		}
	}
}

// A finding about a link points to it.
func TestPlaces(t *testing.T) {
	const text = "+++\n+++\nА\n\n- б [a](data:,a) в\n- ![a](//a.kg/a)\n\n<data:,b>\n"
	_, _, problems := Parse(&source.File{Path: "x.md", Data: []byte(text)}, &front{})
	var lines []int
	for _, d := range problems {
		lines = append(lines, d.Position().Line)
	}
	if !slices.Equal(lines, []int{5, 6, 8}) {
		t.Errorf("findings in the lines %v", lines)
	}
}

// An entity may not stand for a character that may not be written as it is.
func TestEntities(t *testing.T) {
	for text, want := range map[string]string{
		"&#1;":                      "control-character",
		"a &#x202E; b":              "bidi-character",
		"&amp; &#8294;":             "bidi-character",
		"&#xFFFF;":                  "control-character",
		"[a](b \"&#x202e;\")":       "bidi-character",
		"`&#x202E;`":                "",
		"&shy; &nbsp; &zwj; &#173;": "",
		"&; &#; &#x; &a &#99999999": "",
	} {
		if _, _, codes := parse(t, "+++\n+++\n"+text+"\n"); strings.Join(codes, " ") != want {
			t.Errorf("%q gives %q, want %q", text, codes, want)
		}
	}
}

// Texts within the limits are read in seconds, whatever they are made of, and texts beyond
// them are refused at their place.
func TestBombs(t *testing.T) {
	whole := func(unit string) string { // as many bytes and lines as a text may have
		n := (limits.Text - 100) / len(unit)
		if lines := strings.Count(unit, "\n"); lines > 0 {
			n = min(n, (limits.Lines-100)/lines)
		}
		return strings.Repeat(unit, n)
	}
	sparse := func(unit string, markers int) string { // as many markers as a paragraph may have
		return whole(unit + strings.Repeat("a", limits.Text*markers/limits.Markers-len(unit)))
	}
	for name, text := range map[string]string{
		"links":      sparse("[a](", 3),
		"targets":    sparse("[a](<b", 4),
		"brackets":   strings.Repeat("[", 900) + strings.Repeat("a", 200_000) + strings.Repeat("]", 900),
		"emphasis":   sparse("*a_ ", 2),
		"nested":     strings.Repeat("*a ", 900) + strings.Repeat(" a*", 900) + sparse("a", 1),
		"tags":       sparse("<a b", 2),
		"quotes":     whole(strings.Repeat(">", limits.Margin) + "\n"),
		"bullets":    whole(strings.Repeat("- ", limits.Margin/2) + "a\n\n"),
		"mixed":      whole(strings.Repeat("> - ", limits.Margin/4) + "\n\n"),
		"notes":      whole(strings.Repeat("[^1]: ", limits.Margin/6) + "\n\n"),
		"blank":      strings.Repeat("- ", limits.Margin/2) + "a\n" + whole("\n"),
		"stairs":     stairs("\t", limits.Margin-2) + whole("\n")[limits.Margin:],
		"tabs":       whole(strings.Repeat("\t", limits.Margin) + "a\n\n"),
		"cells":      "a|" + strings.Repeat("a|", 49) + "\n-|" + strings.Repeat("-|", 49) + "\n" + strings.Repeat("a\n", 950),
		"notes used": "[^1]: a\n\n" + strings.Repeat(strings.Repeat("[^1] ", 900)+"\n\n", 8),
		"references": whole("[a]: /b\n\n"),
		"list":       whole("- a\n"),
		"paragraphs": whole("a\n\n"),
	} {
		_, codes, took := timed(text)
		if took > 10*time.Second || codes != "" && codes != "over-limit" {
			t.Errorf("%s takes %v and gives %.80s", name, took, codes)
		}
	}
	for name, test := range map[string]struct {
		text, what string
		line       int
	}{
		"quotes":    {"a\n\n" + strings.Repeat(">", limits.Margin+1), "margin", 5},
		"lists":     {strings.Repeat("- 1. ", 30), "margin", 3},
		"indented":  {stairs(" ", 400), "margin", 2 + limits.Margin},
		"lines":     {strings.Repeat("\n", limits.Lines+1), "lines", 3 + limits.Lines},
		"markers":   {"a\n" + whole("*a_ "), "markers", 4},
		"headings":  {strings.Repeat("# a\n", limits.Headings+1), "headings", 3 + limits.Headings},
		"table":     {"a\n\n> " + strings.Repeat("a|", 4000) + "\n> " + strings.Repeat("-|", 4000) + "\n" + strings.Repeat("> b\n", 4000), "tables", 11},
		"addresses": {"[x]: /" + strings.Repeat("u", 65_000) + "\n\n" + strings.Repeat("[x] ", 900), "addresses", 5},
		"often":     {"[x]: /" + strings.Repeat("u", 2_000) + "\n\n" + strings.Repeat("[x] ", 40), "addresses", 5},
		"entities":  {whole("&"), "html", 3},
		"notes":     {"[^1]: a\n\n" + strings.Repeat(strings.Repeat("[^1] ", 900)+"\n\n", 50), "html", 3},
	} {
		problem, codes, took := timed(test.text)
		if took > 10*time.Second || codes != "over-limit" || problem.Args["what"] != diag.Phrase("limit."+test.what) || problem.Position().Line != test.line {
			t.Errorf("%s takes %v and gives %s %v in line %d", name, took, codes, problem.Args["what"], problem.Position().Line)
		}
	}
}

// stairs is a list whose items lie within each other.
func stairs(step string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(step, i) + "- a\n")
	}
	return b.String()
}

func timed(text string) (last diag.Diagnostic, codes string, took time.Duration) {
	begin := time.Now()
	_, _, problems := Parse(&source.File{Path: "x.md", Data: []byte("+++\n+++\n" + text)}, &front{})
	for _, d := range problems {
		last, codes = d, codes+string(d.Code)
	}
	return last, codes, time.Since(begin)
}

// Many headings of one name, and of names that have the form of numbered ones, get ids of their
// own.
func TestHeadingIDs(t *testing.T) {
	doc, _, _ := parse(t, "+++\n+++\n# a-2\n# a\n# a\n# a\n# !\n# ?\n# a-3\n")
	var got []string
	for _, h := range doc.Headings {
		got = append(got, h.ID)
	}
	if want := []string{"a-2", "a", "a-3", "a-4", "section", "section-2", "a-3-2"}; !slices.Equal(got, want) {
		t.Errorf("ids %q, want %q", got, want)
	}
}

// FuzzParse reads any text without a panic and in little time. Its findings lie within the file,
// and its HTML has no script, no handler and no address that the findings do not name.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"# а\n<b>\n", "[a](javascript:b) ![c](//d)", "| a |\n|-|\n|", "> - 1. [^1]\n\n[^1]: *a **b `c", "[a]: <b> 'c'\n\n[a] ![a]",
		"<a href='javascript:b'>", "<!-- --> <?a?> <![CDATA[a]]>", "&#1; &#x202E; &Tab; &colon;", "```a onclick=b\n</code><script>\n```", "[a](<b\"onclick=c>)", "![a\" onerror=b](c)",
		"www.a.kg/\"onclick=b https://a.kg/<script> <a@b.kg>", "# a {onclick=b}\n", "~~a~~ \\<script>", "a|b\n:-|-:\n`\\|`|", "\x00\r\u2028<script",
	} {
		f.Add("+++\ntitle = \"Кат\"\n+++\n" + seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := &source.File{Path: "x.md", Data: []byte(text)}
		begin := time.Now()
		doc, _, problems := Parse(file, &front{})
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%d bytes take %v", len(text), took)
		}
		for _, d := range problems {
			if d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > len(text) {
				t.Errorf("%s at %v", d.Code, d.Span)
			}
		}
		page := html.NewTokenizer(strings.NewReader(string(doc.HTML)))
		for page.Next() != html.ErrorToken {
			token := page.Token()
			if token.Type == html.TextToken {
				continue
			}
			if token.Data == "script" || token.Data == "style" || token.Data == "iframe" {
				t.Errorf("%q lets %s through", text, token)
			}
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%q lets %s through", text, token)
				}
				scheme, outside := target(a.Val)
				if (a.Key == "href" && scheme != "" && !slices.Contains(schemes, scheme) || a.Key == "src" && outside) && !problems.HasErrors() {
					t.Errorf("%q lets the address %q through", text, a.Val)
				}
			}
		}
	})
}
