package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/tools/towntest"
	"achyk/layouts"
)

// withLayout writes a repository with the layouts of the program, of which the front page is another.
func withLayout(t *testing.T, home string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range towntest.Files {
		if err := towntest.Write(dir, name, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(dir, layoutsFolder), layouts.Files); err != nil {
		t.Fatal(err)
	}
	if err := towntest.Write(dir, "layouts/home.html", home); err != nil {
		t.Fatal(err)
	}
	return dir
}

// tell writes the errors of a list in a line each.
func tell(list diag.List) (lines []string) {
	for i := range list {
		if d := &list[i]; d.Severity() == diag.Error {
			what := d.Args["kind"]
			if d.Code == diag.OverLimit {
				what = d.Args["what"]
			}
			lines = append(lines, fmt.Sprintf("%s %s %v %s", report.Where(d), d.Code, what, d.Value))
		}
	}
	return lines
}

// nested returns n loops within each other.
func nested(n int, of, inside string) string {
	return strings.Repeat("{{range "+of+"}}", n) + inside + strings.Repeat("{{end}}", n)
}

// TestLayoutFaults checks that check and build find each kind of fault in a layout of a repository, with its place, and
// say it in all languages.
func TestLayoutFaults(t *testing.T) {
	for _, test := range []struct{ layout, want string }{
		{"<p>\n{{.Nope}}", "2:3 layout-unknown field Nope"},
		{"<p>\n{{.SiteTitle.Nope}}", "2:13 layout-unknown field Nope"},
		{"<p>\n<b>{{.T \"nope\"}}</b>", "2:9 layout-unknown word nope"},
		{"<p>\n<b>{{nope .}}</b>", "2:6 layout-unknown function nope"},
		{"<p>\n<b>{{printf \"%d\" 1}}</b>", "2:6 layout-unknown function printf"},
		{"<p>\n<b>{{$nope}}</b>", "2:6 layout-unknown variable $nope"},
		{"<p>\n<b>{{template \"nope\" .}}</b>", "2:15 layout-unknown template nope"},
		{"<p>\n{{if .SiteTitle}}\n<b>", "3:1 layout-syntax unended "},
		{"<p>\n{{end}}", "2:1 layout-syntax unopened {{end}}"},
		{"<p>\n<b>{{else}}", "2:4 layout-syntax unopened {{else}}"},
		{"<p>\n<b>{{.SiteTitle", "2:1 layout-syntax unclosed "},
		{"<p>\n<b>{{break}}", "2:1 layout-syntax other {{break}} outside {{range}}"},
		{"<p>\n<b>{{.SiteTitle , 1}}", "2:17 layout-syntax token ,"},
		{"<p>\n<b>{{range}}", "2:1 layout-syntax other missing value for range"},
		{"<p>\n<b {{if .SiteTitle}}title=\"{{end}}>", "2:9 layout-syntax other {{if}} branches end in different contexts"},
		{"<p>\n{{define \"ornament\"}}<hr>{{end}}", "2:3 layout-syntax twice ornament"},
		{"<p>\n<a title=\"", "1:1 layout-syntax other ends in a non-text context"},
		{"<p>\n<b title=\"{{template \"ornament\"}}\">", "2:22 layout-not-executed within ornament"},
		{"<p>\n<b title={{.SiteTitle}}>", "2:12 layout-not-executed unknown {{.SiteTitle"},
		{"<p>\n{{range .SiteTitle}}{{end}}", "2:9 layout-not-executed unknown"},
		{"<p>\n{{range 1000000000}}{{end}}", "2:9 layout-not-executed unknown {{range 1000000000}}"},
		{"<p>\n{{$x := \"x\"}}{{$x = print $x $x}}", "2:21 layout-unknown function print"},
		{"<p>\n{{len .Base}}", "2:3 layout-not-executed unknown"},
		{"<p>\n{{(index .Towns 99).Href}}", "2:4 layout-no-value no-value index"},
	} {
		want := "layouts/home.html:" + test.want
		dir := withLayout(t, test.layout)
		checked, err := Check(Options{Source: dir})
		if lines := tell(checked.Problems); err != nil || len(lines) != 1 || !strings.HasPrefix(lines[0], want) {
			t.Errorf("%q: check: %v %q, want %q", test.layout, err, lines, want)
			continue
		}
		_, problems, err := Build(context.Background(), Options{Source: dir, Dest: filepath.Join(t.TempDir(), "public")})
		if lines := tell(problems); err != nil || len(lines) != 1 || !strings.HasPrefix(lines[0], want) {
			t.Errorf("%q: build: %v %q, want %q", test.layout, err, lines, want)
		}
		for _, lang := range locale.Langs {
			for _, say := range []func(*diag.Diagnostic, *locale.Printer) string{report.What, report.Mend} {
				for i := range checked.Problems {
					if text := say(&checked.Problems[i], locale.For(lang)); text == "" || strings.ContainsAny(text, "⟦⟧") {
						t.Errorf("%q in %v: %q", test.layout, lang, text)
					}
				}
			}
		}
	}
}

// TestLayoutFaultsTogether checks that all files are told of, and files that are missing.
func TestLayoutFaultsTogether(t *testing.T) {
	dir := withLayout(t, "{{.Nope}}")
	if err := towntest.Write(dir, "layouts/list.html", "<p>{{.Nope}}"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"site.css", "why.html"} {
		if err := os.Remove(filepath.Join(dir, "layouts", name)); err != nil {
			t.Fatal(err)
		}
	}
	checked, err := Check(Options{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	const want = "layouts/home.html:1:3 layout-unknown field Nope, layouts/list.html:1:6 layout-unknown field Nope, " +
		"layouts/site.css file-missing layout layouts/site.css, layouts/why.html file-missing layout layouts/why.html"
	if got := strings.Join(tell(checked.Problems), ", "); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// TestLayoutBounds checks that layouts which would never end, or take all memory, are refused in time.
func TestLayoutBounds(t *testing.T) {
	for name, test := range map[string]struct{ layout, want string }{
		"loops":             {"<p>\n" + nested(15, "$.Languages", ""), "2:282 over-limit limit.layout-steps"},
		"a long loop":       {"<p>\n{{range $.Languages}}" + nested(9, "$.Languages", "{{$.Head}}") + "{{end}}", "over-limit limit.layout-page"},
		"calls":             {"<p>\n{{template \"a\" .}}{{define \"a\"}}{{template \"a\" .}}{{end}}", "2:44 over-limit limit.layout-calls"},
		"calls with output": {"<p>\n{{template \"a\" .}}{{define \"a\"}}x{{template \"a\" .}}{{end}}", "2:45 over-limit limit.layout-calls"},
		"two calls":         {"<p>\n{{template \"a\" .}}{{define \"a\"}}{{template \"b\" .}}{{template \"b\" .}}{{end}}{{define \"b\"}}{{template \"a\" .}}{{end}}", "over-limit limit.layout-calls"},
		"calls in loops":    {"<p>\n{{define \"a\"}}{{range .Languages}}{{template \"b\" $}}{{end}}{{end}}{{define \"b\"}}" + nested(15, "$.Languages", "") + "{{end}}{{template \"a\" .}}", "over-limit limit.layout-steps"},
		"methods in a loop": {"<p>\n" + nested(8, "$.Languages", "{{if $.Shares}}{{end}}"), "over-limit limit.layout-steps"},
		"calls in an error": {"<p>\n" + chain(200, "<a href='{{if .SiteTitle}}\"{{end}}"), "layout-syntax other ends in a non-text context"},
		"calls in scripts":  {"<p>\n<script>`${ {{template \"a\" .}} }`</script>{{define \"a\"}}`${ {{template \"a\" .}} }`{{end}}", "layout-not-executed within a"},
		"deep loops":        {"<p>\n" + nested(60, "$.Languages", ""), "over-limit limit.layout-work"},
		"deep conditions":   {"<p>\n" + strings.Repeat("{{if .SiteTitle}}", 30_000) + strings.Repeat("{{end}}", 30_000), "over-limit limit.layout-blocks"},
		"many names":        {"<p>\n" + strings.Repeat("{{.}}", 200_000), "over-limit limit.layout-size"},
		"long expression":   {"<p>\n{{if and" + strings.Repeat(" .SiteTitle", 50_000) + "}}{{end}}", "over-limit limit.layout-nodes"},
		"brackets":          {"<p>\n{{if " + strings.Repeat("(", 11_000) + ".SiteTitle" + strings.Repeat(")", 11_000) + "}}{{end}}", "layout-syntax other max expression depth"},
		"size":              {"<p>\n" + strings.Repeat("x", limits.Layout), "over-limit"},
	} {
		dir := withLayout(t, test.layout)
		begun := time.Now()
		checked, err := Check(Options{Source: dir})
		lines := tell(checked.Problems)
		if took := time.Since(begun); err != nil || len(lines) != 1 || !strings.Contains(lines[0], test.want) || took > 10*time.Second {
			t.Errorf("%s: check: %v, %v %.300q, want %q", name, took, err, lines, test.want)
		}
		_, problems, err := Build(context.Background(), Options{Source: dir, Dest: filepath.Join(t.TempDir(), "public")})
		if lines := tell(problems); err != nil || len(lines) != 1 || !strings.Contains(lines[0], test.want) {
			t.Errorf("%s: build: %v %.300q, want %q", name, err, lines, test.want)
		}
	}
}

// TestLayoutScripts checks that scripts and style sheets which take long are refused by their size.
func TestLayoutScripts(t *testing.T) {
	dir := withLayout(t, "<p>")
	for _, name := range []string{"layouts/keep.js", "layouts/site.css"} {
		if err := towntest.Write(dir, name, strings.Repeat(" ", limits.Script+1)); err != nil {
			t.Fatal(err)
		}
	}
	checked, err := Check(Options{Source: dir})
	const want = "layouts/keep.js over-limit limit.file-size , layouts/site.css over-limit limit.file-size "
	if got := strings.Join(tell(checked.Problems), ", "); err != nil || got != want {
		t.Errorf("%v %s\nwant %s", err, got, want)
	}
}

// TestLayoutStyle checks that a style sheet which cannot be read is told of by its name.
func TestLayoutStyle(t *testing.T) {
	dir := withLayout(t, "<p>")
	if err := towntest.Write(dir, "layouts/chart.css", "a{width:"+strings.Repeat("calc(", 1_100)+"1px"+strings.Repeat(")", 1_100)+"}"); err != nil {
		t.Fatal(err)
	}
	checked, err := Check(Options{Source: dir})
	checked.Problems.Sort()
	const want = "layouts/chart.css:1:1 layout-syntax other too many nested functions"
	if got := strings.Join(tell(checked.Problems), ", "); err != nil || got != want {
		t.Errorf("%v %s\nwant %s", err, got, want)
	}
}

// TestLayoutCharacters checks that what no text may hold, no layout, style sheet and script may hold either.
func TestLayoutCharacters(t *testing.T) {
	dir := withLayout(t, "<p>\n\xff")
	for name, text := range map[string]string{"layouts/list.html": "<p>\x00", "layouts/site.css": "a{}\n/* \u202e */", "layouts/filter.js": "a()\u2066"} {
		if err := towntest.Write(dir, name, text); err != nil {
			t.Fatal(err)
		}
	}
	checked, err := Check(Options{Source: dir})
	checked.Problems.Sort()
	const want = "layouts/filter.js:1:4 bidi-character <nil> U+2066, layouts/home.html:2:1 invalid-utf8 <nil> , " +
		"layouts/list.html:1:4 control-character <nil> U+0000, layouts/site.css:2:4 bidi-character <nil> U+202E"
	if got := strings.Join(tell(checked.Problems), ", "); err != nil || got != want {
		t.Errorf("%v %s\nwant %s", err, got, want)
	}
}

// chain returns n layouts that call each other twice, of which the last has a text.
func chain(n int, text string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{{define "chain%d"}}{{template "chain%d" .}}{{template "chain%d" .}}{{end}}`, i, i+1, i+1)
	}
	fmt.Fprintf(&b, `{{define "chain%d"}}%s{{end}}{{template "chain0" .}}`, n, text)
	return b.String()
}
