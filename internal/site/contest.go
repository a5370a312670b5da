package site

import (
	"slices"

	"github.com/shopspring/decimal"

	"achyk/internal/jme"
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
	Facts        []Fact
	Criteria     []CriterionLine
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

// ApplicationCard is an application with its score sheet.
type ApplicationCard struct {
	Number   string
	Who      Link
	Status   Value
	Received string
	Reason   Phrase
	Members  []Said // column heads of the sheet
	Sheet    []SheetRow
	Recused  []RecusalLine
}

// SheetRow is one criterion's row of a score sheet; an empty cell is no score.
type SheetRow struct {
	Criterion Said
	Points    []string
	Mean      string
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
			v.Contests = append(v.Contests, e.contestCard(m, x, href))
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

func (e *edition) contestCard(m *jme.Municipality, x *jme.Contest, href func(string) string) ContestCard {
	card := ContestCard{
		Title: e.recordLink(m, "contests", x.ID, href), Status: e.contestStatus(x),
		Facts: e.facts(m, "contests", x.ID, href, "announced", "closes", "opened", "decided", "funding", "donor", "ceiling", "terms_of_reference", "qualification", "application_form"),
	}
	for _, criterion := range x.Criteria {
		card.Criteria = append(card.Criteria, CriterionLine{e.said(criterion.Name), e.Number(criterion.Weight.String()), e.Number(criterion.MaxPoints.String())})
	}
	applications := slices.Clone(x.Applications)
	slices.SortStableFunc(applications, func(a, b *jme.Application) int { return a.Number - b.Number })
	for _, a := range applications {
		card.Applications = append(card.Applications, e.application(m, a, href))
	}
	return card
}

func (e *edition) application(m *jme.Municipality, a *jme.Application, href func(string) string) ApplicationCard {
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
	var members []*jme.Member
	for _, s := range a.Scores {
		if member := s.Member.Get(); member != nil && !slices.Contains(members, member) {
			members = append(members, member)
		}
	}
	contest := a.Contest.Get()
	if len(members) == 0 || contest == nil {
		return card
	}
	for _, member := range members {
		card.Members = append(card.Members, e.once(member.Name))
	}
	for _, criterion := range contest.Criteria {
		row := SheetRow{Criterion: e.said(criterion.Name), Points: make([]string, len(members))}
		sum, n := decimal.Zero, int64(0)
		for _, s := range a.Scores {
			if i := slices.Index(members, s.Member.Get()); i >= 0 && s.Criterion.Is(criterion) {
				row.Points[i] = e.Number(s.Points.String())
				sum, n = sum.Add(s.Points.Decimal), n+1
			}
		}
		if n > 0 {
			row.Mean = e.Number(sum.DivRound(decimal.NewFromInt(n), 2).String())
		}
		card.Sheet = append(card.Sheet, row)
	}
	return card
}

func (e *edition) deal(m *jme.Municipality, d *jme.Contract, href func(string) string) DealCard {
	card := DealCard{
		Title: e.recordLink(m, "contracts", d.ID, href),
		Who:   e.recordLink(m, "organisations", d.Organisation.ID, href),
		Facts: e.facts(m, "contracts", d.ID, href, "route", "number", "signed", "starts", "ends", "amount", "funding", "donor", "document"),
	}
	paid := decimal.Zero
	for _, p := range d.Payments {
		paid = paid.Add(p.Amount.Decimal)
	}
	if len(d.Payments) > 0 {
		card.Paid = e.Money(paid.String(), d.Currency)
	}
	return card
}
