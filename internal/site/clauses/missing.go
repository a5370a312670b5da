package clauses

import (
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/wording"
)

// MissingView lists records that ought to exist and do not, of a town or of one of its years.
type MissingView struct {
	page.Base
	Heading string
	Lead    string
	Counts  []page.Count
	Groups  []MissingGroup
	All     []page.Link     // to the page of all years; none on that page
	Years   []page.Link     // to the pages of each year
	Desk    string          // the page on which clerks check a spreadsheet
	Data    []page.FileLine // files of the register of outcomes, in which most missing records can be counted
}

// MissingGroup is the records that are missing for one reason.
type MissingGroup struct {
	ID          string // on the page
	Mark, Title string
	Lead        string
	Lines       []MissingLine
}

// MissingLine is one missing record.
type MissingLine struct {
	Sentence status.Sentence
	Link     page.Link   // the record that lacks another one
	Duty     page.Phrase // who must act by a clause
	Asked    page.Phrase // to whom a recommendation was made; it lays no duty on them
}

// Missing are the pages of missing records.
var Missing = page.Kind[MissingView]{Template: "missing", Style: page.Clauses, Pages: func(s *page.Site, add page.Add[MissingView]) {
	for _, t := range s.Towns {
		add(t, t.MissingPath(), func(p *page.Place) MissingView { return missing(p, nil) })
		for _, c := range t.Cycles {
			add(t, t.MissingOfYear(c.Year), func(p *page.Place) MissingView { return missing(p, c) })
		}
	}
}}

// missing returns the page of the records that a year lacks, or that all years lack if c is nil.
func missing(p *page.Place, c *jme.Cycle) MissingView {
	v := MissingView{
		Heading: p.T("site.missing.title"), Lead: p.F("site.missing.lead", locale.Args{"day": p.AsOf(p.Today)}),
		Years: p.YearLinks(p.Town.MissingOfYear, c), Data: p.Downloads(jme.Compliance), Desk: p.To(page.DeskPath),
	}
	lacking := p.Town.Missing
	if c != nil {
		lacking = p.Town.MissingIn(c.Year)
		v.Heading += ", " + page.Year(c.Year)
		v.All = []page.Link{{Text: page.Own(p.N("site.missing.all", len(p.Town.Missing))), Href: p.To(p.Town.MissingPath())}}
	}
	v.Base = p.TownBase(v.Heading, v.Lead)
	if c != nil {
		v.Crumb(page.Own(page.Year(c.Year)), p.To(p.Town.YearPath(c.Year)))
	}
	v.Groups = missingGroups(p, lacking)
	for _, g := range v.Groups {
		v.Counts = append(v.Counts, page.Count{Mark: g.Mark, Label: g.Title, Count: p.Int(len(g.Lines))})
	}
	return v
}

// missingGroups returns missing records by reason, the gravest reason first.
func missingGroups(p *page.Place, lacking []judgement.Missing) []MissingGroup {
	var groups []MissingGroup
	for i := range lacking {
		x := &lacking[i]
		if i == 0 || x.Reason != lacking[i-1].Reason {
			groups = append(groups, missingGroup(p, x.Reason))
		}
		g := &groups[len(groups)-1]
		g.Lines = append(g.Lines, missingLine(p, x))
	}
	return groups
}

// missingGroup returns the heading of a reason, without lines.
func missingGroup(p *page.Place, reason judgement.Reason) MissingGroup {
	key := "site.missing." + string(reason)
	g := MissingGroup{ID: string(reason), Mark: string(reason), Title: p.T(key + ".title"), Lead: p.T(key + ".lead")}
	switch reason {
	case judgement.NotReplied, judgement.NotActedOn, judgement.TextNotInHand:
		g.Mark = "unknown"
	}
	return g
}

// missingLine returns a missing record.
func missingLine(p *page.Place, x *judgement.Missing) MissingLine {
	switch x.Reason {
	case judgement.NotAnswered:
		r := x.Recommendation
		return MissingLine{
			Sentence: status.Unanswered(p, r),
			Link:     p.Record("recommendations", r.ID), Asked: page.Phrase{p.Text(judgement.Actor(p.Town.Municipality, r.Addressee, r.Provider.Get()))},
		}
	case judgement.NotReplied:
		return MissingLine{
			Sentence: status.Unreplied(p, x.Finding)[0], // names who must reply
			Link:     p.Record("findings", x.Finding.ID),
		}
	case judgement.NotVerified:
		return MissingLine{
			Sentence: status.Unchecked(p, x.Measure),
			Link:     p.Record("measures", x.Measure.ID),
		}
	case judgement.NotActedOn:
		return MissingLine{
			Sentence: status.ObstructionSilence(p, x.Obstruction), // names who must act
			Link:     p.Record("obstructions", x.Obstruction.ID),
		}
	case judgement.TextNotInHand:
		c := x.Clause
		return MissingLine{
			Sentence: status.Sentence{Mark: "unknown", Text: p.T("site.regulation.absent")},
			Link:     page.Link{Text: page.Phrase{{Text: p.Clause(c.Number)}, p.Text(c.Title)}, Href: p.To(p.Town.ClausePath(c.Number))},
		}
	}
	line := MissingLine{Sentence: status.Outcome(p, x.Outcome), Duty: duty(p, x.Outcome)}
	if s := x.Outcome.Subject; s.ID != "" {
		line.Link = p.Record(s.Register, s.ID)
	}
	return line
}

// duty returns who must act by the clause of an outcome.
func duty(p *page.Place, o *regulation.Outcome) page.Phrase {
	if c := wording.Find(&p.Town.Regulation, o.Clause, o.Version); c != nil {
		return p.Phrase(c.Duty)
	}
	return nil
}
