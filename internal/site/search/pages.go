package search

import (
	"html"
	"regexp"

	"achyk/internal/document"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/guide"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/wording"
)

// message returns the word for what a thing is.
func message(key string) func(*page.Edition) string {
	return func(e *page.Edition) string { return e.T("site.search.kind." + key) }
}

// article returns an article as a thing.
func article(t *page.Town, a *jme.Article, path, kind string) thing {
	return thing{
		path: path, town: t, named: true, level: levelText, kind: message(kind),
		title: func(e *page.Edition) page.Phrase { return page.Phrase{e.Text(a.Title)} },
		text:  func(p *page.Place) []string { return []string{a.Description.In(p.Lang), plain(p.Document(a))} },
	}
}

// guides returns the guides for clerks as things.
func guides(s *page.Site) (all []thing) {
	originals, _ := guide.In(s.EditionIn(s.Data.Site.Original()))
	for i, g := range originals {
		all = append(all, thing{
			path: page.GuidePath(g.Name), named: true, level: levelText, kind: message("guide"),
			title: func(e *page.Edition) page.Phrase {
				guides, l := guide.In(e)
				if l == e.Lang {
					return page.Own(guides[i].Title)
				}
				return page.Phrase{{Text: guides[i].Title, Lang: l.String()}}
			},
			text: func(p *page.Place) []string {
				guides, _ := guide.In(p.Edition)
				return []string{guides[i].Lead, words(guides[i].Text)}
			},
		})
	}
	return all
}

// town returns a municipality as a thing.
func town(t *page.Town) thing {
	return thing{
		path: t.Path(), town: t, named: true, kind: message("municipality"),
		title: func(e *page.Edition) page.Phrase { return page.Phrase{e.Text(t.Settings.Name)} },
		text: func(p *page.Place) []string {
			return []string{t.Settings.Introduction.In(p.Lang), t.Settings.Council.In(p.Lang), t.Settings.Executive.In(p.Lang)}
		},
	}
}

// bodies returns the bodies of a municipality that have a page as things. They are found by what they owe too.
func bodies(t *page.Town) (all []thing) {
	for _, body := range t.Bodies() {
		all = append(all, thing{
			path: t.BodyPath(body), town: t, named: true, kind: message("body"),
			title: func(e *page.Edition) page.Phrase { return page.Phrase{status.BodyName(e.At(t, ""), body)} },
			text: func(p *page.Place) (texts []string) {
				for _, c := range wording.Owed(&t.Regulation, body) {
					texts = append(texts, p.Text(wording.On(&t.Regulation, c, p.Today).Title).Text)
				}
				return texts
			},
		})
	}
	return all
}

// mainPages returns the pages of a municipality that its menu and its front page lead to, as things.
func mainPages(t *page.Town) (all []thing) {
	add := func(path string, year int, title, lead func(*page.Place) string) {
		all = append(all, thing{
			path: path, town: t, named: year == 0, year: year, kind: message("article"),
			title: func(e *page.Edition) page.Phrase { return page.Own(title(e.At(t, path))) },
			text:  func(p *page.Place) []string { return []string{lead(p)} },
		})
	}
	say := func(key string) func(*page.Place) string {
		return func(p *page.Place) string { return p.T("site." + key) }
	}
	on := func(key string) func(*page.Place) string {
		return func(p *page.Place) string { return p.F("site."+key, locale.Args{"day": p.AsOf(p.Today)}) }
	}
	add(t.DeadlinesPath(), 0, say("menu.deadlines"), on("deadlines.lead"))
	add(t.SubscribePath(), 0, say("subscribe.title"), func(p *page.Place) string {
		return p.F("site.subscribe.lead", locale.Args{"Town": p.TownName()})
	})
	add(t.RegulationPath(), 0, say("menu.regulation"), func(p *page.Place) string { return t.Regulation.Act.Title.In(p.Lang) })
	add(t.DataPath(), 0, say("menu.data"), say("data.lead"))
	add(t.MissingPath(), 0, say("missing.title"), on("missing.lead"))
	for _, c := range t.Cycles {
		for _, s := range t.Steps(c) {
			add(t.StepPath(c.Year, s.Name), c.Year, say("step."+string(s.Name)), func(p *page.Place) string { return page.Year(c.Year) })
		}
	}
	return all
}

// lists returns the lists of a municipality's registers as things.
func lists(t *page.Town) (all []thing) {
	for _, reg := range t.Tables {
		if s := reg.Schema; jme.Listed(s.Name) {
			all = append(all, thing{
				path: t.ListPath(s.Name), town: t, named: true, level: levelText, kind: message("list"),
				title: func(e *page.Edition) page.Phrase { return page.Phrase{e.Text(s.Title)} },
				text:  func(p *page.Place) []string { return []string{p.Text(s.Description).Text} },
			})
		}
	}
	return all
}

// clauses returns the clauses of a municipality's regulation as things.
func clauses(s *page.Site, t *page.Town) (all []thing) {
	for i := range t.Regulation.Clauses {
		c := wording.On(&t.Regulation, &t.Regulation.Clauses[i], s.Today)
		all = append(all, thing{
			path: t.ClausePath(c.Number), town: t, level: levelText, kind: message("clause"),
			title: func(e *page.Edition) page.Phrase {
				return page.Phrase{{Text: e.Clause(c.Number)}, e.Text(c.Title)}
			},
			text: func(p *page.Place) []string { return []string{p.Text(c.Summary).Text, p.Text(c.Duty).Text} },
		})
	}
	return all
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain returns the words of an article.
func plain(d *page.Document) string {
	if d == nil {
		return ""
	}
	return words(&d.Document)
}

// words returns the words of a document.
func words(d *document.Document) string {
	return html.UnescapeString(tag.ReplaceAllString(string(d.HTML), " "))
}
