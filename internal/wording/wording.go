// Package wording tells how the clauses of a regulation read on a day. In regulation.toml a clause
// is written as it was adopted, with what amendments made of it; a wording is what comes of the
// two for a time. Whoever judges, or shows what was judged, takes the wording of the day on which
// the duty began; whoever shows the regulation takes that of today.
package wording

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Adopted is the version of a clause that no amendment has changed.
const Adopted = "adopted"

// InForceFrom is the code of the assumption that says since which year a regulation is in force,
// where its act does not name a day.
const InForceFrom = "in-force-from"

// Clause is a clause as it read for a time.
type Clause struct {
	jme.Clause                // without Versions
	Version    string         // the id of the amendment that gave it this wording, or Adopted
	From       time.Time      // the first day; zero: since the regulation is in force
	Until      time.Time      // the day from which it read otherwise or was repealed; zero: it still reads so
	Ended      *jme.Amendment // that changed or repealed it then
}

// Of are the wordings of a clause, the earliest first. There is at least one.
func Of(r *jme.Regulation, c *jme.Clause) []Clause {
	now := Clause{Clause: *c, Version: Adopted}
	now.Versions = nil
	if a := Amendment(r, c.Since); a != nil {
		now.Version, now.From = a.ID, a.InForceFrom
	}
	var all []Clause
	for i := range c.Versions {
		v := &c.Versions[i]
		a := Amendment(r, v.Amendment)
		if a == nil { // reported by package load
			continue
		}
		now.Until, now.Ended = a.InForceFrom, a
		all = append(all, now)
		if v.Repealed {
			return all
		}
		now = Clause{Clause: Amended(now.Clause, v), Version: a.ID, From: a.InForceFrom}
	}
	return append(all, now)
}

// Amended is a clause with what a version says otherwise.
func Amended(c jme.Clause, v *jme.Version) jme.Clause {
	for _, text := range []struct{ is, to *locale.Text }{{&c.Title, &v.Title}, {&c.Summary, &v.Summary}, {&c.Duty, &v.Duty}} {
		if !text.to.IsZero() {
			*text.is = *text.to
		}
	}
	if v.Status != "" {
		c.Status = v.Status
	}
	if v.Checks != nil {
		c.Checks = v.Checks
	}
	return c
}

// On is the wording of a clause on a day. Of a clause that was repealed before, it is the last;
// of one that comes into force later, the first.
func On(r *jme.Regulation, c *jme.Clause, day time.Time) Clause {
	all := Of(r, c)
	for _, w := range slices.Backward(all) {
		if !w.From.After(day) {
			return w
		}
	}
	return all[0]
}

// Holds reports whether the clause reads so on a day.
func (c *Clause) Holds(day time.Time) bool {
	return !day.Before(c.From) && (c.Until.IsZero() || day.Before(c.Until))
}

// All are the wordings of the clause with a number, the earliest first.
func All(r *jme.Regulation, number string) []Clause {
	for i := range r.Clauses {
		if r.Clauses[i].Number == number {
			return Of(r, &r.Clauses[i])
		}
	}
	return nil
}

// Find is the wording that the clause with a number had in a version, or nil.
func Find(r *jme.Regulation, number, version string) *Clause {
	all := All(r, number)
	if i := slices.IndexFunc(all, func(c Clause) bool { return c.Version == version }); i >= 0 {
		return &all[i]
	}
	return nil
}

// Begins is the first day on which a regulation is in force: the one that the act names, its
// date, or the first day of the year that an assumption names, which is returned too. The day is
// zero where nothing is known.
func Begins(r *jme.Regulation) (day time.Time, assumed *jme.Assumption) {
	for _, day := range []time.Time{r.Act.InForceFrom, r.Act.Date} {
		if !day.IsZero() {
			return day, nil
		}
	}
	for i := range r.Assumptions {
		a := &r.Assumptions[i]
		if year, err := strconv.Atoi(a.Value); a.Code == InForceFrom && err == nil {
			return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), a
		}
	}
	return time.Time{}, nil
}

// InForce reports whether a regulation is in force on a day.
func InForce(r *jme.Regulation, day time.Time) bool {
	from, _ := Begins(r)
	return !day.Before(from) && (r.Act.InForceUntil.IsZero() || !day.After(r.Act.InForceUntil))
}

// Names reports whether a heading of an official text names the clause with a number. Its first
// word is the number, with a letter of the language of the text or with that of regulation.toml:
// "14. Applications", "13а)", "13a". A heading without words names the number "".
func Names(heading, number string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(heading), " ")
	return locale.Clause(strings.TrimRight(first, ".):")).In(locale.En) == locale.Clause(number).In(locale.En)
}

// Official is a version of the official text that is in hand, or nil.
func Official(m *jme.Municipality, version string) *jme.Article {
	for _, a := range m.Official {
		if a.Slug == version {
			return a
		}
	}
	return nil
}

// Amendment is the amendment with an id, or nil.
func Amendment(r *jme.Regulation, id string) *jme.Amendment {
	for i := range r.Amendments {
		if r.Amendments[i].ID == id {
			return &r.Amendments[i]
		}
	}
	return nil
}
