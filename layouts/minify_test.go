package layouts

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"achyk/internal/stencil"
)

// view is what the pages of these tests get.
type view struct {
	Name  string
	Here  bool
	Items []string
}

// TestParse renders pages that people can read and compares them with what readers get.
func TestParse(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"indentation is dropped",
			"<ul>\n  {{range .Items}}\n    <li>{{.}}</li>\n  {{end}}\n</ul>\n",
			"<ul><li>a</li><li>b</li></ul>"},
		{"spaces inside a line are kept",
			"<p>{{.Name}} <b>x</b>  y{{if .Here}} · {{.Name}}{{end}} z</p>",
			"<p>n&lt; <b>x</b>  y · n&lt; z</p>"},
		{"a written space is kept",
			"<b>\n  {{.Name}}{{\" \"}}\n</b>{{\" \"}}\n<i>x</i>\n{{\" \"}}\n{{if .Here}}\n  {{\" \"}}\n{{end}}\n",
			"<b>n&lt; </b> <i>x</i>  "},
		{"spaces at the end of a line are not seen, so they are dropped",
			"<b>x</b> \t\r\n<i>y</i> \n{{.Name}} \n",
			"<b>x</b><i>y</i>n&lt;"},
		{"words on two lines keep a space",
			"<p>\n  one\n  two\n\n  three {{.Name}}\n  four\n</p>",
			"<p>one two three n&lt;four</p>"},
		{"a no-break space is no indentation",
			"<p>\n  \u00a0x\u00a0\n</p>",
			"<p>\u00a0x\u00a0</p>"},
		{"empty lines, comments and definitions leave nothing",
			"{{/* A page.\n  Gets view. */}}\n\n{{template \"b\" .}}\n\n{{define \"b\"}}\n  <b>{{.Name}}</b>\n{{end}}\n",
			"<b>n&lt;</b>"},
		{"attributes on lines of their own",
			"<a\n  class=\"x\"\n  title=\"{{.Name}}\"\n  {{if .Here}}hidden{{end}}\n>\n  y\n</a\n>",
			`<a class="x" title="n&lt;" hidden>y</a>`},
		{"a long value on two lines",
			"<path d=\"M1 1\n    h14v14\"\n/>",
			`<path d="M1 1 h14v14"/>`},
		{"an action in a tag",
			`<li{{if .Here}} class="here"{{else}} class="there"{{end}}>` + "\n  x\n</li>",
			`<li class="here">x</li>`},
		{"a tag does not end in a value",
			"<a title=\"a > b\n  {{.Name}} > c\" class='>'\n  hidden>\n  x\n</a>",
			"<a title=\"a > b n&lt; > c\" class='>' hidden>x</a>"},
		{"preformatted text is kept",
			"<div>\n  <PRE class=\"{{.Name}}\">\n  x <b>\n  y</b>\n{{range .Items}}\n    {{.}}{{end}}\n  </pre>\n  <b>z</b>\n</div>",
			"<div><PRE class=\"n&lt;\">\n  x <b>\n  y</b>\n\n    a\n    b\n  </pre><b>z</b></div>"},
		{"a style sheet is kept, and what looks like the end of another element",
			"<style>\n  a { b: c }\n  </pre>\n</style>\n<p>\n  x\n</p>",
			"<style>\n  a { b: c }\n  </pre>\n</style><p>x</p>"},
		{"a comment may hold what looks like a tag",
			"<p>\n  <!-- don't <b\n  -->\n  x\n</p>",
			"<p> x</p>"}, // html/template makes the comment a space
		{"what is no tag is text",
			"<p>\n  1 < 2,\n  3 <4\n</p>",
			"<p>1 &lt; 2, 3 &lt;4</p>"},
		{"both branches begin where the action stands",
			"{{if .Here}}\n  <pre>\n</pre>\n  {{else}}\n  <p>\n</p>\n{{end}}\n{{with .Name}}\n  x\n{{end}}",
			"<pre>\n</pre>x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, err := Parse(fstest.MapFS{"page.html": {Data: []byte(c.source)}, "none.html": {}})
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			if err := set.ExecuteTemplate(&got, "page.html", view{Name: "n<", Here: true, Items: []string{"a", "b"}}); err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("\n got %q\nwant %q", got.String(), c.want)
			}
		})
	}
}

// TestParseJoinsText counts the nodes that are left, since a page is rendered by one write each.
func TestParseJoinsText(t *testing.T) {
	set, err := Parse(fstest.MapFS{"page.html": {Data: []byte("\n{{/* c */}}\n<p>\n{{\" \"}}\n<b>\n{{.Name}}\n</b>{{\" \"}}\n</p>\n{{/* c */}}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if nodes := set.Tree.Root.Nodes; len(nodes) != 3 {
		t.Errorf("%d nodes, want 3: %q", len(nodes), nodes)
	}
}

// A template that nobody sees in a list of changes is not read.
func TestParseLeavesHiddenFiles(t *testing.T) {
	set, err := Parse(fstest.MapFS{"page.html": {Data: []byte("ours")}, ".page.html": {Data: []byte(`{{define "page.html"}}theirs{{end}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := set.ExecuteTemplate(&b, "page.html", nil); err != nil || b.String() != "ours" {
		t.Error(b.String(), err)
	}
}

// TestParseKeepsLines puts a mistake on line 37 of a file and wants to be told so, whoever
// finds it: the parser, the check against the struct or html/template.
func TestParseKeepsLines(t *testing.T) {
	for name, mistake := range map[string]string{
		"no such function":    `{{nothing .Name}}`,
		"misspelt field":      `{{.Nmae}}`,
		"misspelt in a tag":   `<a href="{{.Nmae}}">`,
		"misspelt condition":  `{{if .Hrer}}x{{end}}`,
		"no such template":    `{{template "none" .}}`,
		"unfinished branches": `{{if .Here}}<a href="{{end}}`,
	} {
		t.Run(name, func(t *testing.T) {
			source := "{{/* A page\n  on two lines. */}}" + strings.Repeat("\n  <p>{{\" \"}}\n  {{.Name}}</p>", 17) + "\n    " + mistake + "\n</p>\n"
			set, err := Parse(fstest.MapFS{"page.html": {Data: []byte(source)}})
			if err == nil {
				var escaped stencil.Set
				if escaped, err = stencil.Escape(set); err == nil {
					_, err = stencil.New[view](escaped, "page.html", nil)
				}
			}
			if err == nil || !strings.Contains(err.Error(), "page.html:37:") {
				t.Errorf("want page.html:37, got: %v", err)
			}
		})
	}
}

// TestManySpaces checks that a long text of many pieces is joined in time.
func TestManySpaces(t *testing.T) {
	begun := time.Now()
	if _, err := Parse(fstest.MapFS{"page.html": {Data: []byte(strings.Repeat("A", 400_000) + strings.Repeat(`b{{" "}}`, 44_000))}}); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("%v", took)
	}
}
