package site

import (
	"bytes"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// edition is the site in one language.
type edition struct {
	*site
	*locale.Printer
	lang locale.Lang
}

func newEdition(s *site, l locale.Lang) *edition {
	return &edition{site: s, Printer: locale.For(l), lang: l}
}

// Said is a text with the language it is really in, where that is not the page's.
type Said struct {
	Text string
	Lang string // empty for the page's own
}

// Phrase is a text of several parts, each perhaps in another language; " — " stands
// between them.
type Phrase []Said

// String is the text without its marks, for titles and descriptions.
func (p Phrase) String() string {
	parts := make([]string, len(p))
	for i, s := range p {
		parts[i] = s.Text
	}
	return strings.Join(parts, " — ")
}

// Link leads to another page or a file.
type Link struct {
	Text    Phrase
	Href    string
	Current bool // to the page it stands on
}

// Language is an entry of the language switch.
type Language struct {
	Code, Name, Href string
	Address          string // absolute, for search engines
	Current          bool
}

// Base is what every page has.
type Base struct {
	Lang        string
	OpenGraph   string
	Head        template.HTML
	Title       string // of the document, with the site's
	Description string
	Canonical   string
	Default     string // absolute address of the language chooser
	Home        string
	SiteTitle   string
	Languages   []Language
	Crumbs      []Link
	Menu        []Link // of the municipality
	Place       string // name of the municipality, over the menu
	Pages       []Link // about, glossary …, in the foot
	Demo        bool
	AsOf        string
	Commit      string // short
	CommitDate  string
	Dirty       bool
	Repository  string
	Licence     string

	printer *locale.Printer
}

// T says a message of the program; templates use it for every word of their own.
func (b Base) T(key string) string { return b.printer.T("site." + key) }

// page makes the job of one page of the edition. path is without the language.
func page[V any](e *edition, path string, t interface {
	Execute(w io.Writer, data V) error
}, view func(href func(string) string) V) Page {
	full := e.lang.String() + "/" + path
	root := rootOf(full)
	return Page{
		Path: full + "index.html",
		Render: func(b *bytes.Buffer) error {
			return t.Execute(b, view(func(to string) string { return root + to }))
		},
	}
}

// base makes what is common. href leads to an address from the top of the site.
func (e *edition) base(href func(string) string, path, title, description string, t *town) Base {
	o := e.site.Options
	site := o.Data.Site
	b := Base{
		Lang: e.lang.String(), OpenGraph: e.lang.OpenGraph(), Head: e.templates.head,
		Title: title, Description: clip(description, 150),
		Canonical: site.BaseURL + e.lang.String() + "/" + path, Default: site.BaseURL,
		Home: href(e.lang.String() + "/"), SiteTitle: site.Title.In(e.lang),
		Demo: site.Demonstration, AsOf: e.AsOf(o.AsOf),
		Dirty: o.Build.Dirty, Repository: site.Repository, Licence: site.Licence,
		printer: e.Printer,
	}
	if title == "" {
		b.Title = b.SiteTitle
	} else {
		b.Title = clip(title, 90) + " · " + b.SiteTitle
	}
	if o.Build.Commit != "" {
		b.Commit, b.CommitDate = o.Build.Commit[:min(10, len(o.Build.Commit))], e.ShortDate(o.Build.CommitTime)
	}
	for _, l := range locale.Langs {
		b.Languages = append(b.Languages, Language{
			Code: l.String(), Name: l.Name(), Current: l == e.lang,
			Href: href(l.String() + "/" + path), Address: site.BaseURL + l.String() + "/" + path,
		})
	}
	for _, a := range o.Data.Pages {
		b.Pages = append(b.Pages, Link{Text: Phrase{e.said(a.Title)}, Href: href(e.lang.String() + "/" + a.Slug + "/"), Current: path == a.Slug+"/"})
	}
	if t == nil {
		return b
	}
	to := func(p string) string { return href(e.lang.String() + "/" + p) }
	b.Place = t.Settings.Name.In(e.lang)
	b.Crumbs = []Link{{Text: Phrase{{Text: b.SiteTitle}}, Href: b.Home}, {Text: Phrase{e.said(t.Settings.Name)}, Href: to(townPath(t.Municipality))}}
	menu := func(key, p string) {
		b.Menu = append(b.Menu, Link{Text: Phrase{{Text: e.T("site.menu." + key)}}, Href: to(p), Current: p == path})
	}
	if c := t.current(); c != nil {
		p := yearPath(t.Municipality, c.Year)
		b.Menu = append(b.Menu, Link{Text: Phrase{{Text: e.F("site.menu.year", locale.Args{"Year": year(c.Year)})}}, Href: to(p), Current: p == path})
	}
	menu("regulation", regulationPath(t.Municipality))
	menu("data", dataPath(t.Municipality))
	if len(t.News) > 0 {
		menu("news", newsPath(t.Municipality, ""))
	}
	return b
}

// crumb adds a step to the way back.
func (b *Base) crumb(text Phrase, href string) {
	b.Crumbs = append(b.Crumbs, Link{Text: text, Href: href})
}

// T says a message; see locale.Printer. (Both embedded types would offer one.)
func (e *edition) T(key string) string { return e.Printer.T(key) }

// said takes a text in the edition's language, or the original with its language.
func (e *edition) said(t locale.Text) Said {
	text, lang := t.Resolve(e.lang)
	if lang == e.lang || text == "" {
		return Said{Text: text}
	}
	return Said{text, lang.String()}
}

// saidIf is nil for an empty text.
func (e *edition) saidIf(t locale.Text) Phrase {
	if t.IsZero() {
		return nil
	}
	return Phrase{e.said(t)}
}

func own(text string) Phrase { return Phrase{{Text: text}} }

// clip shortens a text to n characters at a word's end.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)[:n]
	if i := slices.Index(reversed(runes), ' '); i >= 0 && i < n/2 {
		runes = runes[:n-i-1]
	}
	return strings.TrimRight(string(runes), " ,;:.–—-") + "…"
}

func reversed(r []rune) []rune {
	r = slices.Clone(r)
	slices.Reverse(r)
	return r
}

// day writes a date, or "" where it is not known.
func (e *edition) day(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return e.Date(d.Time)
}

// days counts whole days between two midnights.
func days(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }
