package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// MissingView lists what ought to be on record and is not: absence is published as
// plainly as presence.
type MissingView struct {
	Base
	Heading string
	Lead    string
	Counts  []AnswerCount
	Groups  []MissingGroup
	Data    []FileLine // the register of outcomes, where most of it can be counted
}

// MissingGroup is what is missing for one reason.
type MissingGroup struct {
	Mark, Title string
	Lead        string
	Lines       []MissingLine
}

// MissingLine is one thing that is missing.
type MissingLine struct {
	Said Sentence
	Link Link // the record it is missing from
	Duty Phrase
}

func (e *edition) missing(t *town) Page {
	m := t.Municipality
	path := missingPath(m)
	return page(e, path, e.templates.missing, func(href func(string) string) MissingView {
		v := MissingView{
			Heading: e.T("site.missing.title"), Lead: e.F("site.missing.lead", locale.Args{"day": e.AsOf(e.today())}),
			Groups: e.missingGroups(t, href), Data: e.downloads(m, jme.Compliance, href),
		}
		v.Base = e.base(href, path, v.Heading+" — "+m.Settings.Name.In(e.lang), v.Lead, t)
		for _, g := range v.Groups {
			v.Counts = append(v.Counts, AnswerCount{g.Mark, g.Title, e.Int(len(g.Lines))})
		}
		return v
	})
}

// missingLink leads to the list and says how long it is.
func (e *edition) missingLink(t *town, href func(string) string) Link {
	return Link{Text: own(e.N("site.missing.count", len(t.missing))), Href: e.to(href, missingPath(t.Municipality))}
}

// missingGroups are the reasons for which something is missing, the gravest first, without
// those for which nothing is.
func (e *edition) missingGroups(t *town, href func(string) string) []MissingGroup {
	var groups []MissingGroup
	for i := range t.missing {
		x := &t.missing[i]
		if i == 0 || x.Reason != t.missing[i-1].Reason {
			groups = append(groups, e.missingGroup(x.Reason))
		}
		g := &groups[len(groups)-1]
		g.Lines = append(g.Lines, e.missingLine(t.Municipality, x, href))
	}
	return groups
}

func (e *edition) missingGroup(reason regulation.Reason) MissingGroup {
	g := MissingGroup{Mark: string(reason), Title: e.T("site.missing." + string(reason) + ".title"), Lead: e.T("site.missing." + string(reason) + ".lead")}
	switch reason {
	case regulation.NotActedOn:
		g.Mark = string(jme.AnswerNone)
	case regulation.TextNotInHand:
		g.Mark = "unknown"
	}
	return g
}

func (e *edition) missingLine(m *jme.Municipality, x *regulation.Missing, href func(string) string) MissingLine {
	switch x.Reason {
	case regulation.NotAnswered:
		r := x.Recommendation
		return MissingLine{
			Said: Sentence{Mark: string(jme.AnswerNone), Text: e.silentSince(r), Late: true},
			Link: e.recordLink(m, "recommendations", r.ID, href), Duty: Phrase{e.said(regulation.Actor(m, r.Addressee, r.Provider.Get()))},
		}
	case regulation.NotVerified:
		return MissingLine{
			Said: Sentence{Mark: string(jme.AnswerSaid), Text: e.T("site.status.verification.none")},
			Link: e.recordLink(m, "measures", x.Measure.ID, href),
		}
	case regulation.NotActedOn:
		return MissingLine{
			Said: Sentence{Mark: string(jme.AnswerNone), Text: e.T("site.status.obstruction.silent"), Late: true},
			Link: e.recordLink(m, "obstructions", x.Obstruction.ID, href), Duty: Phrase{e.said(m.Settings.Council)},
		}
	case regulation.TextNotInHand:
		return MissingLine{
			Said: Sentence{Mark: "unknown", Text: e.T("site.regulation.absent")},
			Link: Link{Text: Phrase{{Text: e.clause(x.Clause.Number)}, e.said(x.Clause.Title)}, Href: e.to(href, regulationPath(m)) + "#" + clauseAnchor(x.Clause.Number)},
		}
	}
	line := MissingLine{Said: e.outcomeSentence(m, x.Outcome, href), Duty: e.duty(m, x.Outcome.Clause)}
	if s := x.Outcome.Subject; s.ID != "" {
		line.Link = e.recordLink(m, s.Register, s.ID, href)
	}
	return line
}

// duty names who must act by a clause.
func (e *edition) duty(m *jme.Municipality, clause string) Phrase {
	for i := range m.Regulation.Clauses {
		if c := &m.Regulation.Clauses[i]; c.Number == clause {
			return e.saidIf(c.Duty)
		}
	}
	return nil
}
