package status

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
)

// Marks are the shapes of the six kinds of outcome.
var Marks = map[regulation.Kind]string{
	regulation.Kept: "met", regulation.Broken: "not-met", regulation.Overdue: "overdue",
	regulation.Pending: "not-due", regulation.NotApplicable: "not-checked", regulation.Unknown: "unknown",
}

// NeedsAttention tells whether an outcome asks for a reader's attention.
func NeedsAttention(o *regulation.Outcome) bool {
	return o.Kind == regulation.Broken || o.Kind == regulation.Overdue
}

// Parts is the sentence of an outcome, each text in its language.
func Parts(p *page.Place, o *regulation.Outcome) []page.Text { return p.Marked(o.Parts(p.Printer)) }

// Outcome is an outcome in a line, with its clause.
func Outcome(p *page.Place, o *regulation.Outcome) Sentence {
	return Sentence{Mark: Marks[o.Kind], Parts: Parts(p, o), Late: NeedsAttention(o), Of: clauseLink(p, o)}
}

// clauseLink leads to a clause among the outcomes of its year.
func clauseLink(p *page.Place, o *regulation.Outcome) page.Link {
	return page.Link{Text: page.Own(p.Clause(o.Clause)), Href: p.To(p.Town.OutcomesPath(o.Year, o.Clause))}
}

// mostSeen is how many clauses a record is mere evidence of are named on its page.
const mostSeen = 4

// judged is what the outcomes say of a record, the gravest first. Where more than one was
// kept, their number is said instead. Of outcomes that have the record only as evidence,
// the kind and the clause are named.
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

// Kept sums outcomes up; it is the same wherever it is shown.
type Kept struct {
	Sentence string // "The regulation was kept in 75 of 76 cases"
	Kinds    []page.Count
	Href     string // the year's page
}

// KeptIn sums up the outcomes of a year, or is nil where no rule applies.
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

// Kinds are the kinds of outcome that there are any of, with their numbers.
func Kinds(p *page.Place, counts map[regulation.Kind]int) (kinds []page.Count) {
	for _, kind := range regulation.Kinds {
		if n := counts[kind]; n > 0 {
			kinds = append(kinds, page.Count{Mark: Marks[kind], Label: KindName(p, kind), Count: p.Int(n)})
		}
	}
	return kinds
}

// KindName is what a kind of outcome is called above a list of them.
func KindName(p *page.Place, kind regulation.Kind) string {
	return p.T("site.outcome." + string(kind))
}
