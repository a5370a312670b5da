package site

import (
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// ContestView is the contest of the year and the contract that came of it.
type ContestView struct {
	Base
	StepBase
	Contests []ContestCard
	Deals    []DealCard
	Panels   []PanelCard
}

// ContestCard is one contest.
type ContestCard struct {
	Title        Link
	Status       Sentence
	Winner       []Sentence // what the rule on the winner found; nothing where no clause asks
	Facts        []Fact
	Criteria     []CriterionLine
	Ranking      []RankLine // empty before anybody has scored
	Applications []ApplicationCard
}

// Fact is a name with what is recorded under it.
type Fact struct {
	Name   string
	Values []Value
}

// CriterionLine is a criterion.
type CriterionLine struct {
	Name        Said
	Weight, Max string
}

// RankLine is an application's place.
type RankLine struct {
	Place   string // "–" where scores are missing
	Who     Link
	Total   string
	Note    string // how many scores are missing
	Members string // how many members' points count
	Status  Value
}

// ApplicationCard is an application with its score sheet.
type ApplicationCard struct {
	Number   string
	Who      Link
	Status   Value
	Received string
	Reason   Phrase
	Members  []Said // column heads of the sheet: those whose points count
	Sheet    []SheetRow
	Total    string
	Recused  []RecusalLine
	Aside    string // how many scores are on record that do not count
}

// SheetRow is one criterion's row of a score sheet; an empty cell is no score. The part is
// mean ÷ highest points × weight, and the parts add up to the total.
type SheetRow struct {
	Criterion Said
	Points    []string
	Mean      string
	Factor    string // "÷ 10 × 0,4"
	Part      string
}

// RecusalLine says who stood aside and why.
type RecusalLine struct {
	Name   Said
	Reason Phrase
}

// DealCard is a contract.
type DealCard struct {
	Title Link
	Who   Link
	Facts []Fact
	Paid  string
}

func (e *edition) contest(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "contest")
	return page(e, path, e.templates.contest, func(href func(string) string) ContestView {
		v := ContestView{Base: e.stepBase(t, c, "contest", href), StepBase: e.stepHead(t, c, "contest", href)}
		for _, x := range c.Contests {
			v.Contests = append(v.Contests, e.contestCard(t, x, href))
		}
		for _, d := range c.Deals {
			v.Deals = append(v.Deals, e.deal(m, d, href))
		}
		for _, p := range c.Panels {
			v.Panels = append(v.Panels, e.panel(m, p, href))
		}
		return v
	})
}

// facts takes the named columns of a record that are filled.
func (e *edition) facts(m *jme.Municipality, register, key string, href func(string) string, columns ...string) []Fact {
	r, ok := m.Record(register, key)
	if !ok {
		return nil
	}
	var facts []Fact
	for _, name := range columns {
		c := r.Table.Schema.Column(name)
		if v := e.value(m, r, c, href); !v.Empty {
			facts = append(facts, Fact{c.Title.In(e.lang), []Value{v}})
		}
	}
	return facts
}

func (e *edition) contestCard(t *town, x *jme.Contest, href func(string) string) ContestCard {
	m := t.Municipality
	card := ContestCard{
		Title: e.recordLink(m, "contests", x.ID, href), Status: e.contestStatus(x),
		Facts: e.facts(m, "contests", x.ID, href, "announced", "closes", "opened", "decided", "funding", "donor", "ceiling", "terms_of_reference", "qualification", "application_form"),
	}
	for _, criterion := range x.Criteria {
		card.Criteria = append(card.Criteria, CriterionLine{e.said(criterion.Name), e.Number(criterion.Weight.String()), e.Number(criterion.MaxPoints.String())})
	}
	ranking := regulation.Rank(m, x)
	for _, o := range t.byRecord[regulation.Record{Register: "contests", ID: x.ID}] {
		if o.Rule == "winner-follows-scores" && o.Subject.ID == x.ID && ranking.Winner != nil {
			card.Winner = append(card.Winner, e.outcomeSentence(m, o, href))
		}
	}
	sheets := map[*jme.Application]*regulation.Sheet{}
	for _, s := range ranking.Sheets {
		if sheets[s.Application] = s; scored(ranking) {
			card.Ranking = append(card.Ranking, e.rank(m, s, href))
		}
	}
	applications := slices.Clone(x.Applications)
	slices.SortStableFunc(applications, func(a, b *jme.Application) int { return a.Number - b.Number })
	for _, a := range applications {
		card.Applications = append(card.Applications, e.application(m, ranking, sheets[a], a, href))
	}
	return card
}

// scored tells whether any application has points.
func scored(r *regulation.Ranking) bool {
	return slices.ContainsFunc(r.Sheets, func(s *regulation.Sheet) bool { return len(s.Application.Scores) > 0 })
}

// rank is a line of the table of places.
func (e *edition) rank(m *jme.Municipality, s *regulation.Sheet, href func(string) string) RankLine {
	line := RankLine{Place: "–", Who: e.recordLink(m, "applications", s.Application.ID, href), Members: e.Int(len(s.Members))}
	if o := s.Application.Organisation.Get(); o != nil {
		line.Who.Text = Phrase{e.said(o.Name)}
	}
	if s.Missing > 0 {
		line.Note = e.N("site.contest.missing", s.Missing)
	} else {
		line.Place, line.Total = e.Int(s.Place), e.points(s.Total)
	}
	for _, f := range e.facts(m, "applications", s.Application.ID, href, "status") {
		line.Status = f.Values[0]
	}
	return line
}

// points are rounded to two digits where they are shown, and nowhere else.
func (e *edition) points(r *big.Rat) string { return e.Number(r.FloatString(2)) }

func (e *edition) application(m *jme.Municipality, ranking *regulation.Ranking, sheet *regulation.Sheet, a *jme.Application, href func(string) string) ApplicationCard {
	card := ApplicationCard{
		Number: e.Int(a.Number), Who: e.recordLink(m, "applications", a.ID, href), Reason: e.saidIf(a.Reason),
	}
	if !a.Received.IsZero() {
		card.Received = e.DateTime(a.Received.Time)
	}
	for _, f := range e.facts(m, "applications", a.ID, href, "status") {
		card.Status = f.Values[0]
	}
	for _, r := range a.Recusals {
		if member := r.Member.Get(); member != nil {
			card.Recused = append(card.Recused, RecusalLine{e.once(member.Name), e.saidIf(r.Reason)})
		}
	}
	if sheet == nil || len(a.Scores) == 0 {
		return card
	}
	for _, member := range sheet.Members {
		card.Members = append(card.Members, e.once(member.Name))
	}
	counted := 0
	for i, row := range sheet.Rows {
		criterion := ranking.Criteria[i]
		line := SheetRow{Criterion: e.said(criterion.Name), Part: e.points(row.Part)}
		line.Factor = e.F("site.contest.factor", locale.Args{"max": e.Number(criterion.MaxPoints.String()), "weight": e.Number(criterion.Weight.String())})
		if row.Mean != nil {
			line.Mean = e.points(row.Mean)
		}
		for _, p := range row.Points {
			said := ""
			if p != nil {
				said = e.Number(strings.TrimSuffix(p.FloatString(2), ".00"))
				counted++
			}
			line.Points = append(line.Points, said)
		}
		card.Sheet = append(card.Sheet, line)
	}
	if sheet.Missing == 0 {
		card.Total = e.points(sheet.Total)
	}
	if aside := len(a.Scores) - counted; aside > 0 {
		card.Aside = e.N("site.contest.aside", aside)
	}
	return card
}

func (e *edition) deal(m *jme.Municipality, d *jme.Contract, href func(string) string) DealCard {
	card := DealCard{
		Title: e.recordLink(m, "contracts", d.ID, href),
		Who:   e.recordLink(m, "organisations", d.Organisation.ID, href),
		Facts: e.facts(m, "contracts", d.ID, href, "route", "number", "signed", "starts", "ends", "amount", "funding", "donor", "document"),
	}
	paid, any := decimal.Zero, false
	for _, p := range d.Payments {
		if !p.Date.After(e.today()) {
			paid, any = paid.Add(p.Amount.Decimal), true
		}
	}
	if any {
		card.Paid = e.Money(paid.String(), d.Currency)
	}
	return card
}
