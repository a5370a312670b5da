// Package change finds what a proposal does to published records, texts and settings that
// nobody may do, or only with a stated reason. Everything that was published is guarded, and what
// can alter a verdict about days that have passed:
//
//   - records: their ids, and each cell that the published schema does not leave free, always or
//     until a day that closes the record (see table.ParseSchema); the rules are in rules.go;
//   - letters and documents that records name;
//   - results of contests, days of the calendar that have passed, and exemptions, also against what
//     is new: it permits what is still to be judged;
//   - outcomes that were decided, if the calendar, an exemption, the time zone, the regulation or an
//     alteration of published records turns them, and not what is added;
//   - the values of site.toml, municipality.toml and regulation.toml, and of the schemas of a
//     municipality's own registers;
//   - the keys that verify signatures;
//   - layouts;
//   - texts and files below content that are gone or were replaced.
//
// What only adds may be done freely: a record, a text, a translation, a column, a clause, a rule,
// a day of the calendar that lies ahead. So may corrections and continuations of news and pages,
// and what settings say about themselves (see guardedFiles). The code of the
// program is not guarded: whoever accepts a change of it has to read it.
//
// The published state is the newest commit that the proposal and the published branch have
// in common; the proposed state is the files as they are. The two states are compared
// record by record and cell by cell, and nothing between them counts. So a row that the
// proposal adds and removes again is not a finding, and neither is a change that others
// published in the meantime. Filling an empty cell, adding a translation, and writing the
// same value in another form (order, quotes, line ends, spaces, 7.0 for 7) are not alterations.
//
// Each finding names the commit that caused it, on either side of a merge (see author). If
// the message of that commit has a trailer "Correction: reason", the finding becomes a
// correction: it is reported as information, and pages show corrected records as corrections. A
// change that is not committed yet cannot give a reason.
package change

import (
	"cmp"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"achyk/internal/change/closing"
	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/label"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/signature"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Proposal is the published state, the proposed state, and the commits between them.
type Proposal struct {
	Published *jme.Dataset // at Ahead.Base
	Proposed  *jme.Dataset // from Files
	Problems  diag.List    // the findings in Proposed; a cell that already has an error is not judged
	Files     fs.FS        // the proposed files

	Repo  *gitrepo.Repo
	Tip   gitrepo.Commit // the commit that is checked out
	Ahead gitrepo.Ahead  // the commits since the published state
	Now   time.Time      // the time of the run; days begin in its zone
}

// Judge returns the findings, and apart from them the corrections, whose reason is in the
// argument "reason". The error says that a file or commit could not be read.
func (p Proposal) Judge() (findings, corrections diag.List, err error) {
	left := int64(limits.Proposed)
	j := &judge{Proposal: p, left: &left, spoiled: map[string]bool{}, keys: map[string]map[string]signature.Signer{}, folders: map[string]fs.FS{}, compared: map[string]bool{}}
	for i := range p.Problems {
		if d := &p.Problems[i]; d.Severity() == diag.Error {
			column, _ := d.Args["column"].(string)
			j.spoiled[d.Register+"\x00"+d.ID+"\x00"+column] = true
		}
	}
	registers := j.registers()
	j.edited = registers
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
	for _, f := range j.files() {
		tell(&f, f.diagnostic())
	}
	told, err := p.messages()
	if err != nil {
		return nil, nil, err
	}
	findings = append(findings, told...)
	findings.Sort()
	corrections.Sort()
	return findings, corrections, j.err
}

// took matches the lines of a message by which git and hosts name those who took part, with their addresses:
// Signed-off-by, Co-authored-by.
var took = regexp.MustCompile(`(?m)^[A-Za-z-]+-by: .*$`)

// messages reports what the messages of the proposal's commits tell of people. They stand in the public history as
// they were written.
func (p *Proposal) messages() (findings diag.List, err error) {
	written, err := p.Repo.Written(p.Ahead.Commits)
	for i, message := range written {
		for _, d := range closing.Personal(took.ReplaceAllString(message, ""), p.Proposed) {
			d.Path = short(p.Ahead.Commits[i].Hash)
			findings.Add(d)
		}
	}
	return findings, err
}

// judge is the state of one call of Judge.
type judge struct {
	Proposal
	spoiled  map[string]bool // cells with an error: register, record and field, joined by NUL
	edited   []*register     // see registers
	left     *int64          // of limits.Proposed
	past     *history.History
	tables   cache[*table.Table]                    // registers
	read     cache[values]                          // settings, regulations and schemas
	keys     map[string]map[string]signature.Signer // by the name of the snapshot and by fingerprint
	folders  map[string]fs.FS
	compared map[string]bool // paths of the documents that were already reported
	err      error           // the first failure to read
}

func (j *judge) fail(err error) {
	if j.err == nil {
		j.err = err
	}
}

// register is one register in the published state (was) and in the proposed one (is).
type register struct {
	name, label string
	was, is     *table.Table
	town        *jme.Municipality // in the published state
	edits       []edit
	oldest      map[string]gitrepo.Commit // see judge.oldest
}

// edit is the change of one record.
type edit struct {
	*register
	key   string
	old   *table.Row // nil if the record is new
	new   *table.Row // nil if the record was removed
	cells []cell     // the altered cells of a record that is in both states
	now   string     // of a removed record: the key that it seems to have now
}

// cell is an altered cell: it had a value, and has another one or none.
type cell struct{ field, old, new string }

// finding is what is wrong with an edit or a file.
type finding struct {
	code     diag.Code
	path     string // of a finding about a file; empty if file is set
	file     *source.File
	span     source.Span
	key      string // of the record, or of the value in a file
	field    string // of the cell; empty if the finding is about the whole record
	old, new string
	args     diag.Args      // in addition to the above
	by       gitrepo.Commit // see author
	id       string         // of an outcome
}

// registers compares all published registers.
func (j *judge) registers() []*register {
	var all []*register
	seen := map[string]bool{}
	for _, m := range j.Published.Municipalities {
		for _, t := range m.Tables {
			if seen[t.Label] { // all municipalities share the calendar
				continue
			}
			seen[t.Label] = true
			r := &register{name: t.Schema.Name, label: t.Label, was: t, town: m, is: j.proposed(m.ID, t)}
			if r.is == nil {
				r.is, _ = table.New(t.Schema, t.Label, nil)
			}
			r.compare(j.spoiled)
			all = append(all, r)
		}
	}
	return all
}

// proposed returns a register in the proposed state, or nil. The calendar is that of any
// municipality.
func (j *judge) proposed(municipality string, t *table.Table) *table.Table {
	for _, m := range j.Proposed.Municipalities {
		if m.ID == municipality || t.Label == t.Schema.Name {
			return m.Table(t.Schema.Name)
		}
	}
	return nil
}

// compare finds the edits of a register. If the proposed file could not be read as a whole,
// records that seem to be added or removed are not edits.
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
	r.findRenamed()
}

// altered returns the cells of a row that had a value and now have another one or none.
func altered(was, is *table.Table, old, new *table.Row) (cells []cell) {
	for i, f := range was.Schema.Fields {
		if is.Schema.Field(f.Name) < 0 && !was.Schema.Plain {
			continue // alteredValues tells of a column that the schema drops
		}
		if a, b := old.Values[i], is.Value(new, f.Name); a != "" && !sameValue(was.Schema.Columns[f.Column].Type, a, b) {
			cells = append(cells, cell{f.Name, a, b})
		}
	}
	return cells
}

// path returns the path of the register's file.
func (r *register) path() string { return "data/" + r.label + ".csv" }

// identified reports whether the records have ids: a key of one column that is not a date.
func (r *register) identified() bool {
	keys := r.was.Schema.Keys()
	return len(keys) == 1 && !r.was.Schema.Columns[r.was.Schema.Fields[keys[0]].Column].Type.Dated()
}

// readPast reads the published history of the registers that have new records.
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

// judge applies the rules to a register. Each cell has at most one finding, by the first rule
// that finds something; after a finding about the whole record there are no others.
func (j *judge) judge(r *register) (all []finding) {
	gone, mass := j.massDeletion(r)
	all = append(all, mass...)
	for i := range r.edits {
		e := &r.edits[i]
		if gone[e.key] {
			continue
		}
		spoken := map[string]bool{}
		for _, rule := range guards {
			for _, f := range rule(j, e) {
				if spoken[""] || spoken[f.field] {
					continue
				}
				spoken[f.field] = true
				f.key = e.key
				if f.by.Hash == "" {
					f.by = e.author(j, f.field)
				}
				all = append(all, f)
			}
		}
	}
	return append(all, j.replacedDocuments(r)...)
}

// diagnostic makes a diagnostic of a finding. Its place is in the proposed file. For a record
// that was removed it is the file only.
func (j *judge) diagnostic(r *register, f *finding) diag.Diagnostic {
	d := diag.Diagnostic{Code: f.code, Path: r.path(), Register: r.label, ID: f.key, Args: diag.Args{}}
	if row := r.is.Lookup(f.key); row != nil {
		d = r.is.Problem(f.code, row, max(r.is.Schema.Field(f.field), r.is.Schema.Keys()[0]), nil)
		switch {
		case f.field == "":
			delete(d.Args, "column")
			delete(d.Args, "column_title")
		case r.is.Schema.Field(f.field) < 0: // a register without a schema dropped the column
			d.Args["column"], d.Args["column_title"] = f.field, locale.Same(f.field)
		}
	} else if row := r.was.Lookup(f.key); row != nil && row.Origin.File != nil {
		d.Path = row.Origin.File.Path
	}
	if file, ok := f.args["file"].(string); ok && r.name == jme.AnalyticLetters && file != d.Name() {
		d.File, d.Path, d.Span = nil, file, source.Span{} // a translation
	}
	d.Value = cmp.Or(f.new, f.old)
	maps.Copy(d.Args, diag.Args{"value": f.key, "title": r.was.Schema.Title, "old": f.old, "new": f.new, "commit": short(f.by.Hash), "subject": f.by.Subject})
	for arg, value := range map[string]string{"old": f.old, "new": f.new} {
		if read := label.Of(r.town, r.was.Schema, f.field, value); read != locale.Same(value) {
			d.Args[arg] = read
		}
	}
	maps.Copy(d.Args, f.args)
	return d
}

// files returns the findings that are not about a record: those about outcomes and about files.
func (j *judge) files() (all []finding) {
	for _, g := range j.guardedFiles() {
		all = append(all, j.alteredValues(g)...)
	}
	for _, m := range j.Published.Municipalities {
		if now := j.Proposed.Municipality(m.ID); now != nil {
			all = append(all, j.alteredOutcomes(m, now)...)
		}
	}
	return slices.Concat(all, j.alteredSigners(), j.alteredFiles())
}

// diagnostic makes a diagnostic of a finding about a file. Its place is in the proposed file.
func (f *finding) diagnostic() diag.Diagnostic {
	d := diag.Diagnostic{Code: f.code, File: f.file, Path: f.path, Span: f.span, ID: f.id, Value: cmp.Or(f.new, f.old)}
	d.Args = diag.Args{"key": f.key, "file": d.Name(), "old": f.old, "new": f.new, "commit": short(f.by.Hash), "subject": f.by.Subject}
	maps.Copy(d.Args, f.args)
	return d
}

// short returns the ten digits of a hash that reports show.
func short(hash string) string { return hash[:min(len(hash), 10)] }

// description is the cells of a record, without its key, in a line.
type description struct {
	named  string      // as in the file: "kind: day-off, source: …"
	titled locale.Text // as pages call it: "Kind of day: day off, Source: …"
}

// describe describes a record. Of texts in three languages it has the Kyrgyz one.
func describe(t *table.Table, row *table.Row) description {
	return description{
		line(t, row, func(c *table.Column, value string) string { return c.Name + ": " + value }),
		locale.PerLanguage(nil, func(l locale.Lang) string {
			return line(t, row, func(c *table.Column, value string) string { return c.Title.In(l) + ": " + c.Label(value).In(l) })
		}),
	}
}

func line(t *table.Table, row *table.Row, cell func(c *table.Column, value string) string) string {
	var parts []string
	for i, f := range t.Schema.Fields {
		if v := row.Values[i]; v != "" && !slices.Contains(t.Schema.Keys(), i) && !t.Schema.Translation(i) {
			parts = append(parts, cell(&t.Schema.Columns[f.Column], v))
		}
	}
	return strings.Join(parts, ", ")
}
