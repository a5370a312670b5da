// Package search makes the page on which readers look for things by their words, the list of
// everything that has a name, and the index that the script of the page reads.
//
// What can be found is the same for the index and the list (things): articles, guides, municipalities with
// their bodies, main pages and lists, clauses, news and the records of all registers that have pages, except the
// outcomes of rules, which the pages of clauses show. Each has the title, the state and the address that other pages give it.
// An edition has an index of its own, with the words of its language (package internal/search).
//
// The list serves readers without scripts, so it has every page that somebody would look for by its name.
// It is cut into pages of a hundred names in the order of the alphabet.
package search

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/search"
	"achyk/internal/site/page"
)

// perPart is how many names a page of the list has.
const perPart = 100

// Folder is the folder of the site with the script and the indexes, one for each language.
const Folder = page.SearchPath

// script is the name of the script of the page.
const script = "search.js"

// View is the page, or a later part of the list.
type View struct {
	page.Base
	Heading  string
	Folder   string // of the index; empty on later parts, which have no script
	Script   string
	Words    []Word
	Marks    []string    // of the states that entries may have
	Places   []Place     // to choose from; none if there is one municipality
	Towns    []page.Link // where to look without scripts
	Letters  []Letter
	Range    string
	Initials []page.Link // to the first name with each letter, if the list has several pages
	Pages    []page.Link // to the pages of the list
}

// Place is a municipality in which something may be looked for.
type Place struct {
	ID   string
	Name page.Text
}

// Word is a text that the script shows.
type Word struct{ Key, Text string }

// said are the keys of the texts below "site.search.word".
var said = []string{"loading", "failed", "disk", "found", "near", "some", "none", "outside", "elsewhere", "more"}

// marks are the shapes beside states (layouts/_mark.html).
var marks = []string{
	"met", "partly", "not-met", "not-checked", "done", "now", "not-due", "no-answer", "declined", "overdue", "not-fixed", "partly-fixed", "said-done",
	"self-checked", "checked-done", "set-aside", "better", "worse", "unknown",
}

// Letter has the names that begin with a letter.
type Letter struct {
	ID     string // empty if the page has the letter already
	Letter page.Text
	Names  []Name
}

// Name is a thing in the list.
type Name struct {
	Link page.Link
	Kind string
	Town page.Text
}

// Pages are the page and the parts of its list.
var Pages = page.Kind[View]{Template: "search", Style: page.Search, Pages: func(s *page.Site, add page.Add[View]) {
	var all []*thing
	things := page.Once(s, things)
	for i := range things {
		if things[i].named {
			all = append(all, &things[i])
		}
	}
	sorted := page.PerLanguage(s, func(e *page.Edition) []listed { return sorted(e, all) })
	initials := page.PerLanguage(s, func(e *page.Edition) []int { return initials(sorted(e)) })
	parts := page.Cut(len(all), perPart)
	for _, part := range parts {
		add(nil, page.PartPath(page.SearchPath, part.Number), func(p *page.Place) View { return view(p, sorted(p.Edition), initials(p.Edition), part) })
	}
}}

// listed is a thing in the list of an edition.
type listed struct {
	*thing
	name string // its title in the edition
	at   int    // where it is among all things
}

// sorted returns things in the order of the alphabet. A stable sort would compare names two to three times as often.
func sorted(e *page.Edition, all []*thing) []listed {
	names := make([]listed, len(all))
	for i, t := range all {
		names[i] = listed{t, t.title(e).String(), i}
	}
	slices.SortFunc(names, func(a, b listed) int { return cmp.Or(e.Compare(a.name, b.name), cmp.Compare(a.at, b.at)) })
	return names
}

// view returns a part of the list, the first with what the script needs. The letters of the list begin at initials.
func view(p *page.Place, all []listed, initials []int, part page.Part) View {
	title := p.T("site.search.title")
	if part.Number > 1 {
		title += ", " + p.F("site.list.page", locale.Args{"n": p.Int(part.Number)})
	}
	v := View{Base: p.Base(title, p.T("site.search.lead")), Heading: p.T("site.search.title")}
	if part.Number == 1 {
		v.Folder, v.Script = p.FromTop(Folder+p.Lang.String()+"/"), p.FromTop(Folder+script)
		v.Marks = marks
		for _, t := range p.Towns {
			v.Towns = append(v.Towns, page.Link{Text: page.Phrase{p.Text(t.Settings.Name)}, Href: p.To(t.Path())})
			if len(p.Towns) > 1 {
				v.Places = append(v.Places, Place{t.ID, p.Text(t.Settings.Name)})
			}
		}
		for _, key := range said {
			v.Words = append(v.Words, Word{key, p.T("site.search.word." + key)})
		}
	}
	for _, t := range all[part.From:part.To] {
		letter := initial(t.name)
		if n := len(v.Letters); n == 0 || v.Letters[n-1].Letter.Text != letter {
			l := Letter{ID: letterID(letter), Letter: p.Untranslated(letter)}
			if slices.ContainsFunc(v.Letters, func(before Letter) bool { return before.ID == l.ID }) {
				l.ID = "" // letters that the alphabet does not tell apart, such as Е and Ё, take turns
			}
			v.Letters = append(v.Letters, l)
		}
		last := &v.Letters[len(v.Letters)-1]
		name := Name{Link: page.Link{Text: t.title(p.Edition), Href: p.To(t.path)}, Kind: t.kind(p.Edition)}
		if t.town != nil {
			name.Town = p.Text(t.town.Settings.Name)
		}
		last.Names = append(last.Names, name)
	}
	if part.Of > 1 {
		v.Range = p.Range(part)
		for _, i := range initials {
			letter := initial(all[i].name)
			at := p.To(page.PartPath(page.SearchPath, i/perPart+1))
			v.Initials = append(v.Initials, page.Link{Text: page.Phrase{p.Untranslated(letter)}, Href: at + "#" + letterID(letter)})
		}
		v.Pages = p.PartLinks(part, func(number int) string { return p.To(page.PartPath(page.SearchPath, number)) })
	}
	return v
}

// initials returns where in the list each letter is for the first time. Letters that the alphabet does not tell apart,
// such as Е and Ё, take turns there.
func initials(all []listed) (at []int) {
	seen := map[string]bool{}
	for i, t := range all {
		if letter := initial(t.name); !seen[letter] {
			seen[letter] = true
			at = append(at, i)
		}
	}
	return at
}

// letterID returns the id of the heading of a letter.
func letterID(letter string) string {
	r, _ := utf8.DecodeRuneInString(letter)
	return "letter-" + strconv.Itoa(int(r))
}

// initial returns the first letter of a title, without the quotation mark before it, or that it is a digit.
func initial(title string) string {
	title = strings.TrimLeftFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	first, _ := utf8.DecodeRuneInString(title)
	if unicode.IsDigit(first) {
		return "0–9"
	}
	return string(unicode.ToUpper(first))
}

// Files are the script of the page, and the index of each language.
func Files(s *page.Site) (all []files.File) {
	add := func(path string, data func() []byte) {
		all = append(all, files.File{Path: path, Write: func(w io.Writer) error {
			_, err := w.Write(data())
			return err
		}})
	}
	add(Folder+script, func() []byte { return s.Templates.SearchScript })
	things := page.Once(s, things)
	for _, l := range s.Data.Site.Langs() {
		made := &indexed{make: func() map[string][]byte { return index(s.Unmarked(l), things) }}
		for _, name := range search.Names(len(things)) {
			add(Folder+l.String()+"/"+name, func() []byte { return made.take(name) })
		}
	}
	return all
}

// indexed is an index whose files are taken one by one. It is made when one of them is asked for, and a file is let go
// once it was taken: those of 100,000 records in three languages are 40 MB. A file that is taken again is
// made again, with all others.
type indexed struct {
	make  func() map[string][]byte
	mu    sync.Mutex
	files map[string][]byte
}

// take returns a file of the index.
func (x *indexed) take(name string) []byte {
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, there := x.files[name]; !there {
		x.files = x.make()
	}
	data := x.files[name]
	delete(x.files, name)
	return data
}

// index makes the index of an edition.
func index(e *page.Edition, things []thing) map[string][]byte {
	rules, ok := search.RulesOf(e.Lang.String())
	if !ok { // a further language: letters as in the original, whole words, because its endings are not known
		original, _ := search.RulesOf(e.Data.Site.Original().String())
		rules = search.Rules{Letters: original.Letters, Folds: original.Folds}
	}
	return search.New(rules, func(yield func(search.Entry) bool) {
		for _, t := range things {
			if !yield(t.entry(e)) {
				return
			}
		}
	})
}
