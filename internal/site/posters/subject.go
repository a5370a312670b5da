// Package posters makes the posters and flyers of a town: one of each for every analytic letter, and for
// every service that was looked at in a year. It decides what stands on them, from the same values
// as the pages; package poster sets them as PDFs.
//
// A poster is printed, put up and photographed, so it outlives a build. What it says of itself must
// lead back for good:
//
//   - Its number has six digits, which can be read out and typed on any keyboard. It is computed
//     from the ids of the municipality and of the letter, or of the service and its year (number.go). Ids are
//     never changed nor given to another record, so neither is a number, whatever is added.
//   - The short address /t/<number>/ is a page of its own (short.go), which leads to what the poster
//     tells, in each language. It redirects nobody, because a browser does not know the
//     language of its reader.
//   - Two things may get the same number, which is rare: among 100 posters once in 180 sites. Then
//     both keep it, and the page says so and lists both.
//
// The front of a poster is in the language in which the site is written, its back in the next one.
package posters

import (
	"cmp"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// subject is what a poster is about: an analytic letter, or a service in a year.
type subject struct {
	town        *page.Town
	record      jme.Record // of the letter or the service
	letter      *jme.AnalyticLetter
	service     *jme.Service
	year        int
	assessments []*jme.Assessment
}

// subjects lists the subjects of a town: the letters, then the services by year, the newest first.
func subjects(t *page.Town) (all []*subject) {
	for _, l := range t.AnalyticLetters {
		all = append(all, ofLetter(t, l)...)
	}
	for _, s := range t.Services {
		all = append(all, ofService(t, s)...)
	}
	return all
}

// ofLetter returns the letter as subject, or nothing if it is in no register. It is about the assessments
// whose reports it names, or about all of its year if it names none.
func ofLetter(t *page.Town, l *jme.AnalyticLetter) []*subject {
	r, ok := t.Record(jme.AnalyticLetters, l.ID)
	if !ok {
		return nil
	}
	years, reports := t.YearsOf(l), strings.Fields(l.Reports)
	x := &subject{town: t, record: r, letter: l, year: slices.Max(years)}
	for _, a := range t.Assessments {
		named := slices.ContainsFunc(a.Reports, func(r *jme.Report) bool { return slices.Contains(reports, r.ID) })
		if named || len(reports) == 0 && slices.Contains(years, a.Year) {
			x.assessments = append(x.assessments, a)
		}
	}
	return []*subject{x}
}

// ofService returns the service in each year in which it was looked at, the newest first.
func ofService(t *page.Town, s *jme.Service) (all []*subject) {
	r, ok := t.Record("services", s.ID)
	if !ok {
		return nil
	}
	for _, a := range t.Assessments {
		if !a.Service.Is(s) || a.Year == 0 {
			continue
		}
		i := slices.IndexFunc(all, func(x *subject) bool { return x.year == a.Year })
		if i < 0 {
			i = len(all)
			all = append(all, &subject{town: t, record: r, service: s, year: a.Year})
		}
		all[i].assessments = append(all[i].assessments, a)
	}
	slices.SortFunc(all, func(a, b *subject) int { return cmp.Compare(b.year, a.year) })
	return all
}

// findings returns what was found.
func (x *subject) findings() (all []*jme.Finding) {
	for _, a := range x.assessments {
		all = append(all, a.Findings...)
	}
	return all
}

// unmet returns the findings of norms that were not kept, then of those that were kept in part. Of each
// kind it takes one of every service in turn, or of every provider of the service, so that a poster shows
// more than the first of them. The service with the most norms that were not kept comes first.
func (x *subject) unmet() (all []*jme.Finding) {
	groups := x.groups()
	for of := range 2 {
		var turns [][]*jme.Finding
		for _, g := range groups {
			for i, f := range g[of] {
				if i == len(turns) {
					turns = append(turns, nil)
				}
				turns[i] = append(turns[i], f)
			}
		}
		all = append(all, slices.Concat(turns...)...)
	}
	return all
}

// groups returns the findings of norms not kept and kept in part, by service or by provider: the worst first.
func (x *subject) groups() [][2][]*jme.Finding {
	var groups [][2][]*jme.Finding
	at := map[string]int{}
	for _, f := range x.findings() {
		if !f.Unmet() {
			continue
		}
		a := f.Assessment.Get()
		of := a.Provider.ID
		if x.letter != nil {
			of = a.Service.ID
		}
		i, known := at[of]
		if !known {
			i = len(groups)
			at[of], groups = i, append(groups, [2][]*jme.Finding{})
		}
		if f.Verdict == jme.NonCompliant {
			groups[i][0] = append(groups[i][0], f)
		} else {
			groups[i][1] = append(groups[i][1], f)
		}
	}
	slices.SortStableFunc(groups, func(a, b [2][]*jme.Finding) int {
		return cmp.Or(cmp.Compare(len(b[0]), len(a[0])), cmp.Compare(len(b[1]), len(a[1])))
	})
	return groups
}

// later returns the assessments that found something of the same services in a later year, by year.
func (x *subject) later() (all []*jme.Assessment) {
	for _, a := range x.town.Assessments {
		again := func(b *jme.Assessment) bool { return b.Service.Is(a.Service.Get()) }
		if a.Year > x.year && a.Service.Get() != nil && len(a.Findings) > 0 && slices.ContainsFunc(x.assessments, again) {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b *jme.Assessment) int { return cmp.Compare(a.Year, b.Year) })
	return all
}

// concerns reports whether a record is about the subject: a discussion of the letter, what was
// recommended or promised, the letter and the assessments themselves.
func (x *subject) concerns(register, id string) bool {
	m := x.town.Municipality
	if register == jme.AnalyticLetters {
		return x.letter != nil && x.letter.ID == id
	}
	if e := jme.Get[jme.Event](m, id); register == "events" && e != nil && e.Letter.Is(x.letter) {
		return true
	}
	a := x.town.Assessment(register, id)
	return a != nil && slices.Contains(x.assessments, a)
}
