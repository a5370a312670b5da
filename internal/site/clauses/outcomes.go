package clauses

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/charts"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/wording"
)

// OutcomesView shows the outcomes of a year: for each clause that has a rule, whether it was
// kept and which records show it.
type OutcomesView struct {
	page.Base
	Heading string
	Lead    string
	Kept    *status.Kept
	Missing page.Link
	Late    []LateClauses
	Before  string    // says that the regulation was not in force in that year
	Reading page.Link // the assumption by which it was not
	Months  []MonthView
	Kinds   []page.Count // the columns of Months
	Undated string       // says how many outcomes are in no month
	Chart   *charts.Figure
	Clauses []ClauseOutcomes
	Years   []page.Link
}

// LateClauses are the clauses with an outcome of a kind that needs attention.
type LateClauses struct {
	Mark, Label string
	Links       []page.Link
}

// MonthView counts how the outcomes stood at the end of a month.
type MonthView struct {
	Month  string   // or the day, for a month that is not over; or says of which outcomes the day is not known
	Counts []string // in the order of OutcomesView.Kinds
}

// ClauseOutcomes is a clause with its outcomes.
type ClauseOutcomes struct {
	Anchor, Number string
	Href           string // of the clause on the page of the regulation
	Title          page.Text
	Texts          []TextOutcomes // by each text of the clause that was in force when a duty of the year began
}

// TextOutcomes are the outcomes that were judged by one text of a clause.
type TextOutcomes struct {
	Period   string    // says when the text was in force; empty for one that was never another
	Summary  page.Text // the clause in plain words, as it read then
	Duty     page.Phrase
	Today    *WordingView // what is different in the text of today; nil if nothing is
	Repealed string       // says that there is none today
	Kinds    []KindOutcomes
}

// KindOutcomes are the outcomes of one kind, the gravest first.
type KindOutcomes struct {
	Mark, Label string
	Late        bool
	Folded      bool // what the outcomes rest on is shown when asked for: there is nothing to mend
	Bare        bool // it is on the pages of the outcomes: they did not apply, and a clause about findings has one for each
	Outcomes    []OutcomeView
}

// OutcomeView is one outcome.
type OutcomeView struct {
	Sentence []page.Text // parts of the sentence, shown one after another
	Due      string      // says the last day and how it was counted
	Since    string
	Evidence []page.Link
	More     page.Link // says how many records have no link here, and leads to all of them
	Assumed  []page.Link
	Exempt   []page.Link // the exemption that sets the outcome aside

	Explained []status.Explanation
}

// mostEvidence is how many records of an outcome have a link. The others are on the page of the outcome, to which one that is
// folded leads if it has more than one.
const mostEvidence = 4

// Outcomes are the pages of the outcomes of a year.
var Outcomes = page.Kind[OutcomesView]{Template: "compliance", Style: page.Clauses, Pages: func(s *page.Site, add page.Add[OutcomesView]) {
	for _, t := range s.Towns {
		for _, c := range t.Cycles {
			add(t, t.OutcomesOfYear(c.Year), func(p *page.Place) OutcomesView { return outcomes(p, c) })
		}
	}
}}

// outcomes returns the page of the outcomes of a year.
func outcomes(p *page.Place, c *jme.Cycle) OutcomesView {
	year := page.Year(c.Year)
	v := OutcomesView{
		Heading: p.T("site.kept.title"), Lead: p.F("site.kept.lead", locale.Args{"Year": year}),
		Kept: status.KeptIn(p, c), Missing: status.MissingIn(p, c.Year), Years: p.YearLinks(p.Town.OutcomesOfYear, c),
	}
	v.Base = p.TownBase(v.Heading+", "+year, v.Lead)
	v.Crumb(page.Own(year), p.To(p.Town.YearPath(c.Year)))
	v.months(p, c)
	v.Chart = charts.Beside(p, charts.LateIn(p.Town, c)) // the outcomes below have its numbers
	for i := range p.Town.Regulation.Clauses {
		clause := &p.Town.Regulation.Clauses[i]
		judged := p.Town.OutcomesOf(c.Year, clause.Number)
		if len(judged) == 0 {
			continue
		}
		v.Clauses = append(v.Clauses, clauseOutcomes(p, clause, judged))
	}
	for _, kind := range []regulation.Kind{regulation.Broken, regulation.Overdue} {
		late := LateClauses{Mark: status.Marks[kind], Label: status.KindName(p, kind)}
		for i := range p.Town.Regulation.Clauses {
			number := p.Town.Regulation.Clauses[i].Number
			if slices.ContainsFunc(p.Town.OutcomesOf(c.Year, number), func(o *regulation.Outcome) bool { return o.Kind == kind }) {
				late.Links = append(late.Links, page.Link{Text: page.Own(p.Clause(number)), Href: "#" + page.ClauseAnchor(number)})
			}
		}
		if late.Links != nil {
			v.Late = append(v.Late, late)
		}
	}
	if from, assumed := wording.Begins(&p.Town.Regulation); c.Year < from.Year() {
		v.Before = p.F("site.wording.notyet", locale.Args{"year": page.Year(from.Year())})
		if assumed != nil {
			v.Reading = page.Link{Text: page.Phrase{p.Text(assumed.Title)}, Href: p.To(p.Town.AssumptionPath(assumed.Code))}
		}
	}
	return v
}

// inMonths are the kinds that are counted by month.
var inMonths = []regulation.Kind{regulation.Kept, regulation.Broken, regulation.Overdue, regulation.Pending}

// months sets how the count of the year's outcomes grew.
func (v *OutcomesView) months(p *page.Place, c *jme.Cycle) {
	months, undated := regulation.Months(p.Town.OutcomesOf(c.Year, ""), c.Year, p.Today)
	for _, kind := range inMonths {
		v.Kinds = append(v.Kinds, page.Count{Mark: status.Marks[kind], Label: kind.Word(p.Printer)})
	}
	for _, m := range months {
		view := MonthView{Month: p.YearMonth(m.Day)}
		if m.Day.AddDate(0, 0, 1).Day() != 1 { // it is not over
			view.Month = p.Date(m.Day)
		}
		for _, kind := range inMonths {
			view.Counts = append(view.Counts, p.Int(m.Counts[kind]))
		}
		v.Months = append(v.Months, view)
	}
	if undated > 0 && len(months) > 0 {
		all := p.Town.CountsOf(c.Year, "")
		view := MonthView{Month: p.T("site.kept.no_day")}
		for _, kind := range inMonths {
			view.Counts = append(view.Counts, p.Int(all[kind]-months[len(months)-1].Counts[kind]))
		}
		v.Months = append(v.Months, view)
		v.Undated = p.N("site.kept.undated", undated)
	}
}

// clauseOutcomes returns a clause with its outcomes.
func clauseOutcomes(p *page.Place, clause *jme.Clause, judged []*regulation.Outcome) ClauseOutcomes {
	today := wording.On(&p.Town.Regulation, clause, p.Today)
	v := ClauseOutcomes{
		Anchor: page.ClauseAnchor(clause.Number), Number: locale.Clause(clause.Number).In(p.Lang), Href: p.To(p.Town.ClausePath(clause.Number)),
		Title: p.Text(today.Title),
	}
	for _, text := range wording.Of(&p.Town.Regulation, clause) {
		then := TextOutcomes{
			Period: period(p, &text), Summary: p.Text(text.Summary), Duty: p.Phrase(text.Duty),
		}
		then.Kinds = byKind(p, slices.DeleteFunc(slices.Clone(judged), func(o *regulation.Outcome) bool { return o.Version != text.Version }))
		switch {
		case len(then.Kinds) == 0:
			continue
		case !today.Holds(p.Today):
			then.Repealed = repealed(p, &today)
		case text.Version != today.Version:
			d := difference(p, &text, &today)
			then.Today = &d
		}
		v.Texts = append(v.Texts, then)
	}
	return v
}

// byKind returns outcomes by kind, the gravest first.
func byKind(p *page.Place, judged []*regulation.Outcome) (kinds []KindOutcomes) {
	for _, kind := range regulation.Kinds {
		v := KindOutcomes{Mark: status.Marks[kind], Label: status.KindName(p, kind), Folded: kind == regulation.Kept, Bare: kind == regulation.NotApplicable}
		for _, o := range judged {
			if o.Kind == kind {
				v.Late = status.NeedsAttention(o)
				if v.Bare {
					v.Outcomes = append(v.Outcomes, OutcomeView{Sentence: status.Parts(p, o)})
					continue
				}
				v.Outcomes = append(v.Outcomes, outcome(p, o, v.Folded))
			}
		}
		if v.Outcomes != nil {
			kinds = append(kinds, v)
		}
	}
	return kinds
}

// outcome returns one outcome.
func outcome(p *page.Place, o *regulation.Outcome, folded bool) OutcomeView {
	most, more := mostEvidence, "record.more"
	if folded && len(o.Evidence) > 1 {
		most, more = 0, "count.records"
	}
	v := OutcomeView{Sentence: status.Parts(p, o), Since: o.SinceWords(p.Printer), Explained: status.Explained(p, o)}
	if counted := o.Counted(p.Printer); counted != "" {
		v.Due = p.F("site.kept.due", locale.Args{"Due": o.Due, "Counted": counted})
	}
	if o.Exemption != "" {
		v.Exempt = append(v.Exempt, p.Record("exemptions", o.Exemption))
	}
	for i, r := range o.Evidence {
		if i == most {
			v.More = page.Link{Text: page.Own(p.N("site."+more, len(o.Evidence)-most)), Href: p.Record(jme.Compliance, o.ID()).Href}
			break
		}
		if r.ID != "" {
			link := p.Record(r.Register, r.ID)
			link.Text = link.Text.Clipped(60)
			v.Evidence = append(v.Evidence, link)
		}
	}
	v.Assumed = status.Assumptions(p, o.Assumptions)
	return v
}

// ClauseYear counts the outcomes of a clause in a year, for the page of the regulation.
type ClauseYear struct {
	Year, Href string
	Kinds      []page.Count
	Explained  []status.Explanation // only the heads
}

// clauseYears returns the years in which a clause has outcomes, newest first.
func clauseYears(p *page.Place, clause string) []ClauseYear {
	var years []ClauseYear
	for _, c := range p.Town.Cycles {
		if kinds := status.ClauseIn(p, c, clause); len(kinds) > 0 {
			years = append(years, ClauseYear{page.Year(c.Year), p.To(p.Town.OutcomesPath(c.Year, clause)), kinds, status.ExplainedBriefly(p, p.Town.OutcomesOf(c.Year, clause)...)})
		}
	}
	return years
}
