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
//	data/<municipality>/csv-metadata.json       the same of all CSV, with their foreign keys
//	data/<municipality>/<municipality>.xlsx     all registers, a sheet each
//	data/<municipality>/<municipality>.sqlite   all registers as a database
//	data/<municipality>/<municipality>.zip      all CSV, with a dictionary, a README and the files given to Add
//	data/<municipality>/<register>/<id>.json    one record, with its neighbours
//	datapackage.json                            a Data Package of all municipalities
//
// Each form has a file of its own in this package and a line in one of the two lists of
// form.go. Whatever lists formats takes them from the index of files.
//
// Every form is made of one table and holds the same values: a program that reads it gets
// back the values of the register. How a form writes each type is said in its file. An
// empty cell is empty in CSV, and null or no cell elsewhere. Check refuses what some form
// could not hold, so no form has to leave anything out.
//
// Forms are written record by record, so the memory they take does not grow with the number
// of records. Two hold more than one record at a time: Parquet holds a group of them, since
// it writes by columns; SQLite holds all in a temporary file, since it goes back to pages that
// it wrote.
//
// Descriptors are those of Data Package v2 (https://datapackage.org), with columns described
// by package tableschema. Their titles and descriptions are in Kyrgyz, the original. What the
// standard has no place for is in properties of our own:
//
//	titles, descriptions   {"ky", "ru", "en"}, of packages and resources
//	rows                   of a resource: how many records it has
//	demonstration          true: the data is invented
//
// If the data is invented, every row and every object has a field demonstration as well, so
// that a row says so even when it is copied out of its file.
//
// What is published depends on the [dataset.Snapshot] only, not on the clock, the folder, the locale,
// the order of a map or the number of workers.
package opendata

import (
	"io"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// town is a municipality of a snapshot.
type town struct {
	dataset.Snapshot
	m    *jme.Municipality
	zone *time.Location // by its setting time_zone
}

func newTown(s dataset.Snapshot, m *jme.Municipality) town { return town{s, m, m.Settings.Zone()} }

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
	enclosed  []files.File // more files for the ZIP, from other packages
}

// newWhole returns the registers of a municipality. None has its file yet.
func newWhole(s dataset.Snapshot, m *jme.Municipality) *whole {
	w := &whole{town: newTown(s, m)}
	for _, t := range m.Tables {
		w.registers = append(w.registers, &register{Table: t, town: w.town})
	}
	return w
}

// invented tells whether the data is invented, so that every row has to say so.
func (t town) invented() bool { return t.Data.Site.Demonstration }

// Add adds all files of open data to the index. The files that take longest to make are added
// first: if one of them began last, the other workers would wait for it at the end. enclosed
// has further files for the ZIP of each municipality, by its id. It fails if a path is taken.
func Add(index *files.Index, s dataset.Snapshot, enclosed map[string][]files.File) error {
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

// addPackage adds the Data Package of all registers. Without registers there is none, since
// the standard demands at least one resource.
func addPackage(index *files.Index, s dataset.Snapshot, registers []*register) error {
	if len(registers) == 0 {
		return nil
	}
	p := newPackage(s, "achyk", s.Data.Site.Title, s.Data.Site.Description)
	p.ID, p.Homepage = s.Address("datapackage.json"), s.Data.Site.BaseURL
	_, err := index.Add(files.File{Path: "datapackage.json", About: files.About{Kind: packageKind, Title: locale.Same("datapackage.json")}, Write: func(w io.Writer) error {
		return p.write(w, registers, func(r *register) string { return r.file.Path })
	}})
	return err
}

// addRecords adds a file for each record, if records of the register have pages.
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
