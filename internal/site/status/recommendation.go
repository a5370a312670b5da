package status

import (
	"cmp"
	"slices"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// RecommendationCard is a recommendation with the measures taken on it.
type RecommendationCard struct {
	Mark     string // with Label: what became of it; empty where the group says so
	Label    string
	Link     page.Link
	Who      page.Text
	Silent   []Sentence // says that there is no response; empty if there is one
	Due      string     // the day that the report suggested
	Waiting  string     // how many days are left or have passed, or for how many nobody else has checked what is said to be done
	Finding  page.Link
	Measures []MeasureCard
	Service  page.Link // empty on the page of the service

	ServiceID, Body string // by which readers choose: the service, and the provider or the code of the body

	printer *locale.Printer
}

// T returns a message of the program.
func (c RecommendationCard) T(key string) string { return c.printer.T("site." + key) }

// MeasureCard is a measure: what the provider or body says about it, and what was verified.
type MeasureCard struct {
	Link     page.Link
	Status   page.Value
	Date     string
	Promised string // the day
	First    string // says which other day was promised first; empty if there was none
	Outcome  page.Phrase
	Verified []VerifiedLine
}

// AnswerGroup is the recommendations that have the same kind of answer.
type AnswerGroup struct {
	Mark, Label string
	Items       []RecommendationCard
}

// AnswerGroups returns recommendations by what became of them, those first that most need a reader's
// attention.
func AnswerGroups(p *page.Place, recommendations []*jme.Recommendation) (groups []AnswerGroup) {
	for _, answer := range jme.Answers {
		group := AnswerGroup{Mark: string(answer), Label: AnswerName(p, answer)}
		for _, r := range recommendations {
			if r.Answer(p.Today) == answer {
				group.Items = append(group.Items, Recommendation(p, r))
			}
		}
		if len(group.Items) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// AnswerName is what a kind of answer is called. A measure that is proposed or adopted is not under way yet, so what is not done has
// a word of its own.
func AnswerName(p *page.Place, a jme.Answer) string {
	if a == jme.AnswerNow {
		return p.T("site.mark.answered")
	}
	return p.T("site.mark." + string(a))
}

// CountsOf counts the recommendations of groups.
func CountsOf(p *page.Place, groups []AnswerGroup) (counts []page.Count) {
	for _, g := range groups {
		counts = append(counts, page.Count{Mark: g.Mark, Label: g.Label, Count: p.Int(len(g.Items))})
	}
	return counts
}

// VerifiedLine is one verification of a measure.
type VerifiedLine struct {
	Mark, Label, By, Date string
	Self                  bool // by the body that was to act
	Note                  page.Phrase
}

// Recommendation returns a recommendation with the measures taken on it.
func Recommendation(p *page.Place, r *jme.Recommendation) RecommendationCard {
	card := RecommendationCard{
		printer: p.Printer,
		Link:    p.Record("recommendations", r.ID),
		Who:     p.Text(judgement.Actor(p.Town.Municipality, r.Addressee, r.Provider.Get())),
		Finding: p.Record("findings", r.Finding.ID),
		Body:    cmp.Or(r.Provider.ID, r.Addressee),
	}
	if f := r.Finding.Get(); f != nil && f.Assessment.Get() != nil {
		card.ServiceID = f.Assessment.Get().Service.ID
		card.Service = p.Record("services", card.ServiceID)
	}
	card.Link.Text = page.Phrase{p.Text(r.Text)}
	if len(r.Measures) == 0 {
		card.Silent = []Sentence{Unanswered(p, r)}
	}
	if !r.Due.IsZero() {
		card.Due = p.Date(r.Due.Time)
	}
	card.Waiting = waiting(p, r)
	for _, x := range r.Measures {
		line := MeasureCard{Link: p.Record("measures", x.ID), Outcome: p.Phrase(x.Outcome), Date: p.Day(x.Proposed)}
		if !x.Done.IsZero() {
			line.Date = p.Day(x.Done)
		}
		line.Status = p.Cell("measures", x.ID, "status")
		if !x.Due.IsZero() && x.Status != jme.Declined {
			line.Promised, line.First = p.Date(x.Due.Time), firstPromise(p, x)
		}
		for _, y := range x.Checks() {
			line.Verified = append(line.Verified, verified(p, y))
		}
		card.Measures = append(card.Measures, line)
	}
	return card
}

// waiting says how many days are left for a recommendation or have passed since the day that the report suggested, or how
// long it has waited for a check by somebody else.
func waiting(p *page.Place, r *jme.Recommendation) string {
	if day := r.Suggested(); !day.IsZero() && day.Day().Before(p.Today) {
		return daysTo(p, day.Day(), judgement.BySuggestion)
	}
	switch r.Answer(p.Today) {
	case jme.AnswerNow, jme.AnswerNone:
		if day := cmp.Or(r.Due, r.Promised()); !day.IsZero() {
			return daysTo(p, day.Day(), judgement.BySuggestion)
		}
	case jme.AnswerSaid, jme.AnswerSelf:
		done := jme.Date{}
		for _, x := range r.Measures {
			if x.Done.After(done.Time) {
				done = x.Done
			}
		}
		if n := page.Days(done.Day(), p.Today); !done.IsZero() && n > 0 {
			return p.N("site.answers.unchecked", n)
		}
	}
	return ""
}

// firstPromise says by which day those who carry a measure out promised it first, if that was another day than it
// is now.
func firstPromise(p *page.Place, x *jme.Measure) string {
	if p.History == nil {
		return ""
	}
	for _, change := range slices.Backward(p.History.Of(p.Town.ID, "measures", x.ID)) {
		for _, cell := range change.Cells {
			if cell.Column != "due" || cell.New == "" {
				continue
			}
			if day, ok := table.ParseTime(cell.New); ok && !day.Equal(x.Due.Time) {
				return p.F("site.answers.first", locale.Args{"day": day})
			}
			return ""
		}
	}
	return ""
}

// verified returns a verification of a measure.
func verified(p *page.Place, x *jme.Verification) VerifiedLine {
	schema := jme.Schema("verifications")
	line := VerifiedLine{
		Label: schema.Column("result").Label(x.Result).In(p.Lang), Self: x.Self(),
		By: schema.Column("by").Label(x.By).In(p.Lang), Date: p.Day(x.Date), Note: p.Phrase(x.Note),
	}
	line.Mark, _ = checked(p, x)
	return line
}
