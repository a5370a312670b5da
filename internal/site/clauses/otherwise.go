package clauses

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
	"achyk/internal/wording"
)

// OtherwiseView lists what a regulation leaves open: for each assumption what the municipality says of it, its readings
// and the outcomes that would turn by each.
type OtherwiseView struct {
	page.Base
	Heading     string
	Lead        string
	Regulation  page.Link
	Assumptions []ReadingsView
	Together    []TogetherView
}

// ReadingsView is an assumption with its readings.
type ReadingsView struct {
	Anchor   string
	Title    page.Text
	Text     page.Text   // written by the municipality
	Clauses  []page.Link // for which it is made
	Here     string      // the reading in force, whatever Text says; empty if no rule rests on the assumption
	Wording  bool        // it only says how the text is read
	Readings []ReadingView
}

// ReadingView is another reading. Without turns it changes nothing today.
type ReadingView struct {
	Words string
	Turns []TurnView
}

// TogetherView is two readings that turn outcomes only together.
type TogetherView struct {
	Titles page.Phrase
	Turns  []TurnView
}

// TurnView is the outcomes of a clause in a year that turn in the same way.
type TurnView struct {
	Clause   page.Link // and year
	Marks    [2]string // before and after
	Words    string
	Subjects []page.Link
	More     page.Link // to all, if there are more subjects

	Explained []status.Explanation // only the heads
}

// Otherwise are the pages on how regulations would be judged if they were read otherwise.
var Otherwise = page.Kind[OtherwiseView]{Template: "otherwise", Style: page.Clauses, Pages: func(s *page.Site, add page.Add[OtherwiseView]) {
	for _, t := range s.Towns {
		add(t, t.OtherwisePath(), otherwise)
	}
}}

// otherwise returns the page of the other readings.
func otherwise(p *page.Place) OtherwiseView {
	v := OtherwiseView{
		Heading: p.T("site.otherwise.title"), Lead: p.F("site.otherwise.lead", locale.Args{"day": p.AsOf(p.Today)}),
		Regulation: page.Link{Text: page.Own(p.T("site.menu.regulation")), Href: p.To(p.Town.RegulationPath())},
	}
	v.Base = p.TownBase(v.Heading, v.Lead)
	v.Crumb(v.Regulation.Text, v.Regulation.Href)
	turns, pairs := turnsByReading(p)
	of := map[int][]page.Link{}
	for i := range p.Town.Regulation.Clauses {
		c := &p.Town.Regulation.Clauses[i]
		for _, at := range rules.All.Assumed(&p.Town.Regulation, c) {
			of[at] = append(of[at], page.Link{Text: page.Own(locale.Clause(c.Number).In(p.Lang)), Href: p.To(p.Town.ClausePath(c.Number))})
		}
	}
	for i := range p.Town.Regulation.Assumptions {
		if rules.All.Idle(&p.Town.Regulation, i) == "" {
			x := readings(p, &p.Town.Regulation.Assumptions[i], turns)
			x.Clauses = of[i]
			v.Assumptions = append(v.Assumptions, x)
		}
	}
	for _, pair := range pairs {
		v.Together = append(v.Together, TogetherView{page.Phrase{readingOf(p, pair[0]), readingOf(p, pair[1])}, turnViews(p, turns[pair])})
	}
	return v
}

// readings returns an assumption with its readings.
func readings(p *page.Place, a *jme.Assumption, turns map[pair][]turned) ReadingsView {
	v := ReadingsView{
		Anchor: page.AssumptionAnchor(a.Code), Title: p.Text(a.Title), Text: p.Text(a.Text),
	}
	convention := rules.All.Convention(a.Code)
	if convention == nil {
		v.Wording = a.Code != wording.InForceFrom // of which any year is a reading: it decides which years are judged, not how
		return v
	}
	v.Here = convention.Reading(a.Value, p.Printer)
	for _, value := range convention.Values {
		if value != a.Value {
			found := turns[pair{{Assumption: a.Code, Value: value}}]
			v.Readings = append(v.Readings, ReadingView{convention.Reading(value, p.Printer), turnViews(p, found)})
		}
	}
	return v
}

// readingOf returns an assumption of the town and one of its readings in words.
func readingOf(p *page.Place, r regulation.Reading) page.Text {
	words := rules.All.Convention(r.Assumption).Reading(r.Value, p.Printer)
	return page.Text{Text: rules.All.Convention(r.Assumption).Title(p.Printer) + ": " + words}
}

// pair is a reading, or two of them.
type pair [2]regulation.Reading

// turned is an outcome with the kind that it would have.
type turned struct {
	of *regulation.Outcome
	to regulation.Kind
}

// turnsByReading returns the outcomes that turn by each reading, the newest year first, and the
// pairs by which some turn only together.
func turnsByReading(p *page.Place) (map[pair][]turned, []pair) {
	turns := map[pair][]turned{}
	var pairs []pair
	for _, c := range p.Town.Cycles {
		for _, o := range p.Town.OutcomesOf(c.Year, "") {
			for i := range o.Otherwise {
				x := &o.Otherwise[i]
				by := pair{x.Reading, x.With}
				if x.Together() && turns[by] == nil {
					pairs = append(pairs, by)
				}
				turns[by] = append(turns[by], turned{o, x.Kind})
			}
		}
	}
	return turns, pairs
}

// turnViews gathers outcomes of the same clause and year that turn in the same way.
func turnViews(p *page.Place, turns []turned) (views []TurnView) {
	type kind struct {
		year     int
		clause   string
		from, to regulation.Kind
	}
	var order []kind
	by := map[kind][]*regulation.Outcome{}
	for _, t := range turns {
		k := kind{t.of.Year, t.of.Clause, t.of.Kind, t.to}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], t.of)
	}
	for _, k := range order {
		v := TurnView{
			Clause: page.Link{Text: page.Phrase{{Text: p.Clause(k.clause) + ", " + page.Year(k.year)}}, Href: p.To(p.Town.OutcomesPath(k.year, k.clause))},
			Marks:  [2]string{status.Marks[k.from], status.Marks[k.to]}, Explained: status.ExplainedBriefly(p, by[k]...),
			Words: p.F("site.otherwise.turn", locale.Args{"From": k.from.Word(p.Printer), "To": k.to.Word(p.Printer)}),
		}
		of := slices.DeleteFunc(by[k], func(o *regulation.Outcome) bool { return o.Subject.ID == "" })
		for _, o := range of[:min(len(of), mostEvidence)] {
			link := p.Record(o.Subject.Register, o.Subject.ID)
			link.Text = link.Text.Clipped(60)
			v.Subjects = append(v.Subjects, link)
		}
		if more := len(of) - mostEvidence; more > 0 {
			v.More = page.Link{Text: page.Own(p.N("site.record.more", more)), Href: v.Clause.Href}
		}
		views = append(views, v)
	}
	return views
}
