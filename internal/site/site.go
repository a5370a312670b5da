// Package site turns a Dataset into the pages of a website: one list of all kinds of pages,
// which the rooms below make.
//
//	page       what all pages have in common: editions, places, links, values, templates
//	status     how things stand, in sentences and sums that several kinds of pages show
//	front      the ways in: choice of a language, front pages, texts, news
//	year       a cycle: its overview and its steps
//	clauses    the regulation and its clock: clauses, outcomes, rules, deadlines, missing records
//	registers  lists of records, and records
//	changes    what commits did to the registers, and feeds
//	data       open data and the dictionary of columns
//	offline    the pages inside a ZIP
//
// Addresses are made in page/address.go. They are the same in every language but for the
// first segment, and links are relative, so the site works below any path.
package site

import (
	"io/fs"
	"slices"

	"achyk/internal/locale"
	"achyk/internal/site/changes"
	"achyk/internal/site/clauses"
	"achyk/internal/site/data"
	"achyk/internal/site/front"
	"achyk/internal/site/offline"
	"achyk/internal/site/page"
	"achyk/internal/site/registers"
	"achyk/internal/site/year"
)

// kinds are all kinds of pages of the site. A new kind of page is a file in one of the
// rooms, a template in package layouts, and a line here.
var kinds = []page.AnyKind{
	front.Chooser, front.NotFound, front.Home, front.Towns, front.Articles, front.News,
	year.Overviews, year.Choices, year.Contests, year.Groups, year.Findings, year.Letters, year.Answers,
	clauses.Regulations, clauses.Outcomes, clauses.Rules, clauses.Deadlines, clauses.Calendars, clauses.Missing,
	registers.Lists, registers.Records,
	changes.Lists, changes.Feeds,
	data.Pages, data.Dictionaries,
}

// Parse reads the layouts, *.html and *.css, and checks them; see page.Parse.
func Parse(layouts fs.FS) (*page.Templates, error) {
	return page.Parse(layouts, slices.Concat(offline.Kinds, kinds))
}

// Plan lists all pages, in a fixed order.
func Plan(s *page.Site) []page.Page {
	var pages []page.Page
	for _, lang := range locale.Langs {
		e := s.EditionIn(lang)
		for _, k := range kinds {
			pages = append(pages, k.Plan(e)...)
		}
	}
	return pages
}
