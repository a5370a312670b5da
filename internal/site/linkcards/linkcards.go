// Package linkcards makes the pictures that messengers show beside a link to the site: of each town, service,
// analytic letter, and finding of the newest year with findings. A picture says what its page says: the town,
// the verdict, the day and the site, in the language of the page. Package linkcard draws it.
//
// There may be thousands of findings, and a picture takes 10 ms and 20 kB in each language. So findings of
// earlier years, and those above a limit, have the picture of their service. A site without an address of its own has
// no pictures, because messengers ask for an absolute address.
package linkcards

import (
	"io"
	"strings"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/linkcard"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/posters"
	"achyk/internal/site/status"
)

// mostFindings is how many findings of a town have a picture of their own.
const mostFindings = 300

// Files are the pictures of all towns, in all languages.
func Files(s *page.Site) (all []files.File) {
	if s.Data.Site.BaseURL == "" {
		return nil
	}
	for _, l := range s.Data.Site.Langs() {
		e := s.EditionIn(l)
		for _, t := range e.Towns {
			p := e.At(t, "")
			add := func(path string, make func() linkcard.Card) {
				all = append(all, files.File{Path: path, Write: func(w io.Writer) error { return linkcard.Write(w, make()) }})
			}
			add(t.PictureFile("", l), func() linkcard.Card { return town(p) })
			for _, x := range t.Services {
				add(t.PictureFile("services/"+x.ID, l), func() linkcard.Card { return subject(p, "services", x.ID) })
			}
			for _, x := range t.AnalyticLetters {
				add(t.PictureFile(jme.AnalyticLetters+"/"+x.ID, l), func() linkcard.Card { return subject(p, jme.AnalyticLetters, x.ID) })
			}
			for _, f := range pictured(t) {
				add(t.PictureFile("findings/"+f.ID, l), func() linkcard.Card { return finding(p, f) })
			}
		}
	}
	return all
}

// pictured returns the findings that have a picture of their own.
func pictured(t *page.Town) []*jme.Finding {
	c := t.LatestResults()
	if c == nil {
		return nil
	}
	return c.Findings[:min(len(c.Findings), mostFindings)]
}

// OfTown returns the picture of the town.
func OfTown(p *page.Place) *page.LinkCard { return picture(p, "", town(p)) }

// OfRecord returns the picture of a service, letter or finding. It is nil for other records.
func OfRecord(p *page.Place, register, id string) *page.LinkCard {
	switch register {
	case "services", jme.AnalyticLetters:
		return picture(p, register+"/"+id, subject(p, register, id))
	case "findings":
		for _, f := range pictured(p.Town) {
			if f.ID == id {
				return picture(p, "findings/"+id, finding(p, f))
			}
		}
		if f := jme.Get[jme.Finding](p.Town.Municipality, id); f != nil && f.Assessment.Get() != nil {
			if s := f.Assessment.Get().Service.Get(); s != nil {
				return OfRecord(p, "services", s.ID)
			}
		}
	}
	return nil
}

// picture returns a card as pages name it.
func picture(p *page.Place, of string, c linkcard.Card) *page.LinkCard {
	site := p.Data.Site
	if site.BaseURL == "" {
		return nil
	}
	return &page.LinkCard{
		Address: site.BaseURL + p.Town.PictureFile(of, p.Lang), Alt: strings.TrimSuffix(c.Title, ".") + ". " + c.Says,
		Width: linkcard.Width, Height: linkcard.Height,
	}
}

// card returns a card with what all have in common.
func card(p *page.Place, kicker, title, says string) linkcard.Card {
	c := linkcard.Card{Kicker: kicker, Title: title, Says: says, Foot: p.Date(p.Today) + " · " + p.Data.Site.Title.In(p.Lang)}
	if p.Data.Site.Demonstration {
		c.Notice = p.T("site.sample")
	}
	return c
}

// town says what was found in the newest year with findings.
func town(p *page.Place) linkcard.Card {
	says, kicker := p.T("site.poster.nothing"), ""
	if c := p.Town.LatestResults(); c != nil {
		kicker = p.F("site.results.title", locale.Args{"Year": page.Year(c.Year)})
		says = status.TallyOf(p, c.Findings).Sentence
	}
	return card(p, kicker, p.TownName(), says)
}

// subject says of a letter or a service what its poster says.
func subject(p *page.Place, register, id string) linkcard.Card {
	title, says := posters.Says(p, register, id)
	return card(p, p.TownName(), title.Text, says)
}

// finding says whether a norm was kept, then what was found: a norm in the largest type would read as a fact.
func finding(p *page.Place, f *jme.Finding) linkcard.Card {
	kicker, says := p.TownName(), f.Text
	if a := f.Assessment.Get(); a != nil {
		if s := a.Service.Get(); s != nil {
			kicker += " · " + p.Text(s.Name).Text + ", " + page.Year(a.Year)
		}
	}
	if q := f.Requirement.Get(); q != nil && says.IsZero() {
		says = q.Text
	}
	r, _ := p.Town.Record("findings", f.ID)
	return card(p, kicker, status.Of(p, r)[0].String(), p.Text(says).Text)
}
