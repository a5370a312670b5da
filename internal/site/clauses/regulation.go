// Package clauses makes the pages of a regulation: the regulation clause by clause, how it would
// fare if it were read otherwise, the outcomes of a year, the rules that judge the clauses, the deadlines (as a page and as a
// calendar, RFC 5545), and the missing records.
package clauses

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/rules"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/wording"
)

// RegulationView is the regulation, clause by clause.
type RegulationView struct {
	page.Base
	Title       page.Text
	Issuer      page.Text
	Identity    string // number and date, or a sentence that they are not known
	Copy        string // says what kind of copy of the regulation was read
	Note        page.Phrase
	InHand      string        // "18 of 21 clauses are in hand"
	Official    string        // says that the official text is not in hand; empty if some of it is
	Source      string        // where it is published; may be empty
	Opening     *OfficialView // what the official text has before its first clause
	Rules       page.Link     // the page of all rules
	Bodies      []page.Link
	Otherwise   page.Link // the page of what it leaves open; empty without assumptions
	Clauses     []ClauseView
	Amendments  []AmendmentView
	Basis       []BasisView
	Assumptions []page.Link // those on the regulation as a whole
}

// ClauseView is one clause.
type ClauseView struct {
	Anchor      string
	Number      string
	Title       page.Text
	Summary     page.Text
	Duty        page.Phrase
	Unchecked   page.Phrase // why no rule can check it; empty where one does
	InHand      bool
	State       string        // says since when it reads so, or that it was repealed or is not in force yet
	Was         []WordingView // how it read before, each with what became different afterwards
	Official    *OfficialView
	Years       []ClauseYear
	Rules       []page.Link
	Records     []page.Link
	Assumptions []page.Link // how it is read where the text leaves a point open
}

// BasisView is an act on which the regulation is based.
type BasisView struct {
	Title  page.Text
	Number string
	Date   string
	Ended  string
	Source string
	Note   page.Phrase
}

// Regulations are the pages of the regulations, clause by clause.
var Regulations = page.Kind[RegulationView]{Template: "regulation", Style: page.Clauses, Pages: func(s *page.Site, add page.Add[RegulationView]) {
	for _, t := range s.Towns {
		add(t, t.RegulationPath(), regulationView)
	}
}}

// regulationView returns the page of a regulation.
func regulationView(p *page.Place) RegulationView {
	act := p.Town.Regulation.Act
	v := RegulationView{
		Base:  p.TownBase(p.T("site.menu.regulation"), act.Title.In(p.Lang)),
		Title: p.Text(act.Title), Issuer: p.Text(act.Issuer), Note: p.Phrase(act.Note),
		Amendments: amendments(p), Source: act.Source, Opening: official(p, wording.Adopted, ""),
		Copy: p.T("site.regulation.copy." + act.Copy), Identity: p.T("site.regulation.unnumbered"),
		Bodies: status.Bodies(p, ""),
		Rules:  page.Link{Text: page.Own(p.T("site.rules.all")), Href: p.To(page.RulesPath)},
	}
	if act.Number != "" && !act.Date.IsZero() {
		v.Identity = p.F("site.regulation.number", locale.Args{"number": act.Number, "date": p.Date(act.Date)})
	}
	made := map[int]bool{} // for a clause
	inHand, n := 0, 0      // of the clauses that are in force
	for i := range p.Town.Regulation.Clauses {
		c := wording.On(&p.Town.Regulation, &p.Town.Regulation.Clauses[i], p.Today)
		if c.Holds(p.Today) {
			if n++; c.InHand() {
				inHand++
			}
		}
		var codes []string
		for _, at := range rules.All.Assumed(&p.Town.Regulation, &p.Town.Regulation.Clauses[i]) {
			made[at] = true
			codes = append(codes, p.Town.Regulation.Assumptions[at].Code)
		}
		v.Clauses = append(v.Clauses, clauseView(p, &c, status.Assumptions(p, codes)))
	}
	var whole []string
	for i, a := range p.Town.Regulation.Assumptions {
		if !made[i] && rules.All.Idle(&p.Town.Regulation, i) == "" {
			whole = append(whole, a.Code)
		}
	}
	v.Assumptions = status.Assumptions(p, whole)
	if len(p.Town.Official) == 0 {
		v.Official = p.T("site.wording.absent")
	}
	if inHand == n {
		v.InHand = p.N("site.regulation.allinhand", n)
	} else {
		v.InHand = p.NF("site.regulation.inhand", n, locale.Args{"known": inHand})
	}
	if len(p.Town.Regulation.Assumptions) > 0 {
		v.Otherwise = page.Link{Text: page.Own(p.T("site.otherwise.title")), Href: p.To(p.Town.OtherwisePath())}
	}
	for _, b := range p.Town.Regulation.Basis {
		v.Basis = append(v.Basis, basisView(p, b))
	}
	return v
}

// basisView returns an act on which the regulation is based.
func basisView(p *page.Place, b jme.Basis) BasisView {
	v := BasisView{Title: p.Text(b.Title), Number: b.Number, Source: b.Source, Note: p.Phrase(b.Note)}
	if !b.Date.IsZero() {
		v.Date = p.Date(b.Date)
	}
	if !b.InForceUntil.IsZero() {
		v.Ended = p.F("site.regulation.ended", locale.Args{"on": p.On(b.InForceUntil)})
	}
	return v
}

// clauseView returns one clause.
func clauseView(p *page.Place, c *wording.Clause, assumptions []page.Link) ClauseView {
	v := ClauseView{
		Anchor: page.ClauseAnchor(c.Number), Number: locale.Clause(c.Number).In(p.Lang), Title: p.Text(c.Title), Summary: p.Text(c.Summary),
		Duty: p.Phrase(c.Duty), Unchecked: p.Phrase(c.Unchecked), InHand: c.InHand(), Assumptions: assumptions, Years: clauseYears(p, c.Number),
		Official: official(p, c.Version, c.Number), State: period(p, c),
	}
	if !c.Until.IsZero() && !c.Until.After(p.Today) {
		v.State = repealed(p, c)
	} else {
		v.Rules = checkedBy(p, &c.Clause)
	}
	v.Was = earlier(p, c)
	for _, name := range c.Registers {
		if reg := p.Town.Table(name); reg != nil {
			v.Records = append(v.Records, p.Register(reg))
		}
	}
	return v
}
