package page

import (
	"bytes"
	"html/template"
	"io"
	"io/fs"
	"slices"

	"achyk/internal/locale"
	"achyk/internal/stencil"
)

// Kind is a kind of page: the name of its template in package layouts, the struct V that the
// template shows, and the list of its pages. A template for part of a page is a Kind as well.
type Kind[V any] struct {
	Template string

	// Style says which style sheets pages have, and what their policy allows.
	Style Style

	// Pages calls add for each page. Every edition has the same pages. It is nil for part of a page.
	Pages func(s *Site, add Add[V])
}

// Add plans the page of a town at a path within the edition. The town is nil for a page of no
// town. view returns what the template shows; it is called each time the page is rendered.
type Add[V any] func(t *Town, path string, view func(*Place) V)

// AnyKind is a Kind, whatever its struct is.
type AnyKind interface {
	// Plan lists the pages of the kind. The function that it returns says what they are in an edition.
	Plan(s *Site) func(*Edition) Pages
	check(set stencil.Set, t *Templates) error
	refer(set *template.Template, t *Templates)
}

// planned is a page in any edition.
type planned[V any] struct {
	town *Town
	path string // within the edition
	view func(*Place) V
}

// Plan lists the pages of the kind, once for all editions.
func (k Kind[V]) Plan(s *Site) func(*Edition) Pages {
	var all []planned[V]
	if k.Pages != nil {
		k.Pages(s, func(t *Town, path string, view func(*Place) V) { all = append(all, planned[V]{t, path, view}) })
	}
	all = slices.Clip(all)
	return func(e *Edition) Pages {
		return Pages{len(all), func(i int) Page { return k.page(e, &all[i]) }}
	}
}

// page returns a page of an edition.
func (k Kind[V]) page(e *Edition, of *planned[V]) Page {
	return Page{Path: e.Lang.String() + "/" + of.path + "index.html", Template: k.Template, Render: func(b *bytes.Buffer) error {
		p := e.At(of.town, of.path)
		p.style = k.Style
		err := k.Write(e.Templates, b, of.view(p))
		noteAsIs(b, p.frame())
		join(b)
		return err
	}}
}

// Write executes the template, and marks up the messages that are not in the language of the page.
func (k Kind[V]) Write(t *Templates, w io.Writer, view V) error {
	b, direct := w.(*bytes.Buffer)
	if !direct {
		b = &bytes.Buffer{}
	}
	before := b.Len()
	if err := t.checked[k.Template].(execute[V])(b, &view); err != nil {
		return err
	}
	if made := b.Bytes()[before:]; locale.HasMarks(made) {
		made = markUp(made)
		b.Truncate(before)
		b.Write(made)
	}
	if direct {
		return nil
	}
	_, err := b.WriteTo(w)
	return err
}

// execute writes a template for a view.
type execute[V any] func(b *bytes.Buffer, view *V) error

// check checks that the template uses only fields that V has, and stores it in t.
func (k Kind[V]) check(set stencil.Set, t *Templates) error {
	name := k.Template + ".html"
	if set[name] == nil {
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	made, err := stencil.New[V](set, name, isWord)
	if err == nil {
		t.checked[k.Template] = execute[V](made.Execute)
	}
	return err
}

// isWord tells whether templates can say a word: T of a view has a message without arguments for it.
func isWord(key string) bool { return locale.For(locale.Ky).Plain("site." + key) }

// refer stores the template in t as html/template executes it.
func (k Kind[V]) refer(set *template.Template, t *Templates) {
	t.checked[k.Template] = execute[V](func(b *bytes.Buffer, view *V) error { return set.ExecuteTemplate(b, k.Template+".html", *view) })
}

// Files lists files of an edition that are made without a template, such as feeds.
type Files func(e *Edition) []Page

// Plan lists the files of each edition. Their formats cannot tell the language of a part of a text, so
// messages that are not translated are not marked.
func (f Files) Plan(*Site) func(*Edition) Pages {
	return func(e *Edition) Pages {
		pages := f(e)
		for i := range pages {
			if render := pages[i].Render; !e.Lang.BuiltIn() {
				pages[i].Render = func(b *bytes.Buffer) error {
					err := render(b)
					made := locale.Unmarked(b.String())
					b.Reset()
					b.WriteString(made)
					return err
				}
			}
		}
		return Made(pages)
	}
}

func (Files) check(stencil.Set, *Templates) error { return nil }

func (Files) refer(*template.Template, *Templates) {}

// Shared is a kind whose pages speak all languages and belong to no edition.
type Shared[V any] struct {
	Template string

	// Pages calls add for each page, with its path from the top of the site.
	Pages func(s *Site, add func(path string, view func() V))
}

// Plan lists the pages among those of the first edition, and nothing for the others.
func (k Shared[V]) Plan(s *Site) func(*Edition) Pages {
	var pages []Page
	k.Pages(s, func(path string, view func() V) {
		pages = append(pages, Page{Path: path, Template: k.Template, Render: func(b *bytes.Buffer) error {
			err := Kind[V]{Template: k.Template}.Write(s.Templates, b, view())
			join(b)
			return err
		}})
	})
	return func(e *Edition) Pages {
		if e.Lang != s.Data.Site.Original() {
			return Pages{}
		}
		return Made(pages)
	}
}

func (k Shared[V]) check(set stencil.Set, t *Templates) error {
	return Kind[V]{Template: k.Template}.check(set, t)
}

func (k Shared[V]) refer(set *template.Template, t *Templates) {
	Kind[V]{Template: k.Template}.refer(set, t)
}

// Single is a kind with one page, which speaks all languages and belongs to no edition.
type Single[V any] struct {
	Template string
	Path     string // from the top of the site
	View     func(s *Site) V
}

// Plan lists the page among those of the first edition, and nothing for the others.
func (k Single[V]) Plan(s *Site) func(*Edition) Pages { return k.shared().Plan(s) }

func (k Single[V]) check(set stencil.Set, t *Templates) error { return k.shared().check(set, t) }

func (k Single[V]) refer(set *template.Template, t *Templates) { k.shared().refer(set, t) }

// shared returns the kind as one of several pages.
func (k Single[V]) shared() Shared[V] {
	return Shared[V]{k.Template, func(s *Site, add func(string, func() V)) { add(k.Path, func() V { return k.View(s) }) }}
}
