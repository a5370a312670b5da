package stencil

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"time"
)

// view has a field of each kind that layouts show.
type view struct {
	Inner
	Text    string
	Empty   string
	Address string
	Mail    template.URL
	Markup  template.HTML
	Style   template.CSS
	Script  template.JS
	Yes, No bool
	Count   int
	Row     *row
	None    *row
	Rows    []row
	Named   named
	Any     any
}

// Inner is embedded, as page.Base is in views.
type Inner struct{ Deep string }

type row struct {
	Name string
	Rows []row
}

// named makes its text itself.
type named struct{ of string }

func (n named) String() string { return "«" + n.of + "»" }

// T is what layouts call for each word.
func (v view) T(key string) string { return "word " + key }

// Upper is a method of the pointer.
func (r *row) Upper() string { return strings.ToUpper(r.Name) }

// Letter fails for a number that is outside of the name.
func (r row) Letter(n int) string { return r.Name[n : n+1] }

// Least is a method without arguments.
func (r row) Least(n int) string { return fmt.Sprint(len(r.Rows) + n) }

const nasty = "a<b>&\"'+\x00ө — 100 % <script>alert(1)</script>\xff"

// sample returns a view whose texts have all that must be escaped.
func sample() *view {
	return &view{
		Inner: Inner{nasty}, Text: nasty, Address: "../a b/?q=ө&x=%41%zz#'\"(", Mail: "webcal://x/?a=b c", Markup: "<b>bold</b>",
		Style: "color:red", Script: `{"a":"<b>"}`, Yes: true, Count: -12, Named: named{"<n>"},
		Row: &row{Name: "one"}, Rows: []row{{Name: "first", Rows: []row{{Name: "inner"}}}, {Name: nasty}},
	}
}

// cut makes a stencil of a template.
func cut(text string) (*Stencil[view], error) {
	t := template.New("page")
	if err := Parse(t, "page", text); err != nil {
		return nil, err
	}
	set, err := Escape(t)
	if err != nil {
		return nil, err
	}
	return New[view](set, "page", func(word string) bool { return word != "nope" })
}

// TestExecute compares what a stencil writes with what html/template writes.
func TestExecute(t *testing.T) {
	for _, text := range []string{
		`text {{.Text}} {{.Deep}} {{.Inner.Deep}} {{.Count}} {{.Named}} {{.Markup}}{{/* nothing */}}`,
		`<a title="{{.Text}}" href="{{.Address}}" data-n="{{.Count}}">`,
		`<a href="{{.Text}}">{{$x := .Rows}}{{len $x}}<a href="{{.Mail}}"><a href="?q={{.Text}}"><a href="?q={{.Mail}}">`,
		`<title>{{.Text}}</title><textarea>{{.Text}}</textarea>`,
		`<script type="application/ld+json">{{.Script}}</script><p style="{{.Style}}">`,
		`{{.T "a.b"}} {{$.T "c"}}{{range .Rows}}{{$.T "d"}}{{.Upper}}{{.Least 3}}{{end}}`,
		`{{if .Yes}}y{{else}}n{{end}}{{if .No}}y{{else if .Empty}}z{{else}}n{{end}}{{if .Row}}r{{end}}{{if .None}}r{{end}}{{if .Rows}}s{{end}}{{if .Count}}c{{end}}{{if .Named}}s{{end}}`,
		`{{with .Text}}{{.}}{{end}}{{with .Empty}}{{.}}{{else}}none{{end}}{{with $r := .Row}}{{$r.Name}}{{.Name}}{{$.Text}}{{end}}{{with .None}}{{else with .Row}}{{.Name}}{{end}}`,
		`{{range .Rows}}{{.Name}}{{range .Rows}}{{.Name}}{{else}}none{{end}}{{end}}{{range $i, $r := .Rows}}{{$i}}{{$r.Name}}{{end}}{{range $r := .Rows}}{{$r.Name}}{{end}}`,
		`{{if and .Yes .Text}}1{{end}}{{if and .Yes .No}}2{{end}}{{if or .Empty .No}}3{{end}}{{or .Empty .Text}}{{and .Text .Empty}}{{if not .No}}4{{end}}`,
		`{{if eq .Text "a" "b"}}1{{end}}{{if eq .Count -12}}2{{end}}{{if eq .Row.Name "two" "one"}}3{{end}}`,
		`{{(index .Rows 1).Name}}{{range $i, $r := .Rows}}{{(index $.Rows $i).Name}}{{end}}{{" "}}{{12}}`,
		`{{define "part"}}{{.Name}}{{range .Rows}}{{template "part" .}}{{end}}{{end}}{{define "mark"}}[{{.}}]{{end}}{{range .Rows}}{{template "part" .}}{{end}}{{template "mark" "x"}}{{template "mark" .Text}}`,
		`{{$x := .Text}}{{with .Row}}{{$x}}{{end}}{{if $y := .Empty}}{{else}}[{{$y}}]{{end}}`,
	} {
		cut, err := cut(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var want, got bytes.Buffer
		if err := template.Must(template.New("page").Parse(text)).Execute(&want, *sample()); err != nil {
			t.Fatal(err)
		}
		if err := cut.Execute(&got, sample()); err != nil || got.String() != want.String() {
			t.Errorf("%s: %v\n%q, html/template writes\n%q", text, err, got.String(), want.String())
		}
	}
}

// TestUnknown checks that what the package cannot execute is refused, with its place.
func TestUnknown(t *testing.T) {
	for text, what := range map[string]string{
		`{{.T "nope"}}`:                   `no word "nope"`,
		`{{.Any}}`:                        "interface",
		`{{printf "%s" .Text}}`:           "function printf",
		`{{.Text | len}}`:                 "several commands",
		`<a b={{.Text}}>`:                 "nospaceescaper",
		`<script>x = {{.Text}}</script>`:  "jsvalescaper",
		`{{$x := 1}}{{$x = 2}}`:           "set again",
		`{{range .Count}}{{end}}`:         "range over int",
		`{{range .Rows}}{{break}}{{end}}`: "kind",
		`{{template "x"}}{{define "x"}}{{range .}}{{end}}{{end}}`:      "range over <nil>",
		`<p title="{{template "x" .}}">{{define "x"}}{{.Text}}{{end}}`: "no such template",
	} {
		_, err := cut(text)
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "page:1:") {
			t.Errorf("%s: %v, want %q", text, err, what)
		}
	}
	var fault *Fault
	if _, err := cut(`<a href='{{if .Yes}}"{{end}}`); !errors.As(err, &fault) || fault.Kind != Other {
		t.Errorf("a template that ends within an attribute: %v, want the error of html/template", err)
	}
}

// TestFails checks what ends the execution.
func TestFails(t *testing.T) {
	for text, want := range map[string]string{
		`{{.None.Name}}`:           "nil pointer",
		`{{.None.Upper}}`:          "nil pointer",
		`{{(index .Rows 7).Name}}`: "out of range",
		`{{.Row.Letter -1}}`:       "page:1:",
	} {
		cut, err := cut(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := cut.Execute(&bytes.Buffer{}, sample()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// TestManySigns checks that texts through which html/template goes again for each sign are refused, or read in time.
func TestManySigns(t *testing.T) {
	for text, refused := range map[string]bool{
		"<p>" + strings.Repeat("<", 100_000):                       true,
		"<script>" + strings.Repeat("</", 100_000) + "</script>":   true,
		"<script>" + strings.Repeat(`""`, 300_000) + "</script>":   true,
		"<script>" + strings.Repeat(`""`, 50_000) + "</script>":    false,
		strings.Repeat("<b>x</b>\n", 5_000):                        false,
		strings.Repeat("{{.Text}}"+strings.Repeat("<", 1000), 100): false,
	} {
		begun := time.Now()
		_, err := cut(text)
		var fault *Fault
		exceeds := errors.As(err, &fault) && fault.Value == "work"
		if took := time.Since(begun); exceeds != refused || err != nil && !exceeds || took > 5*time.Second {
			t.Errorf("%.20q: %v, %.200v", text, took, err)
		}
	}
}

// FuzzEscape compares the escaped text with that of html/template, wherever a text may stand.
func FuzzEscape(f *testing.F) {
	const text = `{{.Text}}<a title="{{.Text}}" href="{{.Text}}"><a href="?q={{.Text}}"><title>{{.Text}}</title>`
	slow := template.Must(template.New("page").Parse(text))
	cut, err := cut(text)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{nasty, "javascript:alert(1)", "HTTPS://x/", "mailto:a", "a/b:c", "%4", "%zz%41", "тест:", "\u2028\ufeff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want, got bytes.Buffer
		if err := slow.Execute(&want, view{Text: s}); err != nil {
			t.Fatal(err)
		}
		if err := cut.Execute(&got, &view{Text: s}); err != nil || got.String() != want.String() {
			t.Errorf("%q: %v\n%q, html/template writes\n%q", s, err, got.String(), want.String())
		}
	})
}

// BenchmarkExecute compares the time of a page of a hundred rows with that of html/template.
func BenchmarkExecute(b *testing.B) {
	const text = `{{range .Rows}}<tr><th><a href="{{.Name}}">{{.Name}}</a>{{range .Rows}}<td>{{.Name}}{{end}}{{end}}`
	v := sample()
	for len(v.Rows) < 100 {
		v.Rows = append(v.Rows, v.Rows...)
	}
	slow := template.Must(template.New("page").Parse(text))
	cut, err := cut(text)
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	b.Run("html-template", func(b *testing.B) {
		for b.Loop() {
			out.Reset()
			slow.Execute(&out, v)
		}
	})
	b.Run("stencil", func(b *testing.B) {
		for b.Loop() {
			out.Reset()
			cut.Execute(&out, v)
		}
	})
}

// TestDefinedTwice checks that a second file may not define a template of the same name, however the name is written, and
// that the fault says where.
func TestDefinedTwice(t *testing.T) {
	for text, want := range map[string]string{
		"{{define \"other\"}}{{end}}\n {{define `a`}}2{{end}}": "b.html:2:3",
		`{{block "a" .}}2{{end}}`:                              "b.html:1:2",
		`{{define "\xff"}}2{{end}}`:                            "b.html:1:2",
		`{{define "b"}}2{{end}}`:                               "",
	} {
		set := template.New("a.html")
		if err := Parse(set, "a.html", `{{define "a"}}1{{end}}{{define "\xff"}}1{{end}}`); err != nil {
			t.Fatal(err)
		}
		err, got := Parse(set, "b.html", text), ""
		if f := (*Fault)(nil); errors.As(err, &f) && f.Kind == Twice {
			got = fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
		}
		if got != want || (err == nil) != (want == "") {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
