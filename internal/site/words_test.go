package site_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"achyk/internal/locale"
	"achyk/internal/tools/sitetest"
)

const wordsRule = "words are in the page's language"

// foreignWords looks for words of another language in text that is not marked as such: Latin
// letters in Kyrgyz and Russian, Cyrillic letters in English, and letters that only Kyrgyz has
// in Russian.
func foreignWords(p *sitetest.Page, fault func(string, ...any)) {
	if path.Base(path.Dir(p.Path)) == "glossary" {
		return // its tables have a column for each language, and Markdown cannot mark languages
	}
	lang, _ := locale.ParseLang(p.Lang)
	others := latin
	if lang.Latin() {
		others = cyrillic
	}
	foreign := func(text string) bool {
		return strings.ContainsFunc(text, others) || lang == locale.Ru && strings.ContainsAny(text, kyrgyzLetters)
	}
	var letters, kyrgyz int
	for n := range sitetest.All(p.Doc, "body")[0].Descendants() {
		if n.Type != html.TextNode || langOf(n, p.Lang) != p.Lang || slices.Contains([]string{"code", "style", "script"}, n.Parent.Data) {
			continue
		}
		for _, r := range n.Data {
			if unicode.IsLetter(r) {
				letters++
			}
			if strings.ContainsRune(kyrgyzLetters, r) {
				kyrgyz++
			}
		}
		if !foreign(n.Data) {
			continue
		}
		for _, word := range strings.FieldsFunc(quotedCode.ReplaceAllString(n.Data, " "), func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune(`«»“”"'‘’(),;!?…—+`, r)
		}) {
			word = strings.Trim(word, ".:-–")
			if foreign(word) && !namesOnly.MatchString(word) && !slices.Contains(anyLanguage, word) && !slices.Contains(sitetest.Langs, word) {
				fault("%q in %q (if it is the same in all languages, add it to anyLanguage)", word, around(n.Data))
			}
		}
	}
	if p.Lang == "ky" && letters > 1000 && kyrgyz*100 < letters {
		fault("only %d of %d letters are ң, ө or ү, so the page may not be Kyrgyz", kyrgyz, letters)
	}
}

const kyrgyzLetters = "ңөүҢӨҮ"

func latin(r rune) bool    { return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' }
func cyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

var (
	// Codes or signs that a sentence quotes.
	quotedCode = regexp.MustCompile(`«[!-~³]+»`)

	// Numbers of decisions, names of files, keys, addresses and commits are the same in all languages.
	namesOnly = regexp.MustCompile(`^[!-~]*([0-9._/@=]|[a-z]-[a-z])[!-~]*$|^\p{Lu}{1,2}-[0-9]`)

	// Words that are the same in all languages.
	anyLanguage = []string{"GitHub", "Word", "iPhone", "HEIC", "JPEG", "JPG", "PNG", "CSV", "CSVW", "OCDS", "Popolo", "DCAT", "Turtle", "Excel", "LibreOffice", "ODS", "JSON", "JSONL", "Parquet", "SQLite", "XLSX", "TXT", "SVG", "PDF", "ZIP", "ICS", "Atom", "URL", "WhatsApp", "Telegram", "Android", "Google", "Outlook", "Thunderbird", "KGS", "°C", "pH", "cookie", "true", "false"}
)

// langOf returns the language of a text node: the lang of the nearest element that has one,
// else the language of the page.
func langOf(n *html.Node, page string) string {
	for n = n.Parent; n != nil; n = n.Parent {
		if lang := sitetest.Attr(n, "lang"); lang != "" {
			return lang
		}
	}
	return page
}

// around shortens a text for a message.
func around(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return s[:min(len(s), 120)]
}
