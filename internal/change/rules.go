package change

import (
	"slices"
	"time"

	"achyk/internal/diag"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// rule says what is wrong with an edit.
type rule func(*judge, *edit) []finding

// rules are the rules on change, the more telling before the more general.
var rules = []rule{idReused, resultAltered, publishedAltered, closedDateMoved, deadlineShortened, idDropped}

// whole is a finding about a record as a whole, with what it held.
func (e *edit) wholeRecord(code diag.Code, args diag.Args) finding {
	f := finding{code: code, args: args}
	if e.old != nil {
		f.old = describe(e.was, e.old)
	}
	if e.new != nil {
		f.new = describe(e.is, e.new)
	}
	return f
}

// each makes a finding of each altered cell.
func (e *edit) perCell(code diag.Code, args diag.Args) (all []finding) {
	for _, c := range e.cells {
		all = append(all, finding{code: code, field: c.field, old: c.old, new: c.new, args: args})
	}
	return all
}

// An id that is gone leaves dead links behind: in other registers, in letters, in print.
func idDropped(_ *judge, e *edit) []finding {
	if e.new != nil || !e.identified() {
		return nil
	}
	return []finding{e.wholeRecord(diag.IDDropped, nil)}
}

// An id that is given to something else makes whoever refers to it say something untrue:
// one that was dropped before, and one whose record is replaced. The same record may come
// back, be called otherwise, or be moved.
func idReused(j *judge, e *edit) []finding {
	if !e.identified() || e.new == nil {
		return nil
	}
	now := recordOf(e.is, e.new)
	if e.old != nil {
		if otherRecord(e.was.Schema, recordOf(e.was, e.old), now) {
			f := e.wholeRecord(diag.IDReused, nil)
			f.by = j.author(e.property(e.cells[0].field))
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
		f.old = describe(e.was, &table.Row{Values: values(e.was.Schema, then)})
		return []finding{f}
	}
	return nil
}

func values(s *table.Schema, by map[string]string) []string {
	list := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		list[i] = by[f.Name]
	}
	return list
}

// What a contest was decided by stays as it was: its own record, applications, criteria,
// scores, recusals. A sheet of which nothing was there may be filled in later.
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

// contestOf is the contest that a record takes part in deciding.
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

// decided tells whether a contest's result is published: a day, or a winner.
func decided(m *jme.Municipality, contest string) bool {
	contests, applications := m.Table("contests"), m.Table("applications")
	if c := contests.Lookup(contest); c != nil && contests.Value(c, "decided") != "" {
		return true
	}
	return slices.ContainsFunc(applications.Rows, func(a table.Row) bool {
		return applications.Value(&a, "contest") == contest && applications.Value(&a, "status") == "winner"
	})
}

// A decision, a report and the note of a publication are documents: what they say was
// said. So is what a delivered report rests on.
func publishedAltered(_ *judge, e *edit) []finding {
	if e.old == nil || e.new == nil {
		return nil
	}
	args := diag.Args{}
	switch e.name {
	case "decisions", jme.Reports, "publications":
	case "findings", "measurements":
		if args["parent"] = reportOn(e.town, e.was.Value(e.old, "assessment")); args["parent"] == "" {
			return nil
		}
	case "recommendations":
		findings := e.town.Table("findings")
		f := findings.Lookup(e.was.Value(e.old, "finding"))
		if f == nil {
			return nil
		}
		if args["parent"] = reportOn(e.town, findings.Value(f, "assessment")); args["parent"] == "" {
			return nil
		}
	default:
		return nil
	}
	// A term may be settled later; that it is not moved when it is over is another rule's.
	return slices.DeleteFunc(e.perCell(diag.PublishedAltered, args), func(f finding) bool { return f.field == "due" })
}

// reportOn returns the delivered report on an assessment, or "".
func reportOn(m *jme.Municipality, assessment string) string {
	reports := m.Table(jme.Reports)
	for i := range reports.Rows {
		if r := &reports.Rows[i]; reports.Value(r, "assessment") == assessment && reports.Value(r, "delivered") != "" {
			return r.Key
		}
	}
	return ""
}

// terms are the columns by which somebody may be late. In any register due is one.
var terms = map[string][]string{
	"contests":    {"closes"},
	"contracts":   {"ends"},
	"assessments": {"planned_to", "fieldwork_to"}, // from the end of fieldwork the report's days are counted
	"exemptions":  {"until"},
}

// A date that is over when it is moved later, or taken away, would make who was late be
// in time. Of a contest that was announced the day of the announcement is such a date
// either way: the time to apply is counted from it.
func closedDateMoved(j *judge, e *edit) []finding {
	var all []finding
	for _, c := range e.cells {
		announced := e.name == "contests" && c.field == "announced"
		if c.field != "due" && !slices.Contains(terms[e.name], c.field) && !announced {
			continue
		}
		by := j.author(e.property(c.field))
		if ended(c.old, j.time(by)) && (announced || c.new == "" || before(c.old, c.new)) {
			all = append(all, finding{code: diag.ClosedDateMoved, field: c.field, old: c.old, new: c.new, by: by})
		}
	}
	return all
}

// Who read the announcement counts on the time it gave.
func deadlineShortened(j *judge, e *edit) []finding {
	if e.name != "contests" || e.old == nil {
		return nil
	}
	for _, c := range e.cells {
		if c.field != "closes" || !before(c.new, c.old) {
			continue
		}
		by := j.author(e.property(c.field))
		announced := e.was.Value(e.old, "announced")
		if announced != "" && table.Day(announced) <= j.time(by).Format(time.DateOnly) {
			return []finding{{code: diag.DeadlineShortened, field: c.field, old: c.old, new: c.new, by: by, args: diag.Args{"first": announced}}}
		}
	}
	return nil
}

// over tells whether a day has ended, or a moment passed.
func ended(date string, now time.Time) bool {
	t, ok := table.ParseTime(date)
	if len(date) > len(time.DateOnly) {
		return ok && t.Before(now)
	}
	return ok && date < now.Format(time.DateOnly)
}

func before(a, b string) bool {
	x, okX := table.ParseTime(a)
	y, okY := table.ParseTime(b)
	return okX && okY && x.Before(y)
}
