// Package site turns a Dataset into the pages of a website.
//
// Plan lists every page as a small job: an address and a function that renders it when
// asked, from any goroutine. Nothing is kept; a build writes each page and forgets it, the
// preview renders only what is looked at. Three ideas hold the package together:
//
//   - An edition is the site in one language. All words, dates and numbers of a page
//     come from it, so a page cannot mix languages by accident; where a text has not been
//     translated the page shows the original and marks its language.
//   - One struct per kind of page (the …View types), its fields ready to be shown, and one
//     template of the same name in package layouts. Templates are type-checked against
//     their structs when they are parsed, so a misspelt field cannot reach a reader.
//   - Addresses are made in one place (address.go). They are the same in every language
//     but for the first segment, and links are relative, so the site works below any path.
package site

import (
	"bytes"
	"time"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Build is what the foot of every page says of where it came from.
type Build struct {
	Version    string
	Commit     string // empty where there is no history
	CommitTime time.Time
	Dirty      bool // the tree held changes that are not in the commit
}

// Version is the data as it was at a tag.
type Version struct {
	Tag    string
	Commit string
	Date   time.Time
}

// Options is what a site is made of.
type Options struct {
	Data       *jme.Dataset
	AsOf       time.Time // "today" on every page
	Build      Build
	Judgements []*regulation.Judgement     // one for each municipality of Data, in their order
	History    *history.History            // nil where there is none
	Pending    map[string][]history.Record // by register, what is in no commit yet; in order

	Versions []Version       // those published for good, oldest first
	After    map[string]bool // commits that came after the newest of them, by hash; nil where they are not known

	// Size returns the bytes of a file of open data, by its path from the top of the site,
	// and whether there is one. Pages ask when they are rendered, from any goroutine.
	Size func(path string) (int64, bool)

	// SHA256 returns the checksum of such a file, in hexadecimal.
	SHA256 func(path string) string

	Edition string // of the data, as all its descriptors call it

	// Described returns what a page tells search engines of a register, or of all together
	// where the name is empty: JSON-LD that may stand in a page as it is.
	Described func(m *jme.Municipality, register string, l locale.Lang) ([]byte, error)
}

// Page is one file of the site.
type Page struct {
	Path   string                    // from the top: "ky/osh/index.html"
	Render func(*bytes.Buffer) error // safe to call from any goroutine, any number of times
}

// Plan lists all pages, in a fixed order.
func Plan(t *Templates, o Options) []Page {
	s := &site{Options: o, templates: t, tracked: map[string]bool{}, zone: time.UTC}
	for i, m := range o.Data.Municipalities {
		s.towns = append(s.towns, newTown(m, o.Judgements[i]))
	}
	if len(s.towns) > 0 {
		if zone, err := time.LoadLocation(s.towns[0].Settings.TimeZone); err == nil {
			s.zone = zone
		}
	}
	s.changed = s.entries()
	for _, x := range s.changed {
		s.tracked[x.touch.Register] = true
	}
	pages := []Page{s.chooser(), s.notFound()}
	for _, lang := range locale.Langs {
		e := newEdition(s, lang)
		pages = append(pages, e.home(), e.rules())
		for _, a := range o.Data.Pages {
			pages = append(pages, e.article(nil, a, a.Slug+"/"))
		}
		pages = append(pages, e.changes()...)
		for _, t := range s.towns {
			pages = append(pages, e.town(t)...)
		}
	}
	return pages
}

// site is what all editions share.
type site struct {
	Options
	templates *Templates
	towns     []*town
	changed   []entry         // newest first
	tracked   map[string]bool // registers that have a history
	zone      *time.Location  // in which moments of commits are shown
}

// town is a municipality with its judgement, and indexes of the outcomes that several pages need.
type town struct {
	*jme.Municipality
	cycles    []*jme.Cycle          // newest first
	deadlines []regulation.Deadline // earliest first
	missing   []regulation.Missing  // the gravest first
	byID      map[string]*regulation.Outcome
	byClause  map[clauseOf][]*regulation.Outcome          // those of all clauses under ""
	byRecord  map[regulation.Record][]*regulation.Outcome // those whose subject or evidence it is
}

// clauseOf is a clause in a year.
type clauseOf struct {
	year   int
	clause string
}

func newTown(m *jme.Municipality, j *regulation.Judgement) *town {
	t := &town{
		Municipality: m, cycles: j.Cycles, deadlines: j.Deadlines, missing: j.Missing,
		byID: map[string]*regulation.Outcome{}, byClause: map[clauseOf][]*regulation.Outcome{}, byRecord: map[regulation.Record][]*regulation.Outcome{},
	}
	for i := range j.Outcomes {
		outcome := &j.Outcomes[i]
		t.byID[outcome.ID()] = outcome
		for _, clause := range []string{"", outcome.Clause} {
			of := clauseOf{outcome.Year, clause}
			t.byClause[of] = append(t.byClause[of], outcome)
		}
		for _, record := range outcome.Evidence { // the subject is among them
			t.byRecord[record] = append(t.byRecord[record], outcome)
		}
	}
	return t
}

// current is the cycle of the newest year, or nil.
func (t *town) current() *jme.Cycle {
	if len(t.cycles) == 0 {
		return nil
	}
	return t.cycles[0]
}

// latestResults is the newest cycle with findings, or nil.
func (t *town) latestResults() *jme.Cycle {
	for _, c := range t.cycles {
		if len(c.Findings) > 0 {
			return c
		}
	}
	return nil
}

// town lists all pages of a municipality.
func (e *edition) town(t *town) []Page {
	pages := []Page{e.municipality(t), e.regulation(t), e.deadlines(t), e.calendar(t), e.missing(t), e.data(t)}
	for _, c := range t.cycles {
		pages = append(pages, e.year(t, c)...)
	}
	for _, table := range t.Tables {
		pages = append(pages, e.dictionary(t, table))
		if !jme.Listed(table.Schema.Name) {
			continue
		}
		pages = append(pages, e.lists(t, table)...)
		for i := range table.Rows {
			pages = append(pages, e.record(t, jme.Record{Table: table, Row: &table.Rows[i]}))
		}
	}
	pages = append(pages, e.newsList(t))
	for _, a := range t.News {
		pages = append(pages, e.article(t, a, newsPath(t.Municipality, a.Slug)))
	}
	return pages
}
