package change

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"achyk/internal/change/closing"
	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/table"
)

// lever is a file that decides outcomes and must not turn published ones unseen: one that
// decides without recording what was done, or a register whose published records are altered.
type lever struct {
	path  string
	apply func(to, from *jme.Municipality)
	// decisive returns what of the file can decide an outcome of the past. A commit that
	// alters it needs a reason, one that adds to the file does not, so decisive leads from an
	// outcome to a commit with a reason.
	decisive func(snapshot, *regulation.Outcome) string
}

// levers returns the files that decide the outcomes of a municipality beside its records.
func (j *judge) levers(m *jme.Municipality) []lever {
	dir, today := "data/"+m.ID+"/", j.time(gitrepo.Commit{})
	calendar := &register{label: jme.Calendar, is: m.Table(jme.Calendar)}
	exemptions := &register{label: m.ID + "/exemptions", is: m.Table("exemptions")}
	town := guarded{path: dir + "municipality.toml", was: &jme.Settings{}, langs: j.Published.Site.Further}
	act := guarded{path: dir + "regulation.toml", was: &jme.Regulation{}, langs: j.Published.Site.Further}
	known := valuesOf(&m.Regulation)
	return append(j.alteredRegisters(m), []lever{
		{calendar.path(), func(to, from *jme.Municipality) { useTable(to, from.Table(jme.Calendar)) }, func(s snapshot, _ *regulation.Outcome) string {
			var days strings.Builder
			t := s.table(calendar)
			for i := range t.Rows {
				if row := &t.Rows[i]; closing.Ended(row.Key, today) {
					fmt.Fprintln(&days, row.Key, t.Value(row, "kind"), t.Value(row, "status"))
				}
			}
			return days.String()
		}},
		{town.path, func(to, from *jme.Municipality) { to.Settings = from.Settings }, func(s snapshot, _ *regulation.Outcome) string {
			return s.values(town)["time_zone"].text
		}},
		{act.path, func(to, from *jme.Municipality) { to.Regulation = from.Regulation }, func(s snapshot, _ *regulation.Outcome) string {
			// An added clause decides nothing that was published. An added day from which the act is
			// in force does, and so does an amendment that is in force from a day in the past.
			var texts []string
			all := s.values(act)
			for _, name := range slices.Sorted(maps.Keys(all)) {
				if known[name].text != "" || slices.ContainsFunc([]string{"act.", "assumption ", "amendment "}, func(of string) bool { return strings.HasPrefix(name, of) }) || strings.Contains(name, " version ") {
					texts = append(texts, name, all[name].text)
				}
			}
			return strings.Join(texts, "\x00")
		}},
		{exemptions.path(), func(to, from *jme.Municipality) { useTable(to, from.Table("exemptions")) }, func(s snapshot, o *regulation.Outcome) string {
			t := s.table(exemptions)
			if row := t.Lookup(o.Exemption); row != nil {
				return strings.Join(row.Values, "\x00")
			}
			return ""
		}},
	}...)
}

// alteredRegisters returns the registers of a municipality in which published records are altered
// or gone. As published, such a register has what the proposal adds and fills, and the published
// values elsewhere: a report that is added may end a delay, one that is dated back may not.
func (j *judge) alteredRegisters(was *jme.Municipality) (all []lever) {
	for _, r := range j.edited {
		if !r.alters() || r.town.ID != was.ID || r.name == jme.Calendar || r.name == "exemptions" {
			continue
		}
		all = append(all, lever{r.path(), func(to, from *jme.Municipality) {
			if from == was {
				useTable(to, r.unaltered())
			} else {
				useTable(to, r.is)
			}
		}, func(s snapshot, _ *regulation.Outcome) string {
			var values strings.Builder
			t := s.table(r)
			for i := range r.edits {
				e := &r.edits[i]
				row := t.Lookup(e.key)
				if e.old == nil || row == nil {
					continue
				}
				fmt.Fprintln(&values, e.key)
				for _, c := range e.cells {
					fmt.Fprintln(&values, c.field, t.Value(row, c.field))
				}
			}
			return values.String()
		}})
	}
	return all
}

// alters reports whether a published record is altered or gone.
func (r *register) alters() bool {
	return slices.ContainsFunc(r.edits, func(e edit) bool { return e.old != nil })
}

// unaltered returns the proposed register with the published values of altered cells, and with
// the records that are gone.
func (r *register) unaltered() *table.Table {
	rows := slices.Clone(r.is.Rows)
	at := map[string]int{}
	for i := range rows {
		at[rows[i].Key] = i
	}
	for i := range r.edits {
		e := &r.edits[i]
		if e.new == nil {
			cells := map[string]string{}
			for k, f := range r.was.Schema.Fields {
				cells[f.Name] = e.old.Values[k]
			}
			rows = append(rows, r.is.Schema.Row(cells))
		} else if e.old != nil {
			row := &rows[at[e.key]]
			row.Values = slices.Clone(row.Values)
			for _, c := range e.cells {
				if k := r.is.Schema.Field(c.field); k >= 0 {
					row.Values[k] = c.old
				}
			}
		}
	}
	t := table.Made(r.is.Schema, r.is.Label, rows)
	t.Whole = r.is.Whole
	return t
}

// useTable gives a municipality another table of a register that it has.
func useTable(to *jme.Municipality, t *table.Table) {
	if t == nil {
		return
	}
	if i := slices.IndexFunc(to.Tables, func(x *table.Table) bool { return x.Schema.Name == t.Schema.Name }); i >= 0 {
		to.Tables[i] = t
	}
}

// alteredOutcomes finds outcomes that were published and become other ones because of the
// calendar, the time zone, the regulation, an exemption, or published records that were altered.
// It judges the proposed records as of
// the day of the proposal, first by these files as they were published, then with one file after
// the other as it is proposed. What lay ahead or was not known was not decided yet: a day off
// that is announced may move it, and so may an exemption, which has a rule of its own.
func (j *judge) alteredOutcomes(was, is *jme.Municipality) (all []finding) {
	if was.Regulation.File == nil || is.Regulation.File == nil {
		return nil
	}
	then, now, levers := j.published(), j.proposal(), j.levers(was)
	levers = slices.DeleteFunc(levers, func(l lever) bool { return bytes.Equal(then.file(l.path), now.file(l.path)) })
	if len(levers) == 0 {
		return nil
	}
	y, m, d := j.time(gitrepo.Commit{}).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	town := jme.Municipality{ID: is.ID, Settings: is.Settings, Regulation: is.Regulation, Tables: slices.Clone(is.Tables)}
	judged := func() map[string]*regulation.Outcome {
		by := map[string]*regulation.Outcome{}
		linked := town
		j.fail(linked.Link())
		outcomes := rules.All.Evaluate(&linked, today, j.unread(is)...)
		for _, o := range outcomes {
			by[o.ID()] = o
		}
		return by
	}
	for _, l := range levers {
		l.apply(&town, was)
	}
	published := judged()
	proposed, cause := published, map[string]lever{}
	for _, l := range levers {
		l.apply(&town, is)
		before := proposed
		proposed = judged()
		for id := range published {
			if regulation.Turned(before[id], proposed[id]) {
				cause[id] = l
			}
		}
	}
	if max(len(published), len(proposed)) > limits.Outcomes { // they are not all, and check says so
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(cause)) {
		old, new := published[id], proposed[id]
		if !regulation.Turned(old, new) || old.Kind == regulation.Pending || old.Kind == regulation.Unknown {
			continue
		}
		all = append(all, j.outcomeFinding(cause[id], id, old, new))
	}
	return all
}

// unread returns the names of the proposed registers in which an error was found.
func (j *judge) unread(m *jme.Municipality) (names []string) {
	for i := range j.Problems {
		if of, name := path.Split(j.Problems[i].Register); j.Problems[i].Severity() == diag.Error && (of == "" || of == m.ID+"/") {
			names = append(names, name)
		}
	}
	return names
}

// outcomeFinding makes the finding. new is nil if the year is not judged by the clause any more.
func (j *judge) outcomeFinding(l lever, id string, old, new *regulation.Outcome) finding {
	args := diag.Args{"clause": locale.Clause(old.Clause), "year": strconv.Itoa(old.Year), "old": old.Kind, "was_late": late(old), "new": "", "late": ""}
	deciding := *old // names the exemption that came or went
	if new != nil {
		args["new"], args["late"] = new.Kind, late(new)
		if new.Exemption != "" {
			deciding = *new
		}
	}
	args["value"] = old.Municipality
	if old.Subject.ID != "" {
		args["value"] = old.Municipality + "/" + old.Subject.Register + "/" + old.Subject.ID
	}
	by := j.author(func(s snapshot) string { return l.decisive(s, &deciding) })
	return finding{code: diag.OutcomeAltered, path: l.path, id: id, key: old.Rule, args: args, by: by}
}

// late returns the number of days, or "" for none.
func late(o *regulation.Outcome) any {
	if o.DaysLate == 0 {
		return ""
	}
	return o.DaysLate
}
