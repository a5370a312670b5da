// Package regulation executes a regulation: it says of every clause with a rule, and of
// every year, whether it was kept, from which records, and by which count of days.
//
// A Rule is a value (see All): what it needs to read, what it can be told, which named
// assumptions it rests on, and a function that looks at one year. Which rules serve which
// clause, and with what numbers, is the municipality's: regulation.toml. The law is not in
// the program, and another town needs no other program.
//
// An Outcome is one of six. Silence is never "kept": where the records do not say, the
// outcome is unknown; where a time has passed with nothing recorded, it is overdue.
// A record dated after "today" has not happened yet.
//
// Nothing here depends on the order of rows: outcomes come in the order of the clauses,
// the years and the ids of their subjects.
package regulation

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Kind is how a clause fared.
type Kind string

// The six kinds; their words are "regulation.kind.<kind>" in package locale.
const (
	Kept          Kind = "kept"
	Broken        Kind = "broken"
	Overdue       Kind = "overdue" // the time has passed and nothing is recorded
	Pending       Kind = "pending" // the time is still running
	NotApplicable Kind = "not-applicable"
	Unknown       Kind = "unknown" // the records do not say
)

// Kinds are all six, in the order of their weight: what asks for a reader's attention first.
var Kinds = []Kind{Broken, Overdue, Pending, Unknown, Kept, NotApplicable}

// Record names a record, or a register where there is no id.
type Record struct {
	Register string `json:"register"`
	ID       string `json:"id"`
}

// Outcome is what a rule found of one subject in one year. Days are midnight UTC; a zero
// day is not known, or there is none.
type Outcome struct {
	Municipality string
	Year         int
	Clause       string
	Rule         string
	Subject      Record // zero: the year as a whole
	Kind         Kind
	Due          time.Time // the last day
	Latest       time.Time // where tentative days of the calendar can still move Due to here; else zero
	Done         time.Time
	DaysLate     int         // of what was done late, or is not done yet
	Assumptions  []string    // codes of those the outcome rests on
	Otherwise    []Otherwise // what another reading of an assumption would give
	Evidence     []Record    // the records looked at
	Exemption    string      // id of the one that sets the rule aside, or empty
	Without      Kind        // with an exemption: the outcome if there were none

	key  string
	args locale.Args
	how  string      // key of how Due was found, below "regulation.counted"
	by   locale.Args // and its arguments
	nth  int         // of the clause's checks by this rule, from 1: a clause may ask a rule twice
}

// Otherwise is an outcome by another value of an assumption.
type Otherwise struct {
	Assumption string
	Value      string
	Kind       Kind
	Due        time.Time

	title locale.Text // what the assumption is called
}

// Sentence says it to a citizen.
func (o *Outcome) Sentence(p *locale.Printer) string {
	var b strings.Builder
	for _, part := range o.Parts(p) {
		b.WriteString(part.Text)
	}
	return b.String()
}

// Counted says how the due day was found: from which event, by which days. It is empty
// where there is no due day.
func (o *Outcome) Counted(p *locale.Printer) string {
	if o.how == "" || o.Due.IsZero() {
		return ""
	}
	return p.F("regulation.counted."+o.how, o.by)
}

// Parts is the sentence with the language of each part: names and titles that have not
// been translated stand in it in their original.
func (o *Outcome) Parts(p *locale.Printer) []Part {
	s := p.F("regulation."+o.key, quoted(o.args))
	if !o.Latest.IsZero() {
		s += " " + p.F("regulation.tentative", locale.Args{"Early": o.Due, "Late": o.Latest})
	}
	for _, kind := range Kinds {
		var titles quotes
		for _, other := range o.Otherwise {
			if other.Kind == kind {
				titles = append(titles, other.title)
			}
		}
		if len(titles) > 0 {
			s += " " + p.NF("regulation.otherwise", len(titles), locale.Args{"Kind": kind.Word(p), "Titles": titles})
		}
	}
	if o.Exemption != "" {
		s += " " + p.F("regulation.exempt", locale.Args{"ID": o.Exemption})
	}
	return split(s, p.Lang())
}

// Word is the kind in words.
func (k Kind) Word(p *locale.Printer) string { return p.T("regulation.kind." + string(k)) }

// Rule is one thing a clause asks for.
type Rule struct {
	Code       string
	Needs      []string // registers it reads: if one could not be read, the rule is not checked
	Parameters []Parameter
	Assumes    []Convention
	Can        []Kind      // the outcomes it can give; for each there is a case in testdata
	Check      func(*Case) // looks at one year
}

// Title and Help are the rule in words.
func (r *Rule) Title(p *locale.Printer) string { return p.T("regulation." + r.Code + ".title") }
func (r *Rule) Help(p *locale.Printer) string  { return p.T("regulation." + r.Code + ".help") }

// Duty is what must be done by the rule's due day, said for a list of deadlines. Rules that
// cannot be overdue have none.
func (r *Rule) Duty(p *locale.Printer) string { return p.T("regulation." + r.Code + ".duty") }

// All is every rule, in the order of the process.
var All = slices.Concat(whyRules, panelRules, contestRules, fieldworkRules, letterRules)

// obliges tells whether somebody must act by the rule's due day. Others only wait for a day
// to come before they can say.
func (r *Rule) obliges() bool { return slices.Contains(r.Can, Overdue) }

// Find returns a rule by its code, or nil.
func Find(code string) *Rule {
	for _, r := range All {
		if r.Code == code {
			return r
		}
	}
	return nil
}

// Evaluate returns the outcomes of all clauses with a rule, for every year with records
// and the present one. unread are registers that cannot be relied on, beside those the
// tables themselves say were not read whole.
func Evaluate(m *jme.Municipality, asOf time.Time, unread ...string) []Outcome {
	e := evaluation{m: m, asOf: asOf, unread: unread, clock: NewClock(m.Calendar, m.Settings.TimeZone), index: newIndex(m)}
	for _, year := range years(m, asOf) {
		e.cycles = append(e.cycles, m.Cycle(year, asOf))
	}
	var all []Outcome
	for _, clause := range m.Regulation.Clauses {
		nth := map[*Rule]int{}
		for i := range clause.Checks {
			if rule := Find(clause.Checks[i].Rule); rule != nil {
				nth[rule]++
				for _, cycle := range e.cycles {
					for _, o := range e.judge(rule, clause.Number, &clause.Checks[i], cycle) {
						o.nth = nth[rule]
						all = append(all, o)
					}
				}
			}
		}
	}
	return all
}

// years are those with records, those between, and the present one; none in which the
// regulation was not in force.
func years(m *jme.Municipality, asOf time.Time) []int {
	recorded := append(m.Years(), asOf.Year())
	var all []int
	for y := slices.Min(recorded); y <= slices.Max(recorded); y++ {
		act := m.Regulation.Act
		if from := cmp.Or(act.InForceFrom, act.Date); !from.IsZero() && y < from.Year() {
			continue
		}
		if !act.InForceUntil.IsZero() && y > act.InForceUntil.Year() {
			continue
		}
		all = append(all, y)
	}
	return all
}

type evaluation struct {
	m      *jme.Municipality
	asOf   time.Time
	unread []string
	clock  *Clock
	index  index
	cycles []*jme.Cycle
}

// judge applies a rule to a year, and again by each other reading of an assumption.
func (e *evaluation) judge(rule *Rule, clause string, check *jme.Check, cycle *jme.Cycle) []Outcome {
	c := &Case{
		Municipality: e.m, Cycle: cycle, AsOf: e.asOf, Clock: e.clock, index: e.index,
		rule: rule, clause: clause, parameters: check.Parameters, values: map[string]string{},
	}
	for _, register := range rule.Needs {
		if t := e.m.Table(register); t == nil || !t.Whole || slices.Contains(e.unread, register) {
			o := c.year().says(Unknown, "", locale.Args{"Register": jme.Schema(register).Title})
			o.key = "not_checked"
			return c.outcomes()
		}
	}
	for _, a := range e.m.Regulation.Assumptions {
		c.values[a.Code] = a.Value
	}
	rule.Check(c)
	all := c.outcomes()
	for _, convention := range rule.Assumes {
		for _, value := range convention.Values {
			if value != c.values[convention.Code] {
				e.otherwise(all, c, convention.Code, value)
			}
		}
	}
	for i := range all {
		e.exempt(&all[i])
	}
	return all
}

// otherwise notes where another value of an assumption gives another outcome.
func (e *evaluation) otherwise(all []Outcome, c *Case, code, value string) {
	other := *c
	other.out, other.values = nil, map[string]string{code: value}
	for k, v := range c.values {
		if k != code {
			other.values[k] = v
		}
	}
	c.rule.Check(&other)
	by := map[Record]*Outcome{} // a rule gives one outcome to a subject
	for i := range all {
		by[all[i].Subject] = &all[i]
	}
	for _, o := range other.outcomes() {
		if as := by[o.Subject]; as != nil && as.Kind != o.Kind {
			as.Otherwise = append(as.Otherwise, Otherwise{code, value, o.Kind, o.Due, e.title(code)})
		}
	}
}

// title is what an assumption is called; one without a title is called by its code.
func (e *evaluation) title(code string) locale.Text {
	for _, a := range e.m.Regulation.Assumptions {
		if a.Code == code && !a.Title.IsZero() {
			return a.Title
		}
	}
	return locale.Text{Ky: code, Ru: code, En: code}
}

// exempt sets an outcome aside that an exemption covers: one that had not run out when
// the thing was done, or has not by today. What was kept needs none.
func (e *evaluation) exempt(o *Outcome) {
	if o.Kind == Kept || o.Kind == NotApplicable {
		return
	}
	for _, x := range e.m.Exemptions {
		if x.Rule != o.Rule || x.SubjectRegister != "" && (Record{x.SubjectRegister, x.Subject}) != o.Subject {
			continue
		}
		if by := cmp.Or(o.Done, e.asOf); x.Until.IsZero() || !x.Until.Day().Before(by) {
			o.Exemption, o.Without, o.Kind = x.ID, o.Kind, NotApplicable
			o.Evidence = append(o.Evidence, Record{"exemptions", x.ID})
			return
		}
	}
}

// Case is one year as a rule sees it.
type Case struct {
	*jme.Municipality
	Cycle *jme.Cycle
	AsOf  time.Time
	Clock *Clock
	index

	rule       *Rule
	clause     string
	parameters map[string]any
	values     map[string]string // of assumptions
	out        []*Outcome
}

// of begins the outcome of a record.
func (c *Case) of(register, id string) *Outcome {
	o := &Outcome{
		Municipality: c.ID, Year: c.Cycle.Year, Clause: c.clause, Rule: c.rule.Code, Subject: Record{register, id},
		args: locale.Args{"Clause": c.clause, "Year": yearText(c.Cycle.Year)},
	}
	if id != "" {
		o.see(register, id)
	}
	for _, a := range c.rule.Assumes {
		if _, named := c.values[a.Code]; named {
			o.Assumptions = append(o.Assumptions, a.Code)
		}
	}
	c.out = append(c.out, o)
	return o
}

// year begins the outcome of the year as a whole.
func (c *Case) year() *Outcome { return c.of("", "") }

// none says that the year has nothing the rule could be about.
func (c *Case) none() { c.year().says(NotApplicable, "none", nil) }

// outcomes ends the case: by subject, and with what follows from the dates.
func (c *Case) outcomes() []Outcome {
	slices.SortStableFunc(c.out, func(a, b *Outcome) int {
		return cmp.Or(cmp.Compare(a.Subject.Register, b.Subject.Register), cmp.Compare(a.Subject.ID, b.Subject.ID))
	})
	all := make([]Outcome, len(c.out))
	for i, o := range c.out {
		if last := cmp.Or(o.Latest, o.Due); !last.IsZero() {
			switch {
			case o.Kind == Overdue:
				o.DaysLate = between(last, c.AsOf)
			case !o.Done.IsZero() && o.Done.After(last) && o.Kind == Broken:
				o.DaysLate = between(last, o.Done)
			}
		}
		o.args["Due"], o.args["Done"], o.args["DaysLate"] = o.Due, o.Done, number{"days", o.DaysLate}
		slices.SortFunc(o.Evidence, compareRecords)
		o.Evidence = slices.Compact(o.Evidence)
		all[i] = *o
	}
	return all
}

func compareRecords(a, b Record) int {
	return cmp.Or(cmp.Compare(a.Register, b.Register), cmp.Compare(a.ID, b.ID))
}

// says settles an outcome. The key is that of its sentence, below the rule's.
func (o *Outcome) says(kind Kind, key string, args locale.Args) *Outcome {
	o.Kind, o.key = kind, o.Rule+"."+cmp.Or(key, string(kind))
	for name, arg := range args {
		o.args[name] = arg
	}
	return o
}

// see notes records that were looked at.
func (o *Outcome) see(register string, ids ...string) *Outcome {
	for _, id := range ids {
		o.Evidence = append(o.Evidence, Record{register, id})
	}
	return o
}

// due notes the last day and how it was found; how is a message below "regulation.counted".
func (o *Outcome) due(day time.Time, how string) {
	o.Due, o.how = day, how
}

// counted notes the last day of a term and how it was counted.
func (o *Outcome) counted(event time.Time, t Term, due Due) {
	o.due(due.Day, "term")
	if due.Tentative() {
		o.Latest = due.Latest
	}
	what := "days"
	if t.Working {
		what = "working_days"
	}
	o.by = locale.Args{
		"Event": event, "Days": number{what, t.Days}, "SameDay": t.SameDay, "Roll": t.Roll,
		"Off": days(due.Off), "Extra": days(due.Extra), "IsOff": len(due.Off) > 0, "IsExtra": len(due.Extra) > 0,
	}
}

// untermed settles the outcome of a duty to which the regulation sets no term.
func (c *Case) untermed(o *Outcome, args locale.Args) *Outcome {
	return o.undone(c.AsOf, c.noTerm(), "no-term", args)
}

// undone settles the outcome of what is not recorded: its time runs, or has passed, or is
// not known.
func (o *Outcome) undone(asOf, due time.Time, how string, args locale.Args) *Outcome {
	o.due(due, how)
	switch {
	case due.IsZero():
		return o.says(Unknown, "", args)
	case due.Before(asOf):
		return o.says(Overdue, "", args)
	}
	return o.says(Pending, "", args)
}

// past is the day of a date that has come, or zero.
func (c *Case) past(d jme.Date) time.Time {
	if day := d.Day(); !day.After(c.AsOf) {
		return day
	}
	return time.Time{}
}

// pastMoment is the same of a moment, in the municipality's own zone.
func (c *Case) pastMoment(d jme.Date) time.Time {
	return c.past(jme.Date{Time: c.Clock.Day(d)})
}

// yearEnd is the last day of the year under review.
func (c *Case) yearEnd() time.Time { return time.Date(c.Cycle.Year, 12, 31, 0, 0, 0, 0, time.UTC) }

// noTerm is the last day of a duty to which the regulation sets no term, by assumption.
func (c *Case) noTerm() time.Time {
	if c.values[withoutTerm.Code] == withoutTerm.Values[0] {
		return c.yearEnd()
	}
	return time.Time{}
}

// withoutTerm: duties without a term end with the year, or have no end.
var withoutTerm = Convention{"duty-without-term", []string{"year-end", "none"}}

// index finds records by what they are of, so that rules stay quick on large registers.
type index struct {
	publications map[Record][]*jme.Publication
	attachments  map[Record][]*jme.Attachment
	letters      map[string][]*jme.Letter      // by provider
	requirements map[string][]*jme.Requirement // by service
	contracted   map[string]int                // by contract, the first year monitored under it
}

func newIndex(m *jme.Municipality) index {
	x := index{map[Record][]*jme.Publication{}, map[Record][]*jme.Attachment{}, map[string][]*jme.Letter{}, map[string][]*jme.Requirement{}, map[string]int{}}
	for _, p := range m.Publications {
		of := Record{p.SubjectRegister, p.Subject}
		x.publications[of] = append(x.publications[of], p)
	}
	for _, a := range m.Attachments {
		of := Record{a.SubjectRegister, a.Subject}
		x.attachments[of] = append(x.attachments[of], a)
	}
	for _, l := range m.AssistLetters {
		x.letters[l.Provider.ID] = append(x.letters[l.Provider.ID], l)
	}
	for _, r := range m.Requirements {
		x.requirements[r.Service.ID] = append(x.requirements[r.Service.ID], r)
	}
	for _, a := range m.Assessments {
		if first, known := x.contracted[a.Contract.ID]; !known || a.Year < first {
			x.contracted[a.Contract.ID] = a.Year
		}
	}
	return x
}

// published is the first day, not before from, that a record was public on a channel; zero
// where that is not recorded. The publication is seen.
func (c *Case) published(o *Outcome, channel string, from time.Time, subjects ...Record) time.Time {
	var first *jme.Publication
	for _, subject := range subjects {
		for _, p := range c.publications[subject] {
			if day := c.past(p.Published); p.Channel == channel && !day.IsZero() && !day.Before(from) {
				if first == nil || day.Before(first.Published.Day()) || day.Equal(first.Published.Day()) && p.ID < first.ID {
					first = p
				}
			}
		}
	}
	if first == nil {
		return time.Time{}
	}
	o.see("publications", first.ID)
	return first.Published.Day()
}
