package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"github.com/jba/templatecheck"

	"achyk/layouts"
)

// Kind is a kind of page: the name of its template in package layouts, the struct V that the
// template shows, and the list of its pages. A template for part of a page is a Kind as well.
type Kind[V any] struct {
	Template string

	// Style says which style sheets pages have, and what their policy allows.
	Style Style

	// Pages calls add for each page of an edition. It is nil for part of a page.
	Pages func(e *Edition, add Add[V])
}

// Style is the style of a kind of page.
type Style int

// The styles. Nearly all pages of a site are lists and records, which do not need story.css.
const (
	Story  Style = iota // site.css, story.css and chart.css
	Plain               // site.css only
	Kept                // as Story; the page registers the worker that keeps the town's pages
	Desk                // site.css and desk.css; the page may run the scripts of the site and WebAssembly
	Listed              // site.css and list.css; the page may have the script that filters a list
	Search              // site.css and search.css; the page may run the scripts of the site
	Chart               // site.css and chart.css
	styles              // how many there are
)

// sheets are the style sheets by style.
var sheets = [styles][]string{
	Story: {"site.css", "story.css", "chart.css"}, Kept: {"site.css", "story.css", "chart.css"},
	Plain: {"site.css"}, Listed: {"site.css", "list.css"}, Search: {"site.css", "search.css"},
	Desk: {"site.css", "desk.css"}, Chart: {"site.css", "chart.css"},
}

// policies are what the policy of a page allows by its style, beside what all pages may: the scripts of
// the site, for the desk WebAssembly, and connections to the site and nowhere else, so that no
// spreadsheet and no query can leave it.
var policies = [styles]string{
	Desk:   "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; ",
	Search: "script-src 'self'; connect-src 'self'; ",
}

// Add plans the page of a town at a path within the edition. The town is nil for a page of no
// town. view returns what the template shows; it is called each time the page is rendered.
type Add[V any] func(t *Town, path string, view func(*Place) V)

// AnyKind is a Kind, whatever its struct is.
type AnyKind interface {
	Plan(e *Edition) []Page
	check(set *template.Template, t *Templates) error
}

// Plan lists the pages of the kind in an edition.
func (k Kind[V]) Plan(e *Edition) []Page {
	var pages []Page
	if k.Pages == nil {
		return nil
	}
	k.Pages(e, func(t *Town, path string, view func(*Place) V) {
		pages = append(pages, Page{Path: e.Lang.String() + "/" + path + "index.html", Render: func(b *bytes.Buffer) error {
			p := e.At(t, path)
			p.style = k.Style
			err := k.Write(e.Templates, b, view(p))
			join(b)
			return err
		}})
	})
	return pages
}

// Write executes the template.
func (k Kind[V]) Write(t *Templates, w io.Writer, view V) error {
	return t.checked[k.Template].(*templatecheck.CheckedTemplate[V]).Execute(w, view)
}

// check checks that the template uses only fields that V has, and stores it in t.
func (k Kind[V]) check(set *template.Template, t *Templates) error {
	source := set.Lookup(k.Template + ".html")
	if source == nil {
		return fmt.Errorf("%s.html: no such template", k.Template)
	}
	checked, err := templatecheck.NewChecked[V](source)
	if err != nil {
		return fmt.Errorf("%s.html: %w", k.Template, err)
	}
	t.checked[k.Template] = checked
	return nil
}

// Templates are the layouts of a site after they were checked.
type Templates struct {
	checked map[string]any // by the name of the template; the values are *templatecheck.CheckedTemplate[V]

	heads        [styles]template.HTML
	OfflineStyle []byte // the style sheet of the pages in a ZIP
	DeskScript   []byte // the script of the page of the desk
	KeepWorker   []byte // the script that keeps the pages of a town for use without network
	Keep         []byte // the script in the town's front page that registers it
	DeskWorker   []byte // the script that keeps the desk for use without network
	DeskStyle    []byte // its style sheet
	SearchScript []byte // the script of the page of the search
	Filter       []byte // the script that filters a long list, which stands in its page
}

// Parse reads the layouts, *.html and *.css, and checks the template of each kind against its
// struct. An error names the file and line of a misspelt field. After Parse, no page can fail
// because of one.
func Parse(files fs.FS, kinds []AnyKind) (*Templates, error) {
	set, err := layouts.Parse(files)
	if err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	t := &Templates{checked: map[string]any{}}
	for _, k := range append(frameKinds, kinds...) {
		if err := k.check(set, t); err != nil {
			return nil, fmt.Errorf("layouts: %w", err)
		}
	}
	if t.Keep, err = layouts.Script(files, "keep.js"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	if t.Filter, err = layouts.Script(files, "filter.js"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	for style, names := range sheets {
		policy := policies[style]
		switch Style(style) {
		case Listed:
			policy = "script-src '" + hash(t.Filter) + "'; "
		case Kept:
			policy = "script-src '" + hash(t.Keep) + "'; worker-src 'self'; "
		}
		if t.heads[style], err = head(files, policy, names...); err != nil {
			return nil, fmt.Errorf("layouts: %w", err)
		}
	}
	if t.DeskStyle, err = layouts.Style(files, sheets[Desk]...); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	for _, script := range []struct {
		into  *[]byte
		names []string
	}{
		{&t.DeskScript, []string{"desk.js", "deskfiles.js", "deskform.js", "deskletter.js"}},
		{&t.SearchScript, []string{"search.js", "searchpage.js"}},
	} {
		for _, name := range script.names {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, fmt.Errorf("layouts: %w", err)
			}
			*script.into = append(*script.into, text...)
		}
	}
	if t.KeepWorker, err = layouts.Script(files, "keepworker.js"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	if t.DeskWorker, err = fs.ReadFile(files, "deskworker.js"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	if t.OfflineStyle, err = layouts.Style(files, "site.css", "offline.css"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	return t, nil
}

// head returns a style element with the style sheets, and the Content-Security-Policy that
// allows this style and no other. The style is in the page because a further request takes up
// to a second on a slow phone (ux.md 5.1). policy is what the page may do beside.
func head(files fs.FS, policy string, names ...string) (template.HTML, error) {
	style, err := layouts.Style(files, names...)
	if err != nil {
		return "", err
	}
	return template.HTML(fmt.Sprintf(
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%s'; img-src 'self' data:; %sbase-uri 'none'; form-action 'self'">`+"\n<style>%s</style>",
		hash(style), policy, style)), nil
}

// hash returns what a Content-Security-Policy calls an inlined style or script by.
func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// Files lists files of an edition that are made without a template, such as feeds.
type Files func(e *Edition) []Page

// Plan lists the files of an edition.
func (f Files) Plan(e *Edition) []Page { return f(e) }

func (Files) check(*template.Template, *Templates) error { return nil }

// Shared is a kind whose pages speak all languages and belong to no edition.
type Shared[V any] struct {
	Template string

	// Pages calls add for each page, with its path from the top of the site.
	Pages func(s *Site, add func(path string, view func() V))
}

// Plan lists the pages among those of the first edition, and nothing for the others.
func (k Shared[V]) Plan(e *Edition) (pages []Page) {
	if e.Lang != e.Data.Site.Original() {
		return nil
	}
	k.Pages(e.Site, func(path string, view func() V) {
		pages = append(pages, Page{Path: path, Render: func(b *bytes.Buffer) error {
			err := Kind[V]{Template: k.Template}.Write(e.Templates, b, view())
			join(b)
			return err
		}})
	})
	return pages
}

func (k Shared[V]) check(set *template.Template, t *Templates) error {
	return Kind[V]{Template: k.Template}.check(set, t)
}

// Single is a kind with one page, which speaks all languages and belongs to no edition.
type Single[V any] struct {
	Template string
	Path     string // from the top of the site
	View     func(s *Site) V
}

// Plan lists the page among those of the first edition, and nothing for the others.
func (k Single[V]) Plan(e *Edition) []Page { return k.shared().Plan(e) }

func (k Single[V]) check(set *template.Template, t *Templates) error { return k.shared().check(set, t) }

// shared returns the kind as one of several pages.
func (k Single[V]) shared() Shared[V] {
	return Shared[V]{k.Template, func(s *Site, add func(string, func() V)) { add(k.Path, func() V { return k.View(s) }) }}
}
