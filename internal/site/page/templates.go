package page

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"

	"achyk/internal/stencil"
	"achyk/layouts"
)

// Style says which style sheets pages have, and what their policy allows.
type Style int

// The styles. Nearly all pages of a site are lists and records, which do not need story.css.
const (
	Story Style = iota
	Plain
	Front   // the front page of a language
	Kept    // as Front; the page registers the worker that keeps the town's pages
	Clauses // clauses and rules: long texts, one below the other, which are painted as they come
	Chart   // the page of a chart
	Paper   // the page of a text as it was written
	Listed  // the page may have the script that filters a list
	Chosen  // as Story; the page may have the script by which readers choose among recommendations
	Desk    // the page may run the scripts of the site and WebAssembly
	Search  // the page may run the scripts of the site
)

// styles are what pages have by their style. A policy allows the scripts of the site, for the desk
// WebAssembly, and connections to the site and nowhere else, so that no spreadsheet and no query can
// leave it; what it says is beside what all pages may.
var styles = [...]struct {
	sheets []string
	script string // stands in the page and is allowed by its hash
	policy string
}{
	Story:   {sheets: []string{"site.css", "parts.css", "story.css", "process.css", "chart.css"}},
	Front:   {sheets: []string{"site.css", "parts.css", "story.css"}},
	Plain:   {sheets: []string{"site.css"}},
	Kept:    {sheets: []string{"site.css", "parts.css", "story.css"}, script: "keep.js", policy: "worker-src 'self'; "},
	Clauses: {sheets: []string{"site.css", "parts.css", "chart.css", "clauses.css"}},
	Chart:   {sheets: []string{"site.css", "chart.css"}},
	Paper:   {sheets: []string{"site.css", "paper.css"}},
	Listed:  {sheets: []string{"site.css", "list.css"}, script: "filter.js"},
	Chosen:  {sheets: []string{"site.css", "parts.css", "story.css", "process.css", "chart.css", "list.css"}, script: "choose.js"},
	Desk:    {sheets: []string{"site.css", "desk.css"}, policy: "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "},
	Search:  {sheets: []string{"site.css", "search.css"}, policy: "script-src 'self'; connect-src 'self'; "},
}

// Templates are the layouts of a site after they were checked.
type Templates struct {
	checked map[string]any // by the name of the template; the values are execute[V]

	heads   [len(styles)]template.HTML
	scripts [len(styles)]template.JS

	OfflineStyle []byte // the style sheet of the pages in a ZIP
	KeepWorker   []byte // the script that keeps the pages of a town for use without network
	DeskScript   []byte // the script of the page of the desk
	DeskWorker   []byte // the script that keeps the desk for use without network
	DeskStyle    []byte // its style sheet
	SearchScript []byte // the script of the page of the search
}

// Script returns the script that stands in pages of a style.
func (t *Templates) Script(s Style) template.JS { return t.scripts[s] }

// Parse reads the layouts, *.html, *.css and *.js, and checks the template of each kind against its
// struct. The error joins those of all files and kinds: of type *stencil.Fault, which has the place of a
// misspelt field for instance, or *fs.PathError for a file that is missing. After Parse, a page can
// fail because of a layout only by the limits of package stencil.
func Parse(files fs.FS, kinds []AnyKind) (*Templates, error) {
	t := &Templates{checked: map[string]any{}}
	parsed, err := layouts.Parse(files)
	if err != nil {
		return nil, err
	}
	set, err := stencil.Escape(parsed)
	if err != nil {
		return nil, err
	}
	var wrong []error
	for _, k := range slices.Concat(frameKinds, kinds) {
		wrong = append(wrong, k.check(set, t))
	}
	return t, errors.Join(append(wrong, t.read(files))...)
}

// Reference is Parse for tests: html/template executes the templates, without limits and checks.
func Reference(files fs.FS, kinds []AnyKind) (*Templates, error) {
	t := &Templates{checked: map[string]any{}}
	set, err := layouts.Parse(files)
	if err != nil {
		return nil, err
	}
	for _, k := range slices.Concat(frameKinds, kinds) {
		k.refer(set, t)
	}
	return t, t.read(files)
}

// read reads the style sheets and scripts. The error joins those of all.
func (t *Templates) read(files fs.FS) error {
	var wrong []error
	for style := range styles {
		var err error
		t.heads[style], t.scripts[style], err = head(files, Style(style))
		wrong = append(wrong, err)
	}
	for _, x := range []struct {
		into  *[]byte
		read  func(fs.FS, ...string) ([]byte, error)
		names []string
	}{
		{&t.OfflineStyle, layouts.Style, []string{"site.css", "offline.css"}},
		{&t.DeskStyle, layouts.Style, styles[Desk].sheets},
		{&t.KeepWorker, layouts.Script, []string{"keepworker.js"}},
		{&t.DeskWorker, joined, []string{"deskworker.js"}},
		{&t.DeskScript, joined, []string{"desk.js", "deskfiles.js", "deskform.js", "deskletter.js"}},
		{&t.SearchScript, joined, []string{"search.js", "searchpage.js"}},
	} {
		var err error
		*x.into, err = x.read(files, x.names...)
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

// joined returns the text of files, one after another.
func joined(files fs.FS, names ...string) (all []byte, err error) {
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, text...)
	}
	return all, nil
}

// head returns a style element with the style sheets, the Content-Security-Policy that allows this
// style and no other, and the script of the style. The style is in the page because a further request
// takes up to a second on a slow phone.
func head(files fs.FS, s Style) (template.HTML, template.JS, error) {
	look := styles[s]
	style, err := layouts.Style(files, look.sheets...)
	if err != nil {
		return "", "", err
	}
	policy, script := look.policy, []byte(nil)
	if look.script != "" {
		if script, err = layouts.Script(files, look.script); err != nil {
			return "", "", err
		}
		policy = "script-src '" + hash(script) + "'; " + policy
	}
	return template.HTML(fmt.Sprintf(
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; img-src 'self' data:; %sbase-uri 'none'; form-action 'self'">`+"\n<style>%s</style>",
		hash(style), policy, style)), template.JS(script), nil
}

// hash returns what a policy calls a style or script that it allows.
func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
