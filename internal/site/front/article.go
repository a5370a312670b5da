package front

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// ArticleView is a page of the site or a news item.
type ArticleView struct {
	page.Base
	Heading  page.Text
	Date     string
	Text     *page.Document
	Contents bool // the article has a table of contents
}

// Articles are the articles of the site and the news of each municipality.
var Articles = page.Kind[ArticleView]{Template: "article", Pages: func(s *page.Site, add page.Add[ArticleView]) {
	for _, a := range s.Data.Pages {
		add(nil, a.Slug+"/", func(p *page.Place) ArticleView { return article(p, a) })
	}
	for _, t := range s.Towns {
		for _, a := range t.News {
			add(t, t.NewsPath(a.Slug), func(p *page.Place) ArticleView { return newsArticle(p, a) })
		}
	}
}}

// headingsForContents is how many headings an article needs to have a table of contents.
const headingsForContents = 4

// article returns a page of the site.
func article(p *page.Place, a *jme.Article) ArticleView {
	heading := p.Text(a.Title)
	v := ArticleView{Base: p.Base(heading.Text, a.Description.In(p.Lang)), Heading: heading, Text: p.Document(a)}
	v.Crumbs = []page.Link{{Text: page.Own(v.SiteTitle), Href: v.Home}}
	v.OfArticle(p, a)
	v.Contents = v.Text != nil && len(v.Text.Headings) >= headingsForContents
	return v
}

// newsArticle returns a news item.
func newsArticle(p *page.Place, a *jme.Article) ArticleView {
	heading := p.Text(a.Title)
	v := ArticleView{Base: p.Base(heading.Text, a.Description.In(p.Lang)), Heading: heading, Text: p.Document(a), Date: p.Date(a.Date)}
	v.OfArticle(p, a)
	v.Crumb(page.Own(p.T("site.menu.news")), p.To(p.Town.NewsPath("")))
	return v
}

// NewsView lists the news of a municipality.
type NewsView struct {
	page.Base
	Items []NewsItem
}

// NewsItem is a line in a list of news.
type NewsItem struct {
	Date, ISO string
	Title     page.Text
	Href      string
	Place     page.Text // the municipality, in a list of several municipalities' news
}

// News are the lists of the news of each municipality.
var News = page.Kind[NewsView]{Template: "news", Pages: func(s *page.Site, add page.Add[NewsView]) {
	for _, t := range s.Towns {
		add(t, t.NewsPath(""), func(p *page.Place) NewsView {
			return NewsView{
				Base:  p.TownBase(p.T("site.menu.news"), ""),
				Items: newsItems(p, len(t.News)),
			}
		})
	}
}}

// moreNews returns a link to the news of a municipality that says how many a list of the given
// length leaves out. It is empty if the list has all.
func moreNews(p *page.Place, most int) (link page.Link) {
	if rest := len(p.Town.News) - most; rest > 0 {
		link = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(p.Town.NewsPath(""))}
	}
	return link
}

// newsItems returns the newest news of a municipality, at most the given number.
func newsItems(p *page.Place, most int) []NewsItem {
	var items []NewsItem
	for _, a := range p.Town.News[:min(most, len(p.Town.News))] {
		items = append(items, NewsItem{
			Date: p.Date(a.Date), ISO: a.Date.Format(time.DateOnly), Title: p.Text(a.Title),
			Href: p.To(p.Town.NewsPath(a.Slug)),
		})
	}
	return items
}
