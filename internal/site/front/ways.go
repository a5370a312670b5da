package front

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// Ways lead from a front page to the pages of services, places, bodies or providers, by name.
type Ways struct {
	Title string
	Links []page.Link
	More  page.Link // to the list, where there are more than the page shows; else empty

	Former page.Link // to the list, with the number of those that are no longer valid; empty if there are none
}

// mostWays is how many links of one kind a front page shows.
const mostWays = 24

// waysTo returns links to those records of a register that are valid today. get takes apart a record:
// its name, its id and the last day on which it is valid.
func waysTo[T any](p *page.Place, title, register string, all []*T, get func(*T) (name locale.Text, id string, last jme.Date)) *Ways {
	w, former := &Ways{Title: p.T(title)}, 0
	for _, x := range all {
		name, id, last := get(x)
		if last.IsZero() || !last.Day().Before(p.Today) {
			w.Links = append(w.Links, page.Link{Text: page.Phrase{p.Text(name)}, Href: p.Record(register, id).Href})
		} else {
			former++
		}
	}
	if len(w.Links) == 0 {
		return nil
	}
	slices.SortStableFunc(w.Links, func(a, b page.Link) int { return p.Compare(a.Text.String(), b.Text.String()) })
	if rest := len(w.Links) - mostWays; rest > 0 {
		w.Links = w.Links[:mostWays]
		w.More = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(p.Town.ListPath(register))}
	}
	if former > 0 { // else the list would have more than the page, without a reason
		w.Former = page.Link{Text: page.Own(p.N("site.ways.former", former)), Href: p.To(p.Town.ListPath(register))}
	}
	return w
}

// shown returns the ways that lead somewhere.
func shown(all ...*Ways) []*Ways {
	return slices.DeleteFunc(all, func(w *Ways) bool { return w == nil })
}

// services returns the ways to the pages of services.
func services(p *page.Place) *Ways {
	return waysTo(p, "site.ways.services", "services", p.Town.Services, func(s *jme.Service) (locale.Text, string, jme.Date) { return s.Name, s.ID, s.ValidTo })
}

// places returns the ways to the pages of territories.
func places(p *page.Place) *Ways {
	return waysTo(p, "site.ways.places", "territories", p.Town.Territories, func(t *jme.Territory) (locale.Text, string, jme.Date) { return t.Name, t.ID, t.ValidTo })
}

// bodies returns the ways to the pages of those who have duties.
func bodies(p *page.Place) *Ways {
	if links := status.Bodies(p, ""); len(links) > 0 {
		return &Ways{Title: p.T("site.ways.bodies"), Links: links}
	}
	return nil
}

// providers returns the ways to the pages of providers.
func providers(p *page.Place) *Ways {
	return waysTo(p, "site.ways.providers", "providers", p.Town.Providers, func(x *jme.Provider) (locale.Text, string, jme.Date) { return x.Name, x.ID, x.ValidTo })
}
