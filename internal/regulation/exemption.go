package regulation

import (
	"cmp"

	"achyk/internal/locale"
)

// exempt sets an outcome aside that an exemption covers: one for its rule and its subject, decided
// no later than the last day, that had not run out when the thing was done or, where it is not
// done, by today. Where there is no last day, the day counts on which it lapsed. What was kept needs
// none. An exemption without a subject, an end or a reason sets nothing aside; checks report it.
func (e *evaluation) exempt(o *Outcome) {
	if o.Kind == Kept || o.Kind == NotApplicable || o.Subject.ID == "" {
		return
	}
	for _, x := range e.m.Exemptions {
		if x.Rule != o.Rule || (Record{x.SubjectRegister, x.Subject}) != o.Subject || x.Until.IsZero() || x.Reason.IsZero() {
			continue
		}
		d := x.Decision.Get()
		if d == nil || d.Date.IsZero() || x.Until.Day().Before(cmp.Or(o.Done, e.asOf)) {
			continue
		}
		o.See("exemptions", x.ID).See("decisions", d.ID)
		o.free = locale.Args{
			"Issuer": Label("decisions", "issuer", d.Issuer), "Day": d.Date.Day(), "Number": locale.Recorded(d.Number),
			"Until": x.Until.Day(), "Reason": x.Reason, "Term": !o.Due.IsZero(),
		}
		o.other = d.Issuer != "council"
		if last := cmp.Or(o.Latest, o.Due, o.Done, o.Lapsed); !last.IsZero() && d.Date.Day().After(last) {
			o.Refused = x.ID
			continue
		}
		o.Exemption, o.Refused, o.Without, o.Kind = x.ID, "", o.Kind, SetAside
		return
	}
}
