package site

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// ChooserView is the page at the very top: which language?
type ChooserView struct {
	Base
	Editions []ChooserEdition
}

// ChooserEdition is one language's entry.
type ChooserEdition struct {
	Lang, Name, Href, Title, Description string
}

// chooser is the same for everybody: nobody is sent on by the language of a browser,
// which on many phones here is not the reader's.
func (s *site) chooser() Page {
	return Page{Path: "index.html", Render: func(b *bytes.Buffer) error {
		e := newEdition(s, locale.Ky)
		v := ChooserView{Base: e.base(func(to string) string { return "./" + to }, "", "", s.Data.Site.Description.Ky, nil)}
		v.Canonical = s.Data.Site.BaseURL
		for _, l := range locale.Langs {
			v.Editions = append(v.Editions, ChooserEdition{
				Lang: l.String(), Name: l.Name(), Href: "./" + l.String() + "/",
				Title: locale.For(l).T("site.chooser.go"), Description: s.Data.Site.Description.In(l),
			})
		}
		return s.templates.chooser.Execute(b, v)
	}}
}

// NotFoundView is the page for addresses that lead nowhere.
type NotFoundView struct {
	Base
	Editions []NotFoundEdition
}

// NotFoundEdition says it in one language.
type NotFoundEdition struct{ Lang, Title, Text, Home, HomeText string }

// notFound is shown at any depth, so its links start from the site's own path.
func (s *site) notFound() Page {
	return Page{Path: "404.html", Render: func(b *bytes.Buffer) error {
		top := "/"
		if u, err := url.Parse(s.Data.Site.BaseURL); err == nil && u.Path != "" {
			top = u.Path
		}
		e := newEdition(s, locale.Ky)
		v := NotFoundView{Base: e.base(func(to string) string { return top + to }, "", e.T("site.notfound.title"), "", nil)}
		for _, l := range locale.Langs {
			p := locale.For(l)
			v.Editions = append(v.Editions, NotFoundEdition{
				Lang: l.String(), Title: p.T("site.notfound.title"), Text: p.T("site.notfound.text"),
				Home: top + l.String() + "/", HomeText: p.T("site.notfound.home"),
			})
		}
		return s.templates.notFound.Execute(b, v)
	}}
}

// HomeView is the front page of an edition: where things stand in each municipality.
type HomeView struct {
	Base
	Description Said
	Towns       []TownCard
	News        []NewsItem
}

// TownCard is a municipality in a few lines.
type TownCard struct {
	Name      Said
	Href      string
	Year      string
	Step      string // "step 2 of 5"
	StepName  string
	StepText  string
	StepHref  string
	Next      *Deadline
	Overdue   string // "2 dates have passed", or empty
	Deadlines string // the page that lists them
	Results   *Tally
	ResultsOf string // "2025: what was found"
	Kept      *Kept  // of the same year
}

func (e *edition) home() Page {
	return page(e, "", e.templates.home, func(href func(string) string) HomeView {
		site := e.Data.Site
		v := HomeView{Base: e.base(href, "", "", site.Description.In(e.lang), nil), Description: e.said(site.Description)}
		for _, t := range e.towns {
			v.Towns = append(v.Towns, e.card(t, href))
			for _, item := range e.newsItems(t, href, 3) {
				item.Place = e.said(t.Settings.Name)
				v.News = append(v.News, item)
			}
		}
		slices.SortStableFunc(v.News, func(a, b NewsItem) int { return strings.Compare(b.ISO, a.ISO) })
		return v
	})
}

func (e *edition) card(t *town, href func(string) string) TownCard {
	m := t.Municipality
	card := TownCard{Name: e.said(m.Settings.Name), Href: e.to(href, townPath(m))}
	if c := t.current(); c != nil {
		steps := c.Steps(e.today())
		i := jme.Current(steps)
		card.Year = year(c.Year)
		if i < len(steps) {
			card.Step = e.F("site.step.of", locale.Args{"n": e.Int(i + 1), "of": e.Int(len(steps))})
			card.StepName = e.T("site.step." + string(steps[i].Name))
			card.StepText = e.stepText(steps[i])
			card.StepHref = e.to(href, stepPath(m, c.Year, string(steps[i].Name)))
		} else {
			card.Step = e.T("site.step.all")
			card.StepHref = e.to(href, yearPath(m, c.Year))
		}
	}
	card.Next, card.Overdue = e.next(t, href)
	card.Deadlines = e.to(href, deadlinesPath(m))
	if c := t.latestResults(); c != nil {
		card.Results = e.yearTally(m, c, href)
		card.ResultsOf = e.F("site.results.title", locale.Args{"Year": year(c.Year)})
		card.Kept = e.kept(t, c, href)
	}
	return card
}

// ArticleView is a text: a page of the site or a news item.
type ArticleView struct {
	Base
	Heading  Said
	Date     string
	Text     *Text
	Contents bool // show a table of contents
}

func (e *edition) article(t *town, a *jme.Article, path string) Page {
	return page(e, path, e.templates.article, func(href func(string) string) ArticleView {
		heading := e.said(a.Title)
		v := ArticleView{
			Base:    e.base(href, path, heading.Text, a.Description.In(e.lang), t),
			Heading: heading,
		}
		if t == nil {
			v.Crumbs = []Link{{Text: own(v.SiteTitle), Href: v.Home}}
		} else {
			v.crumb(own(e.T("site.menu.news")), e.to(href, newsPath(t.Municipality, "")))
			v.Date = e.Date(a.Date)
		}
		v.Text = e.text(a)
		v.Contents = t == nil && v.Text != nil && len(v.Text.Headings) > 3
		return v
	})
}

// NewsView lists a municipality's news.
type NewsView struct {
	Base
	Items []NewsItem
}

// NewsItem is a line of news.
type NewsItem struct {
	Date, ISO string
	Title     Said
	Href      string
	Place     Said // where several municipalities are together
}

func (e *edition) newsItems(t *town, href func(string) string, most int) []NewsItem {
	var items []NewsItem
	for _, a := range t.News[:min(most, len(t.News))] {
		items = append(items, NewsItem{
			Date: e.Date(a.Date), ISO: a.Date.Format("2006-01-02"), Title: e.said(a.Title),
			Href: e.to(href, newsPath(t.Municipality, a.Slug)),
		})
	}
	return items
}

func (e *edition) newsList(t *town) Page {
	path := newsPath(t.Municipality, "")
	return page(e, path, e.templates.news, func(href func(string) string) NewsView {
		return NewsView{
			Base:  e.base(href, path, e.T("site.menu.news")+" — "+t.Settings.Name.In(e.lang), "", t),
			Items: e.newsItems(t, href, len(t.News)),
		}
	})
}
