package site

import (
	"achyk/internal/document"
	"achyk/internal/jme"
)

// LetterView is what residents were told, where and when.
type LetterView struct {
	Base
	StepBase
	Letters     []LetterCard
	Discussions []HearingLine
}

// LetterCard is an analytic letter with where it went.
type LetterCard struct {
	Link         Link
	Title        Said
	Date         string
	Text         *Text
	Publications []Fact
	Sent         []Fact
}

// Text is a document with its language, where that is not the page's.
type Text struct {
	Lang string
	document.Document
}

// letterText is the text of an analytic letter, or nil.
func (e *edition) letterText(m *jme.Municipality, id string) *Text {
	a := m.Letter(id)
	if a == nil {
		return nil
	}
	return e.text(a)
}

func (e *edition) text(a *jme.Article) *Text {
	doc, lang := a.Body(e.lang)
	if doc == nil {
		return nil
	}
	t := &Text{Document: *doc}
	if lang != e.lang {
		t.Lang = lang.String()
	}
	return t
}

func (e *edition) letter(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "letter")
	return page(e, path, e.templates.letter, func(href func(string) string) LetterView {
		v := LetterView{Base: e.stepBase(t, c, "letter", href), StepBase: e.stepHead(t, c, "letter", href)}
		for _, l := range c.Letters {
			card := LetterCard{Link: e.recordLink(m, jme.AnalyticLetters, l.ID, href), Title: e.said(l.Title), Date: e.day(l.Date)}
			card.Text = e.letterText(m, l.ID)
			channel := jme.Schema("publications").Column("channel")
			for _, p := range m.Publications {
				if p.SubjectRegister != jme.AnalyticLetters || p.Subject != l.ID {
					continue
				}
				value := Value{Text: own(e.day(p.Published))}
				if !p.Place.IsZero() {
					value.Text = append(value.Text, e.said(p.Place))
				}
				if p.URL != "" {
					value.Href, value.Away = p.URL, true
				}
				card.Publications = addFact(card.Publications, channel.Label(p.Channel).In(e.lang), value)
			}
			for _, d := range m.Distributions {
				if d.Letter.Is(l) {
					value := Value{Text: own(e.day(d.Sent))}
					if d.Copies.Valid {
						value.Text = append(value.Text, Said{Text: e.N("site.count.copies", int(d.Copies.Decimal.IntPart()))})
					}
					card.Sent = addFact(card.Sent, d.Recipient.In(e.lang), value)
				}
			}
			v.Letters = append(v.Letters, card)
		}
		for _, event := range c.Discussions {
			v.Discussions = append(v.Discussions, e.hearing(m, event, href))
		}
		return v
	})
}

// addFact puts a value under its name, together with others of that name.
func addFact(facts []Fact, name string, v Value) []Fact {
	for i := range facts {
		if facts[i].Name == name {
			facts[i].Values = append(facts[i].Values, v)
			return facts
		}
	}
	return append(facts, Fact{name, []Value{v}})
}
