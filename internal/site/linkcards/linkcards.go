// Package linkcards makes the pictures that messengers show beside a link to the site: of each town, year, service,
// provider, body, analytic letter, and finding of the newest year with findings. A picture says what its page says:
// the town, the verdict, the day and the site, in the language of the page. The description of the page begins
// with the same verdict (page.Base.Pictured). Package linkcard draws it.
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
	"achyk/internal/site/charts"
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
		e := s.Unmarked(l)
		for _, t := range e.Towns {
			p := e.At(t, "")
			add := func(path string, make func() linkcard.Card) {
				all = append(all, files.File{Path: t.PictureFile(path, l), Write: func(w io.Writer) error { return linkcard.Write(w, make()) }})
			}
			add("", func() linkcard.Card { return town(p) })
			for _, c := range t.Cycles {
				add(page.Year(c.Year), func() linkcard.Card { return year(p, c) })
			}
			for _, x := range t.Services {
				add("services/"+x.ID, func() linkcard.Card { return service(p, x) })
			}
			for _, x := range t.Providers {
				add("providers/"+x.ID, func() linkcard.Card { return provider(p, x) })
			}
			for _, x := range t.Bodies() {
				add("bodies/"+x, func() linkcard.Card { return body(p, x) })
			}
			for _, x := range t.AnalyticLetters {
				add(jme.AnalyticLetters+"/"+x.ID, func() linkcard.Card { return letter(p, x) })
			}
			for _, f := range pictured(t) {
				add("findings/"+f.ID, func() linkcard.Card { return finding(p, f) })
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

// OfYear returns the picture of a year.
func OfYear(p *page.Place, c *jme.Cycle) *page.LinkCard {
	return picture(p, page.Year(c.Year), year(p, c))
}

// OfBody returns the picture of a body of wording.Bodies.
func OfBody(p *page.Place, of string) *page.LinkCard { return picture(p, "bodies/"+of, body(p, of)) }

// OfRecord returns the picture of a service, provider, letter or finding. It is nil for other records.
func OfRecord(p *page.Place, register, id string) *page.LinkCard {
	m, path := p.Town.Municipality, register+"/"+id
	switch register {
	case "services":
		if x := jme.Get[jme.Service](m, id); x != nil {
			return picture(p, path, service(p, x))
		}
	case "providers":
		if x := jme.Get[jme.Provider](m, id); x != nil {
			return picture(p, path, provider(p, x))
		}
	case jme.AnalyticLetters:
		if x := jme.Get[jme.AnalyticLetter](m, id); x != nil {
			return picture(p, path, letter(p, x))
		}
	case "findings":
		return ofFinding(p, id)
	}
	return nil
}

// ofFinding returns the picture of a finding, or of its service. Neither is what the description begins with, which
// says by itself how the finding stands.
func ofFinding(p *page.Place, id string) (c *page.LinkCard) {
	for _, f := range pictured(p.Town) {
		if f.ID == id {
			c = picture(p, "findings/"+id, finding(p, f))
		}
	}
	if f := jme.Get[jme.Finding](p.Town.Municipality, id); c == nil && f != nil && f.Assessment.Get() != nil {
		c = OfRecord(p, "services", f.Assessment.Get().Service.ID)
	}
	if c != nil {
		c.Says = ""
	}
	return c
}

// picture returns a card as pages name it.
func picture(p *page.Place, of string, c linkcard.Card) *page.LinkCard {
	v := &page.LinkCard{Alt: strings.TrimSuffix(c.Title, ".") + ". " + c.Says, Width: linkcard.Width, Height: linkcard.Height, Says: c.Says}
	if site := p.Data.Site; site.BaseURL != "" {
		v.Address = site.BaseURL + p.Town.PictureFile(of, p.Lang)
	}
	return v
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
	says := p.T("site.poster.nothing")
	if c := p.Town.LatestResults(); c != nil {
		says = status.Found(p, c.Year, c.Findings)
	}
	return card(p, "", p.TownName(), says)
}

// year says what was found in it, or at which step it is if nothing was found yet.
func year(p *page.Place, c *jme.Cycle) linkcard.Card {
	says := status.Found(p, c.Year, c.Findings)
	if says == "" {
		says = status.StepsOf(p, c, "").Sentence
	}
	return card(p, p.F("site.year.title", locale.Args{"Year": page.Year(c.Year)}), p.TownName(), says)
}

// service says what was found of it last.
func service(p *page.Place, x *jme.Service) linkcard.Card {
	return checked(p, "service", p.Text(x.Name), func(a *jme.Assessment) bool { return a.Service.Is(x) })
}

// provider says what was found of it last.
func provider(p *page.Place, x *jme.Provider) linkcard.Card {
	return checked(p, "provider", p.Text(x.Name), func(a *jme.Assessment) bool { return a.Provider.Is(x) })
}

// checked says what assessments of a service or a provider found.
func checked(p *page.Place, kind string, name page.Text, of func(*jme.Assessment) bool) linkcard.Card {
	var assessments []*jme.Assessment
	for _, a := range p.Town.Assessments {
		if of(a) {
			assessments = append(assessments, a)
		}
	}
	return card(p, p.TownName(), name.Text, status.Checked(p, kind, assessments))
}

// body says how it kept what it owes.
func body(p *page.Place, of string) linkcard.Card {
	return card(p, p.TownName(), status.BodyName(p, of).Text, charts.BodySays(p, of)[0])
}

// letter says what its poster says.
func letter(p *page.Place, x *jme.AnalyticLetter) linkcard.Card {
	return card(p, p.TownName(), p.Text(x.Title).Text, posters.Says(p, x))
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
