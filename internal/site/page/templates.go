package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"

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
	checked map[string]any     // by the name of the template; the values are execute[V]
	slow    []*stencil.Unknown // why html/template executes a template

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

// Slow says why html/template executes some of the layouts, which takes several times as long.
func (t *Templates) Slow() []*stencil.Unknown { return t.slow }

// Parse reads the layouts, *.html and *.css, and checks the template of each kind against its
// struct. An error names the file and line of a misspelt field. After Parse, no page can fail
// because of one.
func Parse(files fs.FS, kinds []AnyKind) (*Templates, error) {
	t := &Templates{checked: map[string]any{}}
	set, err := layouts.Parse(files)
	if err == nil {
		err = t.check(set, append(frameKinds, kinds...))
	}
	if err == nil {
		err = t.read(files)
	}
	if err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	return t, nil
}

func (t *Templates) check(set *template.Template, kinds []AnyKind) error {
	executed, err := set.Clone()
	if err != nil {
		return err
	}
	for _, k := range kinds {
		if err := k.check(layoutSet{set, executed}, t); err != nil {
			return err
		}
	}
	return nil
}

// read reads the style sheets and scripts.
func (t *Templates) read(files fs.FS) (err error) {
	for style := range styles {
		if t.heads[style], t.scripts[style], err = head(files, Style(style)); err != nil {
			return err
		}
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
		if *x.into, err = x.read(files, x.names...); err != nil {
			return err
		}
	}
	return nil
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
// takes up to a second on a slow phone (ux.md 5.1).
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
