package translation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/source"
	"achyk/internal/translation"
)

// read reads a catalogue of Uzbek, and returns what is wrong in it but how much is missing: "4:1 message-unknown".
func read(text string) (locale.Lang, []string) {
	l, problems := translation.Read("uz", &source.File{Path: "uz.toml", Data: []byte(text)})
	var all []string
	for _, d := range problems {
		if at := d.Position(); d.Code != diag.LanguageUntranslated {
			all = append(all, fmt.Sprintf("%d:%d %s", at.Line, at.Column, d.Code))
		}
	}
	return l, all
}

// TestRead: what is translated is used, and all else is said in the original.
func TestRead(t *testing.T) {
	l, wrong := read(`[language]
name = "Oʻzbekcha"
months = [["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"]]
[language.dates]
date = "2-yanvar, 2006"
[messages]
site.skip = "Asosiy matnga oʻtish"
site.days.left.one = "{{.Count}} kun qoldi"
site.days.left.other = "{{.Count}} kun qoldi"
site.menu.data = ""
schema.territories.title = "Hududlar"
schema.compliance.title = "Ijro"
`)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	p := locale.For(l)
	for got, want := range map[string]string{
		l.Name():                               "Oʻzbekcha",
		p.T("site.skip"):                       "Asosiy matnga oʻtish",
		p.N("site.days.left", 5):               "5 kun qoldi",
		locale.Unmarked(p.T("site.menu.data")): locale.For(locale.Ky).T("site.menu.data"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestMistakes: each mistake is told at its place and taken as not translated.
func TestMistakes(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{`site.skop = "x"`, "2:1 message-unknown"},
		{`site.skip = 7`, "2:1 message-unknown"},
		{`site.skip = "{{.Nobody}}"`, "2:1 message-argument"},
		{`site.skip = "{{"`, "2:1 message-argument"},
		{`site.days.left = "kun"`, "2:1 message-unknown"},
		{`site.days.left.few = "kun"`, "2:1 message-form"},
		{`site.days.left.one = "{{.Count}} kun"`, "2:1 message-form"},
		{"[language]\nscript = \"arabic\"", "3:1 toml-value"},
		{"[language]\nquotes = [\"«\"]", "3:1 toml-value"},
		{"[language]\nquotes = [\"<\", \">\"]", "3:1 toml-value"},
		{"[language]\ninner = [\"\", \"\"]", "3:1 toml-value"},
		{"[language]\npoint = \"5\"", "3:1 toml-value"},
		{"[language]\npoint = \"<b>\"", "3:1 toml-value"},
		{"[language]\npoint = \".\"\ngroup = \".\"", "4:1 toml-value"},
		{"[language]\ngroup = \",\"", "3:1 toml-value"}, // which is the point of the original
		{"[language]\ngroup = \"&nbsp;\"", "3:1 toml-value"},
		{"[language]\npercent = \"7\"", "3:1 toml-value"},
		{"[language]\nsom = \"<i>\"", "3:1 toml-value"},
		{"[language]\nname = \"<b>Oʻzbekcha</b>\"", "3:1 toml-value"},
		{"[language]\niso3 = \"uz\"", "3:1 toml-value"},
		{"[language]\nopen_graph = \"uz-UZ\"", "3:1 toml-value"},
		{"[language]\nalphabet = \"z-a\"", "3:1 toml-value"},
		{"[language]\nalphabet = \"abca\"", "3:1 toml-value"},
		{"[language]\nmonths = [[" + strings.Repeat(`"oy", `, 12) + "]]", "3:1 toml-value"},
		{"[language.dates]\ndate = \"<b>2.01.2006</b>\"", "3:1 toml-value"},
		{"[language]\nmonths = [[\"yanvar\"]]", "3:1 toml-value"},
		{"[language.dates]\ndate = \"2006\"", "3:1 toml-value"},
		{"[language]\nnome = \"x\"", "3:1 toml-unknown-key"},
		{"site.skip = ", "2:13 toml-syntax"},
	} {
		if _, wrong := read("[messages]\n" + test.line + "\n"); !slices.Equal(wrong, []string{test.want}) {
			t.Errorf("%q: %q, want %s", test.line, wrong, test.want)
		}
	}
}

// TestFactsOfOthers: what languages of the world have is no mistake.
func TestFactsOfOthers(t *testing.T) {
	for _, facts := range []string{
		"quotes = [\"„\", \"“\"]\ninner = [\"‚\", \"‘\"]\npoint = \",\"\ngroup = \".\"\npercent = \"\\u00a0%\"\niso3 = \"deu\"\nopen_graph = \"de_DE\"\nalphabet = \"abcdefghijklmnopqrstuvwxyzäöüß\"",
		"quotes = [\"«\\u00a0\", \"\\u00a0»\"]\npoint = \".\"\ngroup = \"’\"\nsom = \"soʻm\"\nopen_graph = \"uz_Latn_UZ\"\nalphabet = \"abdefghijklmnopqrstuvxyzʻ\"",
		"quotes = [\"”\", \"”\"]\npoint = \"٫\"\ngroup = \"٬\"\npercent = \"٪\"\nmonths = [[\"1月\", \"2月\", \"3月\", \"4月\", \"5月\", \"6月\", \"7月\", \"8月\", \"9月\", \"10月\", \"11月\", \"12月\"]]",
	} {
		if _, wrong := read("[language]\n" + facts + "\n"); len(wrong) > 0 {
			t.Errorf("%s: %q", facts, wrong)
		}
	}
	for _, l := range locale.Langs {
		f := l.Facts()
		if _, wrong := read(fmt.Sprintf("[language]\nname = %q\npoint = %q\ngroup = %q\npercent = %q\nsom = %q\nalphabet = %q\nquotes = [%q, %q]\n", f.Name, f.Point, f.Group, f.Percent, f.Som, f.Alphabet, f.Quotes[0], f.Quotes[1])); len(wrong) > 0 {
			t.Errorf("%v: %q", l, wrong)
		}
	}
}

// TestMessagesRunNoCode: a text of a municipality is made of values and conditions, as those of the program are; all
// else, such as a loop, a function or a template of its own, could take all time and memory, or say an English error.
func TestMessagesRunNoCode(t *testing.T) {
	for _, text := range []string{
		"{{range 1000000000}}{{end}}", "{{range 1000000000}}x{{end}}", "{{range .n}}x{{end}}", "{{with .n}}{{.}}{{end}}",
		"{{index .n 9}}", "{{$}}", "{{$.n}}", "{{.}}", "{{$x := .n}}{{$x}}", "{{.n.Nope}}", "{{(.n).Nope}}", "{{(.n)}}",
		`{{define "x"}}{{template "x"}}{{end}}{{template "x"}}`, `{{define ""}}x{{end}}`, `{{define "x"}}{{end}}`, `{{block "x" .}}{{end}}`, `{{template "x"}}`,
		"{{print .n}}", "{{html .n}}", `{{printf "%1000000d" 1}}`, "{{.n | print}}", "{{len .n}}", "{{call .n}}", `{{"x"}}`, "{{1}}", "{{true}}", "{{nil}}",
		"{{not .n}}", "{{if print .n}}x{{end}}", "{{if .n | not}}x{{end}}", "{{if $x := .n}}{{$x}}{{end}}", "{{if $}}x{{end}}", "{{if .n 1}}x{{end}}", "{{if (.n).Nope}}x{{end}}",
		`{{if eq .n "1"}}x{{end}}`, `{{if eq "1"}}x{{end}}`, "{{if eq}}x{{end}}", "{{if eq .n 1}}x{{end}}", "{{if eq (not .n) true}}x{{end}}", "{{if not .n .n}}x{{end}}", "{{if or}}x{{end}}",
		"{{if lt .n 1}}x{{end}}", "{{if .n}}x{{else if .Nope}}y{{end}}", "{{if .n}}x{{else}}{{range .n}}{{end}}{{end}}", "{{break}}", "{{if .n}}",
	} {
		if _, wrong := read("[messages]\nsite.size.kb = '" + text + "'\n"); !slices.Equal(wrong, []string{"2:1 message-argument"}) {
			t.Errorf("%s: %q", text, wrong)
		}
	}
	for _, text := range []string{"{{.n}}", "{{ .n -}} x", "{{if .n}}x{{end}}", "{{if not .n}}x{{else if or .n (not .n)}}{{.n}}{{else}}y{{end}}", "x"} {
		if _, wrong := read("[messages]\nsite.size.kb = '" + text + "'\n"); len(wrong) > 0 {
			t.Errorf("%s: %q", text, wrong)
		}
	}
	for _, key := range translation.Keys() {
		for l, forms := range translation.Original(key) {
			for _, text := range forms {
				if _, strange := locale.Arguments(text); strange != "" {
					t.Errorf("%s in %s has %s, which no message may hold", key, l, strange)
				}
			}
		}
	}
}

// TestLong: a text that is on every page, or in every date, is not as long as a book.
func TestLong(t *testing.T) {
	longest := 0
	for _, forms := range translation.Original("site.skip") {
		longest = max(longest, utf8.RuneCountInString(forms["other"]))
	}
	most, list := limits.Translated*max(longest, limits.Brief), `["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"], `
	for _, test := range []struct{ text, want string }{
		{"[messages]\nsite.skip = '" + strings.Repeat("ў", most) + "'", ""},
		{"[messages]\nsite.skip = '" + strings.Repeat("ў", most+1) + "'", "2:1 over-limit"},
		{"[language]\nsom = '" + strings.Repeat("ў", limits.Fact) + "'", ""},
		{"[language]\nsom = '" + strings.Repeat("ў", limits.Fact+1) + "'", "2:1 over-limit"},
		{"[language.dates]\ndate = '2-01-2006" + strings.Repeat(" ", limits.Fact) + "'", "2:1 over-limit"},
		{"[language]\nmonths = [" + strings.Repeat(list, limits.MonthSets) + "]", ""},
		{"[language]\nmonths = [" + strings.Repeat(list, limits.MonthSets+1) + "]", "2:1 over-limit"},
	} {
		if _, wrong := read(test.text + "\n"); strings.Join(wrong, " ") != test.want {
			t.Errorf("%.40s: %q, want %q", test.text, wrong, test.want)
		}
	}
}

// TestDraft: the file to fill in has every key once and no mistake, and what is translated stays when it is written again.
func TestDraft(t *testing.T) {
	draft, problems := translation.Draft("uz", locale.Ky, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if _, wrong := read(string(draft)); len(wrong) > 0 {
		t.Error(wrong)
	}
	if r, _, code := characters.Find(string(draft)); code != "" && code != diag.ByteOrder {
		t.Errorf("the file has the character %s, which no text may have: %s", characters.Name(r), code)
	}
	for _, key := range translation.Keys() {
		if locale.Counted(key) {
			key += ".other"
		}
		if n := strings.Count(string(draft), "\n"+key+" = \"\"\n"); n != 1 && !strings.ContainsFunc(key, func(r rune) bool { return r > 'z' }) {
			t.Errorf("%s is there %d times", key, n)
		}
	}
	filled := strings.Replace(string(draft), "\nsite.skip = \"\"\n", "\nsite.skip = \"Oʻtish\"\nsome.old.key = \"Eski\"\n", 1)
	again, problems := translation.Draft("uz", locale.Ky, &source.File{Path: "uz.toml", Data: []byte(filled)})
	if text := string(again); len(problems) > 0 || !strings.Contains(text, "\nsite.skip = \"Oʻtish\"\n") || !strings.HasSuffix(text, "\nsome.old.key = \"Eski\"\n") {
		t.Error("what was translated is lost", problems)
	}
}

// TestDerived: the registers that the program makes have words in a catalogue, too.
func TestDerived(t *testing.T) {
	for _, key := range []string{"schema.findings.title", "schema.compliance.title", "schema.deadlines.title", "schema.changes.title"} {
		if translation.Original(key)[locale.Ru]["other"] == "" {
			t.Errorf("%s is no key", key)
		}
	}
}
