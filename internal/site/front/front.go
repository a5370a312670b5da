// Package front makes the pages through which readers come in: the choice of a language, the
// front page of an edition, the front page of a municipality, articles and news, and the page
// for addresses that lead nowhere.
package front

import (
	"cmp"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// ChooserView is the page at the top of the site, where readers choose a language.
type ChooserView struct {
	page.Base
	Editions []EditionChoice
}

// EditionChoice is an edition, with the front pages of its municipalities if there are few.
type EditionChoice struct {
	page.LanguageChoice
	Towns []page.Link
}

// mostTowns is how many municipalities the page names.
const mostTowns = 8

// Chooser is the same page for everybody. It does not redirect readers to the language of their
// browser, because on many phones here that is not the language of the reader.
var Chooser = page.Single[ChooserView]{Template: "chooser", Path: "index.html", View: func(s *page.Site) ChooserView {
	site := s.Data.Site
	v := ChooserView{Base: s.EditionIn(site.Original()).WithRoot(nil, "", "./").Base("", site.Description.Get(site.Original()))}
	v.Canonical = site.BaseURL
	for _, l := range site.Langs() {
		choice := EditionChoice{LanguageChoice: page.LanguageChoice{
			Lang: l.String(), Name: l.Name(), Href: "./" + l.String() + "/",
			Title: locale.For(l).T("site.chooser.go"), Description: site.Description.In(l),
		}}
		if p := s.EditionIn(l).WithRoot(nil, "", "./"+l.String()+"/"); len(s.Towns) <= mostTowns {
			for _, t := range s.Towns {
				choice.Towns = append(choice.Towns, page.Link{Text: page.Phrase{p.Text(t.Settings.Name)}, Href: "./" + l.String() + "/" + t.Path()})
			}
		}
		v.Editions = append(v.Editions, choice)
	}
	return v
}}

// NotFoundView is the page for addresses that lead nowhere.
type NotFoundView struct {
	page.Base
	Editions []NotFoundEdition
}

// NotFoundEdition says in one language that there is no such page.
type NotFoundEdition struct{ Lang, Title, Text, Home, HomeText string }

// NotFound may be shown at an address of any depth, so its links begin with the path of the
// site.
var NotFound = page.Single[NotFoundView]{Template: "notfound", Path: "404.html", View: func(s *page.Site) NotFoundView {
	top := cmp.Or(s.Address.Path, "/")
	p := s.EditionIn(s.Data.Site.Original()).WithRoot(nil, "", top)
	v := NotFoundView{Base: p.Base(p.T("site.notfound.title"), "")}
	for _, l := range s.Data.Site.Langs() {
		say := locale.For(l)
		v.Editions = append(v.Editions, NotFoundEdition{
			Lang: l.String(), Title: say.T("site.notfound.title"), Text: say.T("site.notfound.text"),
			Home: top + l.String() + "/", HomeText: say.T("site.notfound.home"),
		})
	}
	return v
}}

// HomeView is the front page of an edition. It says how each municipality stands.
type HomeView struct {
	page.Base
	Description page.Text
	Towns       []TownCard
	News        []NewsItem
	MoreNews    []page.Link // to the municipalities that have more news
	Desk        string      // the page on which clerks check a spreadsheet
}

// TownCard is a municipality on the front page of an edition.
type TownCard struct {
	Name      page.Text
	Href      string
	Year      string
	Step      string // "step 2 of 5"
	StepName  string
	StepText  string
	StepHref  string
	Services  *Ways
	Next      *status.Deadline
	Overdue   string // "2 dates have passed"; empty if none has
	Deadlines string // the page of deadlines
	Results   *status.Tally
	ResultsOf string       // "2025: what was found"
	Kept      *status.Kept // the outcomes of the same year
}

// Home is the front page of an edition.
var Home = page.Kind[HomeView]{Template: "home", Style: page.Front, Pages: func(s *page.Site, add page.Add[HomeView]) { add(nil, "", home) }}

// newsOfTown is how many news items of each municipality a front page shows.
const newsOfTown = 3

// home returns the front page of an edition.
func home(p *page.Place) HomeView {
	description := p.Data.Site.Description
	v := HomeView{Base: p.Base("", description.In(p.Lang)), Description: p.Text(description), Desk: p.To(page.DeskPath)}
	for _, t := range p.Towns {
		v.Towns = append(v.Towns, card(p.About(t)))
		for _, item := range newsItems(p.About(t), newsOfTown) {
			item.Place = p.Text(t.Settings.Name)
			v.News = append(v.News, item)
		}
		if more := moreNews(p.About(t), newsOfTown); more.Href != "" {
			more.Text = append(page.Phrase{p.Text(t.Settings.Name)}, more.Text...)
			v.MoreNews = append(v.MoreNews, more)
		}
	}
	slices.SortStableFunc(v.News, func(a, b NewsItem) int { return strings.Compare(b.ISO, a.ISO) })
	return v
}

// card returns a municipality for the front page of an edition.
func card(p *page.Place) TownCard {
	t := p.Town
	v := TownCard{Name: p.Text(t.Settings.Name), Href: p.To(t.Path()), Deadlines: p.To(t.DeadlinesPath()), Services: services(p)}
	if c := t.Current(); c != nil {
		stepper := status.StepsOf(p, c, "")
		v.Year, v.Step, v.StepHref = page.Year(c.Year), stepper.StepOf, p.To(t.YearPath(c.Year))
		if at := stepper.Current; at != nil {
			v.StepName, v.StepText, v.StepHref = at.Name, at.Text, at.Href
		}
	}
	v.Next, v.Overdue = status.Next(p)
	if c := t.LatestResults(); c != nil {
		v.Results, v.ResultsOf, v.Kept = status.YearTally(p, c), resultsTitle(p, c), status.KeptIn(p, c)
	}
	return v
}

// resultsTitle returns the heading above the findings of a year.
func resultsTitle(p *page.Place, c *jme.Cycle) string {
	return p.F("site.results.title", locale.Args{"Year": page.Year(c.Year)})
}
