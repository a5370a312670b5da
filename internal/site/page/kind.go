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

// Kind is a kind of page, or a piece of pages: the template of that name in package
// layouts, the struct V that the template shows, and the pages there are of it.
type Kind[V any] struct {
	Template string

	// Plain tells that the pages carry the style of registers only, not that of stories:
	// they are nearly all pages of a site, and small.
	Plain bool

	// Pages calls add for each page of an edition. A piece of pages has none.
	Pages func(e *Edition, add Add[V])
}

// Add plans a page of a town, or of none where it is nil, at a path within the edition.
// view makes what the template shows, when somebody asks for the page.
type Add[V any] func(t *Town, path string, view func(*Place) V)

// AnyKind is a Kind of whatever struct.
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
		p := e.At(t, path)
		p.plain = k.Plain
		pages = append(pages, Page{
			Path:   e.Lang.String() + "/" + path + "index.html",
			Render: func(b *bytes.Buffer) error { return k.Write(e.Templates, b, view(p)) },
		})
	})
	return pages
}

// Write executes the template.
func (k Kind[V]) Write(t *Templates, w io.Writer, view V) error {
	return t.checked[k.Template].(*templatecheck.CheckedTemplate[V]).Execute(w, view)
}

// check proves that the template of a set shows fields that V has.
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

// Templates are the layouts of a site, checked.
type Templates struct {
	checked map[string]any // of each kind by its template's name, a *templatecheck.CheckedTemplate

	plainHead, storyHead template.HTML
	OfflineStyle         []byte // the style sheet of the pages in a ZIP
}

// Parse reads the layouts, *.html and *.css, and checks the template of each kind against
// the struct it is given. An error names the file and line of a misspelt field; once there
// is none, no page can fail for one.
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

// head puts style sheets into the page, with the policy that allows them and nothing
// else: one request less is worth a second on a slow phone (ux.md 5.1).
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

// Files are files of an edition that no template makes, such as feeds.
type Files func(e *Edition) []Page

// Plan lists the files of an edition.
func (f Files) Plan(e *Edition) []Page { return f(e) }

func (Files) check(*template.Template, *Templates) error { return nil }

// Single is a kind with one page, which belongs to no edition: it speaks all languages.
type Single[V any] struct {
	Template string
	Path     string // from the top of the site
	View     func(s *Site) V
}

// Plan lists the page, with those of the first edition.
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
