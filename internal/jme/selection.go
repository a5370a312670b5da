package jme

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Results of a contest. Without one of the others, or where none is recorded, it was held or is
// still to be held.
const (
	Held           = "held"
	NoApplications = "no-applications"
	NoneAdmitted   = "none-admitted"
	Cancelled      = "cancelled"
)

// Failed reports whether a contest ended without anybody who could win it.
func (x *Contest) Failed() bool {
	return x.Result == NoApplications || x.Result == NoneAdmitted || x.Result == Cancelled
}

// VotedOn is the day whose members of the panel give the points: that of the decision or, where
// it is not recorded, of the opening or the close, which are moments in the municipality's zone.
func (x *Contest) VotedOn(zone *time.Location) time.Time {
	in := func(moment Date) time.Time {
		if moment.IsZero() {
			return time.Time{}
		}
		return Date{moment.In(zone)}.Day()
	}
	return cmp.Or(x.Decided.Day(), in(x.Opened), in(x.Closes))
}

// Late reports whether an application came after the close. An hour that is written to the minute
// lasts to the end of that minute: with 23:59, the day ends at midnight.
func (a *Application) Late() bool {
	x := a.Contest.Get()
	if x == nil || x.Closes.IsZero() || a.Received.IsZero() {
		return false
	}
	end := x.Closes.Time
	if end.Second() == 0 {
		end = end.Add(time.Minute - time.Nanosecond)
	}
	return a.Received.After(end)
}

// Admitted reports whether an application took part in the contest.
func (a *Application) Admitted() bool {
	return a.Status == "admitted" || a.Status == "not-selected" || a.Status == "winner"
}

// There reports whether a panel existed on a day, as far as its dates are recorded.
func (p *Panel) There(day time.Time) bool {
	return !p.Formed.Day().After(day) && (p.Dissolved.IsZero() || !p.Dissolved.Day().Before(day))
}

// There reports whether somebody was on the panel on a day. Nobody stays longer than the panel.
func (m *Member) There(day time.Time) bool {
	p := m.Panel.Get()
	return !m.ValidFrom.Day().After(day) && (m.ValidTo.IsZero() || !m.ValidTo.Day().Before(day)) && (p == nil || p.There(day))
}

// Overlaps reports whether there is a day on which both are members of their panels.
func (m *Member) Overlaps(other *Member) bool {
	day := latest(m.ValidFrom.Day(), other.ValidFrom.Day())
	return m.There(day) && other.There(day)
}

// Person tells people apart: two members of a panel whose names differ only in spaces, case or
// Unicode form are one person. A member without a name is a person of their own.
func (m *Member) Person() string {
	name := cases.Fold().String(norm.NFC.String(strings.Join(strings.Fields(m.Name), " ")))
	return cmp.Or(name, "member "+m.ID)
}

// Persons groups members by person, in the order of the members.
func Persons(members []*Member) (persons [][]*Member) {
	at := map[string]int{}
	for _, m := range members {
		if i, again := at[m.Person()]; again {
			persons[i] = append(persons[i], m)
			continue
		}
		at[m.Person()] = len(persons)
		persons = append(persons, []*Member{m})
	}
	return persons
}

// Recused reports whether a member stood aside from the application, in whatever seat.
func (a *Application) Recused(m *Member) bool {
	return slices.ContainsFunc(a.Recusals, func(r *Recusal) bool {
		x := r.Member.Get()
		return x != nil && x.Person() == m.Person()
	})
}
