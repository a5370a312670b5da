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
// Errors name the line of the file as it was written; they are of type *stencil.Fault.
package layouts

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"achyk/internal/limits"
	"achyk/internal/stencil"
)

// Files are the templates, style sheets and scripts of the program.
//
//go:embed *.html *.css *.js
var Files embed.FS

// Parse reads all templates, *.html, and takes out the white space that readers do not see. Each
// file and each {{define}} in it is a template of the set. Hidden files are left out, because
// nothing that looks for changes sees them. The error joins one of each file that has a mistake.
func Parse(files fs.FS) (*template.Template, error) {
	names, err := fs.Glob(files, "[^.]*.html")
	if err != nil || len(names) == 0 {
		return nil, errors.Join(fs.ErrNotExist, err)
	}
	set, size, wrong := template.New(names[0]), 0, []error(nil)
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if size += len(text); size > limits.Layouts {
			return nil, &stencil.Fault{Kind: stencil.Exceeded, File: name, Line: 1, Value: "size", Limit: limits.Layouts}
		}
		if err := stencil.Parse(set, name, string(text)); err != nil {
			wrong = append(wrong, err)
		}
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	for _, t := range set.Templates() {
		new(minifier).list(t.Tree.Root)
	}
	return set, nil
}

// Style reads style sheets and returns them as one, minified. A mistake is a fault of the sheet that has it.
func Style(files fs.FS, names ...string) ([]byte, error) {
	style, err := minified("text/css", css.Minify, files, names)
	if err != nil && len(names) > 1 {
		for _, name := range names {
			if _, err := Style(files, name); err != nil {
				return nil, err
			}
		}
	}
	return style, err
}

// Script reads scripts and returns them as one, minified. A mistake has the place that it has in the first of them.
func Script(files fs.FS, names ...string) ([]byte, error) {
	return minified("text/javascript", js.Minify, files, names)
}

// minified reads files and returns them as one, minified. A mistake has the place that it has in the first of them, if
// the minifier tells any, and else its beginning.
func minified(kind string, minifier minify.MinifierFunc, files fs.FS, names []string) ([]byte, error) {
	var all bytes.Buffer
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all.Write(data)
	}
	m := minify.New()
	m.AddFunc(kind, minifier)
	made, err := m.Bytes(kind, all.Bytes())
	if err == nil {
		return made, nil
	}
	fault := &stencil.Fault{Kind: stencil.Other, File: names[0], Line: 1}
	fault.Value, _, _ = strings.Cut(err.Error(), " on line ")
	var at interface {
		Position() (line, column int, context string)
	}
	if errors.As(err, &at) {
		line, column, _ := at.Position()
		fault.Line, fault.Column = line, column-1
	}
	return nil, fault
}
