// Package page is what all pages of the site have in common.
//
//   - A Site is what the pages are made of: the records, their history, the day.
//   - An Edition is the site in one language. All words, dates and numbers of a page come
//     from its edition, so that a page does not mix languages. Where a text has not been
//     translated, the page shows the original and marks its language (Said).
//   - A Town is a municipality with what several of its pages need, worked out once.
//   - A Place is where a page is: in which edition, of which town, at which address. A
//     page makes all its links from its Place.
//   - A Kind is a kind of page: the name of its template in package layouts, the struct
//     that the template shows, and the list of its pages. The rooms beside this package
//     declare their kinds, and package site lists them all.
//
// A Page is a small job: a path, and a function that renders the page when it is called,
// from any goroutine. Nothing is kept: a build writes each page and forgets it, and the
// preview renders only the pages that somebody looks at.
//
// The rooms show records through this package: a name, a link and a cell look the same on
// every page.
package page

import (
	"bytes"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Page is one file of the site that is rendered when it is asked for.
type Page struct {
	Path   string                    // from the top of the site: "ky/osh/index.html"
	Render func(*bytes.Buffer) error // may be called from any goroutine, any number of times
}

// Place is where a page is. Links are made from it.
type Place struct {
	*Edition
	Town *Town // nil on pages that belong to no municipality

	path    string              // of the page within its edition: "osh/findings/"
	root    string              // leads from the page to the top of the site: "../../../"
	plain   bool                // as of Kind
	rewrite func(string) string // as of Elsewhere
}

// At is the place of a page of an edition. The path is within the edition and ends with a
// slash; the front page has none. town may be nil.
func (e *Edition) At(t *Town, path string) *Place {
	return &Place{Edition: e, Town: t, path: path, root: rootOf(e.Lang.String() + "/" + path)}
}

// WithRoot is a place whose links begin with root: with the address of the site for files
// that are read away from it, such as feeds, or with its path on the server for the page
// that is shown wherever an address leads nowhere.
func (e *Edition) WithRoot(t *Town, path, root string) *Place {
	return &Place{Edition: e, Town: t, path: path, root: root}
}

// WithLinks is a place whose links rewrite makes, from addresses that begin at the top of
// the site. Pages that are packed into a ZIP need it: they link each other by file name.
func (e *Edition) WithLinks(t *Town, rewrite func(address string) string) *Place {
	return &Place{Edition: e, Town: t, rewrite: rewrite}
}

// About is the same place with another town as the subject: what it says is of that town,
// its links still begin at this page.
func (p *Place) About(t *Town) *Place {
	other := *p
	other.Town = t
	return &other
}

// Path is the address of the page within its edition.
func (p *Place) Path() string { return p.path }

// FromTop links to an address that begins at the top of the site: "data/osh/findings.csv".
func (p *Place) FromTop(address string) string {
	if p.rewrite != nil {
		return p.rewrite(address)
	}
	return p.root + address
}

// To links to an address within the edition: "osh/findings/".
func (p *Place) To(path string) string { return p.FromTop(p.Lang.String() + "/" + path) }

// Zone is the time zone in which the page tells the moments of commits: the town's, or on
// pages of no town the site's.
func (p *Place) Zone() *time.Location {
	if p.Town != nil {
		return p.Town.zone
	}
	return p.zone
}

// Language is an entry of the language switch.
type Language struct {
	Code, Name, Href string
	Address          string // absolute, for search engines
	Current          bool
}

// Count is a number of things of one sort, with their mark and name.
type Count struct{ Mark, Label, Count string }

// Day writes a date, or "" where it is not known.
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

// Days counts whole days between two midnights.
func Days(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }

// YearLinks are links to the pages of the years of the town, newest first. path returns the
// address of a year's page; current is the cycle that is shown, nil for none.
func (p *Place) YearLinks(path func(year int) string, current *jme.Cycle) []Link {
	var links []Link
	for _, c := range p.Town.Cycles {
		links = append(links, Link{Text: Own(Year(c.Year)), Href: p.To(path(c.Year)), Current: c == current})
	}
	return links
}

// LanguageChoice is an entry of a page that asks for the language.
type LanguageChoice struct {
	Lang, Name, Href, Title, Description string
}
