// Package selection says what follows from the records of panels, contests and assessments: who was
// a member on a day, which members are one person, which application came in time, and who provided
// the service that was looked at. Checks of the records, score sheets and rules use it, so they
// cannot disagree.
package selection

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/characters"
	"achyk/internal/jme"
)

// Late reports whether an application came after the close. An hour that is written to the minute
// lasts to the end of that minute: with 23:59, the day ends at midnight.
func Late(a *jme.Application) bool {
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
func Admitted(a *jme.Application) bool {
	return a.Status == "admitted" || a.Status == "not-selected" || a.Status == "winner"
}

// Against are the applications that speak against the recorded failure of a contest: all where none
// came, those admitted where none was, and one that won. A contest can be cancelled in spite of others.
func Against(x *jme.Contest) (against []*jme.Application) {
	for _, a := range x.Applications {
		if x.Result == jme.NoApplications || x.Result == jme.NoneAdmitted && Admitted(a) || x.Failed() && a.Status == "winner" {
			against = append(against, a)
		}
	}
	return against
}

// Unsettled is an application that came in time and of which it is not said what became of it, or
// nil.
func Unsettled(x *jme.Contest) *jme.Application {
	for _, a := range x.Applications {
		if (a.Status == "" || a.Status == "received") && !Late(a) {
			return a
		}
	}
	return nil
}

// Recused returns what reports whether a member stood aside from an application, in whatever seat.
func Recused(a *jme.Application) func(*jme.Member) bool {
	var aside []*jme.Member
	for _, r := range a.Recusals {
		if m := r.Member.Get(); m != nil {
			aside = append(aside, m)
		}
	}
	return Among(aside)
}

// Among returns what reports whether a member is one of the persons in some seats. It folds the names
// of these only once.
func Among(seats []*jme.Member) func(*jme.Member) bool {
	persons := map[string]bool{}
	for _, m := range seats {
		persons[person(m)] = true
	}
	return func(m *jme.Member) bool { return persons[person(m)] }
}

// Existed reports whether there was a panel on a day, as far as its dates are recorded.
func Existed(p *jme.Panel, day time.Time) bool {
	return !p.Formed.Day().After(day) && (p.Dissolved.IsZero() || !p.Dissolved.Day().Before(day))
}

// Foreign reports whether a panel is of a kind that the procedure of the regulation does not know:
// a commission where groups monitor, or a group where a contest selects who does.
func Foreign(m *jme.Municipality, p *jme.Panel) bool {
	switch m.Regulation.Act.Procedure {
	case jme.ByGroup:
		return p.Kind == "working-commission"
	case jme.ByContest:
		return p.Kind == "monitoring-group"
	}
	return false
}

// There reports whether somebody was on the panel on a day. Nobody stays longer than the panel.
func There(m *jme.Member, day time.Time) bool {
	p := m.Panel.Get()
	return !m.ValidFrom.Day().After(day) && (m.ValidTo.IsZero() || !m.ValidTo.Day().Before(day)) && (p == nil || Existed(p, day))
}

// Changes are the days from a first to a last on which the members of a panel changed. The first is
// the first day of the panel in that time.
func Changes(p *jme.Panel, first, last time.Time) []time.Time {
	if dissolved := p.Dissolved.Day(); !dissolved.IsZero() && dissolved.Before(last) {
		last = dissolved
	}
	if formed := p.Formed.Day(); formed.After(first) {
		first = formed
	}
	if p.Formed.IsZero() || first.After(last) {
		return nil
	}
	days := []time.Time{first}
	for _, m := range p.Members {
		days = append(days, m.ValidFrom.Day())
		if !m.ValidTo.IsZero() {
			days = append(days, m.ValidTo.Day().AddDate(0, 0, 1))
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	days = slices.CompactFunc(days, time.Time.Equal)
	return slices.DeleteFunc(days, func(d time.Time) bool { return d.Before(first) || d.After(last) })
}

// Twice returns for each seat of a person on a panel the number of the first seat that overlaps it, which is
// its own if none before it does. Of two seats that overlap, one begins on a day on which both are there.
func Twice(seats []*jme.Member) []int {
	type start struct {
		day  time.Time
		seat int
	}
	var starts []start
	first := make([]int, len(seats))
	for i, m := range seats {
		first[i] = i
		if day := m.ValidFrom.Day(); There(m, day) {
			starts = append(starts, start{day, i})
		}
	}
	slices.SortFunc(starts, func(a, b start) int { return a.day.Compare(b.day) })
	for i, m := range seats {
		from := sort.Search(len(starts), func(k int) bool { return !starts[k].day.Before(m.ValidFrom.Day()) })
		within := starts[from:]
		for _, s := range within[:sort.Search(len(within), func(k int) bool { return !There(m, within[k].day) })] {
			later := max(i, s.seat)
			first[later] = min(first[later], i, s.seat)
		}
	}
	return first
}

// Persons groups members by person, in the order of the members. Two members whose names differ
// only in spaces, case or Unicode form are one person. A member without a name is one of their own.
func Persons(members []*jme.Member) (persons [][]*jme.Member) {
	at := map[string]int{}
	for _, m := range members {
		i, again := at[person(m)]
		if !again {
			i = len(persons)
			at[person(m)], persons = i, append(persons, nil)
		}
		persons[i] = append(persons[i], m)
	}
	return persons
}

func person(m *jme.Member) string {
	name := characters.Fold(norm.NFC.String(strings.Join(strings.Fields(m.Name), " ")))
	return cmp.Or(name, "member "+m.ID)
}

// Within reports whether a provider had a service on one of the days from a first to a last.
func Within(s *jme.ServiceProvider, first, last time.Time) bool {
	return !s.ValidFrom.Day().After(last) && (s.ValidTo.IsZero() || !s.ValidTo.Day().Before(first))
}

// Throughout reports whether on each day from a first to a last one of the records says that the
// provider had the service.
func Throughout(records []*jme.ServiceProvider, first, last time.Time) bool {
	for _, s := range byBeginning(records) {
		switch {
		case !Within(s, first, first):
		case s.ValidTo.IsZero() || !s.ValidTo.Day().Before(last):
			return true
		default:
			first = s.ValidTo.Day().AddDate(0, 0, 1)
		}
	}
	return false
}

// Provided returns what reports whether the provider of an assessment provided its service on one of
// the days of fieldwork. It is known where the register names somebody who provides the service.
func Provided(m *jme.Municipality) func(*jme.Assessment) (provided, known bool) {
	named := map[string]bool{}                        // by service
	records := map[[2]string][]*jme.ServiceProvider{} // by service and provider: those that end later than all that begin before them
	for _, s := range byBeginning(m.ServiceProviders) {
		of := [2]string{s.Service.ID, s.Provider.ID}
		named[s.Service.ID] = true
		if all := records[of]; len(all) == 0 || endsLater(s, all[len(all)-1]) {
			records[of] = append(all, s)
		}
	}
	return func(a *jme.Assessment) (provided, known bool) {
		first := cmp.Or(a.FieldworkFrom.Day(), a.PlannedFrom.Day())
		last := cmp.Or(a.FieldworkTo.Day(), a.PlannedTo.Day(), first)
		if a.Service.Get() == nil || a.Provider.Get() == nil || first.IsZero() {
			return false, false
		}
		all := records[[2]string{a.Service.ID, a.Provider.ID}]
		begun := sort.Search(len(all), func(i int) bool { return all[i].ValidFrom.Day().After(last) })
		return begun > 0 && Within(all[begun-1], first, last), named[a.Service.ID]
	}
}

// byBeginning are records in the order of their first days.
func byBeginning(records []*jme.ServiceProvider) []*jme.ServiceProvider {
	return slices.SortedFunc(slices.Values(records), func(a, b *jme.ServiceProvider) int { return a.ValidFrom.Day().Compare(b.ValidFrom.Day()) })
}

func endsLater(s, than *jme.ServiceProvider) bool {
	return !than.ValidTo.IsZero() && (s.ValidTo.IsZero() || s.ValidTo.Day().After(than.ValidTo.Day()))
}
