package posters

import (
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// ShortView is the page of a short address.
type ShortView struct {
	page.Base
	Number string
	Twice  []page.Text // says in each language that the number is that of two things; empty if it is not
	Lines  []ShortLine
}

// ShortLine is a subject in a language.
type ShortLine struct {
	Lang     string
	Name     string // of the language
	Title    page.Text
	Href     string
	Verdict  string
	Withheld []status.Sentence // says of the report that it is not on the site yet
	Files    []page.FileLine
}

// Short are the pages of the short addresses.
var Short = page.Shared[ShortView]{Template: "short", Pages: func(s *page.Site, add func(path string, view func() ShortView)) {
	byPath := map[string][]*subject{}
	var paths []string
	for _, t := range s.Towns {
		for _, x := range subjects(t) {
			path := x.path()
			if byPath[path] == nil {
				paths = append(paths, path)
			}
			byPath[path] = append(byPath[path], x)
		}
	}
	for _, path := range paths {
		add(path+"index.html", func() ShortView { return short(s, path, byPath[path]) })
	}
}}

// short returns the page of a short address, which leads to the subjects that have its number.
func short(s *page.Site, path string, of []*subject) ShortView {
	front := s.EditionIn(s.Data.Site.Original()).WithRoot(of[0].town, "", "../../")
	title := front.F("site.poster.number", locale.Args{"Number": of[0].number()})
	v := ShortView{Base: front.Base(title, of[0].title(front).Text), Number: title}
	v.Canonical = s.Data.Site.BaseURL + path
	v.Crumbs = nil
	for _, l := range s.Data.Site.Langs() {
		for _, x := range of {
			p := s.EditionIn(l).WithRoot(x.town, "", "../../")
			verdict, _ := x.verdict(p)
			v.Lines = append(v.Lines, ShortLine{
				Lang: l.String(), Name: l.Name(), Title: x.title(p), Href: p.To(x.page()), Verdict: verdict,
				Withheld: status.Withheld(p, x.assessments...), Files: x.files(p),
			})
		}
		if len(of) > 1 {
			v.Twice = append(v.Twice, page.Text{Text: locale.For(l).T("site.poster.twice"), Lang: l.String()})
		}
	}
	return v
}
