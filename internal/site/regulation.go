package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// RegulationView is the regulation, clause by clause.
type RegulationView struct {
	Base
	Title       Said
	Issuer      Said
	Identity    string // number and date, or that they are not in hand
	Copy        string // what the copy in hand is
	Note        Phrase
	InHand      string // "18 of 21 clauses are in hand"
	Rules       Link   // all there are
	Clauses     []ClauseView
	Basis       []BasisView
	Assumptions []AssumptionView // those of no single clause
}

// ClauseView is one clause.
type ClauseView struct {
	Anchor      string
	Number      string
	Title       Said
	Summary     Said
	Duty        Phrase
	InHand      bool
	Years       []ClauseYear
	Rules       []Link
	Records     []Link
	Assumptions []AssumptionView
}

// AssumptionView is what the text leaves open.
type AssumptionView struct {
	Anchor string
	Title  Said
	Text   Said
}

// BasisView is an act the regulation rests on.
type BasisView struct {
	Title  Said
	Number string
	Date   string
	Ended  string
	Source string
	Note   Phrase
}

// ClauseAnchor is the fragment of a clause on its page; it is part of the address.
func clauseAnchor(number string) string { return "clause-" + number }

func (e *edition) regulation(t *town) Page {
	m := t.Municipality
	path := regulationPath(m)
	return page(e, path, e.templates.regulation, func(href func(string) string) RegulationView {
		act := m.Regulation.Act
		v := RegulationView{
			Base:  e.base(href, path, e.T("site.menu.regulation")+" — "+m.Settings.Name.In(e.lang), act.Title.In(e.lang), t),
			Title: e.said(act.Title), Issuer: e.said(act.Issuer), Note: e.saidIf(act.Note),
			Copy: e.T("site.regulation.copy." + act.Copy), Identity: e.T("site.regulation.unnumbered"),
			Rules: Link{Text: own(e.T("site.rules.all")), Href: e.to(href, rulesPath)},
		}
		if act.Number != "" && !act.Date.IsZero() {
			v.Identity = e.F("site.regulation.number", locale.Args{"number": act.Number, "date": e.Date(act.Date)})
		}
		of := map[string][]AssumptionView{}
		for _, a := range m.Regulation.Assumptions {
			of[a.Clause] = append(of[a.Clause], AssumptionView{"assumption-" + a.Code, e.said(a.Title), e.said(a.Text)})
		}
		v.Assumptions = of[""]
		inHand := 0
		for _, c := range m.Regulation.Clauses {
			if c.InHand() {
				inHand++
			}
			v.Clauses = append(v.Clauses, e.clauseView(t, c, of[c.Number], href))
		}
		if n := len(m.Regulation.Clauses); inHand == n {
			v.InHand = e.N("site.regulation.allinhand", n)
		} else {
			v.InHand = e.NF("site.regulation.inhand", n, locale.Args{"known": e.Int(inHand)})
		}
		for _, b := range m.Regulation.Basis {
			line := BasisView{Title: e.said(b.Title), Number: b.Number, Source: b.Source, Note: e.saidIf(b.Note)}
			if !b.Date.IsZero() {
				line.Date = e.Date(b.Date)
			}
			if !b.InForceUntil.IsZero() {
				line.Ended = e.F("site.regulation.ended", locale.Args{"on": e.On(b.InForceUntil)})
			}
			v.Basis = append(v.Basis, line)
		}
		return v
	})
}

func (e *edition) clauseView(t *town, c jme.Clause, assumptions []AssumptionView, href func(string) string) ClauseView {
	m := t.Municipality
	v := ClauseView{
		Anchor: clauseAnchor(c.Number), Number: c.Number, Title: e.said(c.Title), Summary: e.said(c.Summary),
		Duty: e.saidIf(c.Duty), InHand: c.InHand(), Assumptions: assumptions, Years: e.clauseYears(t, c.Number, href),
		Rules: e.checkedBy(&c, href),
	}
	for _, name := range c.Registers {
		if reg := m.Table(name); reg != nil {
			v.Records = append(v.Records, Link{Text: Phrase{e.said(reg.Schema.Title)}, Href: e.to(href, listPath(m, name, 1))})
		}
	}
	return v
}
