// Package opendata publishes the registers for whoever computes: every table in several
// forms with its schema, each municipality as one ZIP, the whole site as a Data Package.
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
//	data/<municipality>/<municipality>.zip      all CSV, with a dictionary, a README and what Options.Enclosed adds
//	data/<municipality>/<register>/<id>.json    one record, with its neighbours
//	data/<municipality>/popolo.json             commissions and groups with their members
//	datapackage.json                            a Data Package of all municipalities
//
// Every form is made of one table and holds the same: whoever reads it gets back the
// values of the register. How each writes a type is said at its file. What is not known
// is empty in CSV, null or no cell elsewhere. Check refuses what some form could not
// hold, so that none has to leave anything out.
//
// Forms are written a record at a time, and what they take of memory does not grow with
// the records. Only Parquet keeps more than one of them, a group, since it writes by
// columns; SQLite, which goes back to its pages, has them in a temporary file.
//
// Descriptors are those of Data Package v2 (https://datapackage.org), kept to the field
// types of version 1 so that older readers follow. Its titles and descriptions are in
// Kyrgyz, the original. What the standard has no place for stands beside it, in
// properties of our own:
//
//	titles, descriptions   {"ky", "ru", "en"}, of packages, resources and fields
//	labels                 the same, of a category
//	unit                   of a number: "m²"
//	currencyField          the field that holds the currency of an amount
//	personal               true: the field names a person in a public role
//	rows                   of a resource: how many records it has
//	demonstration          true: the data is invented
//
// The last is not only in descriptors. Where the data is invented, every row and every
// object says so in a field of that name: a row may be copied out of a file, but then it
// still says what it is.
//
// What is published depends on Options alone: on no clock, folder, locale, order of a map
// or number of workers.
package opendata

import (
	"fmt"
	"io"
	"time"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// Options is what the open data is made of.
type Options struct {
	Data   *jme.Dataset
	AsOf   time.Time // a day as midnight UTC
	Commit string    // empty without history
	Dirty  bool      // what is published is not all in that commit

	// Shallow tells that the register of changes begins late: older commits are not at hand.
	Shallow bool

	// Enclosed lists what else goes into a municipality's ZIP; nil for nothing. It is asked
	// when the ZIP is made.
	Enclosed func(*jme.Municipality) []File
}

// File is a file of open data. It is made while it is written, from any goroutine, any
// number of times, always with the same bytes; nothing of it is kept.
type File struct {
	Path  string // from the top of the site: "data/osh/findings.csv"
	Write func(io.Writer) error
}

// register is a table of a municipality on its way out.
type register struct {
	*table.Table
	m *jme.Municipality
	o Options
}

// invented tells whether every row has to say that its data is.
func (r register) invented() bool { return r.o.Data.Site.Demonstration }

// forms are what each register is published as.
var forms = []struct {
	suffix string
	write  func(register, io.Writer) error
	format Format // none of what describes the register, but is not it
}{
	{".xlsx", register.xlsx, XLSX},
	{".csv", register.csv, CSV},
	{".excel.csv", register.excelCSV, ExcelCSV},
	{".parquet", register.parquet, Parquet},
	{".json", register.json, JSON},
	{".jsonl", register.jsonLines, Lines},
	{".schema.json", register.descriptor, Format{}},
}

func (r register) csv(w io.Writer) error { return r.WriteCSV(w, r.invented()) }

func (r register) descriptor(w io.Writer) error { return Indented(w, r.schema()) }

// Files lists all files, those that take longest to make first.
func Files(o Options) []File {
	var files []File
	add := func(path string, write func(io.Writer) error) {
		files = append(files, File{path, func(w io.Writer) error {
			if err := write(w); err != nil {
				return fmt.Errorf("open data %s: %w", path, err)
			}
			return nil
		}})
	}
	whole := o.pkg("achyk", o.Data.Site.Title, o.Data.Site.Description)
	whole.ID, whole.Homepage = o.Data.Site.BaseURL+"datapackage.json", o.Data.Site.BaseURL
	var registers []resource
	for _, m := range o.Data.Municipalities {
		folder := "data/" + m.ID + "/"
		var own []resource
		for _, t := range m.Tables {
			own = append(own, newResource(register{t, m, o}))
		}
		registers = append(registers, own...)
		add(folder+m.ID+".sqlite", func(w io.Writer) error { return o.database(w, m) })
		add(folder+m.ID+".xlsx", func(w io.Writer) error { return o.workbook(w, m) })
		add(folder+m.ID+".zip", func(w io.Writer) error { return o.archive(w, m, own) })
		if len(m.Panels) > 0 {
			add(folder+"popolo.json", func(w io.Writer) error { return o.panels(w, m) })
		}
		for _, r := range own {
			for _, f := range forms {
				add(folder+r.Schema.Name+f.suffix, func(w io.Writer) error { return f.write(r.register, w) })
			}
			add(folder+r.Schema.Name+".csv-metadata.json", r.csvw)
		}
		if len(own) > 0 {
			add(folder+"csv-metadata.json", func(w io.Writer) error { return o.csvwGroup(w, m, own) })
		}
	}
	if len(registers) > 0 { // a package must have one
		add("datapackage.json", func(w io.Writer) error {
			return whole.write(w, registers, func(r resource) string { return "data/" + r.m.ID + "/" + r.Schema.Name + ".csv" })
		})
	}
	for _, r := range registers {
		if !jme.Listed(r.Schema.Name) {
			continue
		}
		write := r.record()
		for i := range r.Rows {
			add("data/"+r.m.Address(jme.Record{Table: r.Table, Row: &r.Rows[i]})+".json", func(w io.Writer) error { return write(w, &r.Rows[i]) })
		}
	}
	return files
}
