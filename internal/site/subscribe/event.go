package subscribe

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/site/page"
	"achyk/internal/site/status"
)

// subject is what a subscription is about.
type subject struct {
	register string // "services", "territories" or bodies; "" stands for the whole town
	id       string
}

const bodies = "bodies"

// address returns the address of the subject within its town, without a slash at its end.
func (s subject) address() string {
	if s.register == "" {
		return ""
	}
	return s.register + "/" + s.id
}

// Kinds of events. The word for each is the message site.subscribe.event.<kind>.
const (
	overdue  = "overdue"  // a deadline passed unmet
	passed   = "passed"   // a day passed that was suggested or promised
	reported = "reported" // the report of an assessment was delivered
	replied  = "replied"  // a provider replied to a finding
	answered = "answered" // somebody took a measure on a recommendation, or refused to
	done     = "done"     // a measure is said to be done
	checked  = "checked"  // a measure was checked
	decided  = "decided"  // a body decided

	held      = "held"      // a hearing, gathering or other event took place
	announced = "announced" // a contest was announced
	selected  = "selected"  // a contest was decided
)

// event is something that happened on a day.
type event struct {
	kind string
	day  time.Time
	key  string // identifies the event among those of the town; stays the same when the day is mended

	register, id string              // the record that it is about; empty for a deadline of a whole year
	deadline     *judgement.Deadline // of an event of the kinds overdue and passed
}

// eventsOf returns what happened, the newest first. Its days are those of the records; what a record dates
// after today has not happened. It makes no texts, so that a plan can ask which subjects have events.
func (s subject) eventsOf(t *page.Town, today time.Time) (all []event) {
	add := func(kind string, day jme.Date, register, id string) {
		if !day.IsZero() && !day.Day().After(today) {
			all = append(all, event{kind: kind, day: day.Day(), key: register + "/" + id + "/" + kind, register: register, id: id})
		}
	}
	for _, a := range t.Assessments {
		if !s.covers(a) {
			continue
		}
		if i := slices.IndexFunc(a.Reports, func(r *jme.Report) bool { return !r.Delivered.IsZero() }); i >= 0 {
			add(reported, a.Reports[i].Delivered, "assessments", a.ID)
		}
		for _, f := range a.Findings {
			for _, r := range f.Replies {
				add(replied, r.Date, "replies", r.ID)
			}
		}
	}
	for _, r := range t.Recommendations {
		if !s.asks(r) {
			continue
		}
		for _, m := range r.Measures {
			add(answered, m.Proposed, "measures", m.ID)
			if m.Status == jme.Done {
				add(done, m.Done, "measures", m.ID)
			}
			for _, v := range m.Verifications {
				add(checked, v.Date, "verifications", v.ID)
			}
		}
	}
	for _, d := range t.Decisions {
		if s.register == "" || s == (subject{bodies, d.Issuer}) {
			add(decided, d.Date, "decisions", d.ID)
		}
	}
	for _, x := range t.Events {
		if s.gathers(t, x) {
			add(held, x.Date, "events", x.ID)
		}
	}
	if s.register == "" {
		for _, c := range t.Contests {
			add(announced, c.Announced, "contests", c.ID)
			add(selected, c.Decided, "contests", c.ID)
		}
	}
	for _, d := range s.due(t, append(slices.Clip(t.Passed), t.Asked...)) {
		kind := overdue
		if d.SetBy.Voluntary() {
			kind = passed
		}
		all = append(all, event{
			kind: kind, day: d.Last().AddDate(0, 0, 1), key: "deadlines/" + d.Key() + "/" + overdue,
			register: d.Register, id: d.ID, deadline: d,
		})
	}
	slices.SortFunc(all, func(a, b event) int { return cmp.Or(b.day.Compare(a.day), strings.Compare(a.key, b.key)) })
	return all
}

// covers reports whether an assessment is about the subject. A place is covered by the assessments that
// visited it or took measurements there.
func (s subject) covers(a *jme.Assessment) bool {
	switch {
	case a == nil:
		return false
	case s.register == "services":
		return a.Service.ID == s.id
	case s.register == "territories":
		return slices.ContainsFunc(a.Visits, func(v *jme.Visit) bool { return v.Territory.ID == s.id }) ||
			slices.ContainsFunc(a.Measurements, func(m *jme.Measurement) bool { return m.Territory.ID == s.id })
	}
	return s.register == ""
}

// gathers reports whether an event is about the subject: one at which something was suggested of a service, or in a place.
func (s subject) gathers(t *page.Town, x *jme.Event) bool {
	switch s.register {
	case "":
		return true
	case "services":
		return slices.ContainsFunc(t.Suggestions, func(y *jme.Suggestion) bool { return y.Event.ID == x.ID && y.Service.ID == s.id })
	case "territories":
		return x.Territory.ID == s.id
	}
	return false
}

// asks reports whether a recommendation is about the subject, or addressed to it.
func (s subject) asks(r *jme.Recommendation) bool {
	if s.register == bodies {
		return r != nil && r.Addressee == s.id
	}
	return r != nil && r.Finding.Get() != nil && s.covers(r.Finding.Get().Assessment.Get())
}

// due returns those of some deadlines that are about the subject, or its own.
func (s subject) due(t *page.Town, deadlines []*judgement.Deadline) (all []*judgement.Deadline) {
	for _, d := range deadlines {
		if s.owes(t, d) {
			all = append(all, d)
		}
	}
	return all
}

func (s subject) owes(t *page.Town, d *judgement.Deadline) bool {
	switch {
	case s.register == "":
		return true
	case s.register == bodies:
		return status.Owes(t, s.id, d)
	}
	if x := jme.Get[jme.Entry](t.Municipality, d.ID); d.Register == "annual_list" && s.register == "services" && x != nil {
		return x.Service.ID == s.id // it was chosen for the year, and is to be checked by then
	}
	return s.covers(t.Assessment(d.Register, d.ID))
}

// said is an event in the words of a language.
type said struct {
	title   string
	lines   []string // as the page says it to which the address leads
	address string
}

// say puts an event in words. They are those of the record's page, and of the page of deadlines for what is
// overdue. None of them counts days until today: an entry that was read must not change each day.
func (x event) say(p *page.Place) said {
	word := p.T("site.subscribe.event." + x.kind)
	if x.deadline != nil {
		d := status.DeadlineOf(p, x.deadline)
		s := said{word + ": " + d.Subject.Text.String(), []string{d.What, d.Date, d.Who.Text.String()}, cmp.Or(d.Subject.Href, p.To(p.Town.DeadlinesPath()))}
		for _, e := range d.Explained {
			s.lines = append(s.lines, status.Sentence{Parts: e.Head}.String())
		}
		return s
	}
	link, m := p.Record(x.register, x.id), p.Town.Municipality
	s := said{title: word + ": " + link.Text.String(), address: link.Href}
	line := func(text string) {
		if text != "" {
			s.lines = append(s.lines, text)
		}
	}
	switch x.register {
	case "assessments":
		a := jme.Get[jme.Assessment](m, x.id)
		line(status.Assessment(p, a).String())
		if len(a.Findings) > 0 {
			line(status.TallyOf(p, a.Findings).Sentence)
		}
	case "replies":
		r := jme.Get[jme.Reply](m, x.id)
		line(p.Record("findings", r.Finding.ID).Text.String())
		line(p.Text(r.Text).Text)
	case "measures":
		y := jme.Get[jme.Measure](m, x.id)
		line(p.Record("recommendations", y.Recommendation.ID).Text.String())
		if y.Status == jme.Declined {
			line(p.Cell("measures", x.id, "status").Text.String())
		}
		if x.kind == done {
			line(p.Text(y.Outcome).Text)
		}
	case "verifications":
		v := jme.Get[jme.Verification](m, x.id)
		r, _ := p.Town.Record(x.register, x.id)
		line(p.Record("measures", v.Measure.ID).Text.String())
		for _, sentence := range status.Of(p, r)[:1] {
			line(sentence.String())
		}
		line(p.Text(v.Note).Text)
	case "events":
		y := jme.Get[jme.Event](m, x.id)
		line(p.Text(y.Place).Text)
		line(p.Text(y.Summary).Text)
	case "contests":
		c := jme.Get[jme.Contest](m, x.id)
		if x.kind == announced {
			line(p.Cell("contests", x.id, "closes").Text.String())
		} else {
			line(status.Contest(p, c).String())
		}
	case "decisions":
		r, _ := p.Town.Record(x.register, x.id)
		line(p.Label(r).String())
	}
	return s
}
