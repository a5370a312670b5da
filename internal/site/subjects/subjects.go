// Package subjects makes the pages of those whom the process is about: services, providers and
// places. Such a page answers first what a resident asks of "my water" or "my street": what was found,
// who must do what by when and whether they did, how it was before, how many complained. What the
// register says of the subject, what refers to it and its history follow, as on the page of any
// other record (package registers).
//
// All figures are counted from the records as pages of a year count them, by the same functions of
// package status, so that no two pages differ.
package subjects

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
	"achyk/internal/site/posters"
	"achyk/internal/site/registers"
	"achyk/internal/site/status"
	"achyk/internal/site/subscribe"
)

// View is the page of a service or a provider.
type View struct {
	registers.RecordView
	Result     *ResultView // nil if nothing was found yet
	Underway   *Underway   // nil if no assessment is going on
	Turn       *TurnView   // of a service of the newest list that nobody has begun to check
	Answers    []status.RecommendationCard
	Counts     []page.Count // of all recommendations, by what became of them
	More       []page.Link  // pages with the recommendations that are not among Answers
	Norms      *NormsView
	Unmet      []status.FindingCard // of the newest year, with the replies of the provider
	MoreUnmet  page.Link
	Demand     *DemandView       // of a service
	Poster     *posters.Card     // of a service, in the newest year in which it was looked at
	Complaints *charts.Figure    // of a service, by month
	Charts     []*charts.Figure  // of a service
	Follow     *subscribe.Card   // of a service
	Conduct    []status.Sentence // of a provider: whether it replied, and what hindered the check
}

// ResultView is what was found in the newest year with findings.
type ResultView struct {
	Title string
	Tally *status.Tally
}

// Underway is what an assessment that is going on has measured so far.
type Underway struct {
	Title    string
	Status   status.Sentence // says that it is not finished
	Note     string
	Measured charts.Comparison
	More     page.Link // to the page of the year
}

// mostAnswers and mostUnmet are how many recommendations and findings the page shows in full. Links lead
// to the others.
const mostAnswers, mostUnmet = 4, 8

// Services are the pages of services.
var Services = page.Kind[View]{Template: "subject", Pages: of("services", func(p *page.Place, r jme.Record) View {
	v := view(p, r, "service", about[jme.Assessment](p, r, "assessments"), about[jme.Requirement](p, r, "requirements"))
	v.Demand, v.Poster = demand(p, r.Row.Key), posters.OfService(p, r.Row.Key)
	v.Follow, v.Turn = subscribe.To(p, "services", r.Row.Key), turn(p, r.Row.Key)
	if s := jme.Get[jme.Service](p.Town.Municipality, r.Row.Key); s != nil {
		v.Complaints = charts.Show(p, charts.ComplaintsAbout(p.Town, s))
		for _, figure := range []*charts.Figure{charts.Beside(p, charts.ServiceVerdicts(p.Town, s)), charts.Show(p, charts.Measured(p.Town, s))} {
			if figure != nil {
				v.Charts = append(v.Charts, figure)
			}
		}
	}
	return v
})}

// Providers are the pages of providers.
var Providers = page.Kind[View]{Template: "subject", Pages: of("providers", func(p *page.Place, r jme.Record) View {
	v := view(p, r, "provider", about[jme.Assessment](p, r, "assessments"), nil)
	v.Conduct = conduct(p, r, findingsOf(about[jme.Assessment](p, r, "assessments")))
	return v
})}

// of plans a page for each record of a register.
func of[V any](register string, make func(*page.Place, jme.Record) V) func(*page.Site, page.Add[V]) {
	return func(s *page.Site, add page.Add[V]) {
		for _, t := range s.Towns {
			reg := t.Table(register)
			if reg == nil {
				continue
			}
			for i := range reg.Rows {
				r := jme.Record{Table: reg, Row: &reg.Rows[i]}
				add(t, t.RecordPath(r), func(p *page.Place) V { return make(p, r) })
			}
		}
	}
}

// about returns the records of a register that refer to a record.
func about[T any](p *page.Place, r jme.Record, register string) (all []*T) {
	for _, l := range p.Town.Down(r) {
		if l.Record.Table.Schema.Name != register {
			continue
		}
		if x := jme.Get[T](p.Town.Municipality, l.Record.Row.Key); x != nil {
			all = append(all, x)
		}
	}
	return all
}

// view returns what pages of services and providers have in common. norms are shown even if nobody has
// checked them.
func view(p *page.Place, r jme.Record, kind string, assessments []*jme.Assessment, norms []*jme.Requirement) View {
	v := View{RecordView: registers.Record(p, r), Norms: normsByYear(p, assessments, norms), Underway: underway(p, assessments)}
	v.Status = append(v.Status, status.Withheld(p, assessments...)...)
	findings := findingsOf(assessments)
	if len(findings) == 0 {
		v.Status = append(v.Status, status.Unfound(p, kind, assessments))
		return v
	}
	var recommendations []*jme.Recommendation
	for _, f := range findings {
		recommendations = append(recommendations, f.Recommendations...)
	}
	year, latest := status.Newest(assessments)
	v.Result = &ResultView{Title: p.F("site.results.title", locale.Args{"Year": page.Year(year)}), Tally: status.TallyOf(p, latest)}
	v.Result.Tally.Href = p.To(p.Town.StepPath(year, jme.StepFindings))
	v.Answers, v.Counts, v.More = answers(p, recommendations, map[string]string{"service": "?service=", "provider": "?body="}[kind]+r.Row.Key)
	if kind == "service" {
		for i := range v.Answers {
			v.Answers[i].Service = page.Link{}
		}
	}
	for _, f := range latest {
		if f.Unmet() {
			v.Unmet = append(v.Unmet, status.Pictured(p, f))
		}
	}
	if rest := len(v.Unmet) - mostUnmet; rest > 0 {
		v.MoreUnmet = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: v.Result.Tally.Href}
		v.Unmet = v.Unmet[:mostUnmet]
	}
	return v
}

// mostMeasured is how many measurements of an assessment that is going on the page shows. A link leads to the others.
const mostMeasured = 8

// underway returns what the newest assessment has measured so far, if it goes on: what was found in an earlier year is not all that is
// known then.
func underway(p *page.Place, assessments []*jme.Assessment) *Underway {
	if len(assessments) == 0 {
		return nil
	}
	a := status.Latest(assessments)
	s := status.Assessment(p, a)
	if s.Mark != "now" {
		return nil
	}
	year := locale.Args{"Year": page.Year(a.Year)}
	v := &Underway{Title: p.F("site.subject.underway", year), Status: s, Note: p.F("site.subject.unfinished", year)}
	taken := slices.DeleteFunc(slices.Clone(a.Measurements), func(x *jme.Measurement) bool { return x.Date.Day().After(p.Today) })
	rest := len(taken) - mostMeasured
	v.More = page.Link{Text: page.Own(p.F("site.subject.all_found", year)), Href: p.To(p.Town.StepPath(a.Year, jme.StepFindings)) + "#" + a.ID}
	if rest > 0 {
		taken = taken[:mostMeasured]
		v.More.Text = page.Own(p.N("site.record.more", rest))
	}
	v.Measured = charts.Compare(p, taken)
	return v
}

// findingsOf returns the findings of assessments.
func findingsOf(assessments []*jme.Assessment) (all []*jme.Finding) {
	for _, a := range assessments {
		all = append(all, a.Findings...)
	}
	return all
}

// answers returns recommendations, those first that most need a reader's attention, the counts of all,
// and links to the years of those that are not shown, where choice shows the same.
func answers(p *page.Place, all []*jme.Recommendation, choice string) (cards []status.RecommendationCard, counts []page.Count, more []page.Link) {
	groups := status.AnswerGroups(p, all)
	for _, g := range groups {
		for _, card := range g.Items {
			card.Mark, card.Label = g.Mark, g.Label
			cards = append(cards, card)
		}
	}
	if len(cards) > mostAnswers {
		cards = cards[:mostAnswers]
		var years []int
		for _, r := range all {
			if year := r.Finding.Get().Assessment.Get().Year; !slices.Contains(years, year) {
				years = append(years, year)
			}
		}
		slices.Sort(years)
		for _, year := range slices.Backward(years) {
			more = append(more, page.Link{
				Text: page.Own(p.F("site.subject.all_answers", locale.Args{"Year": page.Year(year)})),
				Href: p.To(p.Town.StepPath(year, jme.StepAnswers)) + choice,
			})
		}
	}
	return cards, status.CountsOf(p, groups), more
}
