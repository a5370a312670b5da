// Package layouts holds the templates and style sheets of the site, so that one binary can
// build any repository. A repository that has a layouts folder of its own is built with that
// folder instead.
//
// A page is a template <kind>.html, executed with the struct of that name: list.html with
// ListView. Package site checks each template against its struct when it starts. Every word
// comes from package locale, by {{.T "…"}}; templates hold none.
//
// # White space
//
// Templates are written for people, one element or action a line, indented by what they are
// in. Parse takes the white space out again, once, before any page is made. The rule is the one
// that JSX has:
//
//   - A line end is dropped, with the indentation after it and the spaces before it. So are empty
//     lines. If there are words on both sides of the line end, one space stays between them.
//   - Spaces inside a line are kept as they are.
//   - A space at the end of a line that readers must see is written {{" "}}, as in
//     <b>12</b>{{" "}} above a line with <span>records</span>.
//   - In a tag, and in the values of its attributes, a line end becomes one space. None is left
//     before ">".
//   - The content of pre, textarea, script and style is not changed.
//
// Errors name the line of the file as it was written.
package layouts

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// Files are the templates, style sheets and scripts of the program.
//
//go:embed *.html *.css *.js
var Files embed.FS

// Parse reads all templates, *.html, and takes out the white space that readers do not see. Each
// file and each {{define}} in it is a template of the set. Hidden files are left out, because
// nothing that looks for changes sees them.
func Parse(files fs.FS) (*template.Template, error) {
	set, err := template.ParseFS(files, "[^.]*.html")
	if err != nil {
		return nil, err
	}
	for _, t := range set.Templates() {
		new(minifier).list(t.Tree.Root)
	}
	return set, nil
}

// Style reads style sheets and returns them as one, minified.
func Style(files fs.FS, names ...string) ([]byte, error) {
	var style bytes.Buffer
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		style.Write(data)
	}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	return m.Bytes("text/css", style.Bytes())
}

// Script reads scripts and returns them as one, minified.
func Script(files fs.FS, names ...string) ([]byte, error) {
	var script bytes.Buffer
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		script.Write(data)
	}
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	return m.Bytes("text/javascript", script.Bytes())
}
