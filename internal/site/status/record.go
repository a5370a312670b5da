// Package status makes sentences, counts and marks that several kinds of pages show: how a
// record stands (Of), how a clause was kept (Outcome, KeptIn), what was found (TallyOf,
// Results), at which step a year is (StepsOf), what is due next (Next). Each is made in one
// place, so two pages cannot contradict each other.
package status

import (
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// Sentence says how a record stands, with its mark.
type Sentence struct {
	Mark  string
	Text  string
	Parts []page.Text // replaces Text if the sentence quotes texts that may not be translated
	Late  bool
	Of    page.Link // the clause that the sentence follows from; may be empty

	Explained []Explanation // of the outcome that the sentence says
}

// String returns the sentence without the languages of its parts.
func (s Sentence) String() string {
	if s.Parts == nil {
		return s.Text
	}
	var b strings.Builder
	for _, part := range s.Parts {
		b.WriteString(part.Text)
	}
	return b.String()
}

// Of returns the sentences at the top of a record's page: first what the records say, then what
// the outcomes of the regulation say.
func Of(p *page.Place, r jme.Record) []Sentence {
	if _, happened := p.Town.Then(r); !happened {
		return append([]Sentence{{Mark: "not-due", Text: p.T("site.status.ahead")}}, judged(p, r)...)
	}
	var said []Sentence
	if say := recorded[r.Table.Schema.Name]; say != nil {
		said = say(p, r)
	}
	return append(said, judged(p, r)...)
}

// recorded has, by register, the function that returns what the records say about one of them.
// Records of other registers have no status.
var recorded = map[string]func(*page.Place, jme.Record) []Sentence{
	"findings":        typed(finding),
	"recommendations": typed(recommendation),
	"measures":        typed(measure),
	"verifications":   typed(func(p *page.Place, x *jme.Verification) []Sentence { return []Sentence{check(p, x)} }),
	"contests":        typed(func(p *page.Place, x *jme.Contest) []Sentence { return []Sentence{Contest(p, x)} }),
	"assessments":     typed(assessment),
	"letters":         typed(letter),
	"obstructions":    typed(obstruction),
	"contracts": typed(func(p *page.Place, x *jme.Contract) []Sentence {
		return span(p, x.Starts, x.Ends, "contract")
	}),
	"exemptions": typed(func(p *page.Place, x *jme.Exemption) []Sentence {
		return span(p, jme.Date{}, x.Until, "exemption")
	}),
	"explanations": typed(explains),
	jme.Reports:    typed(reported),
	jme.Compliance: explained,
	"panels": typed(func(p *page.Place, x *jme.Panel) []Sentence {
		return span(p, x.Formed, x.Dissolved, "panel")
	}),
	"services": validity, "providers": validity, "territories": validity, "requirements": validity, "panel_members": validity,
}

// typed makes a function for rows out of one for their typed records.
func typed[T any](say func(*page.Place, *T) []Sentence) func(*page.Place, jme.Record) []Sentence {
	return func(p *page.Place, r jme.Record) []Sentence {
		if x := jme.Get[T](p.Town.Municipality, r.Row.Key); x != nil {
			return say(p, x)
		}
		return nil
	}
}

// validity says until when a record is or was valid. It returns nothing for a record without an
// end.
func validity(p *page.Place, r jme.Record) []Sentence {
	ended, ok := table.ParseTime(r.Table.Value(r.Row, r.Table.Schema.Period[1]))
	if !ok {
		return nil
	}
	return span(p, jme.Date{}, jme.Date{Time: ended}, "validity")
}

func assessment(p *page.Place, x *jme.Assessment) (out []Sentence) {
	// If no report is recorded, the outcome of the rule that asks for one says more.
	if s := Assessment(p, x); s.Mark != "unknown" || len(p.Town.OutcomesAbout("assessments", x.ID)) == 0 {
		out = append(out, s)
	}
	if len(x.Findings) > 0 {
		out = append(out, Sentence{Text: TallyOf(p, x.Findings).Sentence})
	}
	return out
}

// Neither a provider's reply to a letter nor a measure against an obstruction has a term, so
// their absence is not shown as late.
func letter(p *page.Place, x *jme.AssistanceLetter) []Sentence {
	if x.Replied.IsZero() {
		return []Sentence{LetterSilence(p, x)}
	}
	return []Sentence{{Mark: "done", Text: dated(p, "letter.replied", x.Replied)}}
}

// LetterSilence says that no reply to a letter is recorded, whose, and since when.
func LetterSilence(p *page.Place, x *jme.AssistanceLetter) Sentence {
	return silence(p, "letter", judgement.Actor(p.Town.Municipality, "provider", x.Provider.Get()), x.Sent.Day())
}

// ObstructionSilence says that no measure of the council against an obstruction is recorded, and since when.
func ObstructionSilence(p *page.Place, x *jme.Obstruction) Sentence {
	return silence(p, "obstruction", judgement.Actor(p.Town.Municipality, "council", nil), x.Date.Day())
}

func obstruction(p *page.Place, x *jme.Obstruction) []Sentence {
	if x.Measure.IsZero() {
		return []Sentence{ObstructionSilence(p, x)}
	}
	return []Sentence{{Mark: "done", Text: dated(p, "obstruction.answered", x.MeasureDate)}}
}

// dated returns the sentence that gives a date, or the one without a date if that is not
// recorded.
func dated(p *page.Place, key string, d jme.Date) string {
	if d.IsZero() {
		return p.T("site.status." + key + "-undated")
	}
	return p.F("site.status."+key, locale.Args{"on": p.On(d.Time)})
}

// span says whether something has not begun, goes on or has ended.
func span(p *page.Place, from, to jme.Date, kind string) []Sentence {
	today := p.Today
	switch {
	case !from.IsZero() && from.Day().After(today):
		return []Sentence{{Mark: "not-due", Text: p.F("site.status."+kind+".ahead", locale.Args{"date": p.Date(from.Time)})}}
	case !to.IsZero() && to.Day().Before(today):
		return []Sentence{{Mark: "done", Text: p.F("site.status."+kind+".over", locale.Args{"date": p.Date(to.Time)})}}
	case !to.IsZero():
		return []Sentence{{Mark: "now", Text: p.F("site.status."+kind+".until", locale.Args{"date": p.Until(to.Time)})}}
	}
	return []Sentence{{Mark: "now", Text: p.T("site.status." + kind + ".open")}}
}

func finding(p *page.Place, f *jme.Finding) []Sentence {
	out := []Sentence{{Mark: page.Mark("findings", "verdict", f.Verdict), Text: p.T("site.status.finding." + f.Verdict)}}
	out = append(out, against(p, f)...)
	if f.Unmet() {
		if n := len(f.Replies); n > 0 {
			out = append(out, Sentence{Mark: "done", Text: dated(p, "finding.replied", f.Replies[n-1].Date)})
		} else {
			out = append(out, Unreplied(p, f)...)
		}
		if n := len(f.Recommendations); n > 0 {
			out = append(out, Sentence{Text: p.N("site.status.finding.recommended", n)})
		}
	}
	return out
}

func recommendation(p *page.Place, r *jme.Recommendation) []Sentence {
	out := []Sentence{answer(p, r)}
	if day := r.Suggested(); !day.IsZero() {
		out = append(out, due(p, day.Day(), judgement.BySuggestion))
	}
	if day := r.Promised(); !day.IsZero() && r.Open() {
		out = append(out, Sentence{Mark: "now", Text: p.F("judgement.otherwise.promised", locale.Args{"Day": day.Day()})})
	}
	return out
}

// answer says what became of a recommendation.
func answer(p *page.Place, r *jme.Recommendation) Sentence {
	a := r.Answer(p.Today)
	if a == jme.AnswerNone {
		return Unanswered(p, r)
	}
	return Sentence{Mark: string(a), Text: p.T("site.status.recommendation." + string(a))}
}

// Unanswered says since when a recommendation has no answer. It is never late: no regulation in hand
// makes an answer a duty or sets a term for it.
func Unanswered(p *page.Place, r *jme.Recommendation) Sentence {
	a := r.Answer(p.Today)
	s := Sentence{Mark: string(a), Text: p.T("site.answers.silent")}
	if made := r.Made(); !made.IsZero() && !made.After(p.Today) {
		s.Text = p.NF("site.answers.since", page.Days(made, p.Today), locale.Args{"since": p.Since(made)})
	}
	return s
}

// due says by which day something was suggested or promised, and how many days are left or have passed.
func due(p *page.Place, day time.Time, by judgement.SetBy) Sentence {
	n, key := page.Days(p.Today, day), "site.status."+string(by)
	args := locale.Args{"Day": day}
	switch {
	case n < 0:
		return Sentence{Mark: "asked", Text: p.NF(key+".passed", -n, args)}
	case n == 0:
		return Sentence{Mark: "now", Text: p.T(key + ".today")}
	}
	return Sentence{Mark: "not-due", Text: p.NF(key+".left", n, args)}
}

func measure(p *page.Place, x *jme.Measure) []Sentence {
	out := []Sentence{{Mark: page.Mark("measures", "status", x.Status), Text: p.T("site.status.measure." + x.Status)}}
	only := x.Answer() == jme.AnswerSelf
	for _, v := range x.Checks() {
		if !only || v.Result != "eliminated" { // else it is said once of all, below
			out = append(out, check(p, v))
		}
	}
	if only || x.Status == jme.Done && len(x.Verifications) == 0 {
		out = append(out, Unchecked(p, x))
	}
	if !x.Open() || x.Due.IsZero() {
		return out
	}
	out = append(out, due(p, x.Due.Day(), judgement.ByPromise))
	if r := x.Recommendation.Get(); r != nil {
		if day := r.Suggested(); !day.IsZero() && !day.Equal(x.Due.Time) {
			out = append(out, Sentence{Mark: "asked", Text: p.F("judgement.otherwise.suggested", locale.Args{"Day": day.Day()})})
		}
	}
	return out
}

// check says what one check of a measure found, and whether the body checked itself. It does not say whether others
// checked the measure too.
func check(p *page.Place, v *jme.Verification) Sentence {
	mark, _ := checked(p, v)
	key := v.Result
	if mark == string(jme.AnswerSelf) {
		key = "self"
	}
	return Sentence{Mark: mark, Text: p.T("site.status.verification." + key)}
}

// Unchecked says that nobody, or nobody else, checked what a measure did.
func Unchecked(p *page.Place, x *jme.Measure) Sentence {
	key := "none"
	if x.Answer() == jme.AnswerSelf {
		key = "itself"
	}
	return Sentence{Mark: string(x.Answer()), Text: p.T("site.status.verification." + key)}
}

// Contest says how a contest stands.
func Contest(p *page.Place, x *jme.Contest) Sentence {
	for _, a := range x.Applications {
		if a.Status == "winner" {
			if o := a.Organisation.Get(); o != nil {
				return Sentence{Mark: "done", Parts: p.Marked(p.Parts("site.status.contest.won", locale.Args{"who": o.Name}))}
			}
		}
	}
	today := p.Today
	switch {
	case x.Failed() && !x.Decided.Day().After(today):
		return Sentence{Mark: "unknown", Parts: p.Marked(p.Parts("site.status.contest.failed", locale.Args{"why": regulation.Label("contests", "result", x.Result)}))}
	case x.Announced.IsZero() || x.Announced.Day().After(today):
		return Sentence{Mark: "not-due", Text: p.T("site.status.contest.ahead")}
	case !x.Closes.IsZero() && !x.Closes.Day().Before(today):
		n := page.Days(today, x.Closes.Day())
		return Sentence{Mark: "now", Text: p.NF("site.status.contest.open", n, locale.Args{"when": p.DateTime(x.Closes.Time)})}
	}
	if x.Closes.IsZero() {
		return Sentence{Mark: "unknown", Text: p.T("site.status.contest.closed")}
	}
	return Sentence{Mark: "unknown", Text: p.NF("site.status.contest.closed_since", page.Days(x.Closes.Day(), today), locale.Args{"on": p.On(x.Closes.Time)})}
}

// Undecided reports whether a contest takes no applications any more, and no result is recorded.
func Undecided(p *page.Place, x *jme.Contest) bool {
	won := slices.ContainsFunc(x.Applications, func(a *jme.Application) bool { return a.Status == "winner" })
	return !won && !x.Failed() && !x.Closes.IsZero() && x.Closes.Day().Before(p.Today)
}

// Assessment says how an assessment stands.
func Assessment(p *page.Place, a *jme.Assessment) Sentence {
	for _, r := range a.Reports {
		if !r.Delivered.IsZero() {
			return Sentence{Mark: "done", Text: p.F("site.status.assessment.reported", locale.Args{"on": p.On(r.Delivered.Time)})}
		}
	}
	today := p.Today
	switch {
	case !a.FieldworkTo.IsZero() && a.FieldworkTo.Day().Before(today):
		return Sentence{Mark: "unknown", Text: p.F("site.status.assessment.unreported", locale.Args{"on": p.On(a.FieldworkTo.Time)})}
	case !a.FieldworkFrom.IsZero() && !a.FieldworkFrom.Day().After(today), slices.ContainsFunc(a.Visits, func(v *jme.Visit) bool { return !v.Date.Day().After(today) }):
		return Sentence{Mark: "now", Text: p.T("site.status.assessment.now")}
	}
	return Sentence{Mark: "not-due", Text: p.T("site.status.assessment.ahead")}
}
