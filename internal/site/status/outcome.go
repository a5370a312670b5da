package status

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
)

// Marks are the marks of the kinds of outcome.
var Marks = map[regulation.Kind]string{
	regulation.Kept: "met", regulation.Broken: "not-met", regulation.Overdue: "overdue",
	regulation.Pending: "not-due", regulation.NotApplicable: "not-checked", regulation.Unknown: "unknown",
}

// NeedsAttention reports whether a clause was broken or is overdue.
func NeedsAttention(o *regulation.Outcome) bool {
	return o.Kind == regulation.Broken || o.Kind == regulation.Overdue
}

// Parts returns the sentence of an outcome, each text marked with its language.
func Parts(p *page.Place, o *regulation.Outcome) []page.Text { return p.Marked(o.Parts(p.Printer)) }

// Outcome returns the sentence of an outcome, with a link to its clause.
func Outcome(p *page.Place, o *regulation.Outcome) Sentence {
	return Sentence{Mark: Marks[o.Kind], Parts: Parts(p, o), Late: NeedsAttention(o), Of: clauseLink(p, o)}
}

// clauseLink returns a link to the clause of an outcome on the page of the year's outcomes.
func clauseLink(p *page.Place, o *regulation.Outcome) page.Link {
	return page.Link{Text: page.Own(p.Clause(o.Clause)), Href: p.To(p.Town.OutcomesPath(o.Year, o.Clause))}
}

// mostSeen is how many outcomes a record's page names that have the record as evidence but not
// as subject.
const mostSeen = 4

// judged returns what outcomes say about a record, the gravest first. If several clauses were
// kept, it returns their number instead. Of an outcome that has the record only as evidence, it
// returns the kind and the clause.
func judged(p *page.Place, r jme.Record) []Sentence {
	of := regulation.Record{Register: r.Table.Schema.Name, ID: r.Row.Key}
	var out, seen []Sentence
	var kept []*regulation.Outcome
	for _, kind := range regulation.Kinds {
		for _, o := range p.Town.OutcomesAbout(of.Register, of.ID) {
			switch {
			case o.Kind != kind:
			case o.Subject != of:
				said := Sentence{Mark: Marks[o.Kind], Text: p.F("site.status.seen", locale.Args{"Kind": o.Kind.Word(p.Printer)}), Late: NeedsAttention(o), Of: clauseLink(p, o)}
				if !slices.ContainsFunc(seen, func(x Sentence) bool { return x.Text == said.Text && x.Of.Href == said.Of.Href }) {
					seen = append(seen, said)
				}
			case kind == regulation.Kept:
				kept = append(kept, o)
			default:
				out = append(out, Outcome(p, o))
			}
		}
	}
	switch len(kept) {
	case 0:
	case 1:
		out = append(out, Outcome(p, kept[0]))
	default:
		out = append(out, Sentence{Mark: Marks[regulation.Kept], Text: p.N("site.status.kept", len(kept)), Of: page.Link{
			Text: page.Own(p.T("site.menu.regulation") + ", " + page.Year(kept[0].Year)), Href: p.To(p.Town.OutcomesOfYear(kept[0].Year)),
		}})
	}
	return append(out, seen[:min(len(seen), mostSeen)]...)
}

// Kept sums up the outcomes of a year.
type Kept struct {
	Sentence string // "The regulation was kept in 75 of 76 cases"
	Kinds    []page.Count
	Href     string // the page of the year's outcomes
}

// KeptIn sums up the outcomes of a year. It returns nil if no rule applies.
func KeptIn(p *page.Place, c *jme.Cycle) *Kept {
	counts := p.Town.CountsOf(c.Year, "")
	k := &Kept{Kinds: Kinds(p, counts), Href: p.To(p.Town.OutcomesOfYear(c.Year))}
	if len(k.Kinds) == 0 {
		return nil
	}
	judged := 0
	for _, kind := range []regulation.Kind{regulation.Kept, regulation.Broken, regulation.Overdue, regulation.Unknown} {
		judged += counts[kind]
	}
	k.Sentence = p.NF("site.kept.sentence", judged, locale.Args{"kept": p.Int(counts[regulation.Kept])})
	if judged == 0 {
		k.Sentence = p.T("site.kept.none")
	}
	return k
}

// ClauseIn counts the outcomes of a clause in a year by kind.
func ClauseIn(p *page.Place, c *jme.Cycle, clause string) []page.Count {
	return Kinds(p, p.Town.CountsOf(c.Year, clause))
}

// Kinds returns the kinds of outcome that occur, with their numbers.
func Kinds(p *page.Place, counts map[regulation.Kind]int) (kinds []page.Count) {
	for _, kind := range regulation.Kinds {
		if n := counts[kind]; n > 0 {
			kinds = append(kinds, page.Count{Mark: Marks[kind], Label: KindName(p, kind), Count: p.Int(n)})
		}
	}
	return kinds
}

// KindName returns the name of a kind of outcome, as the heading of a list.
func KindName(p *page.Place, kind regulation.Kind) string {
	return p.T("site.outcome." + string(kind))
}
