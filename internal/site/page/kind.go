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

	"achyk/internal/locale"
	"achyk/layouts"
)

// Kind is a kind of page: the name of its template in package layouts, the struct V that the
// template shows, and the list of its pages. A template for part of a page is a Kind as well.
type Kind[V any] struct {
	Template string

	// Plain says that pages have site.css only, without story.css. Nearly all pages of a site
	// are lists and records, which do not need story.css.
	Plain bool

	// Pages calls add for each page of an edition. It is nil for part of a page.
	Pages func(e *Edition, add Add[V])
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
			p.plain = k.Plain
			return k.Write(e.Templates, b, view(p))
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

	plainHead, storyHead template.HTML
	OfflineStyle         []byte // the style sheet of the pages in a ZIP
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
	if t.plainHead, err = head(files, "site.css"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	if t.storyHead, err = head(files, "site.css", "story.css"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	if t.OfflineStyle, err = layouts.Style(files, "site.css", "offline.css"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	return t, nil
}

// head returns a style element with the style sheets, and the Content-Security-Policy that
// allows this style and no other. The style is in the page because a further request takes up
// to a second on a slow phone (ux.md 5.1).
func head(files fs.FS, names ...string) (template.HTML, error) {
	style, err := layouts.Style(files, names...)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(style)
	return template.HTML(fmt.Sprintf(
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'; img-src 'self' data:; base-uri 'none'; form-action 'none'">`+"\n<style>%s</style>",
		base64.StdEncoding.EncodeToString(sum[:]), style)), nil
}

// Files lists files of an edition that are made without a template, such as feeds.
type Files func(e *Edition) []Page

// Plan lists the files of an edition.
func (f Files) Plan(e *Edition) []Page { return f(e) }

func (Files) check(*template.Template, *Templates) error { return nil }

// Single is a kind with one page, which speaks all languages and belongs to no edition.
type Single[V any] struct {
	Template string
	Path     string // from the top of the site
	View     func(s *Site) V
}

// Plan lists the page among those of the first edition, and nothing for the others.
func (k Single[V]) Plan(e *Edition) []Page {
	if e.Lang != locale.Langs[0] {
		return nil
	}
	return []Page{{Path: k.Path, Render: func(b *bytes.Buffer) error {
		return Kind[V]{Template: k.Template}.Write(e.Templates, b, k.View(e.Site))
	}}}
}

func (k Single[V]) check(set *template.Template, t *Templates) error {
	return Kind[V]{Template: k.Template}.check(set, t)
}
