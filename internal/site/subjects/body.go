package subjects

import (
	"cmp"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/charts"
	"achyk/internal/site/linkcards"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/site/subscribe"
	"achyk/internal/wording"
)

// BodyView is the page of a body that owes duties: what it owes now, how it kept what it owed, how late it was, what
// became of the recommendations to it, what it decided.
type BodyView struct {
	page.Base
	Heading   page.Text
	Lead      string // first what is late, then how the clauses were kept
	Passed    []status.Deadline
	Ahead     []status.Deadline
	Asked     []status.Deadline // what was suggested to it, or promised by it, and is not carried out
	More      page.Link         // to the deadlines that are not among Passed, Ahead and Asked
	Chart     *charts.Figure
	Late      []LateLine // the longest delay first
	MoreLate  page.Link
	Counts    []page.Count // of the recommendations to it, by what became of them
	Answers   []page.Link  // to the years of these
	Decisions []DecisionLine
	MoreMade  page.Link
	Clauses   []page.Link
	Follow    *subscribe.Card
	Bodies    []page.Link // the other bodies of the municipality
	Citation  []page.Text
}

// LateLine is a duty that was done late, or is not done yet.
type LateLine struct {
	Days     string
	Sentence status.Sentence
}

// DecisionLine is a decision with its day.
type DecisionLine struct {
	Day  string
	Link page.Link
}

// mostLate, mostDue and mostDecisions are how many of each the page of a body shows; links lead to the others.
const mostLate, mostDue, mostDecisions = 10, 10, 20

// Bodies are the pages of those who owe what clauses ask.
var Bodies = page.Kind[BodyView]{Template: "body", Pages: func(s *page.Site, add page.Add[BodyView]) {
	for _, t := range s.Towns {
		for _, body := range t.Bodies() {
			add(t, t.BodyPath(body), func(p *page.Place) BodyView { return bodyView(p, body) })
		}
	}
}}

// bodyView returns the page of a body.
func bodyView(p *page.Place, body string) BodyView {
	v := BodyView{Heading: status.BodyName(p, body), Chart: charts.Show(p, charts.Body(p.Town, body)), Lead: strings.Join(charts.BodySays(p, body), " ")}
	v.Base = p.TownBase(v.Heading.Text, v.Lead)
	v.Pictured(linkcards.OfBody(p, body))
	v.Citation = p.Citation(p.Path(), v.Heading)
	for _, clause := range wording.Owed(&p.Town.Regulation, body) {
		text := wording.On(&p.Town.Regulation, clause, p.Today)
		v.Clauses = append(v.Clauses, page.Link{Text: page.Phrase{{Text: p.Clause(clause.Number)}, p.Text(text.Title)}, Href: p.To(p.Town.ClausePath(clause.Number))})
	}
	v.due(p, body)
	v.late(p, body)
	v.answers(p, body)
	v.decisions(p, body)
	v.Bodies, v.Follow = status.Bodies(p, body), subscribe.To(p, "bodies", body)
	return v
}

// due sets what the body owes now, and what it was asked to do or promised to do.
func (v *BodyView) due(p *page.Place, body string) {
	left := 0
	list := func(deadlines []*judgement.Deadline) (views []status.Deadline) {
		for _, d := range deadlines {
			switch {
			case !status.Owes(p.Town, body, d):
			case len(views) == mostDue:
				left++
			default:
				views = append(views, status.DeadlineOf(p, d))
			}
		}
		return views
	}
	v.Passed, v.Ahead, v.Asked = list(p.Town.Passed), list(p.Town.Ahead), list(append(slices.Clip(p.Town.Asked), p.Town.Proposed...))
	if left > 0 {
		v.More = page.Link{Text: page.Own(p.N("site.record.more", left)), Href: p.To(p.Town.DeadlinesPath())}
	}
}

// late sets which duties of the body were done late, or are not done.
func (v *BodyView) late(p *page.Place, body string) {
	var late []*regulation.Outcome
	for _, clause := range wording.Owed(&p.Town.Regulation, body) {
		for _, c := range p.Town.Cycles {
			for _, o := range p.Town.OutcomesOf(c.Year, clause.Number) {
				if o.DaysLate > 0 && status.NeedsAttention(o) {
					late = append(late, o)
				}
			}
		}
	}
	slices.SortStableFunc(late, func(a, b *regulation.Outcome) int { return b.DaysLate - a.DaysLate })
	if rest := len(late) - mostLate; rest > 0 {
		v.MoreLate = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(p.Town.ListPath(jme.Compliance))}
		late = late[:mostLate]
	}
	for _, o := range late {
		v.Late = append(v.Late, LateLine{p.N("site.days.late", o.DaysLate), status.Outcome(p, o)})
	}
}

// answers sets what became of the recommendations to the body.
func (v *BodyView) answers(p *page.Place, body string) {
	var to []*jme.Recommendation
	for _, c := range p.Town.Cycles {
		n := len(to)
		for _, r := range c.Recommendations {
			if r.Addressee == body {
				to = append(to, r)
			}
		}
		if len(to) > n {
			v.Answers = append(v.Answers, page.Link{Text: page.Own(p.F("site.subject.all_answers", locale.Args{"Year": page.Year(c.Year)})), Href: p.To(p.Town.StepPath(c.Year, jme.StepAnswers)) + "?body=" + body})
		}
	}
	v.Counts = status.CountsOf(p, status.AnswerGroups(p, to))
}

// decisions sets what the body decided, the newest first.
func (v *BodyView) decisions(p *page.Place, body string) {
	made := slices.DeleteFunc(slices.Clone(p.Town.Decisions), func(d *jme.Decision) bool { return d.Issuer != body })
	slices.SortStableFunc(made, func(a, b *jme.Decision) int {
		return cmp.Or(b.Date.Compare(a.Date.Time), cmp.Compare(a.ID, b.ID))
	})
	if rest := len(made) - mostDecisions; rest > 0 {
		v.MoreMade = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(p.Town.ListPath("decisions"))}
		made = made[:mostDecisions]
	}
	for _, d := range made {
		v.Decisions = append(v.Decisions, DecisionLine{p.Day(d.Date), p.Record("decisions", d.ID)})
	}
}
