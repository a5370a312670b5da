package document

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/source"
)

// elements are those that a text can make, with their attributes.
var elements = map[string]string{
	"a": "class href id role title", "blockquote": "", "br": "", "code": "class", "del": "", "div": "class role tabindex", "em": "",
	"h1": "id", "h2": "id", "h3": "id", "h4": "id", "h5": "id", "h6": "id", "hr": "", "img": "alt src title", "li": "id", "ol": "start",
	"p": "", "pre": "", "strong": "", "sup": "id", "table": "class", "tbody": "", "td": "data-label", "th": "", "thead": "", "tr": "", "ul": "",
}

// FuzzMarkup looks for a text that makes an element or attribute other than Markdown has, or a
// link that runs a script.
func FuzzMarkup(f *testing.F) {
	for _, text := range []string{
		"<script>alert(1)</script>", "a <b onclick=alert(1)> c", "<!--\n<script>\n-->", "<![CDATA[<script>]]>", "<?php <script> ?>",
		"[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](java\nscript:alert(1)) [d](\x01javascript:alert(1))",
		"[a](&#106;avascript:alert(1)) [b](javascript&colon;alert(1)) [c](\\javascript:alert(1)) [d](<java\tscript:alert(1)>)",
		"[a](vbscript:a) [b](data:text/html,<script>) ![c](data:image/svg+xml,<svg>) <javascript:alert(1)> <file:///etc/passwd>",
		"[a][b]\n\n[b]: javascript:alert(1) \"\\\" onclick=alert(1)\"", "[a](b \"\\\"><script>\") ![\\\"><script>](a)",
		"```\"><script>\n</code></pre><script>\n```", "`<script>`", "# <script> {#a onclick=alert(1)}", "# a {onclick=alert(1)}",
		"| a<script> | b |\n|---|---|\n| <script> | `<script>` |", "a[^1]\n\n[^1]: <script> [a](javascript:alert(1))", "[^\"><script>]: a\n\na[^\"><script>]",
		"www.example.com/\"onclick=alert(1) https://a.example/<script>", "<a@b.example\" onclick=alert(1)>", "</style></title></script>",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return // large texts are bounded elsewhere
		}
		var fm front
		doc, _, _ := Parse(&source.File{Path: "x.ky.md", Data: []byte("+++\n+++\n" + text)}, &fm)
		tokens := html.NewTokenizer(strings.NewReader(string(doc.HTML)))
		for tokens.Next() != html.ErrorToken {
			token := tokens.Token()
			if token.Type == html.TextToken {
				continue
			}
			allowed, known := elements[token.Data]
			if !known {
				t.Errorf("%q makes %s", text, token)
			}
			for _, a := range token.Attr {
				if !slices.Contains(strings.Fields(allowed), a.Key) {
					t.Errorf("%q makes the attribute %s of %s", text, a.Key, token)
				}
				if a.Key == "href" || a.Key == "src" {
					checkAddress(t, text, a.Val)
				}
			}
		}
	})
}

// checkAddress reports an address that a browser runs. Browsers leave out control characters at
// its beginning, and tabs and line ends everywhere.
func checkAddress(t *testing.T, text, address string) {
	t.Helper()
	address = strings.ToLower(strings.TrimLeftFunc(address, func(r rune) bool { return r <= ' ' }))
	scheme, _, ok := strings.Cut(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address), ":")
	if ok && slices.Contains([]string{"javascript", "vbscript"}, scheme) || ok && scheme == "data" && !strings.HasPrefix(address, "data:image/") {
		t.Errorf("%q links to %q", text, address)
	}
}
