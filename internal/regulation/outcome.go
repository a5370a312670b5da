package regulation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
)

// Kind says whether a clause was kept.
type Kind string

// The seven kinds. Their words are the messages "regulation.kind.<kind>".
const (
	Kept          Kind = "kept"
	Broken        Kind = "broken"
	Overdue       Kind = "overdue"   // the last day has passed and nothing is recorded
	Pending       Kind = "pending"   // the last day lies ahead or, where there is none, what is awaited can still come
	SetAside      Kind = "set-aside" // an exemption covers what would otherwise be broken, overdue, pending or unknown
	NotApplicable Kind = "not-applicable"
	Unknown       Kind = "unknown" // the records do not say
)

// Kinds are all of them, the ones that most need a reader's attention first.
var Kinds = []Kind{Broken, Overdue, Pending, Unknown, Kept, SetAside, NotApplicable}

// Word is the kind in words.
func (k Kind) Word(p *locale.Printer) string { return p.T("regulation.kind." + string(k)) }

// Record names a record or, with an empty ID, a register.
type Record struct {
	Register string `json:"register"`
	ID       string `json:"id"`
}

// Outcome is what a rule found about one subject in one year. Days are midnight UTC; a zero
// day is not known, or does not exist.
type Outcome struct {
	Municipality string // its ID
	Year         int
	Clause       string // its number
	Version      string // of the clause, by which the outcome is judged: wording.Adopted or the id of an amendment
	Rule         string // its code
	Subject      Record // zero: the year as a whole
	Kind         Kind
	Due          time.Time // the last day
	Latest       time.Time // the last day if all tentative days of the calendar come to be days off; zero unless later than Due
	Done         time.Time
	Undated      time.Time     // the day by which records without a day of their own, by which it is kept, were to be there; zero: none decides
	Lapsed       time.Time     // the day by which a duty without a last day was to be met, or broken: an exemption decided later counts for nothing
	Since        time.Time     // the day since which it stands; zero where the records do not tell
	Stands       time.Time     // what a rule knows of Since; zero: it follows from the other days
	DaysLate     int           // whole days after Latest or Due or, if that is later, from Since on: of what was done late or is not done yet
	Assumptions  []string      // codes of the assumptions that the rule rests on
	Otherwise    []Otherwise   // the readings that give another kind: first those of one assumption, then those of two
	Evidence     []Record      // the records that were looked at, the subject included
	Exemption    string        // ID of the exemption that sets the rule aside, or empty
	Without      Kind          // with an exemption: the kind there would be without it
	Refused      string        // ID of an exemption that counts for nothing because it was decided after the last day, or empty
	Explanations []Explanation // of those who are judged, by day; see Kind.Explainable
	Said         Statement     // what the rule says
	Basis        Basis         // where Due comes from
	Order        *Order        // the order that the records do not keep; nil unless Said tells of it

	withholds bool // the exemption is from publishing the report of an assessment

	args  locale.Args // of the statement
	by    locale.Args // of the basis
	free  locale.Args // of the exemption: who decided, when, until when and why
	other bool        // another body than the council decided the exemption
	over  spell       // of the last exemption that ran out
	past  bool        // the last day has passed, even if tentative days of the calendar were days off
	pairs []Pair      // of evidence that the orders are about
	nth   int         // which of the clause's checks by this rule found it, from 1
}

// last is the last day, with tentative days of the calendar taken for days off.
func (o *Outcome) last() time.Time { return cmp.Or(o.Latest, o.Due) }

// ID is the key of the outcome in the register of outcomes. It is unique in a municipality and
// stays the same from build to build while the records keep their ids.
func (o *Outcome) ID() string {
	id := yearText(o.Year) + "-" + o.Clause + "-" + o.Rule
	if o.Subject.ID != "" {
		id += "-" + o.Subject.ID
	}
	if o.nth > 1 {
		id += "-" + strconv.Itoa(o.nth)
	}
	return strings.ReplaceAll(id, ".", "-")
}

// Sentence says the outcome to a citizen.
func (o *Outcome) Sentence(p *locale.Printer) string { return o.Parts(p).String() }

// Parts is the sentence with the language of each part: names and titles that have not been
// translated stand in it in their original.
func (o *Outcome) Parts(p *locale.Printer) locale.Parts {
	sentences := []locale.Parts{p.Parts(o.message(), o.arguments())}
	if !o.Latest.IsZero() {
		sentences = append(sentences, p.Parts("regulation.tentative", locale.Args{"Early": o.Due, "Late": o.Latest, "Past": o.past}))
	}
	sentences = append(sentences, o.otherwise(p)...)
	switch {
	case o.Exemption != "":
		sentences = append(sentences, o.Exempted(p))
		if o.other {
			sentences = append(sentences, p.Parts("regulation.exempt_otherwise", nil))
		}
	case o.Refused != "":
		sentences = append(sentences, p.Parts("regulation.refused", o.free))
	}
	if !o.over.end.IsZero() {
		sentences = append(sentences, p.Parts("regulation.exempt_over", o.over.args))
	}
	return p.Sentences(sentences...)
}

// otherwise says which readings would give which other kind.
func (o *Outcome) otherwise(p *locale.Printer) (sentences []locale.Parts) {
	for _, kind := range Kinds {
		var alone locale.List
		var together []locale.Parts
		said := map[string]bool{} // an assumption with several other readings is named once
		for i := range o.Otherwise {
			x := &o.Otherwise[i]
			codes := x.Assumption + " " + x.With.Assumption
			if x.Kind != kind || said[codes] {
				continue
			}
			said[codes] = true
			if x.Together() {
				together = append(together, p.Parts("regulation.together", locale.Args{"Kind": kind.Word(p), "First": locale.Quoted(x.titles[0]), "Second": locale.Quoted(x.titles[1])}))
			} else {
				alone = append(alone, locale.Quoted(x.titles[0]))
			}
		}
		if len(alone) > 0 {
			sentences = append(sentences, p.CountedParts("regulation.otherwise", len(alone), locale.Args{"Kind": kind.Word(p), "Titles": alone}))
		}
		sentences = append(sentences, together...)
	}
	return sentences
}

// message is the key of the outcome's words.
func (o *Outcome) message() string {
	if slices.Contains(common, o.Said) {
		return "regulation." + o.Said.Key
	}
	return "regulation." + o.Rule + "." + o.Said.Key
}

// Counted says how the due day was found: from which event, by which days. It is empty where
// there is no due day.
func (o *Outcome) Counted(p *locale.Printer) string {
	if o.Basis == "" || o.Due.IsZero() {
		return ""
	}
	return p.F("regulation.counted."+string(o.Basis), o.by)
}

// Says settles the outcome. A string among the arguments is a text of the data.
func (o *Outcome) Says(s Statement, args locale.Args) *Outcome {
	o.Kind, o.Said, o.args = s.Kind, s, args
	return o
}

// arguments are those of the statement, with the ones that every sentence can use.
func (o *Outcome) arguments() locale.Args {
	all := locale.Args{"Clause": locale.Clause(o.Clause), "Year": yearText(o.Year)}
	for name, arg := range o.args {
		if text, ok := arg.(string); ok {
			arg = locale.Recorded(text)
		}
		all[name] = arg
	}
	all["Due"], all["Done"], all["DaysLate"], all["Past"] = o.Due, o.Done, ADay.Count(o.DaysLate), o.past
	return all
}

// See adds records to the evidence.
func (o *Outcome) See(register string, ids ...string) *Outcome {
	for _, id := range ids {
		o.Evidence = append(o.Evidence, Record{register, id})
	}
	return o
}

// DueBy sets the last day and where it comes from.
func (o *Outcome) DueBy(day time.Time, from Basis) { o.Due, o.Basis = day, from }

// DueInTerm sets the last day of a term that begins with an event, and how it was counted.
func (o *Outcome) DueInTerm(event time.Time, t clock.Term, due clock.Due) {
	o.DueBy(due.Day, ByTerm)
	if due.Tentative() {
		o.Latest = due.Latest
	}
	o.by = locale.Args{
		"Event": event, "Days": length(t), "SameDay": t.SameDay, "Roll": t.Roll,
		"Off": dates(due.Off), "Extra": dates(due.Extra), "IsOff": len(due.Off) > 0, "IsExtra": len(due.Extra) > 0,
	}
}
