package change

import (
	"maps"
	"slices"
	"time"

	"achyk/internal/change/closing"
	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// rule returns what is wrong with an edit.
type rule func(*judge, *edit) []finding

// guards lists the rules in the order of precedence: of several findings about a cell only
// that of the first rule is reported, so the more specific rules come first.
var guards = []rule{idReused, resultAltered, deadlineShortened, passedDayAltered, exemptionGiven, publishedAltered, idDropped}

// wholeRecord makes a finding about a record as a whole, with its old and new cells.
func (e *edit) wholeRecord(code diag.Code, args diag.Args) finding {
	f := finding{code: code, args: diag.Args{}}
	maps.Copy(f.args, args)
	if e.old != nil {
		f.was(describe(e.was, e.old))
	}
	if e.new != nil {
		d := describe(e.is, e.new)
		f.new, f.args["new"] = d.named, d.titled
	}
	return f
}

// was says what a record held.
func (f *finding) was(d description) { f.old, f.args["old"] = d.named, d.titled }

// perCell makes one finding for each altered cell.
func (e *edit) perCell(code diag.Code, args diag.Args) (all []finding) {
	for _, c := range e.cells {
		all = append(all, finding{code: code, field: c.field, old: c.old, new: c.new, args: args})
	}
	return all
}

// idDropped finds a removed record. Other registers, letters and printed pages may refer to its id;
// a record without one may tell which services a contest was for. Days of the calendar have a rule
// of their own.
func idDropped(_ *judge, e *edit) []finding {
	if e.new != nil || e.name == jme.Calendar {
		return nil
	}
	return []finding{e.wholeRecord(diag.IDDropped, diag.Args{"now": e.now})}
}

// idReused finds an id that is given to something else: one that was removed at an earlier
// commit, or one whose record was replaced. Whoever refers to the id would say something
// untrue. The same record may come back, get another name, or move.
func idReused(j *judge, e *edit) []finding {
	if !e.identified() || e.new == nil {
		return nil
	}
	now := recordOf(e.is, e.new)
	if e.old != nil {
		if otherRecord(e.was.Schema, recordOf(e.was, e.old), now) {
			f := e.wholeRecord(diag.IDReused, nil)
			f.by = e.author(j, e.cells[0].field)
			return []finding{f}
		}
		return nil
	}
	town, register := e.town.ID, e.name
	if e.label == e.name {
		town = ""
	}
	for _, past := range j.past.Of(town, register, e.key) {
		if past.Kind != history.Removed {
			continue
		}
		then := map[string]string{}
		for _, c := range past.Cells {
			then[c.Column] = c.Old
		}
		if !otherName(e.was.Schema, func(field string) string { return then[field] }, now) {
			return nil
		}
		f := e.wholeRecord(diag.IDReused, diag.Args{"first": short(past.Commit.Hash)})
		f.was(describe(e.was, &table.Row{Values: cellsOf(e.was.Schema, then)}))
		return []finding{f}
	}
	return nil
}

// cellsOf returns the cells of a row in the order of the fields.
func cellsOf(s *table.Schema, by map[string]string) []string {
	list := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		list[i] = by[f.Name]
	}
	return list
}

// resultAltered finds alterations of what a published contest result rests on: the contest,
// its applications, criteria, scores and recusals. If a register had no record of the
// contest yet, records may be added to it later.
func resultAltered(_ *judge, e *edit) []finding {
	row, t := e.old, e.was
	if row == nil {
		row, t = e.new, e.is
	}
	contest := contestOf(e.town, t, row)
	if contest == "" || !decided(e.town, contest) {
		return nil
	}
	args := diag.Args{"parent": contest}
	switch {
	case e.old == nil && !slices.ContainsFunc(e.was.Rows, func(r table.Row) bool { return contestOf(e.town, e.was, &r) == contest }):
		return nil
	case e.old != nil && e.new != nil:
		return e.perCell(diag.ResultAltered, args)
	}
	return []finding{e.wholeRecord(diag.ResultAltered, args)}
}

// contestOf returns the id of the contest whose result depends on a record, or "".
func contestOf(m *jme.Municipality, t *table.Table, row *table.Row) string {
	switch t.Schema.Name {
	case "contests":
		return row.Key
	case "applications", "criteria":
		return t.Value(row, "contest")
	case "scores", "recusals":
		applications := m.Table("applications")
		if a := applications.Lookup(t.Value(row, "application")); a != nil {
			return applications.Value(a, "contest")
		}
	}
	return ""
}

// decided reports whether the result of a contest is published: the day of the decision or a
// winner.
func decided(m *jme.Municipality, contest string) bool {
	contests, applications := m.Table("contests"), m.Table("applications")
	if c := contests.Lookup(contest); c != nil && contests.Value(c, "decided") != "" {
		return true
	}
	return slices.ContainsFunc(applications.Rows, func(a table.Row) bool {
		return applications.Value(&a, "contest") == contest && applications.Value(&a, "status") == "winner"
	})
}

// publishedAltered finds alterations of what its register does not leave free.
func publishedAltered(j *judge, e *edit) (all []finding) {
	for _, c := range e.cells {
		f := finding{field: c.field, old: c.old, new: c.new, args: diag.Args{}, by: e.author(j, c.field)}
		if f.code, f.args["parent"] = closing.Code(e.town, e.was, e.old, c.field, j.time(f.by)); f.code != "" {
			all = append(all, f)
		}
	}
	return all
}

// deadlineShortened finds a contest that closes earlier than announced. Whoever read the
// announcement relies on the time that it gave.
func deadlineShortened(j *judge, e *edit) []finding {
	if e.name != "contests" || e.old == nil {
		return nil
	}
	for _, c := range e.cells {
		if c.field != "closes" || !before(c.new, c.old) {
			continue
		}
		by := e.author(j, c.field)
		announced := e.was.Value(e.old, "announced")
		if announced != "" && table.Day(announced) <= j.time(by).Format(time.DateOnly) {
			return []finding{{code: diag.DeadlineShortened, field: c.field, old: c.old, new: c.new, by: by, args: diag.Args{"first": announced}}}
		}
	}
	return nil
}

// passedDayAltered finds a day of the calendar that has passed and comes to be worked or off. By
// such days terms that have ended are counted, and also those of records that are still to be
// entered. The names of days, and days that lie ahead, may be altered.
func passedDayAltered(j *judge, e *edit) []finding {
	switch {
	case e.name != jme.Calendar || !closing.Ended(e.key, j.time(gitrepo.Commit{})):
		return nil
	case e.old == nil || e.new == nil:
		return []finding{e.wholeRecord(diag.PassedDayAltered, nil)}
	}
	return slices.DeleteFunc(e.perCell(diag.PassedDayAltered, nil), func(f finding) bool { return f.field != "kind" && f.field != "status" })
}

// exemptionGiven finds an exemption that is new, lasts longer, or is for something else. It
// permits what is still to be judged, so it is told even if no outcome of today depends on it.
func exemptionGiven(_ *judge, e *edit) []finding {
	switch {
	case e.name != "exemptions" || e.new == nil:
		return nil
	case e.old == nil:
		return []finding{e.wholeRecord(diag.ExemptionGiven, nil)}
	}
	return slices.DeleteFunc(e.perCell(diag.ExemptionGiven, nil), func(f finding) bool {
		return f.field == "until" && before(f.new, f.old)
	})
}

// before reports whether the first of two dates or times is earlier. It returns false if one
// cannot be read.
func before(a, b string) bool {
	x, okX := table.ParseTime(a)
	y, okY := table.ParseTime(b)
	return okX && okY && x.Before(y)
}
