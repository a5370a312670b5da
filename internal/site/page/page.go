// Package page holds what all pages of the site share.
//
//   - A Site holds what the pages are made from: the records, their history, the day.
//   - An Edition is the site in one language. All words, dates and numbers of a page come
//     from its edition, so a page does not mix languages. A text that is not translated is
//     shown in its original language and marked with it (Text).
//   - A Town is a municipality with values that several of its pages need, computed once.
//   - A Place says where a page is: in which edition, of which town, at which address. A page
//     makes all its links from its Place.
//   - A Kind is a kind of page: the name of its template in package layouts, the struct that
//     the template shows, and the list of its pages. The packages beside this one declare the
//     kinds, and package site lists them all.
//
// A Page is a path and a function that renders the page. The function can be called from any
// goroutine. No rendered page is kept: a build writes each page to the disk, and the preview
// renders a page when a browser asks for it.
//
// All packages of pages show records through this package, so that a name, a link or a cell
// looks the same on every page.
package page

import (
	"bytes"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Page is a file of the site that can be rendered.
type Page struct {
	Path     string                    // from the top of the site: "ky/osh/index.html"
	Template string                    // as in Kind; empty for a file that is made without one
	Render   func(*bytes.Buffer) error // may be called from any goroutine, any number of times
}

// Place says where a page is. A page makes its links from it.
type Place struct {
	*Edition
	Town *Town // nil on pages that belong to no municipality

	path    string              // address of the page within its edition: "osh/findings/"
	root    string              // link from the page to the top of the site: "../../../"
	style   Style               // see Kind
	rewrite func(string) string // see WithLinks
}

// At returns the place of a page of an edition. The path is within the edition. It ends with a
// slash, except for the front page, whose path is empty. The town may be nil.
func (e *Edition) At(t *Town, path string) *Place {
	return &Place{Edition: e, Town: t, path: path, root: rootOf(e.Lang.String() + "/" + path)}
}

// WithRoot returns a place whose links begin with root. Feeds and calendars are read away from
// the site, so their root is the site's address. The page for addresses that lead nowhere is
// shown at any address, so its root is the site's path on the server.
func (e *Edition) WithRoot(t *Town, path, root string) *Place {
	return &Place{Edition: e, Town: t, path: path, root: root}
}

// WithLinks returns a place whose links are made by rewrite, from addresses that begin at the
// top of the site. Pages in a ZIP need it, because they link to each other by file name.
func (e *Edition) WithLinks(t *Town, rewrite func(address string) string) *Place {
	return &Place{Edition: e, Town: t, rewrite: rewrite}
}

// About returns the same place for another town. Sentences are about that town, but links still
// begin at the page of p.
func (p *Place) About(t *Town) *Place {
	other := *p
	other.Town = t
	return &other
}

// Path returns the address of the page within its edition.
func (p *Place) Path() string { return p.path }

// FromTop returns a link to an address that begins at the top of the site:
// "data/osh/findings.csv".
func (p *Place) FromTop(address string) string {
	if p.rewrite != nil {
		return p.rewrite(address)
	}
	return p.root + address
}

// To returns a link to an address within the edition: "osh/findings/".
func (p *Place) To(path string) string { return p.FromTop(p.Lang.String() + "/" + path) }

// Zone returns the time zone in which the page shows the time of a commit: that of the town, or
// of the site if the page belongs to no town.
func (p *Place) Zone() *time.Location {
	if p.Town != nil {
		return p.Town.zone
	}
	return p.zone
}

// Language is an entry of the language switch.
type Language struct {
	Code, Name, Href string
	Address          string // absolute, for search engines; empty if the page's text is not in the language
	Current          bool
}

// Count is a number of things, with their mark and name.
type Count struct{ Mark, Label, Count string }

// Day writes a date, or "" if it is not known.
func (e *Edition) Day(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return e.Date(d.Time)
}

// Span writes a span of time. An end that is not known is left open.
func (e *Edition) Span(from, to jme.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return e.F("site.term.from", locale.Args{"From": e.ShortDate(from.Time)})
	case from.IsZero():
		return "… – " + e.ShortDate(to.Time)
	}
	return e.ShortDate(from.Time) + " – " + e.ShortDate(to.Time)
}

// Days counts the days from one midnight to another.
func Days(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }

// YearLinks returns links to pages of all years of the town, newest first. path returns the
// address of a year's page. current is the cycle whose page is shown, or nil.
func (p *Place) YearLinks(path func(year int) string, current *jme.Cycle) []Link {
	var links []Link
	for _, c := range p.Town.Cycles {
		links = append(links, Link{Text: Own(Year(c.Year)), Href: p.To(path(c.Year)), Current: c == current})
	}
	return links
}

// LanguageChoice is a language on a page that asks the reader to choose one.
type LanguageChoice struct {
	Lang, Name, Href, Title, Description string
}
