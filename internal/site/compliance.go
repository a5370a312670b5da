package site

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// ComplianceView is the regulation executed for one year: each clause that has a rule,
// whether it was kept, and the records that show it.
type ComplianceView struct {
	Base
	Heading string
	Lead    string
	Kept    *Kept
	Missing Link
	Clauses []ComplianceClause
	Years   []Link
}

// Kept sums outcomes up; it is the same wherever it is shown.
type Kept struct {
	Sentence string // "The regulation was kept in 75 of 76 cases"
	Kinds    []KindCount
	Href     string // the year's page
}

// KindCount says how many outcomes are of one kind.
type KindCount struct{ Mark, Label, Count string }

// ComplianceClause is a clause with its outcomes.
type ComplianceClause struct {
	Anchor, Number string
	Href           string // the clause on the regulation's page
	Title          Said
	Summary        Said // in plain words
	Duty           Phrase
	Rules          []Link
	Outcomes       []OutcomeView
}

// OutcomeView is one outcome.
type OutcomeView struct {
	Mark, Kind string
	Late       bool
	Sentence   []Said // its parts, to be set one after another
	Due        string // the last day and how it was counted
	Evidence   []Link
	More       string
	Assumed    []Link
	Exempt     []Link // the exemption that sets it aside
}

// outcomeMarks are the shapes of the six kinds.
var outcomeMarks = map[regulation.Kind]string{
	regulation.Kept: "met", regulation.Broken: "not-met", regulation.Overdue: "overdue",
	regulation.Pending: "not-due", regulation.NotApplicable: "not-checked", regulation.Unknown: "unknown",
}

// mostEvidence is how many records of an outcome are linked; the sentence counts the rest.
const mostEvidence = 4

// kept sums up, or is nil where no rule applies.
func (e *edition) kept(t *town, c *jme.Cycle, href func(string) string) *Kept {
	counts := map[regulation.Kind]int{}
	for _, o := range t.byClause[clauseOf{c.Year, ""}] {
		counts[o.Kind]++
	}
	judged := 0
	k := &Kept{Href: e.to(href, stepPath(t.Municipality, c.Year, "regulation"))}
	for _, kind := range regulation.Kinds {
		if n := counts[kind]; n > 0 {
			k.Kinds = append(k.Kinds, KindCount{outcomeMarks[kind], e.T("site.outcome." + string(kind)), e.Int(n)})
		}
	}
	for _, kind := range []regulation.Kind{regulation.Kept, regulation.Broken, regulation.Overdue, regulation.Unknown} {
		judged += counts[kind]
	}
	if len(k.Kinds) == 0 {
		return nil
	}
	k.Sentence = e.NF("site.kept.sentence", judged, locale.Args{"kept": e.Int(counts[regulation.Kept])})
	if judged == 0 {
		k.Sentence = e.T("site.kept.none")
	}
	return k
}

func (e *edition) compliance(t *town, c *jme.Cycle) Page {
	m := t.Municipality
	path := stepPath(m, c.Year, "regulation")
	return page(e, path, e.templates.compliance, func(href func(string) string) ComplianceView {
		args := locale.Args{"Year": year(c.Year)}
		v := ComplianceView{Heading: e.T("site.kept.title"), Lead: e.F("site.kept.lead", args), Kept: e.kept(t, c, href), Missing: e.missingLink(t, href)}
		v.Base = e.base(href, path, v.Heading+", "+year(c.Year)+" — "+m.Settings.Name.In(e.lang), v.Lead, t)
		v.crumb(own(year(c.Year)), e.to(href, yearPath(m, c.Year)))
		for i := range m.Regulation.Clauses {
			clause := &m.Regulation.Clauses[i]
			outcomes := t.byClause[clauseOf{c.Year, clause.Number}]
			if len(outcomes) == 0 {
				continue
			}
			view := ComplianceClause{
				Anchor: clauseAnchor(clause.Number), Number: clause.Number, Title: e.said(clause.Title),
				Summary: e.said(clause.Summary), Duty: e.saidIf(clause.Duty), Rules: e.checkedBy(clause, href),
				Href: e.to(href, regulationPath(m)) + "#" + clauseAnchor(clause.Number),
			}
			for _, o := range outcomes {
				view.Outcomes = append(view.Outcomes, e.outcome(m, o, href))
			}
			v.Clauses = append(v.Clauses, view)
		}
		for _, other := range t.cycles {
			v.Years = append(v.Years, Link{Text: own(year(other.Year)), Href: e.to(href, stepPath(m, other.Year, "regulation")), Current: other == c})
		}
		return v
	})
}

func (e *edition) outcome(m *jme.Municipality, o *regulation.Outcome, href func(string) string) OutcomeView {
	v := OutcomeView{
		Mark: outcomeMarks[o.Kind], Kind: e.T("site.outcome." + string(o.Kind)),
		Late: late(o), Sentence: e.parts(o),
	}
	if counted := o.Counted(e.Printer); counted != "" {
		v.Due = e.F("site.kept.due", locale.Args{"Due": o.Due, "Counted": counted})
	}
	if o.Exemption != "" {
		v.Exempt = append(v.Exempt, e.recordLink(m, "exemptions", o.Exemption, href))
	}
	for i, r := range o.Evidence {
		if i == mostEvidence {
			v.More = e.N("site.record.more", len(o.Evidence)-mostEvidence)
			break
		}
		if r.ID != "" {
			link := e.recordLink(m, r.Register, r.ID, href)
			for j := range link.Text {
				link.Text[j].Text = clip(link.Text[j].Text, 60)
			}
			v.Evidence = append(v.Evidence, link)
		}
	}
	for _, code := range o.Assumptions {
		for _, a := range m.Regulation.Assumptions {
			if a.Code == code {
				v.Assumed = append(v.Assumed, Link{Text: Phrase{e.said(a.Title)}, Href: e.to(href, regulationPath(m)) + "#assumption-" + code})
			}
		}
	}
	return v
}

// parts is the sentence of an outcome, with what is not translated marked.
func (e *edition) parts(o *regulation.Outcome) []Said {
	var parts []Said
	for _, part := range o.Parts(e.Printer) {
		said := Said{Text: part.Text}
		if part.Lang != e.lang {
			said.Lang = part.Lang.String()
		}
		parts = append(parts, said)
	}
	return parts
}

// ClauseYear is how a clause fared in a year, on the regulation's page.
type ClauseYear struct {
	Year, Href string
	Kinds      []KindCount
}

// clauseYears are the years in which a clause had outcomes, newest first.
func (e *edition) clauseYears(t *town, clause string, href func(string) string) []ClauseYear {
	var years []ClauseYear
	for _, c := range t.cycles {
		counts := map[regulation.Kind]int{}
		for _, o := range t.byClause[clauseOf{c.Year, clause}] {
			counts[o.Kind]++
		}
		line := ClauseYear{Year: year(c.Year), Href: e.to(href, stepPath(t.Municipality, c.Year, "regulation")) + "#" + clauseAnchor(clause)}
		for _, kind := range regulation.Kinds {
			if n := counts[kind]; n > 0 {
				line.Kinds = append(line.Kinds, KindCount{outcomeMarks[kind], e.T("site.outcome." + string(kind)), e.Int(n)})
			}
		}
		if len(line.Kinds) > 0 {
			years = append(years, line)
		}
	}
	return years
}
