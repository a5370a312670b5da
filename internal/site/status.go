package site

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Sentence says how a record stands, with its shape.
type Sentence struct {
	Mark  string
	Text  string
	Parts []Said // instead of the text, where something in it is not translated
	Late  bool
	Of    Link // the clause it rests on
}

// status is the sentences at the top of a record's page: what the records say, then what
// the regulation makes of it. Registers of plain facts have none.
func (e *edition) status(t *town, r jme.Record, href func(string) string) []Sentence {
	return append(e.recorded(t, r), e.judged(t, r, href)...)
}

// mostSeen is how many clauses a record is mere evidence of are named on its page.
const mostSeen = 4

// judged is what the outcomes say of a record, the gravest first. What was kept is summed
// up where there is more than one. Of clauses of which the record is evidence only, the
// kind is named.
func (e *edition) judged(t *town, r jme.Record, href func(string) string) []Sentence {
	m, of := t.Municipality, regulation.Record{Register: r.Table.Schema.Name, ID: r.Row.Key}
	var out, seen []Sentence
	var kept []*regulation.Outcome
	for _, kind := range regulation.Kinds {
		for _, o := range t.byRecord[of] {
			switch {
			case o.Kind != kind:
			case o.Subject != of:
				said := Sentence{Mark: outcomeMarks[o.Kind], Text: e.F("site.status.seen", locale.Args{"Kind": o.Kind.Word(e.Printer)}), Late: late(o), Of: e.clauseLink(m, o, href)}
				if !slices.ContainsFunc(seen, func(x Sentence) bool { return x.Text == said.Text && x.Of.Href == said.Of.Href }) {
					seen = append(seen, said)
				}
			case kind == regulation.Kept:
				kept = append(kept, o)
			default:
				out = append(out, e.outcomeSentence(m, o, href))
			}
		}
	}
	switch len(kept) {
	case 0:
	case 1:
		out = append(out, e.outcomeSentence(m, kept[0], href))
	default:
		out = append(out, Sentence{Mark: outcomeMarks[regulation.Kept], Text: e.N("site.status.kept", len(kept)), Of: Link{
			Text: own(e.T("site.menu.regulation") + ", " + year(kept[0].Year)), Href: e.to(href, stepPath(m, kept[0].Year, "regulation")),
		}})
	}
	return append(out, seen[:min(len(seen), mostSeen)]...)
}

// outcomeSentence is an outcome in a line, with its clause.
func (e *edition) outcomeSentence(m *jme.Municipality, o *regulation.Outcome, href func(string) string) Sentence {
	return Sentence{Mark: outcomeMarks[o.Kind], Parts: e.parts(o), Late: late(o), Of: e.clauseLink(m, o, href)}
}

// late tells whether an outcome asks for a reader's attention.
func late(o *regulation.Outcome) bool {
	return o.Kind == regulation.Broken || o.Kind == regulation.Overdue
}

// clauseLink leads to a clause among the outcomes of its year.
func (e *edition) clauseLink(m *jme.Municipality, o *regulation.Outcome, href func(string) string) Link {
	return Link{Text: own(e.clause(o.Clause)), Href: e.clauseHref(m, o, href)}
}

func (e *edition) clauseHref(m *jme.Municipality, o *regulation.Outcome, href func(string) string) string {
	return e.to(href, stepPath(m, o.Year, "regulation")) + "#" + clauseAnchor(o.Clause)
}

// recorded is what the records themselves say of one of them.
func (e *edition) recorded(t *town, r jme.Record) []Sentence {
	m, key := t.Municipality, r.Row.Key
	switch r.Table.Schema.Name {
	case "findings":
		if f := jme.Get[jme.Finding](m, key); f != nil {
			return e.findingStatus(f)
		}
	case "recommendations":
		if x := jme.Get[jme.Recommendation](m, key); x != nil {
			return e.recommendationStatus(x)
		}
	case "measures":
		if x := jme.Get[jme.Measure](m, key); x != nil {
			return e.measureStatus(x)
		}
	case "contests":
		if x := jme.Get[jme.Contest](m, key); x != nil {
			return []Sentence{e.contestStatus(x)}
		}
	case "assessments":
		if x := jme.Get[jme.Assessment](m, key); x != nil {
			var out []Sentence
			if s := e.assessmentStatus(x); s.Mark != "unknown" || t.byRecord[regulation.Record{Register: "assessments", ID: x.ID}] == nil {
				out = append(out, s) // what is not known, the rule on the report says better
			}
			if len(x.Findings) > 0 {
				out = append(out, Sentence{Text: e.tally(x.Findings).Sentence})
			}
			return out
		}
	case "contracts":
		if x := jme.Get[jme.Contract](m, key); x != nil {
			return e.span(x.Starts, x.Ends, "contract")
		}
	case "letters":
		if x := jme.Get[jme.Letter](m, key); x != nil {
			if x.Replied.IsZero() {
				return []Sentence{{Mark: "no-answer", Text: e.T("site.status.letter.silent"), Late: true}}
			}
			return []Sentence{{Mark: "done", Text: e.dated("letter.replied", x.Replied)}}
		}
	case "obstructions":
		if x := jme.Get[jme.Obstruction](m, key); x != nil {
			if x.Measure.IsZero() {
				return []Sentence{{Mark: "no-answer", Text: e.T("site.status.obstruction.silent"), Late: true}}
			}
			return []Sentence{{Mark: "done", Text: e.dated("obstruction.answered", x.MeasureDate)}}
		}
	case "exemptions":
		if x := jme.Get[jme.Exemption](m, key); x != nil {
			return e.span(jme.Date{}, x.Until, "exemption")
		}
	case "services", "providers", "territories", "requirements", "panel_members":
		if ended := r.Table.Value(r.Row, r.Table.Schema.Period[1]); ended != "" {
			var to jme.Date
			to.UnmarshalText([]byte(ended))
			return e.span(jme.Date{}, to, "validity")
		}
	case "panels":
		if x := jme.Get[jme.Panel](m, key); x != nil {
			return e.span(x.Formed, x.Dissolved, "panel")
		}
	}
	return nil
}

// dated says a sentence with a date, or the same without one where it is not recorded.
func (e *edition) dated(key string, d jme.Date) string {
	if d.IsZero() {
		return e.T("site.status." + key + "-undated")
	}
	return e.F("site.status."+key, locale.Args{"on": e.On(d.Time)})
}

// span says whether something is yet to begin, goes on or has ended.
func (e *edition) span(from, to jme.Date, kind string) []Sentence {
	today := e.today()
	switch {
	case !from.IsZero() && from.Day().After(today):
		return []Sentence{{Mark: "not-due", Text: e.F("site.status."+kind+".ahead", locale.Args{"date": e.Date(from.Time)})}}
	case !to.IsZero() && to.Day().Before(today):
		return []Sentence{{Mark: "done", Text: e.F("site.status."+kind+".over", locale.Args{"date": e.Date(to.Time)})}}
	case !to.IsZero():
		return []Sentence{{Mark: "now", Text: e.F("site.status."+kind+".until", locale.Args{"date": e.Until(to.Time)})}}
	}
	return []Sentence{{Mark: "now", Text: e.T("site.status." + kind + ".open")}}
}

func (e *edition) findingStatus(f *jme.Finding) []Sentence {
	out := []Sentence{{Mark: mark("findings", "verdict", f.Verdict), Text: e.T("site.status.finding." + f.Verdict)}}
	if f.Verdict == jme.NonCompliant || f.Verdict == jme.Partly {
		if n := len(f.Replies); n > 0 {
			out = append(out, Sentence{Mark: "done", Text: e.dated("finding.replied", f.Replies[n-1].Date)})
		} else {
			out = append(out, Sentence{Mark: "no-answer", Text: e.T("site.status.finding.silent")})
		}
		if n := len(f.Recommendations); n > 0 {
			out = append(out, Sentence{Text: e.N("site.status.finding.recommended", n)})
		}
	}
	return out
}

func (e *edition) recommendationStatus(r *jme.Recommendation) []Sentence {
	answer := r.Answer()
	out := []Sentence{{Mark: string(answer), Text: e.T("site.status.recommendation." + string(answer)), Late: answer == jme.AnswerNone}}
	if answer == jme.AnswerNone {
		out[0].Text = e.silentSince(r)
	}
	if r.Due.IsZero() || answer != jme.AnswerNone && answer != jme.AnswerNow {
		return out
	}
	return append(out, e.due(r.Due.Day()))
}

// due says how a date stands today.
func (e *edition) due(day time.Time) Sentence {
	n := days(e.today(), day)
	args := locale.Args{"date": e.Until(day)}
	switch {
	case n < 0:
		return Sentence{Mark: "overdue", Text: e.NF("site.status.due.late", -n, args), Late: true}
	case n == 0:
		return Sentence{Mark: "now", Text: e.F("site.status.due.today", args)}
	}
	return Sentence{Mark: "not-due", Text: e.NF("site.status.due.left", n, args)}
}

func (e *edition) measureStatus(x *jme.Measure) []Sentence {
	out := []Sentence{{Mark: mark("measures", "status", x.Status), Text: e.T("site.status.measure." + x.Status)}}
	if n := len(x.Verifications); n > 0 {
		last := x.Verifications[n-1]
		return append(out, Sentence{Mark: mark("verifications", "result", last.Result), Text: e.T("site.status.verification." + last.Result)})
	}
	if x.Status == jme.Done {
		return append(out, Sentence{Mark: "unknown", Text: e.T("site.status.verification.none")})
	}
	if x.Status != jme.Declined && !x.Due.IsZero() {
		out = append(out, e.due(x.Due.Day()))
	}
	return out
}

func (e *edition) contestStatus(x *jme.Contest) Sentence {
	for _, a := range x.Applications {
		if a.Status == "winner" {
			if o := a.Organisation.Get(); o != nil {
				return Sentence{Mark: "done", Text: e.F("site.status.contest.won", locale.Args{"who": o.Name.In(e.lang)})}
			}
		}
	}
	today := e.today()
	switch {
	case x.Announced.IsZero() || x.Announced.Day().After(today):
		return Sentence{Mark: "not-due", Text: e.T("site.status.contest.ahead")}
	case !x.Closes.IsZero() && !x.Closes.Day().Before(today):
		n := days(today, x.Closes.Day())
		return Sentence{Mark: "now", Text: e.NF("site.status.contest.open", n, locale.Args{"when": e.DateTime(x.Closes.Time)})}
	}
	return Sentence{Mark: "unknown", Text: e.T("site.status.contest.closed")}
}

func (e *edition) assessmentStatus(a *jme.Assessment) Sentence {
	for _, r := range a.Reports {
		if !r.Delivered.IsZero() {
			return Sentence{Mark: "done", Text: e.F("site.status.assessment.reported", locale.Args{"on": e.On(r.Delivered.Time)})}
		}
	}
	today := e.today()
	switch {
	case !a.FieldworkTo.IsZero() && a.FieldworkTo.Day().Before(today):
		return Sentence{Mark: "unknown", Text: e.F("site.status.assessment.unreported", locale.Args{"on": e.On(a.FieldworkTo.Time)})}
	case !a.FieldworkFrom.IsZero() && !a.FieldworkFrom.Day().After(today):
		return Sentence{Mark: "now", Text: e.T("site.status.assessment.now")}
	}
	return Sentence{Mark: "not-due", Text: e.T("site.status.assessment.ahead")}
}
