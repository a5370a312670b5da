package year

import (
	"achyk/internal/jme"
	"achyk/internal/site/linkcards"
	"achyk/internal/site/page"
	"achyk/internal/site/posters"
)

// LetterView shows what residents were told, where and when.
type LetterView struct {
	StepBase
	Letters     []LetterCard
	Discussions []HearingLine
}

// LetterCard is an analytic letter, with where it was published and to whom it was sent.
type LetterCard struct {
	Link   page.Link
	Title  page.Text
	Date   string
	Text   *page.Document
	Poster *posters.Card
	Sent   []page.Fact
}

// Letters are the pages that show what residents were told.
var Letters = page.Kind[LetterView]{Template: "letter", Pages: step(jme.StepLetter, letter)}

// letter returns the page of the analytic letters of a year.
func letter(p *page.Place, c *jme.Cycle, base StepBase) LetterView {
	v := LetterView{StepBase: base}
	for _, l := range c.AnalyticLetters {
		v.Letters = append(v.Letters, letterCard(p, l))
	}
	if len(c.AnalyticLetters) > 0 {
		v.Pictured(linkcards.OfRecord(p, jme.AnalyticLetters, c.AnalyticLetters[0].ID))
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
		Text: p.Document(p.Town.LetterText(l.ID)), Poster: posters.OfLetter(p, l),
	}
	for _, d := range p.Town.Distributions {
		if !d.Letter.Is(l) {
			continue
		}
		value := page.Value{Text: page.Own(p.Day(d.Sent))}
		if d.Copies.Valid {
			value.Text = append(value.Text, page.Text{Text: p.N("site.count.copies", int(d.Copies.Decimal.IntPart()))})
		}
		card.Sent = page.AddFact(card.Sent, p.Text(d.Recipient), value)
	}
	return card
}
