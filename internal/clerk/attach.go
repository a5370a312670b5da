package clerk

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"achyk/internal/attachment"
	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/overlay"
	"achyk/internal/photo"
	"achyk/internal/pipeline"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Attachment says which documents are attached to which record.
type Attachment struct {
	Files        []string // on the disk
	Register, ID string   // of the record
	Column       string   // of the record, for its document; "": attachments.csv unless the record has a place for one that is free
	Listed       bool     // in attachments.csv, whatever place the record has
	Title        string   // what the documents are, in the language that its letters or else the printer tell; "": it is asked for
}

// Document is a document that is attached.
type Document struct {
	From string // the file on the disk
	Path string // its place in the repository
	Data []byte
	Size int          // bytes on the disk
	Made *photo.Photo // nil if it is no photo
}

// Attached is what attaching documents does. It is refused if the proposal has no CSV.
type Attached struct {
	Documents []Document
	Proposal  *desk.Proposal // nil if a document is refused before
	Problems  diag.List      // why
}

// Attach makes documents fit to be published and names them in a record, or in the attachments of
// a record, for which fill fills in what is missing. It writes nothing; [WriteAll] does.
func Attach(o pipeline.Options, municipality string, a Attachment, say *locale.Printer, fill func(*Record) error) (made *Attached, err error) {
	err = atDesk(o, municipality, func(l *pipeline.Loaded, m *jme.Municipality) error {
		t, err := kept(m, a.Register)
		if err != nil {
			return err
		}
		row := t.Lookup(a.ID)
		if row == nil {
			return nearest(t, a.ID)
		}
		if made, err = documents(a.Files); err != nil || made.Problems.HasErrors() {
			return err
		}
		field, err := place(t, row, a)
		if err != nil {
			return err
		}
		if err := made.twice(l.Files(), m, a, row, t); err != nil {
			return err
		}
		taken := map[string]bool{}
		for name := range l.Data.Files {
			taken[strings.ToLower(name)] = true
		}
		name := func(d *Document, title string) string {
			folder := "content/" + m.ID + "/files/"
			ending := path.Ext(d.From)
			if d.Made != nil {
				ending = d.Made.Ending
			}
			base := attachment.Name(jme.Slug(row), title, ending, func(name string) bool { return taken[folder+name] })
			d.Path = folder + base
			taken[d.Path] = true
			return base
		}
		var sheet *source.File
		if field >= 0 {
			values := map[int]string{field: name(&made.Documents[0], a.Title)}
			for _, key := range t.Schema.Keys() {
				values[key] = row.Values[key]
			}
			sheet = sheetOf(t.Schema, values)
		} else {
			if t, err = kept(m, "attachments"); err != nil {
				return err
			}
			if sheet, err = rows(made.Documents, record(l, m, t, say), a, name, say, fill); err != nil {
				return err
			}
		}
		files := l.Files()
		for _, d := range made.Documents {
			files = overlay.With(files, d.Path, d.Data)
		}
		made.Proposal, err = desk.Of(files, l.Data, l.Findings, l.Today).Take(m, sheet, desk.Options{Register: t.Schema.Name})
		if err != nil {
			return err
		}
		unseen(made.Proposal, sheet)
		made.asGiven()
		return nil
	})
	return made, err
}

// nearest says that a register has no such record, and names a similar one.
func nearest(t *table.Table, id string) error {
	var keys []string
	for _, r := range t.Rows {
		keys = append(keys, r.Key)
	}
	return pipeline.NotAmong("row", id, keys)
}

// documents reads documents and makes photos fit to be published.
func documents(files []string) (*Attached, error) {
	made := &Attached{}
	for _, name := range files {
		data, err := given(name)
		if err != nil {
			return nil, err
		}
		d := Document{From: filepath.Base(name), Data: data, Size: len(data)}
		var problem *diag.Diagnostic
		if photo.Is(d.From, data) {
			if d.Made, problem = photo.Publish(d.From, data); problem == nil {
				d.Data = d.Made.Data
			}
		} else if problem, err = attachment.Judge(d.From, bytes.NewReader(data), int64(len(data))); err != nil {
			return nil, err
		}
		if problem != nil {
			made.Problems.Add(*problem)
		}
		made.Documents = append(made.Documents, d)
	}
	return made, nil
}

// TwiceError says that a record has a document already, or that one is given twice.
type TwiceError struct {
	Name string // of the file that is given
	Same string // the file that has the same content
	Row  string // of the record that names it: "attachments/town-d-1-att1"; "" if it is given too
}

func (e *TwiceError) Error() string { return e.Name + " has the content of " + e.Same + " " + e.Row }

// twice returns an error if a document has the content of one that the record has, or of another one.
func (a *Attached) twice(files fs.FS, m *jme.Municipality, to Attachment, row *table.Row, t *table.Table) error {
	rows := map[string]string{} // that name a document of the record, by its file
	for i, f := range t.Schema.Fields {
		if t.Schema.Columns[f.Column].Type == table.Path && row.Values[i] != "" {
			rows[row.Values[i]] = to.Register + "/" + to.ID
		}
	}
	for _, x := range m.Attachments {
		if x.SubjectRegister == to.Register && x.Subject == to.ID {
			rows[x.File] = "attachments/" + x.ID
		}
	}
	given := map[[sha256.Size]byte]*TwiceError{}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		if data, err := fs.ReadFile(files, path.Join("content", m.ID, "files", name)); err == nil { // check reports one that is missing
			given[sha256.Sum256(data)] = &TwiceError{Same: name, Row: rows[name]}
		}
	}
	for _, d := range a.Documents {
		sum := sha256.Sum256(d.Data)
		if e := given[sum]; e != nil {
			e.Name = d.From
			return e
		}
		given[sum] = &TwiceError{Same: d.From}
	}
	return nil
}

// place finds the field of a record that names its document, or -1 if the documents go to attachments.csv: if there are
// several, or the record has no place for one, or it is taken, or it has several.
func place(t *table.Table, row *table.Row, a Attachment) (int, error) {
	var fields []int
	var names []string
	for i, f := range t.Schema.Fields {
		if t.Schema.Columns[f.Column].Type == table.Path {
			fields, names = append(fields, i), append(names, f.Name)
		}
	}
	switch {
	case a.Column != "":
		if i := slices.Index(names, a.Column); i >= 0 {
			return fields[i], nil
		}
		return 0, &pipeline.UnknownError{What: "document", Name: a.Column, Candidates: names}
	case !a.Listed && len(fields) == 1 && len(a.Files) == 1 && row.Values[fields[0]] == "":
		return fields[0], nil
	}
	return -1, nil
}

// rows makes a sheet of a record for each document.
func rows(all []Document, empty *Record, a Attachment, name func(*Document, string) string, say *locale.Printer, fill func(*Record) error) (*source.File, error) {
	s, t := empty.Table.Schema, *empty.Table
	file, key := s.Field("file"), s.Keys()[0]
	caption := slices.IndexFunc(s.Fields, func(f table.Field) bool { return s.Columns[f.Column].Name == "caption" && s.Required(s.Field(f.Name)) })
	titled := caption // the field of the language that the title is in, as far as its letters tell
	for f := range s.Fields {
		if s.Fields[f].Column == s.Fields[caption].Column && s.Fields[f].Lang == locale.Guess(a.Title, say.Lang()) {
			titled = f
		}
	}
	var records []map[int]string
	for i := range all {
		d, kind := &all[i], "document"
		if d.Made != nil {
			kind = "photo"
		}
		r := *empty
		r.Fields, r.Table, r.values, r.answered = empty.With(&t), &t, map[int]string{}, map[int]bool{}
		for column, value := range map[string]string{"subject_register": a.Register, "subject": a.ID, "kind": kind, "file": d.From, s.Fields[titled].Name: a.Title} {
			if _, err := r.Set(column, value); err != nil {
				return nil, err
			}
		}
		if r.Proposed(key) == "" { // the first of all
			r.values[key] = a.ID + "-att1"
		}
		if err := fill(&r); err != nil {
			return nil, err
		}
		r.values[file] = name(d, cmp.Or(a.Title, r.values[caption]))
		records = append(records, r.values)
		cells := map[string]string{}
		for f, value := range r.values {
			cells[s.Fields[f].Name] = value
		}
		t.Rows = append(slices.Clip(t.Rows), s.Row(cells))
		t.Rows[len(t.Rows)-1].Key = r.values[key] // the next id follows it
	}
	return sheetOf(s, records...), nil
}

// asGiven names documents in findings as the files that were given: they are not in the repository yet.
func (a *Attached) asGiven() {
	for i := range a.Proposal.Problems {
		p := &a.Proposal.Problems[i]
		for _, d := range a.Documents {
			if p.Name() != d.Path {
				continue
			}
			if p.Path = d.From; p.File != nil {
				p.File = &source.File{Path: d.From, Data: p.File.Data}
			}
		}
	}
}

// Write writes the documents and the register, all or nothing.
func (a *Attached) Write(root string) error {
	files := map[string][]byte{a.Proposal.Path: a.Proposal.CSV}
	for _, d := range a.Documents {
		files[d.Path] = d.Data
	}
	return WriteAll(root, files)
}

// WriteAll puts files in the places of those that are there. If one cannot be written, all are as before.
func WriteAll(root string, files map[string][]byte) error {
	var done []string
	before := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		target := filepath.Join(root, filepath.FromSlash(name))
		old, err := os.ReadFile(target)
		if err == nil {
			before[name] = old
		} else if err = os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return undo(root, done, before, &FileError{Name: target, Err: err, Writing: true})
		}
		if err := Write(root, name, files[name]); err != nil {
			return undo(root, done, before, err)
		}
		done = append(done, name)
	}
	return nil
}

// undo takes back what was written before an error.
func undo(root string, done []string, before map[string][]byte, err error) error {
	for _, name := range done {
		if old, ok := before[name]; ok {
			Write(root, name, old) // the first error is told
		} else {
			os.Remove(filepath.Join(root, filepath.FromSlash(name)))
		}
	}
	return err
}
