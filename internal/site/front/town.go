package front

import (
	"html/template"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/site/linkcards"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/site/subscribe"
)

// TownView is the front page of a municipality.
type TownView struct {
	page.Base
	Name         page.Text
	Introduction page.Phrase
	Ways         []*Ways // to services and places
	Actors       []*Ways // to those who have duties, and to providers
	Next         *status.Deadline
	Later        []status.Deadline // those after the next
	MoreLater    page.Link         // says how many more there are; may be empty
	Follow       page.Link         // to the page that tells how to subscribe
	Overdue      string            // says how many deadlines have passed; empty if none has
	Deadlines    string            // the page of deadlines
	Passed       []status.Deadline // the oldest of those that have passed
	MorePassed   page.Link         // says how many more have passed; may be empty
	Asked        []status.Deadline // of the days that bind nobody: the oldest that have passed, then those that are suggested or promised next
	MoreAsked    page.Link         // says how many more of them; may be empty
	Year         string
	YearHref     string
	Steps        []status.StepView
	StepOf       string
	Results      *status.Tally
	ResultsYear  string
	ResultsTitle string
	ResultsHref  string
	Services     []status.ServiceResult
	Silence      *status.Silence
	Kept         *status.Kept
	KeptTitle    string // heading of Kept, with the year
	Missing      page.Link
	Years        []page.Link
	News         []NewsItem
	MoreNews     page.Link
	Stages       []StageView
	Council      page.Link
	Executive    page.Link
	Office       page.Phrase
	Website      string
	Keep         template.JS // registers the worker, see Workers
}

// StageView is a stage of the process with its registers.
type StageView struct {
	Name      string
	Registers []RegisterLine
}

// RegisterLine is a register in a list of registers.
type RegisterLine struct {
	Name        page.Text
	Href        string
	Rows        string
	Empty       bool
	Description page.Text
}

// Towns are the front pages of the municipalities.
var Towns = page.Kind[TownView]{Template: "municipality", Style: page.Kept, Pages: func(s *page.Site, add page.Add[TownView]) {
	for _, t := range s.Towns {
		add(t, t.Path(), town)
	}
}}

// town returns the front page of a municipality.
func town(p *page.Place) TownView {
	s := p.Town.Settings
	v := TownView{
		Base: p.Base(s.Name.In(p.Lang), s.Introduction.In(p.Lang)),
		Name: p.Text(s.Name), Introduction: p.Phrase(s.Introduction),
		Council: body(p, "council", s.Council), Executive: body(p, "executive", s.Executive),
		Office: p.Phrase(s.Contact.Office), Website: s.Contact.Website, Keep: p.Templates.Script(page.Kept), Deadlines: p.To(p.Town.DeadlinesPath()),
		News: newsItems(p, newsOfTown), MoreNews: moreNews(p, newsOfTown), Stages: stages(p), Missing: status.Missing(p),
		Years: p.YearLinks(p.Town.YearPath, nil),
	}
	v.Follow, v.Silence = subscribe.How(p), status.Silent(p)
	v.Crumbs = v.Crumbs[:1]
	v.Pictured(linkcards.OfTown(p))
	v.Ways, v.Actors = shown(services(p), places(p)), shown(bodies(p), providers(p))
	v.Next, v.Overdue = status.Next(p)
	v.Passed, v.MorePassed = some(p, p.Town.Passed)
	v.Asked, v.MoreAsked = some(p, p.Town.Asked, p.Town.Proposed)
	if ahead := p.Town.Ahead; len(ahead) > 1 {
		v.Later, v.MoreLater = some(p, ahead[1:])
	}
	if c := p.Town.Current(); c != nil {
		stepper := status.StepsOf(p, c, "")
		v.Year, v.YearHref = page.Year(c.Year), p.To(p.Town.YearPath(c.Year))
		v.Steps, v.StepOf = stepper.Steps, stepper.StepOf
	}
	if c := p.Town.LatestResults(); c != nil {
		v.Results, v.ResultsYear, v.ResultsTitle = status.YearTally(p, c), page.Year(c.Year), resultsTitle(p, c)
		v.ResultsHref = p.To(p.Town.StepPath(c.Year, jme.StepFindings))
		v.Services = status.Results(p, c)
		v.Kept, v.KeptTitle = status.KeptIn(p, c), p.T("site.kept.title")+", "+page.Year(c.Year)
	}
	return v
}

// body returns a link to the page that says what a body owes.
func body(p *page.Place, body string, name locale.Text) page.Link {
	return page.Link{Text: page.Phrase{p.Text(name)}, Href: p.To(p.Town.BodyPath(body))}
}

// mostDates is how many deadlines of a kind the page shows beside the next one.
const mostDates = 3

// some returns the first deadlines of each kind, and a link to the others.
func some(p *page.Place, kinds ...[]*judgement.Deadline) (shown []status.Deadline, more page.Link) {
	rest := 0
	for _, all := range kinds {
		n := min(len(all), mostDates)
		shown, rest = append(shown, status.DeadlinesOf(p, all[:n])...), rest+len(all)-n
	}
	if rest > 0 {
		more = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(p.Town.DeadlinesPath())}
	}
	return shown, more
}

// stages returns the registers by the stage of the process they belong to.
func stages(p *page.Place) []StageView {
	var views []StageView
	for _, stage := range p.Town.ByStage() {
		view := StageView{Name: p.T("site.stage." + string(stage.Stage))}
		for _, t := range stage.Tables {
			s := t.Schema
			view.Registers = append(view.Registers, RegisterLine{
				Name: p.Text(s.Title), Href: p.To(p.Town.ListPath(s.Name)),
				Rows: p.N("site.count.records", len(t.Rows)), Empty: len(t.Rows) == 0, Description: p.Text(s.Description),
			})
		}
		views = append(views, view)
	}
	return views
}
