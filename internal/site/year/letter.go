package year

import (
	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// LetterView shows what residents were told, where and when.
type LetterView struct {
	StepBase
	Letters     []LetterCard
	Discussions []HearingLine
}

// LetterCard is an analytic letter, with where it was published and to whom it was sent.
type LetterCard struct {
	Link         page.Link
	Title        page.Text
	Date         string
	Text         *page.Document
	Publications []page.Fact
	Sent         []page.Fact
}

// Letters are the pages that show what residents were told.
var Letters = page.Kind[LetterView]{Template: "letter", Pages: step(jme.StepLetter, letter)}

// letter returns the page of the analytic letters of a year.
func letter(p *page.Place, c *jme.Cycle, base StepBase) LetterView {
	v := LetterView{StepBase: base}
	for _, l := range c.AnalyticLetters {
		v.Letters = append(v.Letters, letterCard(p, l))
	}
	for _, event := range c.Discussions {
		v.Discussions = append(v.Discussions, hearing(p, event))
	}
	return v
}

// letterCard returns an analytic letter.
func letterCard(p *page.Place, l *jme.AnalyticLetter) LetterCard {
	card := LetterCard{
		Link: p.Record(jme.AnalyticLetters, l.ID), Title: p.Text(l.Title), Date: p.Day(l.Date),
		Text: p.Document(p.Town.LetterText(l.ID)),
	}
	channel := jme.Schema("publications").Column("channel")
	for _, x := range p.Town.Publications {
		if x.SubjectRegister != jme.AnalyticLetters || x.Subject != l.ID {
			continue
		}
		value := page.Value{Text: page.Own(p.Day(x.Published))}
		if !x.Place.IsZero() {
			value.Text = append(value.Text, p.Text(x.Place))
		}
		if x.URL != "" {
			value.Href, value.Away = x.URL, true
		}
		card.Publications = addFact(card.Publications, p.Text(channel.Label(x.Channel)), value)
	}
	for _, d := range p.Town.Distributions {
		if !d.Letter.Is(l) {
			continue
		}
		value := page.Value{Text: page.Own(p.Day(d.Sent))}
		if d.Copies.Valid {
			value.Text = append(value.Text, page.Text{Text: p.N("site.count.copies", int(d.Copies.Decimal.IntPart()))})
		}
		card.Sent = addFact(card.Sent, p.Text(d.Recipient), value)
	}
	return card
}

// addFact adds a value to the fact of that name, or a new fact if there is none.
func addFact(facts []page.Fact, name page.Text, v page.Value) []page.Fact {
	for i := range facts {
		if facts[i].Name == name {
			facts[i].Values = append(facts[i].Values, v)
			return facts
		}
	}
	return append(facts, page.Fact{Name: name, Values: []page.Value{v}})
}
