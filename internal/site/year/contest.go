package year

import (
	"math/big"
	"slices"
	"strings"

	"achyk/internal/site/charts"
	"achyk/internal/site/page"
	"achyk/internal/site/status"

	"github.com/shopspring/decimal"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/scores"
)

// ContestView is the contests of a year, the panels and the contracts.
type ContestView struct {
	StepBase
	Contests []ContestCard
	Deals    []DealCard
	Panels   []PanelCard
}

// ContestCard is one contest.
type ContestCard struct {
	Title        page.Link
	Status       status.Sentence
	Owed         []status.OwedLine // whose duty the result is; set where none is recorded of a contest that has closed
	Winner       []status.Sentence // outcomes of the rule on the winner; none if no clause asks for it
	Facts        []page.Fact
	Criteria     []CriterionLine
	Ranking      []RankLine // empty if no scores are recorded
	Chart        *charts.Figure
	Applications []ApplicationCard
}

// CriterionLine is a criterion by which applications are scored.
type CriterionLine struct {
	Name        page.Text
	Weight, Max string
}

// RankLine is the place of an application.
type RankLine struct {
	Place   string // "–" if scores are missing
	Who     page.Link
	Total   string
	Note    string // says how many scores are missing
	Members string // number of members whose points count
	Status  page.Value
}

// ApplicationCard is an application with its score sheet.
type ApplicationCard struct {
	Number   string
	Who      page.Link
	Status   page.Value
	Received string
	Reason   page.Phrase
	Members  []page.Text // headings of the sheet: the members whose points count
	Sheet    []SheetRow
	Total    string
	Recused  []RecusalLine
	Aside    string // says how many scores are recorded that do not count
}

// SheetRow is the row of one criterion in a score sheet. A cell is empty if the member gave no
// score. The part is the mean, divided by the highest number of points and multiplied by the
// weight. The sum of the parts is the total.
type SheetRow struct {
	Criterion page.Text
	Points    []string
	Mean      string
	Factor    string // "÷ 10 × 0,4"
	Part      string
}

// RecusalLine says which member stood aside, and why.
type RecusalLine struct {
	Name   page.Text
	Reason page.Phrase
}

// DealCard is a contract.
type DealCard struct {
	Title page.Link
	Who   page.Link
	Facts []page.Fact
	Paid  string
}

// Contests are the pages of the contests of a year.
var Contests = page.Kind[ContestView]{Template: "contest", Pages: step(jme.StepContest, contest)}

// contest returns the page of the contests of a year.
func contest(p *page.Place, c *jme.Cycle, base StepBase) ContestView {
	v := ContestView{StepBase: base}
	for _, x := range c.Contests {
		v.Contests = append(v.Contests, contestCard(p, x))
	}
	for _, d := range c.Deals {
		v.Deals = append(v.Deals, deal(p, d))
	}
	for _, x := range c.Panels {
		v.Panels = append(v.Panels, panel(p, x))
	}
	return v
}

// contestCard returns a contest with its applications.
func contestCard(p *page.Place, x *jme.Contest) ContestCard {
	card := ContestCard{
		Title: p.Record("contests", x.ID), Status: status.Contest(p, x), Chart: charts.Beside(p, charts.Scores(p.Town, x)),
		Facts: p.Facts("contests", x.ID, "announced", "closes", "opened", "decided", "result", "repeats", "funding", "donor", "ceiling", "terms_of_reference", "qualification", "application_form"),
	}
	if status.Undecided(p, x) {
		card.Owed = status.OwedBy(p, x.Year, "winner-follows-scores", "result-published")
	}
	for _, criterion := range x.Criteria {
		card.Criteria = append(card.Criteria, CriterionLine{p.Text(criterion.Name), p.Number(criterion.Weight.String()), p.Number(criterion.MaxPoints.String())})
	}
	ranking := scores.Rank(x, p.Town.Settings.Zone())
	for _, o := range p.Town.OutcomesAbout("contests", x.ID) {
		if o.Rule == "winner-follows-scores" && o.Subject.ID == x.ID && ranking.Winner != nil {
			card.Winner = append(card.Winner, status.Outcome(p, o))
		}
	}
	sheets := map[*jme.Application]*scores.Sheet{}
	for _, s := range ranking.Sheets {
		if sheets[s.Application] = s; scored(ranking) {
			card.Ranking = append(card.Ranking, rank(p, s))
		}
	}
	applications := slices.Clone(x.Applications)
	slices.SortStableFunc(applications, func(a, b *jme.Application) int { return a.Number - b.Number })
	for _, a := range applications {
		card.Applications = append(card.Applications, application(p, ranking, sheets[a], a))
	}
	return card
}

// scored reports whether any application has points.
func scored(r *scores.Ranking) bool {
	return slices.ContainsFunc(r.Sheets, func(s *scores.Sheet) bool { return len(s.Application.Scores) > 0 })
}

// rank returns the line of an application in the ranking.
func rank(p *page.Place, s *scores.Sheet) RankLine {
	line := RankLine{Place: "–", Who: p.Record("applications", s.Application.ID), Members: p.Int(len(s.Members))}
	if o := s.Application.Organisation.Get(); o != nil {
		line.Who.Text = page.Phrase{p.Text(o.Name)}
	}
	if s.Missing > 0 {
		line.Note = p.N("site.contest.missing", s.Missing)
	} else {
		line.Place, line.Total = p.Int(s.Place), points(p, s.Total)
	}
	line.Status = p.Cell("applications", s.Application.ID, "status")
	return line
}

// points writes points with two decimals. Calculations use the exact number.
func points(p *page.Place, r *big.Rat) string { return p.Number(r.FloatString(2)) }

// application returns an application with its score sheet, if it has one.
func application(p *page.Place, ranking *scores.Ranking, sheet *scores.Sheet, a *jme.Application) ApplicationCard {
	card := ApplicationCard{
		Number: p.Int(a.Number), Who: p.Record("applications", a.ID), Reason: p.Phrase(a.Reason),
	}
	if !a.Received.IsZero() {
		card.Received = p.DateTime(a.Received.Time)
	}
	card.Status = p.Cell("applications", a.ID, "status")
	for _, r := range a.Recusals {
		if member := r.Member.Get(); member != nil {
			card.Recused = append(card.Recused, RecusalLine{p.Untranslated(member.Name), p.Phrase(r.Reason)})
		}
	}
	if sheet == nil || len(a.Scores) == 0 {
		return card
	}
	for _, member := range sheet.Members {
		card.Members = append(card.Members, p.Untranslated(member.Name))
	}
	counted := 0
	for i, row := range sheet.Rows {
		criterion := ranking.Criteria[i]
		line := SheetRow{Criterion: p.Text(criterion.Name), Part: points(p, row.Part)}
		line.Factor = p.F("site.contest.factor", locale.Args{"max": p.Number(criterion.MaxPoints.String()), "weight": p.Number(criterion.Weight.String())})
		if row.Mean != nil {
			line.Mean = points(p, row.Mean)
		}
		for _, given := range row.Points {
			said := ""
			if given != nil {
				said = p.Number(strings.TrimSuffix(given.FloatString(2), ".00"))
				counted++
			}
			line.Points = append(line.Points, said)
		}
		card.Sheet = append(card.Sheet, line)
	}
	if sheet.Missing == 0 {
		card.Total = points(p, sheet.Total)
	}
	if aside := len(a.Scores) - counted; aside > 0 {
		card.Aside = p.N("site.contest.aside", aside)
	}
	return card
}

// deal returns a contract with the sum paid so far.
func deal(p *page.Place, d *jme.Contract) DealCard {
	card := DealCard{
		Title: p.Record("contracts", d.ID),
		Who:   p.Record("organisations", d.Organisation.ID),
		Facts: p.Facts("contracts", d.ID, "route", "number", "signed", "starts", "ends", "amount", "funding", "donor", "document"),
	}
	paid, any := decimal.Zero, false
	for _, x := range d.Payments {
		if !x.Date.After(p.Today) {
			paid, any = paid.Add(x.Amount.Decimal), true
		}
	}
	if any {
		card.Paid = p.Money(paid.String(), d.Currency)
	}
	return card
}
