// Package opendata publishes the registers for programs: every register in several forms
// with its schema, each municipality as one ZIP, the whole site as a Data Package.
//
//	data/<municipality>/<register>.csv          the canonical form
//	data/<municipality>/<register>.excel.csv    as Excel opens it in Russian and Kyrgyz
//	data/<municipality>/<register>.xlsx         a workbook, with headings and dictionary in three languages
//	data/<municipality>/<register>.json         an array of objects
//	data/<municipality>/<register>.jsonl        the objects, one to a line
//	data/<municipality>/<register>.parquet      by columns
//	data/<municipality>/<register>.schema.json  a Table Schema
//	data/<municipality>/<register>.csv-metadata.json  the CSV described by CSV on the Web
//	data/<municipality>/csv-metadata.json       the same of all CSV, with what refers to what
//	data/<municipality>/<municipality>.xlsx     all registers, a sheet each
//	data/<municipality>/<municipality>.sqlite   all registers as a database
//	data/<municipality>/<municipality>.zip      all CSV, with a dictionary, a README and what Add is given
//	data/<municipality>/<register>/<id>.json    one record, with its neighbours
//	data/<municipality>/popolo.json             commissions and groups with their members
//	datapackage.json                            a Data Package of all municipalities
//
// Each form is one file of this package, whose value stands in one of the two lists of
// form.go. Everything that lists formats takes them from there or from the index of files.
//
// Every form is made of one table and holds the same values: a program that reads it gets
// back the values of the register. How a form writes each type is said in its file. An
// empty cell is empty in CSV, and null or no cell elsewhere. Check refuses what some form
// could not hold, so no form has to leave anything out.
//
// Forms are written a record at a time, so the memory they take does not grow with the
// number of records. Two keep more than one record: Parquet keeps a group of them, since it
// writes by columns; SQLite, which goes back to its pages, keeps them in a temporary file.
//
// Descriptors are those of Data Package v2 (https://datapackage.org), kept to the field
// types of version 1 so that older readers follow. Their titles and descriptions are in
// Kyrgyz, the original. Properties of our own stand beside them for what the standard has
// no place for:
//
//	titles, descriptions   {"ky", "ru", "en"}, of packages, resources and fields
//	labels                 the same, of a category
//	unit                   of a number: "m²"
//	currencyField          the field that holds the currency of an amount
//	personal               true: the field names a person in a public role
//	rows                   of a resource: how many records it has
//	demonstration          true: the data is invented
//
// Where the data is invented, every row and every object says so as well, in a field named
// demonstration: a row that is copied out of a file still says what it is.
//
// What is published depends on the [Snapshot] and on nothing else: on no clock, folder,
// locale, order of a map or number of workers.
package opendata

import (
	"io"
	"time"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// Snapshot is the dataset as it is published: what it holds, and as of when.
type Snapshot struct {
	Data   *jme.Dataset
	AsOf   time.Time // a day as midnight UTC
	Commit string    // its hash; empty without history
	Dirty  bool      // the data has changes that are not in that commit

	// Shallow tells that the register of changes begins late, because the clone of the
	// repository lacks older commits.
	Shallow bool
}

// Version is the day of the data, as calendar versioning writes it, with the commit.
func (s Snapshot) Version() string {
	v := s.AsOf.Format("2006.1.2")
	if s.Commit != "" {
		v += "+" + s.Commit[:min(7, len(s.Commit))]
	}
	if s.Dirty {
		v += ".dirty"
	}
	return v
}

// Address returns the address of a path from the top of the site.
func (s Snapshot) Address(path string) string { return s.Data.Site.BaseURL + path }

// town is a municipality of a snapshot.
type town struct {
	Snapshot
	m    *jme.Municipality
	zone *time.Location // of its clocks, by its setting time_zone
}

func newTown(s Snapshot, m *jme.Municipality) town { return town{s, m, m.Settings.Zone()} }

// register is a register of a municipality.
type register struct {
	*table.Table
	town
	file *files.Entry // its CSV, which descriptions and the ZIP refer to
}

// whole is all registers of a municipality together.
type whole struct {
	town
	registers []*register
	enclosed  []files.File // what the ZIP holds beside what this package puts into it
}

// newWhole returns the registers of a municipality, whose CSV are not planned yet.
func newWhole(s Snapshot, m *jme.Municipality) *whole {
	w := &whole{town: newTown(s, m)}
	for _, t := range m.Tables {
		w.registers = append(w.registers, &register{Table: t, town: w.town})
	}
	return w
}

// invented tells whether the data is, so that every row has to say so.
func (t town) invented() bool { return t.Data.Site.Demonstration }

// Add adds all files of open data to the index. Those that take longest to make come first,
// so that no worker is left with one of them at the end. enclosed has by the id of a
// municipality what else goes into its ZIP. The error is that a path is taken.
func Add(index *files.Index, s Snapshot, enclosed map[string][]files.File) error {
	var registers []*register
	for _, m := range s.Data.Municipalities {
		w := newWhole(s, m)
		w.enclosed = enclosed[m.ID]
		if err := w.add(index); err != nil {
			return err
		}
		registers = append(registers, w.registers...)
	}
	if err := addPackage(index, s, registers); err != nil {
		return err
	}
	for _, r := range registers {
		if err := r.addRecords(index); err != nil {
			return err
		}
	}
	return nil
}

// add adds the files of a municipality and of its registers.
func (w *whole) add(index *files.Index) error {
	for _, f := range wholeForms {
		if f.applies != nil && !f.applies(w) {
			continue
		}
		if _, err := f.add(index, w.m.ID, "", w); err != nil {
			return err
		}
	}
	for _, r := range w.registers {
		for _, f := range registerForms {
			e, err := f.add(index, w.m.ID, r.Schema.Name, r)
			if err != nil {
				return err
			}
			if f.Kind == csvForm.Kind {
				r.file = e
			}
		}
	}
	return nil
}

// addPackage adds the Data Package of all registers, of which a package must have one.
func addPackage(index *files.Index, s Snapshot, registers []*register) error {
	if len(registers) == 0 {
		return nil
	}
	p := newPackage(s, "achyk", s.Data.Site.Title, s.Data.Site.Description)
	p.ID, p.Homepage = s.Address("datapackage.json"), s.Data.Site.BaseURL
	_, err := index.Add(files.File{Path: "datapackage.json", Kind: Package, Title: sameInAll("datapackage.json"), Write: func(w io.Writer) error {
		return p.write(w, registers, func(r *register) string { return r.file.Path })
	}})
	return err
}

// addRecords adds a file for each record of a register whose records have pages.
func (r *register) addRecords(index *files.Index) error {
	if !jme.Listed(r.Schema.Name) {
		return nil
	}
	write := r.record()
	for i := range r.Rows {
		path := "data/" + r.m.Address(jme.Record{Table: r.Table, Row: &r.Rows[i]}) + ".json"
		if _, err := index.Add(files.File{Path: path, Write: func(w io.Writer) error { return write(w, &r.Rows[i]) }}); err != nil {
			return err
		}
	}
	return nil
}

// sameInAll returns a text that is the same in every language.
func sameInAll(s string) locale.Text { return locale.Text{Ky: s, Ru: s, En: s} }
