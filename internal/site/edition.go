package site

import (
	"bytes"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/jba/templatecheck"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// edition is the site in one language.
type edition struct {
	*site
	*locale.Printer
	lang   locale.Lang
	frames sync.Map // frameKey → Frame
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
	Place       string // name of the municipality
	Languages   []Language
	Crumbs      []Link
	Feed        string // of the municipality's changes
	Frame       Frame
	Described   template.JS // JSON-LD for search engines; empty for none

	printer *locale.Printer
}

// Frame is what many pages share to the letter: it is rendered once and kept, which takes
// a third off the time of a build.
type Frame struct{ Banner, Menu, Foot template.HTML }

// FrameView is what a frame is made of.
type FrameView struct {
	Home       string
	SiteTitle  string
	Place      string
	Menu       []Link // of the municipality
	Pages      []Link // about, glossary …
	Demo       bool
	AsOf       string
	Commit     string // short
	CommitDate string
	Dirty      bool
	Changes    Link // what was changed last, and when; no text without history
	Repository string
	Licence    string

	printer *locale.Printer
}

// T says a message of the program.
func (f FrameView) T(key string) string { return f.printer.T("site." + key) }

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
	site := e.Data.Site
	b := Base{
		Lang: e.lang.String(), OpenGraph: e.lang.OpenGraph(), Head: e.templates.storyHead,
		Title: site.Title.In(e.lang), Description: clip(description, 150),
		Canonical: site.BaseURL + e.lang.String() + "/" + path, Default: site.BaseURL,
		Home: href(e.lang.String() + "/"), SiteTitle: site.Title.In(e.lang),
		Frame: e.frame(href, path, t), printer: e.Printer,
	}
	if title != "" {
		b.Title = clip(title, 90) + " · " + b.SiteTitle
	}
	for _, l := range locale.Langs {
		b.Languages = append(b.Languages, Language{
			Code: l.String(), Name: l.Name(), Current: l == e.lang,
			Href: href(l.String() + "/" + path), Address: site.BaseURL + l.String() + "/" + path,
		})
	}
	if t != nil {
		b.Place = t.Settings.Name.In(e.lang)
		if e.History != nil {
			b.Feed = href(feedPath(t.Municipality, e.lang))
		}
		b.Crumbs = []Link{{Text: own(b.SiteTitle), Href: b.Home}, {Text: Phrase{e.said(t.Settings.Name)}, Href: e.to(href, townPath(t.Municipality))}}
	}
	return b
}

// frameKey is what a frame depends on within an edition.
type frameKey struct {
	root    string
	town    *town
	current string // the page's own address, where a frame may have a link to it
}

// frame returns the frame of a page.
func (e *edition) frame(href func(string) string, path string, t *town) Frame {
	key := frameKey{root: href(""), town: t}
	if strings.Count(path, "/") <= 2 {
		key.current = path
	}
	if f, ok := e.frames.Load(key); ok {
		return f.(Frame)
	}
	v := e.frameView(href, path, t)
	var f Frame
	for _, part := range []struct {
		template *templatecheck.CheckedTemplate[FrameView]
		into     *template.HTML
	}{{e.templates.banner, &f.Banner}, {e.templates.menu, &f.Menu}, {e.templates.foot, &f.Foot}} {
		var out strings.Builder
		if err := part.template.Execute(&out, v); err != nil {
			panic(err) // the templates are checked, and a strings.Builder cannot fail
		}
		*part.into = template.HTML(out.String())
	}
	e.frames.Store(key, f)
	return f
}

func (e *edition) frameView(href func(string) string, path string, t *town) FrameView {
	o := e.site.Options
	v := FrameView{
		Home: href(e.lang.String() + "/"), SiteTitle: o.Data.Site.Title.In(e.lang),
		Demo: o.Data.Site.Demonstration, AsOf: e.AsOf(o.AsOf), Dirty: o.Build.Dirty,
		Repository: o.Data.Site.Repository, Licence: o.Data.Site.Licence, printer: e.Printer,
	}
	if o.Build.Commit != "" {
		v.Commit, v.CommitDate = e.commit(), e.ShortDate(o.Build.CommitTime)
	}
	link := func(text Phrase, p string) Link {
		return Link{Text: text, Href: e.to(href, p), Current: p == path}
	}
	for _, a := range o.Data.Pages {
		v.Pages = append(v.Pages, link(Phrase{e.said(a.Title)}, a.Slug+"/"))
	}
	if last := e.site.last(t, nil); last != nil {
		v.Changes = Link{Text: own(e.changedOn(last)), Href: e.to(href, "changes/")}
		if t != nil {
			v.Changes.Href = e.to(href, changesPath(t.Municipality, ""))
		}
	}
	if t == nil {
		return v
	}
	v.Place = t.Settings.Name.In(e.lang)
	if c := t.current(); c != nil {
		v.Menu = append(v.Menu, link(own(e.F("site.menu.year", locale.Args{"Year": year(c.Year)})), yearPath(t.Municipality, c.Year)))
	}
	v.Menu = append(v.Menu,
		link(own(e.T("site.menu.deadlines")), deadlinesPath(t.Municipality)),
		link(own(e.T("site.menu.regulation")), regulationPath(t.Municipality)),
		link(own(e.T("site.menu.data")), dataPath(t.Municipality)))
	if len(t.News) > 0 {
		v.Menu = append(v.Menu, link(own(e.T("site.menu.news")), newsPath(t.Municipality, "")))
	}
	return v
}

// commit is the commit the site was built from, short, or "".
func (e *edition) commit() string {
	hash := e.site.Options.Build.Commit
	return hash[:min(10, len(hash))]
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
