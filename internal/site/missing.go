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
	n := 0
	for _, g := range e.missingGroups(t, href) {
		n += len(g.Lines)
	}
	return Link{Text: own(e.N("site.missing.count", n)), Href: e.to(href, missingPath(t.Municipality))}
}

// missingGroups are the reasons for which something is missing, the gravest first, without
// those for which nothing is. An exemption sets aside, so what it covers is not here.
func (e *edition) missingGroups(t *town, href func(string) string) []MissingGroup {
	m := t.Municipality
	overdue, unknown, silent := e.missingGroup("overdue"), e.missingGroup("unknown"), e.missingGroup("no-answer")
	unmet, unchecked, unread := e.missingGroup("obstruction"), e.missingGroup("said-done"), e.missingGroup("text")
	for _, o := range t.outcomes {
		if o.Kind != regulation.Overdue && o.Kind != regulation.Unknown {
			continue
		}
		line := MissingLine{Said: e.outcomeSentence(m, o, href), Duty: e.duty(m, o.Clause)}
		if o.Subject.ID != "" {
			line.Link = e.recordLink(m, o.Subject.Register, o.Subject.ID, href)
		}
		group := unknown
		if o.Kind == regulation.Overdue {
			group = overdue
		}
		group.Lines = append(group.Lines, line)
	}
	for _, r := range m.Recommendations {
		if r.Answer() == jme.AnswerNone {
			silent.Lines = append(silent.Lines, MissingLine{
				Said: Sentence{Mark: string(jme.AnswerNone), Text: e.silentSince(r), Late: true},
				Link: e.recordLink(m, "recommendations", r.ID, href), Duty: Phrase{e.said(regulation.Actor(m, r.Addressee, r.Provider.Get()))},
			})
		}
		for _, x := range r.Measures {
			if x.Status == jme.Done && len(x.Verifications) == 0 {
				unchecked.Lines = append(unchecked.Lines, MissingLine{
					Said: Sentence{Mark: string(jme.AnswerSaid), Text: e.T("site.status.verification.none")},
					Link: e.recordLink(m, "measures", x.ID, href),
				})
			}
		}
	}
	for _, x := range m.Obstructions {
		if x.Measure.IsZero() {
			unmet.Lines = append(unmet.Lines, MissingLine{
				Said: Sentence{Mark: string(jme.AnswerNone), Text: e.T("site.status.obstruction.silent"), Late: true},
				Link: e.recordLink(m, "obstructions", x.ID, href), Duty: Phrase{e.said(m.Settings.Council)},
			})
		}
	}
	for i := range m.Regulation.Clauses {
		if c := &m.Regulation.Clauses[i]; !c.InHand() {
			unread.Lines = append(unread.Lines, MissingLine{
				Said: Sentence{Mark: "unknown", Text: e.T("site.regulation.absent")},
				Link: Link{Text: Phrase{{Text: e.clause(c.Number)}, e.said(c.Title)}, Href: e.to(href, regulationPath(m)) + "#" + clauseAnchor(c.Number)},
			})
		}
	}
	var groups []MissingGroup
	for _, g := range []*MissingGroup{overdue, silent, unmet, unknown, unchecked, unread} {
		if len(g.Lines) > 0 {
			groups = append(groups, *g)
		}
	}
	return groups
}

func (e *edition) missingGroup(reason string) *MissingGroup {
	g := &MissingGroup{Mark: reason, Title: e.T("site.missing." + reason + ".title"), Lead: e.T("site.missing." + reason + ".lead")}
	switch reason {
	case "obstruction":
		g.Mark = string(jme.AnswerNone)
	case "text":
		g.Mark = "unknown"
	}
	return g
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
