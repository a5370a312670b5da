package clauses

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// MissingView lists what ought to be on record and is not: absence is published as
// plainly as presence.
type MissingView struct {
	page.Base
	Heading string
	Lead    string
	Counts  []page.Count
	Groups  []MissingGroup
	Data    []page.FileLine // the register of outcomes, where most of it can be counted
}

// MissingGroup is what is missing for one reason.
type MissingGroup struct {
	Mark, Title string
	Lead        string
	Lines       []MissingLine
}

// MissingLine is one thing that is missing.
type MissingLine struct {
	Said status.Sentence
	Link page.Link // the record it is missing from
	Duty page.Phrase
}

// MissingPages are the pages of what is missing.
var MissingPages = page.Kind[MissingView]{Template: "missing", Pages: func(e *page.Edition, add page.Add[MissingView]) {
	for _, t := range e.Towns {
		add(t, t.MissingPath(), missing)
	}
}}

func missing(p *page.Place) MissingView {
	v := MissingView{
		Heading: p.T("site.missing.title"), Lead: p.F("site.missing.lead", locale.Args{"day": p.AsOf(p.Today)}),
		Groups: missingGroups(p), Data: p.Downloads(jme.Compliance),
	}
	v.Base = p.Base(v.Heading+" — "+p.Town.Settings.Name.In(p.Lang), v.Lead)
	for _, g := range v.Groups {
		v.Counts = append(v.Counts, page.Count{Mark: g.Mark, Label: g.Title, Count: p.Int(len(g.Lines))})
	}
	return v
}

// MissingLink leads to the list and says how long it is.
func MissingLink(p *page.Place) page.Link {
	n := 0
	for _, g := range missingGroups(p) {
		n += len(g.Lines)
	}
	return page.Link{Text: page.Own(p.N("site.missing.count", n)), Href: p.To(p.Town.MissingPath())}
}

// missingGroups are the reasons for which something is missing, the gravest first, without
// those for which nothing is. An exemption sets aside, so what it covers is not here.
func missingGroups(p *page.Place) []MissingGroup {
	overdue, unknown, silent := missingGroup(p, "overdue"), missingGroup(p, "unknown"), missingGroup(p, "no-answer")
	unmet, unchecked, unread := missingGroup(p, "obstruction"), missingGroup(p, "said-done"), missingGroup(p, "text")
	for _, o := range p.Town.Outcomes {
		if o.Kind != regulation.Overdue && o.Kind != regulation.Unknown {
			continue
		}
		line := MissingLine{Said: status.Outcome(p, o), Duty: duty(p, o.Clause)}
		if o.Subject.ID != "" {
			line.Link = p.Record(o.Subject.Register, o.Subject.ID)
		}
		group := unknown
		if o.Kind == regulation.Overdue {
			group = overdue
		}
		group.Lines = append(group.Lines, line)
	}
	for _, r := range p.Town.Recommendations {
		if r.Answer() == jme.AnswerNone {
			silent.Lines = append(silent.Lines, MissingLine{
				Said: status.Sentence{Mark: string(jme.AnswerNone), Text: status.SilentSince(p, r), Late: true},
				Link: p.Record("recommendations", r.ID), Duty: page.Phrase{p.Said(regulation.Actor(p.Town.Municipality, r.Addressee, r.Provider.Get()))},
			})
		}
		for _, x := range r.Measures {
			if x.Status == jme.Done && len(x.Verifications) == 0 {
				unchecked.Lines = append(unchecked.Lines, MissingLine{
					Said: status.Sentence{Mark: string(jme.AnswerSaid), Text: p.T("site.status.verification.none")},
					Link: p.Record("measures", x.ID),
				})
			}
		}
	}
	for _, x := range p.Town.Obstructions {
		if x.Measure.IsZero() {
			unmet.Lines = append(unmet.Lines, MissingLine{
				Said: status.Sentence{Mark: string(jme.AnswerNone), Text: p.T("site.status.obstruction.silent"), Late: true},
				Link: p.Record("obstructions", x.ID), Duty: page.Phrase{p.Said(p.Town.Settings.Council)},
			})
		}
	}
	for i := range p.Town.Regulation.Clauses {
		if c := &p.Town.Regulation.Clauses[i]; !c.InHand() {
			unread.Lines = append(unread.Lines, MissingLine{
				Said: status.Sentence{Mark: "unknown", Text: p.T("site.regulation.absent")},
				Link: page.Link{Text: page.Phrase{{Text: p.Clause(c.Number)}, p.Said(c.Title)}, Href: p.To(p.Town.ClausePath(c.Number))},
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

func missingGroup(p *page.Place, reason string) *MissingGroup {
	g := &MissingGroup{Mark: reason, Title: p.T("site.missing." + reason + ".title"), Lead: p.T("site.missing." + reason + ".lead")}
	switch reason {
	case "obstruction":
		g.Mark = string(jme.AnswerNone)
	case "text":
		g.Mark = "unknown"
	}
	return g
}

// duty names who must act by a clause.
func duty(p *page.Place, clause string) page.Phrase {
	for i := range p.Town.Regulation.Clauses {
		if c := &p.Town.Regulation.Clauses[i]; c.Number == clause {
			return p.SaidIf(c.Duty)
		}
	}
	return nil
}
