package site_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"achyk/internal/tools/sitetest"
)

// latinClause is the number of a clause with a Latin letter: "13a". Ids and addresses that
// contain one go on before it.
var latinClause = regexp.MustCompile(`(?:^|[^\w/#=&?%.-])[0-9]{1,3}[a-z](?:\W|$)`)

// clauseLetters looks for numbers of clauses with Latin letters on Kyrgyz and Russian pages.
func clauseLetters(p *sitetest.Page, fault func(string, ...any)) {
	if p.Lang == "en" {
		return
	}
	for n := range p.Doc.Descendants() {
		said := []string{n.Data}
		switch {
		case sitetest.Attr(n, "http-equiv") != "": // the hash of a style may look like a clause
			continue
		case n.Type == html.ElementNode:
			said = []string{sitetest.Attr(n, "title"), sitetest.Attr(n, "alt"), sitetest.Attr(n, "aria-label"), sitetest.Attr(n, "content")}
		case n.Type != html.TextNode, n.Parent.Data == "code", n.Parent.Data == "style", n.Parent.Data == "script", langOf(n, p.Lang) == "en":
			continue
		}
		for _, s := range said {
			if found := latinClause.FindString(s); found != "" {
				fault("%q in %q", found, around(s))
			}
		}
	}
}

// TestClauseLetters checks the letters of clauses: of an address they are Latin, in sentences they
// are those of the language.
func TestClauseLetters(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, register := range []string{"compliance", "deadlines"} {
		for _, r := range sitetest.Records(t, dir, "osh", register) {
			for name, cell := range r {
				cyrillic := strings.HasSuffix(name, "_ky") || strings.HasSuffix(name, "_ru")
				if cyrillic && latinClause.MatchString(cell) {
					t.Errorf("%s %s %s: %s", register, r["id"], name, cell)
				}
			}
		}
	}
	for lang, want := range map[string]string{"ky": "13г", "ru": "13г", "en": "13d"} {
		page := sitetest.Read(t, dir, lang+"/osh/regulation/")
		shown := false
		for _, a := range sitetest.All(page.Doc, "a.no") {
			shown = shown || sitetest.Attr(a, "href") == "#clause-13d" && sitetest.Text(a) == want
		}
		if !shown {
			t.Errorf("%s has no clause %s at #clause-13d", page.Path, want)
		}
	}
}
