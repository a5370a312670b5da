package status

import (
	"maps"
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
)

// Marks are the marks of the kinds of outcome.
var Marks = map[regulation.Kind]string{
	regulation.Kept: "met", regulation.Broken: "not-met", regulation.Overdue: "overdue",
	regulation.Pending: "not-due", regulation.SetAside: "set-aside", regulation.NotApplicable: "not-checked", regulation.Unknown: "unknown",
}

// NeedsAttention reports whether a clause was broken or is overdue.
func NeedsAttention(o *regulation.Outcome) bool {
	return o.Kind == regulation.Broken || o.Kind == regulation.Overdue
}

// Parts returns the sentence of an outcome, each text marked with its language.
func Parts(p *page.Place, o *regulation.Outcome) []page.Text { return p.Marked(o.Parts(p.Printer)) }

// Outcome returns the sentence of an outcome, with a link to its clause.
func Outcome(p *page.Place, o *regulation.Outcome) Sentence {
	return Sentence{Mark: Marks[o.Kind], Parts: Parts(p, o), Late: NeedsAttention(o), Of: clauseLink(p, o), Explained: Explained(p, o)}
}

// clauseLink returns a link to the clause of an outcome on the page of the year's outcomes.
func clauseLink(p *page.Place, o *regulation.Outcome) page.Link {
	return page.Link{Text: page.Own(p.Clause(o.Clause)), Href: p.To(p.Town.OutcomesPath(o.Year, o.Clause))}
}

// judged returns what outcomes say about a record, the gravest first. Of clauses that were kept,
// and of outcomes that have the record only as evidence, it names the clauses. A page of a
// provider or a service says nothing of clauses: there, a clause that was kept would read as a
// norm that was met.
func judged(p *page.Place, r jme.Record) (out []Sentence) {
	of := regulation.Record{Register: r.Table.Schema.Name, ID: r.Row.Key}
	if of.Register == "providers" || of.Register == "services" {
		return nil
	}
	for _, kind := range regulation.Kinds {
		clauses := map[int][]string{} // by year
		explained := map[int][]Explanation{}
		for _, o := range p.Town.OutcomesAbout(of.Register, of.ID) {
			switch {
			case o.Kind != kind:
			case o.Subject == of && kind != regulation.Kept:
				out = append(out, Outcome(p, o))
			default:
				if !slices.Contains(clauses[o.Year], o.Clause) {
					clauses[o.Year] = append(clauses[o.Year], o.Clause)
				}
				explained[o.Year] = append(explained[o.Year], ExplainedBriefly(p, o)...)
			}
		}
		for _, year := range slices.Sorted(maps.Keys(clauses)) {
			s := ofClauses(p, kind, year, clauses[year])
			s.Explained = explained[year]
			out = append(out, s)
		}
	}
	return out
}

// ofClauses says that clauses of the regulation were kept or not, with a link to the outcomes of
// the year.
func ofClauses(p *page.Place, kind regulation.Kind, year int, numbers []string) Sentence {
	var clauses locale.List
	for _, number := range numbers {
		clauses = append(clauses, locale.Clause(number))
	}
	key, href := "site.status.clauses.", p.To(p.Town.OutcomesOfYear(year))
	if len(numbers) == 1 {
		key, href = "site.status.clause.", p.To(p.Town.OutcomesPath(year, numbers[0]))
	}
	return Sentence{
		Mark: Marks[kind], Late: kind == regulation.Broken || kind == regulation.Overdue,
		Text: p.F(key+string(kind), locale.Args{"Clauses": clauses}),
		Of:   page.Link{Text: page.Own(p.F("site.menu.year", locale.Args{"Year": page.Year(year)})), Href: href},
	}
}

// Kept sums up the outcomes of a year.
type Kept struct {
	Sentence string // see Verdict
	Kinds    []page.Count
	Href     string // the page of the year's outcomes
}

// KeptIn sums up the outcomes of a year. It returns nil if no rule applies.
func KeptIn(p *page.Place, c *jme.Cycle) *Kept {
	counts := p.Town.CountsOf(c.Year, "")
	k := &Kept{Sentence: Verdict(p, counts), Kinds: Kinds(p, counts), Href: p.To(p.Town.OutcomesOfYear(c.Year))}
	if len(k.Kinds) == 0 {
		return nil
	}
	return k
}

// Verdict says how many of the outcomes that were judged are of each kind, first those that need a reader's attention: "of 50
// cases, 2 overdue, 48 kept". What was set aside is none of them and is named apart. What is pending is not judged yet.
func Verdict(p *page.Place, counts map[regulation.Kind]int) (said string) {
	judged := 0
	var parts locale.List
	for _, kind := range []regulation.Kind{regulation.Broken, regulation.Overdue, regulation.Unknown, regulation.Kept} {
		if n := counts[kind]; n > 0 {
			judged += n
			parts = append(parts, p.N("site.kept.of."+string(kind), n))
		}
	}
	switch judged {
	case 0:
		said = p.T("site.kept.none")
	case counts[regulation.Kept]:
		said = p.N("site.kept.all", judged)
	default:
		said = p.NF("site.kept.sentence", judged, locale.Args{"parts": parts})
	}
	if aside := counts[regulation.SetAside]; aside > 0 {
		said += p.N("site.kept.aside", aside)
	}
	return said
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
