package evidence

import (
	"cmp"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/regulation"
)

// LetterTo is the first letter that asks the provider of an assessment for assistance, or nil:
// one under the contract of the assessment or, where one of the two names no contract, one of the
// year in which fieldwork starts. A letter from before the contest of its contract was announced is
// taken only if there is no other.
func LetterTo(c *regulation.Case, a *jme.Assessment) *jme.AssistanceLetter {
	var first *jme.AssistanceLetter
	early := func(l *jme.AssistanceLetter) bool {
		k := cmp.Or(l.Contract.Get(), a.Contract.Get())
		return k != nil && k.Contest.Get() != nil && l.Sent.Day().Before(k.Contest.Get().Announced.Day())
	}
	if a.Provider.ID == "" {
		return nil
	}
	year := Begins(a).Year()
	for _, l := range c.LettersTo(a.Provider.ID) {
		tied := l.Contract.ID != "" && l.Contract.ID == a.Contract.ID
		loose := (l.Contract.ID == "" || a.Contract.ID == "") && l.Sent.Year() == year
		if l.Sent.IsZero() || !tied && !loose {
			continue
		}
		if first == nil || early(first) && !early(l) || early(first) == early(l) && l.Sent.Day().Before(first.Sent.Day()) {
			first = l
		}
	}
	return first
}

// LetterUnderAnother is the first letter to the provider of an assessment that was sent in the year in
// which fieldwork starts and that names a contract under which the provider is not assessed in that
// year, or nil. Either the letter or the assessment names the wrong contract.
func LetterUnderAnother(c *regulation.Case, a *jme.Assessment) *jme.AssistanceLetter {
	var first *jme.AssistanceLetter
	if a.Provider.ID == "" || a.Contract.ID == "" {
		return nil
	}
	year := Begins(a).Year()
	for _, l := range c.LettersTo(a.Provider.ID) {
		if l.Contract.ID == "" || l.Sent.Year() != year {
			continue
		}
		if (first == nil || l.Sent.Day().Before(first.Sent.Day())) && !c.Assessed(a.Provider.ID, l.Contract.ID) {
			first = l
		}
	}
	return first
}

// RestsOn are the reports that a letter rests on: those it names or, if it names none, the first of
// its year. They are none if one of them has not been delivered.
func RestsOn(c *regulation.Case, l *jme.AnalyticLetter) (reports []*jme.Report) {
	for id := range strings.FieldsSeq(l.Reports) {
		r := jme.Get[jme.Report](c.Municipality, id)
		if r == nil || r.Delivered.IsZero() {
			return nil
		}
		reports = append(reports, r)
	}
	if l.Reports != "" {
		return reports
	}
	all := Reported(c)
	slices.SortStableFunc(all, func(a, b *jme.Report) int { return a.Delivered.Day().Compare(b.Delivered.Day()) })
	return all[:min(1, len(all))]
}

// Covers reports whether a letter is about a report: it names it, or another on the same assessment,
// or it names none.
func Covers(l *jme.AnalyticLetter, r *jme.Report) bool { return l.Reports == "" || names(l, r) }

// names reports whether a letter names a report on the assessment of this one.
func names(l *jme.AnalyticLetter, r *jme.Report) bool {
	return slices.ContainsFunc(strings.Fields(l.Reports), func(id string) bool { return sameWork(r, id) })
}

// LetterOf is the analytic letter that a record is, or nil.
func LetterOf(c *regulation.Case, of regulation.Record) *jme.AnalyticLetter {
	if of.Register != jme.AnalyticLetters {
		return nil
	}
	return jme.Get[jme.AnalyticLetter](c.Municipality, of.ID)
}

// Private reports whether a provider is neither municipal nor of the state.
func Private(p *jme.Provider) bool {
	return slices.Contains([]string{"contractor", "supplier", "consultant", "community-organisation"}, p.Kind)
}
