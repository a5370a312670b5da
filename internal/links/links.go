// Package links checks that every link within a site leads somewhere. It knows which paths
// the site has and at which address it will be published, and is shown each page once, in
// any order and from any number of goroutines:
//
//	check := links.New("https://town.example/", languages, has)
//	check.Read("ky/index.html", page) // for every page
//	if broken := check.Broken(); len(broken) > 0 { … }
//
// Three things are faults:
//
//   - a link to a page or file that the site does not have;
//   - a link to a place within a page ("…/#id") that the page does not have;
//   - a page in one language that the site does not have in another: "ky/a/index.html"
//     without "ru/a/index.html".
//
// A page is HTML if its path ends in ".html". Of other pages only the languages are checked.
//
// # What counts as a link
//
// HTML is read as browsers tokenize it (golang.org/x/net/html), so quotes, case, entities
// and broken markup do not matter. attributes.go lists the attributes that hold links.
// Not read are comments, the contents of <script>, <style> and other elements of raw text,
// and the contents of <template>, which no browser shows. The contents of <noscript> are
// read, as by a browser without scripts. Addresses within CSS, scripts, JSON and srcdoc
// are not links for this package.
//
// A link is judged if it leads into the site: if it is relative, begins with the path of the
// base URL, or begins with the base URL. Links to other sites and with other schemes
// ("mailto:") are not judged. A link that climbs out of the site's folder is broken, because
// it would lead elsewhere if the site moved to another folder.
//
// # Memory
//
// Pages are not kept. A link to a page or file is judged at once. A link to a place within
// another page waits until all pages have been read; until then the checker keeps the link
// and, of every page, 64-bit hashes of its path and ids. Pages with the same ids, as most pages
// of records are, share the list of them. Two ids with the same hash could hide a
// broken link; the chance of that is below one in a billion for 100,000 ids.
package links

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"net/url"
	"slices"
	"strings"
	"sync"

	"achyk/internal/locale"
)

// Broken lists the broken links of a site, in the order of their pages. As an error it says
// that a program or a text in the repository has to be mended before the site is published.
type Broken []Link

// Link is one broken link.
type Link struct {
	Page  string // path of the page that has the link: "ky/osh/index.html"
	Link  string // the address as it is written there, decoded; for NoLanguage the missing page's path
	Fault Fault
}

// Fault says what is wrong with a link. The message for people is "build.link.<fault>" in
// package locale.
type Fault string

// The faults.
const (
	NoPage     Fault = "page"     // the site has no such page or file
	NoFragment Fault = "fragment" // the page has no element with that id
	NoLanguage Fault = "language" // the page has no counterpart in another language
)

// Error lists the links, one a line, for logs.
func (b Broken) Error() string {
	lines := make([]string, len(b))
	for i, l := range b {
		lines[i] = fmt.Sprintf("%s: broken link %q (%s)", l.Page, l.Link, l.Fault)
	}
	return strings.Join(lines, "\n")
}

// Checker checks the links of one site. Read may be called from several goroutines.
type Checker struct {
	baseURL  string                 // "https://town.example/jme/", without percent encoding
	basePath string                 // of the base URL: "/" or "/jme/"
	langs    []locale.Lang          // of the site
	has      func(path []byte) bool // whether the site has a page or file at a path
	seed     maphash.Seed

	mu      sync.Mutex
	ids     map[uint64]*[]uint64 // by the hash of a page's path, the hashes of its ids
	lists   map[uint64]*[]uint64 // the lists in ids, by a hash of each
	waiting map[fragment]Link    // broken if the page turns out not to have the id
	found   Broken
}

// fragment is a place within a page.
type fragment struct {
	page uint64 // the hash of its path
	id   uint64 // the hash of the id
}

// New returns a checker of the site that will be published at baseURL, which ends in a
// slash, in some languages. has reports whether the site has a page or file at a path such as
// "ky/osh/index.html"; it must not keep the slice, and may be called from several goroutines.
func New(baseURL string, languages []locale.Lang, has func(path []byte) bool) *Checker {
	c := &Checker{
		baseURL: string(decoded([]byte(baseURL))), basePath: "/", langs: languages, has: has, seed: maphash.MakeSeed(),
		ids: map[uint64]*[]uint64{}, lists: map[uint64]*[]uint64{}, waiting: map[fragment]Link{},
	}
	if u, err := url.Parse(baseURL); err == nil && u.Path != "" {
		c.basePath = u.Path
	}
	return c
}

// Read notes the ids of a page and judges its links. It does not keep the page.
func (c *Checker) Read(path string, page []byte) {
	r := reader{checker: c, page: path, base: base{path: path}, waiting: map[fragment]Link{}}
	r.readLanguages()
	if strings.HasSuffix(path, ".html") {
		r.readHTML(page)
	}
	hash := maphash.String(c.seed, path)
	for f := range r.waiting {
		if f.page == hash && slices.Contains(r.ids, f.id) {
			delete(r.waiting, f)
		}
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids[hash] = c.shared(r.ids)
	c.found = append(c.found, r.found...)
	for f, l := range r.waiting {
		// Of several pages with the same broken link the first one is reported, whatever
		// the order in which they are read.
		if first, ok := c.waiting[f]; !ok || l.Page < first.Page {
			c.waiting[f] = l
		}
	}
}

// shared returns the list that pages with these ids share.
func (c *Checker) shared(ids []uint64) *[]uint64 {
	hash := maphash.Comparable(c.seed, len(ids))
	for _, id := range ids {
		hash = maphash.Comparable(c.seed, [2]uint64{hash, id})
	}
	list := c.lists[hash]
	if list == nil {
		list = new(slices.Clone(ids))
		c.lists[hash] = list
	}
	return list
}

// Leads tells whether a link of a page leads to a page or file of the site, or to another site.
// It also returns the path of the page or file, if it is within the site, and the id of the place
// within it, which may be empty. HasPlace tells whether there is such a place.
func (c *Checker) Leads(page, address string) (path, id string, ok bool) {
	file, place, where := c.resolve(nil, base{path: page}, trimmed([]byte(address)))
	if where != within {
		return "", "", where == elsewhere
	}
	if isTop(place) {
		place = nil
	}
	return string(file), string(place), c.has(file)
}

// HasPlace tells whether a page has an element of that id. What was not read may have it.
func (c *Checker) HasPlace(path, id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	ids, read := c.ids[maphash.String(c.seed, path)]
	return !read || slices.Contains(*ids, maphash.String(c.seed, id))
}

// Broken returns the broken links of all pages read so far, sorted by page.
func (c *Checker) Broken() Broken {
	c.mu.Lock()
	defer c.mu.Unlock()
	broken := slices.Clone(c.found)
	for f, l := range c.waiting {
		// A file that is no page has no ids that we know of: "map.svg#river" is fine.
		if ids, isPage := c.ids[f.page]; isPage && !slices.Contains(*ids, f.id) {
			broken = append(broken, l)
		}
	}
	slices.SortFunc(broken, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Link, b.Link), cmp.Compare(a.Fault, b.Fault))
	})
	return slices.Compact(broken)
}

// readLanguages checks that a page which belongs to a language exists in the others.
func (r *reader) readLanguages() {
	code, rest, ok := strings.Cut(r.page, "/")
	if _, known := locale.Find(code, r.checker.langs); !ok || !known {
		return
	}
	for _, lang := range r.checker.langs {
		if other := lang.String() + "/" + rest; !r.checker.has([]byte(other)) {
			r.found = append(r.found, Link{r.page, other, NoLanguage})
		}
	}
}
