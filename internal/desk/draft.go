package desk

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/load"
	"achyk/internal/overlay"
	"achyk/internal/regulation"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Input is a file that a clerk brings.
type Input struct {
	*source.File // its path is the name that the clerk gave it
	Options
	Refused *diag.Diagnostic // why nothing can be made of it; nil: it is taken
	Put     string           // where it is proposed as it is, "content/osh/files/plan.pdf"; "": it is a spreadsheet
}

// Draft is what several files make of the repository together: spreadsheets of registers, documents that
// they name, texts. The order in which they come does not matter for what refers to what; of two
// sheets of one register the second is compared with what the first makes of it.
type Draft struct {
	Sheets   []*Proposal       // by input; nil for a file that is proposed as it is
	Edits    []Edits           // what becomes of each register
	Files    []*source.File    // what to propose, by their paths in the repository; none if there is an error
	Problems diag.List         // that are in no sheet
	Turned   []regulation.Turn // outcomes that all of it turns

	Data *jme.Dataset // the repository with all of it

	files    fs.FS
	replaces bool // a published text or document, so that it needs a reason
}

// Draft takes files for a municipality, and checks the repository with all of them.
func (r *Repository) Draft(m *jme.Municipality, inputs []Input) (*Draft, error) {
	d, proposed := &Draft{files: r.files, Data: r.Data}, map[string][]byte{}
	desk := &Desk{Tables: slices.Clone(m.Tables), Zone: m.Settings.Zone(), renamed: map[string]string{}}
	put := func(name string, data []byte) {
		proposed[name] = data
		d.files = overlay.With(d.files, name, data)
	}
	named := map[string]bool{} // documents, by the names that the clerk gave them
	for _, in := range inputs {
		if dir, base := cut(in.Put); base != "" {
			if named[in.Path] { // a sheet that names it could mean either
				d.Problems.Add(diag.Diagnostic{Code: diag.SameName, Path: in.Path, Args: diag.Args{"value": in.Path}})
			}
			named[in.Path] = true
			put(in.Put, in.Data)
			if strings.HasSuffix(dir, "/files") {
				desk.renamed[in.Path] = base
			}
		}
	}
	changed := map[[3]string]bool{} // what a sheet did to published cells: by register, key and field
	for _, in := range inputs {
		if in.Put != "" || in.Refused != nil {
			d.Sheets = append(d.Sheets, nil)
			if in.Refused != nil {
				d.Problems.Add(*in.Refused)
			}
			continue
		}
		p := &Proposal{Result: desk.read(in.File, in.Options), Town: m, Name: in.Path}
		d.Sheets = append(d.Sheets, p)
		if p.Merged == nil || !in.Form && r.elsewhere(m, p) { // a form is shown for a municipality
			continue
		}
		if !in.Form {
			p.contradicts(changed)
		}
		p.Path = "data/" + p.Table.Label + ".csv"
		published := m.Table(p.Table.Schema.Name)
		var b bytes.Buffer
		if err := p.Merged.WriteRegister(&b, published.Has); err != nil {
			return nil, err
		}
		p.onlyRead()
		p.close(m, published, r.Today)
		p.made = b.Bytes()
		if len(p.Changes) > 0 {
			put(p.Path, p.made)
			desk.replace(p.Merged)
		}
	}
	if len(proposed) > 0 {
		if err := d.consequences(r, m); err != nil {
			return nil, err
		}
		d.guard(r, m, proposed)
	}
	d.finish(m, desk, inputs, proposed)
	return d, nil
}

// contradicts reports cells that another sheet changes to something else: which of the two is right would
// depend on the order in which they came. A form may correct what a sheet has.
func (p *Proposal) contradicts(changed map[[3]string]bool) {
	for i := range p.Changes {
		for _, c := range p.Changes[i].Cells {
			at := [3]string{p.Table.Schema.Name, p.Changes[i].Key, c.Field}
			if changed[at] {
				p.Problems.Add(diag.Diagnostic{Code: diag.Contradicts, Path: p.Name, Cell: c.Cell, Register: p.Table.Label, Args: diag.Args{
					"column": c.Field, "column_title": p.Table.Schema.Columns[p.Table.Schema.Fields[p.Table.Schema.Field(c.Field)].Column].Title, "before": c.Before, "value": c.After,
				}})
			}
			changed[at] = changed[at] || p.Changes[i].Kind == Changed
		}
	}
}

// cut splits the path of a file into the folder and the name.
func cut(name string) (dir, base string) {
	i := strings.LastIndexByte(name, '/')
	return name[:max(i, 0)], name[i+1:]
}

// replace puts a register in the place of the one of that name.
func (d *Desk) replace(t *table.Table) {
	i := slices.IndexFunc(d.Tables, func(old *table.Table) bool { return old.Schema.Name == t.Schema.Name })
	d.Tables[i] = t
	delete(d.names, t.Schema.Name)
}

// consequences finds what the proposed files make wrong in the repository, and the outcomes that they
// turn. What was wrong before is not the clerk's concern.
func (d *Draft) consequences(r *Repository, m *jme.Municipality) error {
	data, problems, err := load.Load(d.files)
	if err != nil {
		return err
	}
	d.Data = data
	told := map[*Proposal]map[source.Cell]bool{} // these cells are empty in the register, and said already
	for _, p := range d.Sheets {
		if p != nil {
			told[p] = p.refused()
		}
	}
	before := map[string]int{}
	for i := range r.problems {
		before[identity(&r.problems[i])]++
	}
	for _, found := range append(problems, validate(data, r.Today)...) {
		id := identity(&found)
		if before[id]--; before[id] >= 0 {
			continue
		}
		if p := d.removes(&found); p != nil {
			p.Problems.Add(diag.Diagnostic{Code: diag.StillNamed, Path: p.Name, Register: p.Table.Label, Value: found.Value, Args: diag.Args{
				"value": found.Value, "parent": path.Base(found.Register) + "/" + found.ID, "others": found.Args["others"],
			}})
			continue
		}
		p := d.sheetOf(&found)
		if p == nil {
			d.Problems.Add(found)
			continue
		}
		if found = p.inSheet(found); !told[p][found.Cell] && !p.absent(&found) {
			p.Problems.Add(found)
		}
	}
	if is := data.Municipality(m.ID); is != nil && !d.HasErrors() {
		d.Turned = regulation.Turns(judgement.Of(m, r.Today).Outcomes, judgement.Of(is, r.Today).Outcomes)
	}
	return nil
}

// removes returns the sheet that removes the record that a finding misses, or nil.
func (d *Draft) removes(found *diag.Diagnostic) *Proposal {
	for _, p := range d.Sheets {
		if p != nil && p.Merged != nil && found.Code == diag.UnknownID && found.Args["register"] == p.Table.Schema.Name && slices.ContainsFunc(p.Changes, func(c Change) bool {
			return c.Kind == Removed && c.Key == found.Value
		}) {
			return p
		}
	}
	return nil
}

// sheetOf returns the last sheet that has the record of a finding, or nil.
func (d *Draft) sheetOf(found *diag.Diagnostic) *Proposal {
	for _, p := range slices.Backward(d.Sheets) {
		if p != nil && p.Merged != nil && found.File != nil && found.File.Path == p.Path && p.Rows.Lookup(found.ID) != nil {
			return p
		}
	}
	return nil
}

// HasErrors tells whether something must be mended before the files can be proposed.
func (d *Draft) HasErrors() bool {
	return d.Problems.HasErrors() || slices.ContainsFunc(d.Sheets, func(p *Proposal) bool {
		return p != nil && (p.Problems.HasErrors() || p.early.HasErrors())
	})
}

// NeedsReason tells whether the proposal must say why it changes what is published.
func (d *Draft) NeedsReason() bool {
	return d.replaces || slices.ContainsFunc(d.Sheets, func(p *Proposal) bool { return p != nil && p.NeedsReason() })
}

// finish tells what becomes of registers, and gives the files if nothing is wrong.
func (d *Draft) finish(m *jme.Municipality, desk *Desk, inputs []Input, proposed map[string][]byte) {
	for i, t := range desk.Tables {
		if changes := Between(m.Tables[i], t); t != m.Tables[i] && len(changes) > 0 {
			d.Edits = append(d.Edits, Edits{m, t, changes})
		}
	}
	fine := !d.HasErrors()
	for i, p := range d.Sheets {
		if p == nil {
			continue
		}
		if fine {
			p.CSV = p.made
		}
		if inputs[i].Form {
			p.Missing = nil
		}
		p.widen()
		p.Problems.Sort()
	}
	d.Problems.Sort()
	for name, data := range proposed {
		if fine {
			d.Files = append(d.Files, &source.File{Path: name, Data: data})
		}
	}
	slices.SortFunc(d.Files, func(a, b *source.File) int { return strings.Compare(a.Path, b.Path) })
}
