package desk

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"achyk/internal/change/closing"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/load"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Repository is what is published: the registers that spreadsheets are brought to.
type Repository struct {
	Data     *jme.Dataset
	Today    time.Time // the day that regulations are judged for
	files    fs.FS
	problems diag.List // that it has already
}

// Open reads the files of a repository: data and content.
func Open(files fs.FS, today time.Time) (*Repository, error) {
	data, problems, err := load.Load(files)
	if err != nil {
		return nil, err
	}
	return Of(files, data, problems, today), nil
}

// Of is Open for files that were read, with the findings of reading them.
func Of(files fs.FS, data *jme.Dataset, problems diag.List, today time.Time) *Repository {
	return &Repository{data, today, files, slices.Concat(problems, validate(data, today))}
}

// validate checks the parts of regulations that call rules, and looks for days that are mistyped. A sheet may well be
// of the day by the clock, after the last commit.
func validate(data *jme.Dataset, today time.Time) (problems diag.List) {
	for _, m := range data.Municipalities {
		problems = append(problems, rules.All.Validate(m)...)
		problems = append(problems, judgement.DaysToCome(m, data.Site.Later(today, time.Now()))...)
	}
	return append(problems, judgement.FarDays(data, today)...)
}

// Proposal is a register as a spreadsheet makes it, with what it does to the whole repository.
type Proposal struct {
	*Result
	Town   *jme.Municipality // as it is published
	Name   string            // of the spreadsheet
	Path   string            // of the register's file: "data/osh/findings.csv"
	CSV    []byte            // the canonical file; nil if there is an error
	Turned []regulation.Turn // outcomes that the sheet turns
	Today  time.Time         // the day for which they are judged

	made []byte // the file as the sheet makes it, without the cells that have an error
}

// Take takes a spreadsheet for a municipality, and checks the repository with it.
func (r *Repository) Take(m *jme.Municipality, f *source.File, o Options) (*Proposal, error) {
	d, err := r.Draft(m, []Input{{File: f, Options: o}})
	if err != nil {
		return nil, err
	}
	p := d.Sheets[0]
	p.Turned, p.Today = d.Turned, r.Today
	p.Problems = append(p.Problems, d.Problems...)
	p.Problems.Sort()
	return p, nil
}

// elsewhere reports a sheet that was made of another municipality's register, or whose records are mostly
// those of another and not of this one. Municipalities may share ids, such as those of services. Of such a sheet
// nothing else is said: its records refer to what this municipality does not have.
func (r *Repository) elsewhere(m *jme.Municipality, p *Proposal) bool {
	known := func(t *table.Table) (n int) {
		for i := range p.Rows.Rows {
			if t.Lookup(p.Rows.Rows[i].Key) != nil {
				n++
			}
		}
		return n
	}
	for _, other := range r.Data.Municipalities {
		t := other.Table(p.Table.Schema.Name)
		if other.ID == m.ID || t == nil || t == p.Table {
			continue
		}
		if there := known(t); stamp(p.Book, t) != nil || there > known(p.Table) && there*2 > len(p.Rows.Rows) {
			p.Problems, p.early, p.Changes, p.Missing, p.Restored = nil, nil, nil, nil, nil
			p.Problems.Add(diag.Diagnostic{Code: diag.OtherTown, Path: p.Name, Register: p.Table.Label, Args: diag.Args{"parent": other.Settings.Name, "value": other.ID}})
			return true
		}
	}
	return false
}

// refused are the cells that have an error.
func (r *Result) refused() map[source.Cell]bool {
	cells := map[source.Cell]bool{}
	for _, d := range r.Problems {
		if d.Cell.Row > 0 && d.Severity() == diag.Error {
			cells[d.Cell] = true
		}
	}
	return cells
}

// onlyRead leaves cells that have an error out of the changes: they are empty in the register until
// they are mended, which nobody wants.
func (r *Result) onlyRead() {
	refused := r.refused()
	if len(refused) == 0 {
		return
	}
	for i := range r.Changes {
		r.Changes[i].Cells = slices.DeleteFunc(r.Changes[i].Cells, func(c CellChange) bool { return refused[c.Cell] || r.Sheet.Covered(c.Cell) })
	}
	r.Changes = slices.DeleteFunc(r.Changes, func(c Change) bool { return c.Kind == Changed && len(c.Cells) == 0 })
}

// absent tells whether a finding says of a record what is said of the sheet: a column that must be
// there is not.
func (p *Proposal) absent(d *diag.Diagnostic) bool {
	column, _ := d.Args["column"].(string)
	return d.Code == diag.MissingValue && d.File == nil && p.Fields[p.Table.Schema.Field(column)] == 0
}

// close marks the cells of a published register whose alteration needs a reason. Filling an empty cell
// needs none.
func (p *Proposal) close(m *jme.Municipality, published *table.Table, now time.Time) {
	for i := range p.Changes {
		row := published.Lookup(p.Changes[i].Key)
		for j := range p.Changes[i].Cells {
			if c := &p.Changes[i].Cells[j]; row != nil && published.Value(row, c.Field) != "" {
				code, _ := closing.Code(m, published, row, c.Field, now)
				c.Closed = code != ""
			}
		}
	}
}

// NeedsReason tells whether the proposal must say why it changes what is published.
func (p *Proposal) NeedsReason() bool {
	return slices.ContainsFunc(p.Changes, func(c Change) bool {
		return c.Kind == Removed || slices.ContainsFunc(c.Cells, func(x CellChange) bool { return x.Closed })
	})
}

// identity tells findings apart that say different things, wherever they stand.
func identity(d *diag.Diagnostic) string {
	return fmt.Sprint(d.Code, d.Name(), d.Register, d.ID, d.Args["column"], d.Value)
}

// inSheet gives a finding on a record of the sheet the place in the sheet that its cell came from.
func (p *Proposal) inSheet(d diag.Diagnostic) diag.Diagnostic {
	column, _ := d.Args["column"].(string)
	if first, _ := d.Args["first"].(string); first != "" { // a row of the register, and not of the sheet
		d.Args = maps.Clone(d.Args)
		d.Args["first"] = first + " (" + p.Path + ")"
	}
	d.File, d.Path, d.Span = nil, p.Name, source.Span{}
	d.Cell = source.Cell{Row: p.Rows.Lookup(d.ID).Origin.Row, Column: max(1, p.Fields[p.Table.Schema.Field(column)])}
	return d
}
