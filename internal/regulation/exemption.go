package regulation

import (
	"cmp"
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/clock"
)

// spell is the time for which an exemption set an outcome aside before it ran out.
type spell struct {
	from, end time.Time   // the day of the decision, and the first day on which the exemption no longer held
	args      locale.Args // as of Outcome.free
}

// sites are the channels on which whoever looks for a report reads it from anywhere.
var sites = []string{"site-executive", "site-council"}

// Withheld returns the delivered reports that an exemption keeps from the site: it sets the duty to publish them aside,
// and no site on which they were published is recorded.
func (o *Outcome) Withheld(m *jme.Municipality) (all []*jme.Report) {
	a := jme.Get[jme.Assessment](m, o.Subject.ID)
	if !o.withholds || o.Subject.Register != "assessments" || a == nil {
		return nil
	}
	for _, r := range a.Reports {
		published := slices.ContainsFunc(m.Publications, func(p *jme.Publication) bool {
			return p.SubjectRegister == jme.Reports && p.Subject == r.ID && slices.Contains(sites, p.Channel)
		})
		if !r.Delivered.IsZero() && !published {
			all = append(all, r)
		}
	}
	return all
}

// Exempted says who set the outcome aside, until when and why. There must be an exemption.
func (o *Outcome) Exempted(p *locale.Printer) locale.Parts {
	return p.Parts("regulation.exempt", o.free)
}

// exempt sets an outcome aside that an exemption covers: one for its rule and its subject, decided
// no later than the last day, that had not run out when the thing was done or, where it is not
// done, by today. Where there is no last day, the day counts on which it lapsed. What was kept needs
// none. An exemption without a subject, an end or a reason sets nothing aside; checks report it.
// What is broken or overdue stands so only since the last exemption from it ran out.
func (e *evaluation) exempt(o *Outcome) {
	if o.Kind == Kept || o.Kind == NotApplicable || o.Subject.ID == "" {
		return
	}
	for _, x := range e.index.exemptions[exempted{o.Rule, o.Subject}] {
		if x.Until.IsZero() || x.Reason.IsZero() {
			continue
		}
		d := x.Decision.Get()
		if d == nil || d.Date.IsZero() {
			continue
		}
		last := cmp.Or(o.Latest, o.Due, o.Done, o.Lapsed)
		late := !last.IsZero() && d.Date.Day().After(last)
		over := x.Until.Day().Before(cmp.Or(o.Done, e.asOf))
		if over && (late || o.Kind != Broken && o.Kind != Overdue) {
			continue
		}
		o.See("exemptions", x.ID).See("decisions", d.ID)
		args := locale.Args{
			"Issuer": Label("decisions", "issuer", d.Issuer), "Day": d.Date.Day(), "Number": locale.Recorded(d.Number),
			"Until": x.Until.Day(), "Reason": x.Reason, "Term": !o.Due.IsZero(),
		}
		if over {
			if end := x.Until.Day().AddDate(0, 0, 1); end.After(o.over.end) {
				o.over = spell{d.Date.Day(), end, args}
			}
			continue
		}
		o.free, o.other = args, d.Issuer != "council"
		if late {
			o.Refused = x.ID
			continue
		}
		o.Exemption, o.Refused, o.Without, o.Kind, o.Since, o.over = x.ID, "", o.Kind, SetAside, time.Time{}, spell{}
		return
	}
	if !o.Since.IsZero() {
		o.Since = clock.Latest(o.Since, o.over.end)
	}
}
