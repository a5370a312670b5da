// Package change judges a proposal: what may not be done to records once they are
// published, or not without saying why.
//
// What is published is the newest commit that the proposal shares with it; what is
// proposed, the files as they are. The two are compared record by record and cell by
// cell, and only what differs in the end is judged: a row that came and went on the way
// was never published, and what others published meanwhile is not the proposal's doing.
// Filling in what was not known, adding a translation, and another form of the same
// (order, quotes, spaces, 7.0 for 7) alter nothing.
//
// Each finding is laid at the commit that made it so (see author): the one a reader of
// the history would find, on whichever side of a merge. A trailer "Correction: reason" in
// its message makes the finding a correction: information, to be published as such. What
// is in no commit yet has nowhere to give a reason.
package change

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// Proposal is what is published, what is proposed instead, and how it came about.
type Proposal struct {
	Published *jme.Dataset // at Ahead.Base
	Proposed  *jme.Dataset // as the files are
	Problems  diag.List    // of Proposed: a cell that is wrong is not judged besides
	Files     fs.FS        // of Proposed

	Repo  *gitrepo.Repo
	Tip   gitrepo.Commit // on which the files rest
	Ahead gitrepo.Ahead  // from what is published to the tip
	Now   time.Time      // for what is in no commit yet; its zone says which day it is
}

// Judge returns what may not be done, and what may because its commit says why: then the
// argument "reason" does.
func (p Proposal) Judge() (findings, corrections diag.List, err error) {
	j := &judge{Proposal: p, spoiled: map[string]bool{}, tables: map[string]*table.Table{}, folders: map[string]fs.FS{}, compared: map[string]bool{}}
	for i := range p.Problems {
		if d := &p.Problems[i]; d.Severity() == diag.Error {
			column, _ := d.Args["column"].(string)
			j.spoiled[d.Register+"\x00"+d.ID+"\x00"+column] = true
		}
	}
	registers := j.registers()
	if j.past, err = j.readPast(registers); err != nil {
		return nil, nil, err
	}
	tell := func(f *finding, d diag.Diagnostic) {
		if reason := history.Reason(f.by); reason != "" {
			d.Args["reason"] = reason
			corrections.Add(d)
		} else {
			findings.Add(d)
		}
	}
	for _, r := range registers {
		for _, f := range j.judge(r) {
			tell(&f, j.diagnostic(r, &f))
		}
	}
	for _, m := range p.Published.Municipalities {
		if now := p.Proposed.Municipality(m.ID); now != nil {
			for _, f := range j.regulation(m, now) {
				tell(&f, regulationDiagnostic(&f, &now.Regulation))
			}
		}
	}
	findings.Sort()
	corrections.Sort()
	return findings, corrections, j.err
}

// judge is the work of one judgement.
type judge struct {
	Proposal
	spoiled  map[string]bool // cells that could not be read: register, record, field
	past     *history.History
	tables   map[string]*table.Table // see snapshot
	folders  map[string]fs.FS
	compared map[string]bool // documents that were found to be replaced
	err      error           // the first failure to read
}

func (j *judge) fail(err error) {
	if j.err == nil {
		j.err = err
	}
}

// register is one register as it is published and as it is proposed.
type register struct {
	name, label string
	was, is     *table.Table
	town        *jme.Municipality // as it is published
	edits       []edit
}

// edit is what became of one record.
type edit struct {
	*register
	key   string
	old   *table.Row // nil: it is new
	new   *table.Row // nil: it is no longer there
	cells []cell     // of both: those that were filled and hold something else now
}

// cell is a cell that was altered.
type cell struct{ field, old, new string }

// finding is what is wrong with an edit, or a file.
type finding struct {
	code     diag.Code
	key      string // of the record
	field    string // of the cell; empty: the record as a whole
	old, new string
	args     diag.Args // beside those
	by       gitrepo.Commit
}

// registers compares all registers that are published.
func (j *judge) registers() []*register {
	var all []*register
	seen := map[string]bool{}
	for _, m := range j.Published.Municipalities {
		now := j.Proposed.Municipality(m.ID)
		for _, t := range m.Tables {
			if seen[t.Label] { // the calendar is everybody's
				continue
			}
			seen[t.Label] = true
			r := &register{name: t.Schema.Name, label: t.Label, was: t, town: m}
			if now != nil {
				r.is = now.Table(r.name)
			}
			if r.is == nil {
				r.is, _ = table.New(t.Schema, t.Label, nil)
			}
			r.compare(j.spoiled)
			all = append(all, r)
		}
	}
	return all
}

// compare finds the edits. Of a register that could not be read as a whole nobody can say
// which records came and went.
func (r *register) compare(spoiled map[string]bool) {
	for i := range r.was.Rows {
		old := &r.was.Rows[i]
		e := edit{register: r, key: old.Key, old: old, new: r.is.Lookup(old.Key)}
		if e.new != nil {
			e.cells = slices.DeleteFunc(altered(r.was, r.is, old, e.new), func(c cell) bool { return spoiled[r.label+"\x00"+e.key+"\x00"+c.field] })
		}
		if e.new == nil && r.is.Whole || len(e.cells) > 0 {
			r.edits = append(r.edits, e)
		}
	}
	for i := range r.is.Rows {
		if row := &r.is.Rows[i]; r.is.Whole && r.was.Lookup(row.Key) == nil {
			r.edits = append(r.edits, edit{register: r, key: row.Key, new: row})
		}
	}
}

// altered lists the cells of a row that were filled and hold something else now.
func altered(was, is *table.Table, old, new *table.Row) (cells []cell) {
	for i, f := range was.Schema.Fields {
		k := is.Schema.Field(f.Name)
		if k < 0 || old.Values[i] == "" {
			continue
		}
		if a, b := old.Values[i], new.Values[k]; !sameValue(was.Schema.Columns[f.Column].Type, a, b) {
			cells = append(cells, cell{f.Name, a, b})
		}
	}
	return cells
}

// path is where the register's file is.
func (r *register) path() string { return "data/" + r.label + ".csv" }

// identified tells whether records have ids: a key of one column that is no date.
func (r *register) identified() bool {
	keys := r.was.Schema.Keys()
	return len(keys) == 1 && !r.was.Schema.Columns[r.was.Schema.Fields[keys[0]].Column].Type.Dated()
}

// readPast reads the history of what is published, of registers that have new records.
func (j *judge) readPast(registers []*register) (*history.History, error) {
	var labels []string
	for _, r := range registers {
		if r.identified() && slices.ContainsFunc(r.edits, func(e edit) bool { return e.old == nil }) {
			labels = append(labels, r.label)
		}
	}
	if len(labels) == 0 {
		return &history.History{}, nil
	}
	return history.Read(j.Repo, j.Ahead.Base, j.Published, nil, nil, labels...)
}

// judge applies the rules to a register. The first rule that speaks of a cell, or of a
// record as a whole, is the one that is heard.
func (j *judge) judge(r *register) (all []finding) {
	gone, mass := j.massDeletion(r)
	all = append(all, mass...)
	for i := range r.edits {
		e := &r.edits[i]
		if gone[e.key] {
			continue
		}
		spoken := map[string]bool{}
		for _, rule := range rules {
			for _, f := range rule(j, e) {
				if spoken[""] || spoken[f.field] {
					continue
				}
				spoken[f.field] = true
				f.key = e.key
				if f.by.Hash == "" {
					f.by = j.author(e.property(f.field))
				}
				all = append(all, f)
			}
		}
	}
	return slices.Concat(all, j.hiddenEdit(r), j.replacedDocuments(r))
}

// diagnostic says a finding with its place in the file as it is proposed; what is not
// there any more has none but the file.
func (j *judge) diagnostic(r *register, f *finding) diag.Diagnostic {
	d := diag.Diagnostic{Code: f.code, Path: r.path(), Register: r.label, ID: f.key, Args: diag.Args{}}
	if row := r.is.Lookup(f.key); row != nil {
		d = r.is.Problem(f.code, row, max(r.is.Schema.Field(f.field), r.is.Schema.Keys()[0]), nil)
		if f.field == "" {
			delete(d.Args, "column")
			delete(d.Args, "column_title")
		}
	} else if row := r.was.Lookup(f.key); row != nil && row.Origin.File != nil {
		d.Path = row.Origin.File.Path
	}
	d.Value = cmp.Or(f.new, f.old)
	maps.Copy(d.Args, diag.Args{"value": f.key, "title": r.was.Schema.Title, "old": f.old, "new": f.new, "commit": short(f.by.Hash), "subject": f.by.Subject})
	maps.Copy(d.Args, f.args)
	return d
}

// short is a commit's hash as people write it.
func short(hash string) string { return hash[:min(len(hash), 10)] }

// describe says in a line what a record holds, beside its key: "points: 7.5, reason: …".
func describe(t *table.Table, row *table.Row) string {
	var parts []string
	for i, f := range t.Schema.Fields {
		if v := row.Values[i]; v != "" && !slices.Contains(t.Schema.Keys(), i) && f.Lang == locale.Ky {
			parts = append(parts, t.Schema.Columns[f.Column].Name+": "+v)
		}
	}
	return strings.Join(parts, ", ")
}
