package status

import (
	"fmt"
	"slices"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Tally counts findings by verdict, in a sentence, in numbers and in a bar.
type Tally struct {
	Sentence string // "24 requirements: 7 not met, 5 partly met, 12 met"
	Short    string // the same without those that are met or not checked, if there are others: for where all are counted beside it
	Href     string // the page with the findings; empty if they are on the same page
	Parts    []TallyPart
}

// TallyPart is the share of one verdict. X is where its part of the bar begins and Width how
// wide it is, in percent of the bar.
type TallyPart struct {
	Mark, Label, Count string
	X, Width           string
}

// Newest returns the newest year in which assessments found something, and what they found in it; no findings if
// none found anything.
func Newest(assessments []*jme.Assessment) (year int, found []*jme.Finding) {
	for _, a := range assessments {
		if len(a.Findings) > 0 {
			year = max(year, a.Year)
		}
	}
	for _, a := range assessments {
		if a.Year == year {
			found = append(found, a.Findings...)
		}
	}
	return year, found
}

// Found says what was found last, and when: "2025: what was found. 3 of 7 norms were not kept." It is what both the
// description of a page and its picture for messengers say; it is empty if nothing was found.
func Found(p *page.Place, year int, found []*jme.Finding) string {
	t := TallyOf(p, found)
	if t == nil {
		return ""
	}
	return p.F("site.results.title", locale.Args{"Year": page.Year(year)}) + ". " + t.Sentence + "."
}

// Checked says of a service or a provider (kind) what Found says, or how far its newest assessment is, or that
// nobody looked at it.
func Checked(p *page.Place, kind string, assessments []*jme.Assessment) string {
	if year, found := Newest(assessments); len(found) > 0 {
		return Found(p, year, found)
	}
	return Unfound(p, kind, assessments).Text
}

// Unfound is the sentence of a service or a provider of which nothing was found yet.
func Unfound(p *page.Place, kind string, assessments []*jme.Assessment) Sentence {
	if len(assessments) == 0 {
		return Sentence{Mark: "not-checked", Text: p.T("site.subject.unchecked_" + kind)}
	}
	return Assessment(p, Latest(assessments))
}

// Latest returns the assessment of the latest year. There must be one.
func Latest(assessments []*jme.Assessment) *jme.Assessment {
	return slices.MaxFunc(assessments, func(a, b *jme.Assessment) int { return a.Year - b.Year })
}

// TallyOf counts findings by verdict. It returns nil if there are none.
func TallyOf(p *page.Place, findings []*jme.Finding) *Tally {
	if len(findings) == 0 {
		return nil
	}
	counts, all := CountVerdicts(findings), len(findings)
	t := &Tally{Sentence: tallied(p, all, counts, 2, 1, 0, 3), Short: tallied(p, all, counts, 2, 1)}
	if counts[1]+counts[2] == 0 {
		t.Short = t.Sentence
	}
	at := 0
	for i, mark := range Verdicts {
		if n := counts[i]; n > 0 {
			t.Parts = append(t.Parts, TallyPart{
				Mark: mark, Label: p.T("site.mark." + mark), Count: p.Int(n), X: Share(at, all), Width: Share(n, all),
			})
			at += n
		}
	}
	return t
}

// tallied says how many of all requirements have which of some verdicts. A verdict that none has is left out; that none was "not met"
// cannot hide those that were met in part only.
func tallied(p *page.Place, all int, counts [4]int, verdicts ...int) string {
	var parts locale.List
	for _, i := range verdicts {
		if n := counts[i]; n > 0 {
			parts = append(parts, p.F("site.tallied."+Verdicts[i], locale.Args{"n": n}))
		}
	}
	return p.NF("site.tally", all, locale.Args{"parts": parts})
}

// YearTally returns the tally of a year, with a link to the findings.
func YearTally(p *page.Place, c *jme.Cycle) *Tally {
	t := TallyOf(p, c.Findings)
	if t != nil {
		t.Href = p.To(p.Town.StepPath(c.Year, jme.StepFindings))
	}
	return t
}

// Share returns a part of a whole in percent, with one decimal and a point.
func Share(part, whole int) string {
	if whole == 0 {
		return "0"
	}
	return fmt.Sprintf("%.1f", 100*float64(part)/float64(whole))
}

// ServiceResult is the result of one assessment.
type ServiceResult struct {
	Name     page.Phrase
	Provider page.Phrase
	Href     string
	Tally    *Tally   // nil if there are no findings yet
	Status   Sentence // set if Tally is nil
}

// Results returns the results of the assessments of a year.
func Results(p *page.Place, c *jme.Cycle) []ServiceResult {
	var results []ServiceResult
	for _, a := range c.Assessments {
		line := ServiceResult{Href: p.To(p.Town.StepPath(c.Year, jme.StepFindings)) + "#" + a.ID, Tally: TallyOf(p, a.Findings)}
		if s := a.Service.Get(); s != nil {
			line.Name = page.Phrase{p.Text(s.Name)}
		}
		if x := a.Provider.Get(); x != nil {
			line.Provider = page.Phrase{p.Text(x.Name)}
		}
		if line.Name == nil {
			line.Name, line.Provider = line.Provider, nil
		}
		if line.Name == nil {
			line.Name = p.Record("assessments", a.ID).Text
		}
		if line.Tally == nil {
			line.Status = Assessment(p, a)
		}
		results = append(results, line)
	}
	return results
}

// Silence counts recommendations that nobody answered.
type Silence struct {
	Sentence string
	Href     string
}

// Silent counts the recommendations of all years that nobody answered. It returns nil if there are none.
// It leads to the answers of the year if they are all of one.
func Silent(p *page.Place) *Silence {
	n, href, years := 0, p.Town.MissingPath(), map[int]bool{}
	for i := range p.Town.Missing {
		if x := &p.Town.Missing[i]; x.Reason == judgement.NotAnswered {
			n++
			years[x.Year()] = true
		}
	}
	for year := range years {
		if len(years) == 1 && year != 0 {
			href = p.Town.StepPath(year, jme.StepAnswers)
		}
	}
	if n == 0 {
		return nil
	}
	return &Silence{
		Sentence: p.NF("site.silence", n, locale.Args{"all": len(p.Town.Recommendations)}),
		Href:     p.To(href) + "#" + string(judgement.NotAnswered),
	}
}

// CountUnanswered counts the recommendations of a year that nobody answered.
func CountUnanswered(p *page.Place, c *jme.Cycle) int {
	n := 0
	for _, r := range c.Recommendations {
		if r.Answer(p.Today) == jme.AnswerNone {
			n++
		}
	}
	return n
}

// MissingIn returns a link to the page of the records that a year lacks, which says how many there are.
func MissingIn(p *page.Place, year int) page.Link {
	text := p.NF("site.missing.of", len(p.Town.MissingIn(year)), locale.Args{"Year": page.Year(year)})
	return page.Link{Text: page.Own(text), Href: p.To(p.Town.MissingOfYear(year))}
}

// Missing returns a link to the page of missing records of all years, which says how many there are.
func Missing(p *page.Place) page.Link {
	return page.Link{Text: page.Own(p.N("site.missing.count", len(p.Town.Missing))), Href: p.To(p.Town.MissingPath())}
}
