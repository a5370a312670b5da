package status

import (
	"achyk/internal/jme"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// Word returns the mark and the word that say how a record stands, for a list of links. Both are
// empty for a record without a state. For a measure that is said to be done they say what checks
// found.
func Word(p *page.Place, r jme.Record) (mark, word string) {
	s := r.Table.Schema
	if then, happened := p.Town.Then(r); happened {
		r = then
	} else {
		return "not-due", p.T("site.mark.ahead")
	}
	switch s.Name {
	case "measures":
		if x := jme.Get[jme.Measure](p.Town.Municipality, r.Row.Key); x != nil && x.Status == jme.Done {
			return string(x.Answer()), p.T("site.mark." + string(x.Answer()))
		}
	case "verifications":
		if x := jme.Get[jme.Verification](p.Town.Municipality, r.Row.Key); x != nil {
			return checked(p, x)
		}
	}
	for i := range s.Columns {
		if c := &s.Columns[i]; c.Type == table.Enum {
			value := r.Table.Value(r.Row, c.Name)
			if m := page.Mark(s.Name, c.Name, value); m != "" {
				mark, word = m, c.Label(value).In(p.Lang)
			}
		}
	}
	return mark, word
}

// checked returns the mark and the word of what one check found. What a body found of itself counts only if it found
// something wrong.
func checked(p *page.Place, v *jme.Verification) (mark, word string) {
	mark, word = page.Mark("verifications", "result", v.Result), jme.Schema("verifications").Column("result").Label(v.Result).In(p.Lang)
	if v.Result == "eliminated" && v.Self() {
		mark, word = string(jme.AnswerSelf), p.T("site.answers.itself")+" "+word
	}
	return mark, word
}
