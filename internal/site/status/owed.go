package status

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/site/page"
	"achyk/internal/wording"
)

// OwedLine is a clause by which something is somebody's duty.
type OwedLine struct {
	Clause page.Link
	Duty   page.Phrase // who must act
	Due    string      // by when, and how many days are left or have passed; empty if that does not follow from the records
}

// Owed returns the clauses that have one of the rules, with the first day on which something was or is due by them in a year and
// is not done. Pages say so where they say that something is not recorded.
func Owed(p *page.Place, year int, of func(*regulation.Rule) bool) (lines []OwedLine) {
	for i := range p.Town.Regulation.Clauses {
		clause := wording.On(&p.Town.Regulation, &p.Town.Regulation.Clauses[i], p.Today)
		if !slices.ContainsFunc(clause.Checks, func(x jme.Check) bool {
			rule := rules.All.Find(x.Rule)
			return rule != nil && of(rule)
		}) {
			continue
		}
		line := OwedLine{
			Clause: page.Link{Text: page.Phrase{{Text: p.Clause(clause.Number)}, p.Text(clause.Title)}, Href: p.To(p.Town.ClausePath(clause.Number))},
			Duty:   p.Phrase(clause.Duty),
		}
		for j := range p.Town.Deadlines {
			if d := &p.Town.Deadlines[j]; d.Outcome != nil && d.Outcome.Year == year && d.Outcome.Clause == clause.Number {
				v := DeadlineOf(p, d)
				line.Due = v.Date + ", " + v.Count
				break
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// OwedBy is Owed for the rules of the given codes.
func OwedBy(p *page.Place, year int, codes ...string) []OwedLine {
	return Owed(p, year, func(r *regulation.Rule) bool { return slices.Contains(codes, r.Code) })
}
