package evidence

import (
	"time"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/clock"
	"achyk/internal/selection"
)

// Admission finds how many applications were admitted although they came after the close, and one
// that was refused although it came before: as late or, if there is none, on no recorded ground. wrong
// is the first day on which one of the former was on record, or one refused as late.
func Admission(c *regulation.Case, o *regulation.Outcome, x *jme.Contest) (late int, refused *jme.Application, wrong time.Time) {
	for _, a := range x.Applications {
		day := clock.Latest(clock.Latest(c.Clock.Day(a.Received), x.Decided.Day()), x.Announced.Day())
		if first := wrong.IsZero() || day.Before(wrong); first && (selection.Late(a) && selection.Admitted(a) || !selection.Late(a) && a.RefusedFor == "late" && a.Status == "refused") {
			wrong = day
		}
		switch {
		case a.Received.IsZero():
		case selection.Admitted(a):
			o.See("applications", a.ID)
			if selection.Late(a) {
				late++
			}
		case a.Status == "refused" && !selection.Late(a) && (a.RefusedFor == "" || a.RefusedFor == "late"):
			o.See("applications", a.ID)
			if refused == nil || refused.RefusedFor == "" && a.RefusedFor == "late" {
				refused = a
			}
		}
	}
	return late, refused, wrong
}
