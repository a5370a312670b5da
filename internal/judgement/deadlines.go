package judgement

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/wording"
)

// Deadline is a day on which something is due, or was suggested or promised ([SetBy.Voluntary]). Either a
// record names the day, or a clause sets it and nobody has met it yet.
type Deadline struct {
	Duty                            // for a clause only its day and subject are set; no subject: the year as a whole
	Outcome     *regulation.Outcome // what was found of the clause; nil where a record names the day
	Assumptions []string            // codes of the assumptions of the regulation that it rests on
}

// noTermForAnswers is the assumption by which a regulation says that nobody has to answer a
// recommendation by a day. Days that were suggested or promised rest on it where a regulation names it.
const noTermForAnswers = "no-deadline-for-answers"

// deadlines are those of a municipality that lie ahead or have passed unmet, earliest first.
func deadlines(m *jme.Municipality, outcomes []*regulation.Outcome, asOf time.Time) []Deadline {
	var all []Deadline
	var voluntary []string
	if slices.ContainsFunc(m.Regulation.Assumptions, func(a jme.Assumption) bool { return a.Code == noTermForAnswers }) {
		voluntary = []string{noTermForAnswers}
	}
	for _, d := range agenda(m, asOf) {
		deadline := Deadline{Duty: d}
		if d.SetBy.Proposed() {
			deadline.Assumptions = voluntary
		}
		all = append(all, deadline)
	}
	for _, o := range outcomes {
		open := o.Kind == regulation.Overdue || o.Kind == regulation.Pending && rules.All.Find(o.Rule).Obliges()
		if open && !o.Due.IsZero() {
			all = append(all, Deadline{Duty{Date: o.Due, SetBy: ByClause, Register: o.Subject.Register, ID: o.Subject.ID}, o, o.Assumptions})
		}
	}
	slices.SortStableFunc(all, func(a, b Deadline) int { return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Key(), b.Key())) })
	return all
}

// Key identifies the deadline in the register and in calendars. It stays the same from build to
// build, even when the day moves.
func (d *Deadline) Key() string {
	if d.Outcome != nil {
		return d.Outcome.ID()
	}
	return d.Kind + "-" + d.ID
}

// Last is the day after which it has passed. For a clause that depends on days off that are not
// announced, it is the latest possible one.
func (d *Deadline) Last() time.Time {
	if d.Outcome != nil {
		return cmp.Or(d.Outcome.Latest, d.Date)
	}
	return d.Date
}

// What says what is due.
func (d *Deadline) What(p *locale.Printer) string {
	if d.Outcome == nil {
		return p.T("judgement.duty." + d.Kind)
	}
	return p.F("judgement.duty.of_clause", locale.Args{"Clause": locale.Clause(d.Outcome.Clause), "Duty": rules.All.Find(d.Outcome.Rule).Duty(p)})
}

// Counted says where the day comes from and how it was counted.
func (d *Deadline) Counted(p *locale.Printer) string {
	if d.Outcome == nil {
		return p.T("judgement.counted." + string(d.SetBy))
	}
	return d.Outcome.Counted(p)
}

// Otherwise says what else is known of the same thing: that it was declined, the day that was promised
// for what the report suggested, or the day that the report suggested for what was promised. It is
// empty if there is nothing.
func (d *Deadline) Otherwise(p *locale.Printer) string {
	switch {
	case d.Declined:
		return p.T("judgement.otherwise.declined")
	case !d.Promised.IsZero():
		return p.F("judgement.otherwise.promised", locale.Args{"Day": d.Promised.Day()})
	case !d.Suggested.IsZero():
		return p.F("judgement.otherwise.suggested", locale.Args{"Day": d.Suggested.Day()})
	}
	return ""
}

// Who names who must act, or was asked to or promised to: for a clause the body that the regulation names, for a record the
// actor of the duty.
func (d *Deadline) Who(m *jme.Municipality) locale.Text {
	if d.Outcome == nil {
		return Actor(m, d.Actor, d.Provider)
	}
	if c := wording.Find(&m.Regulation, d.Outcome.Clause, d.Outcome.Version); c != nil {
		return c.Duty
	}
	return locale.Text{}
}

// Actor names the actor of a duty or the addressee of a recommendation. The council, the
// executive body and a known provider are called by their own names, others by a general word.
func Actor(m *jme.Municipality, actor string, provider *jme.Provider) locale.Text {
	body, ok := m.Settings.Body(actor)
	switch {
	case ok:
		return body
	case actor == "provider" && provider != nil:
		return provider.Name
	}
	return locale.Every("judgement.actor." + actor)
}
