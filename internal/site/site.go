// Package site turns a Dataset into the pages of a website. It lists all kinds of pages, which
// the packages below it declare:
//
//	page       what all pages share: editions, places, links, values, templates
//	status     sentences and counts that several kinds of pages show
//	front      the choice of a language, front pages, articles, news
//	year       the overview of a cycle, and a page for each of its steps
//	clauses    the regulation: clauses, outcomes, rules, deadlines, missing records
//	registers  lists of records, a page for each record, and for each text that is attached
//	subjects   a page for each service, provider, place and body
//	charts     pictures of numbers, and a page for each
//	posters    posters and flyers, and the short addresses on them
//	changes    what commits did to the registers, and feeds
//	subscribe  calendars and feeds, and how to subscribe to them
//	data       open data, and dictionaries of columns
//	desk       the page on which clerks check a spreadsheet
//	guide      the guides for clerks
//	search     the search, and the list of everything that has a name
//	offline    the pages inside a ZIP
//
// Package page makes all addresses (address.go). An address is the same in every language
// except for its first segment. Links are relative, so the site works in any folder of a
// server.
package site

import (
	"io/fs"
	"slices"

	"achyk/internal/document"
	"achyk/internal/fault"
	"achyk/internal/jme"
	"achyk/internal/site/changes"
	"achyk/internal/site/charts"
	"achyk/internal/site/clauses"
	"achyk/internal/site/data"
	"achyk/internal/site/desk"
	"achyk/internal/site/front"
	"achyk/internal/site/guide"
	"achyk/internal/site/offline"
	"achyk/internal/site/page"
	"achyk/internal/site/posters"
	"achyk/internal/site/registers"
	"achyk/internal/site/search"
	"achyk/internal/site/subjects"
	"achyk/internal/site/subscribe"
	"achyk/internal/site/year"
)

// kinds are all kinds of pages of the site. To add a kind, add a file to one of the packages
// below, a template to package layouts, and a line here.
var kinds = []page.AnyKind{
	front.Chooser, front.NotFound, front.Home, front.Towns, front.Workers, front.Articles, front.News,
	year.Overviews, year.Choices, year.Contests, year.Groups, year.Findings, year.Letters, year.Answers,
	clauses.Regulations, clauses.Outcomes, clauses.Otherwise, clauses.Rules, clauses.Deadlines, clauses.Missing,
	registers.Lists, registers.Records, registers.Papers,
	posters.Short,
	subjects.Services, subjects.Providers, subjects.Places, subjects.Bodies,
	changes.Lists, changes.Feeds,
	subscribe.Pages, subscribe.Calendars, subscribe.Feeds,
	data.Pages, data.Dictionaries,
	desk.Pages, desk.File,
	guide.Contents, guide.Pages,
	charts.Pages, charts.File,
	search.Pages,
}

// Parse reads the layouts, *.html and *.css, and checks them. See page.Parse.
func Parse(layouts fs.FS) (*page.Templates, error) {
	return page.Parse(layouts, slices.Concat(offline.Kinds, kinds))
}

// Reference is Parse for tests. See page.Reference.
func Reference(layouts fs.FS) (*page.Templates, error) {
	return page.Reference(layouts, slices.Concat(offline.Kinds, kinds))
}

// Text is a text of the repository with the path of a page that shows it.
type Text struct {
	*document.Document
	Path string // from the top of the site
}

// Texts lists the texts with all pages that show them: articles, official texts, news and analytic
// letters.
func Texts(s *page.Site) (all []Text) {
	for _, lang := range s.Data.Site.Langs() {
		add := func(a *jme.Article, path string) {
			if doc, _ := a.Body(lang, s.Data.Site.Original()); doc != nil {
				all = append(all, Text{doc, lang.String() + "/" + path + "index.html"})
			}
		}
		for _, a := range s.Data.Pages {
			add(a, a.Slug+"/")
		}
		for _, t := range s.Towns {
			for _, a := range t.Official {
				add(a, t.RegulationPath())
			}
			for _, a := range t.News {
				add(a, t.NewsPath(a.Slug))
			}
			for _, l := range t.AnalyticLetters {
				r, _ := t.Record(jme.AnalyticLetters, l.ID)
				text := t.LetterText(l.ID)
				add(text, t.RecordPath(r))
				for _, year := range t.YearsOf(l) {
					add(text, t.StepPath(year, jme.StepLetter))
				}
			}
		}
	}
	return all
}

// Plan lists all pages: those of the first language in the order of kinds, then those of the
// next language. The error is a fault of the program.
func Plan(s *page.Site) (page.Pages, error) {
	in := make([]func(*page.Edition) page.Pages, len(kinds))
	if err := fault.InParallel(len(kinds), func(i int) { in[i] = kinds[i].Plan(s) }); err != nil {
		return page.Pages{}, err
	}
	var editions []*page.Edition
	for _, lang := range s.Data.Site.Langs() {
		editions = append(editions, s.EditionIn(lang))
	}
	lists := make([]page.Pages, len(editions)*len(kinds))
	err := fault.InParallel(len(lists), func(i int) { lists[i] = in[i%len(kinds)](editions[i/len(kinds)]) })
	return page.Joined(lists...), err
}
