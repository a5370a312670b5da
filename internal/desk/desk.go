// Package desk takes the spreadsheet of a clerk and makes of it what a register can take: canonical
// cells, what changes in words that can be shown, and what is wrong, by the cells of the clerk's own
// sheet. The commands, the preview and the page in a browser call it; it knows no git and writes no
// files.
//
//	decode      package sheet: cells, whatever the format, the encoding and the separator
//	find        the sheet and the row whose headings are those of a register; see find.go and wide.go
//	translate   each cell into the form that registers have, by the type of its column; see value.go
//	restore     what a spreadsheet program has spoilt, if what is published tells it; see package spoilt
//	judge       package table, as any register
//	merge       with what is published, row by row and cell by cell; see merge.go
//
// [Compare] tells what a proposal does to registers, whatever made it, in the same words.
//
// Nothing is guessed. Where a cell can be read in two ways, it is refused by name, and where one
// cell is refused there is no file: bad input loses no data.
package desk

import (
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Desk has what spreadsheets are compared with.
type Desk struct {
	Tables []*table.Table // the published registers of a municipality
	Zone   *time.Location // of its clocks, for times in spreadsheets, which have no zone

	headings map[string]headings            // by register; see headingsOf
	forms    map[string]forms               // by the text of a cell; see formsOf
	words    map[string]bool                // the headings of all registers; see begins
	names    map[string]map[string][]string // ids by the names of records, by register; see named
	compared int                            // names; see called
	renamed  map[string]string              // the names of documents in the repository, by those that the clerk gave them
}

// Result is what became of a spreadsheet.
type Result struct {
	Book     *sheet.Book  // nil if the file is no spreadsheet
	Sheet    *sheet.Sheet // in which the register was found; nil if there is none
	Header   int          // the row of the headings
	Table    *table.Table // the published register that the sheet belongs to; nil if there is none
	Changes  []Change     // what the sheet changes, in the order of keys
	Same     int          // records that the sheet has and does not change
	Missing  []string     // keys of published records that the sheet does not have
	Restored []Restored   // cells that a spreadsheet program had spoilt
	Problems diag.List    // with the cells of the sheet
	Merged   *table.Table // the register as it will be, without the cells that have an error; nil if rows could not be read
	Rows     *table.Table // the rows of the sheet; their Origin has their numbers in the sheet
	Fields   map[int]int  // the column of the sheet (from 1) by the field of the register

	wide  *wide     // the sheet as it is, while Sheet has a row for each record; nil if it has
	early diag.List // of the wide sheet itself
}

// Options say how a spreadsheet is taken.
type Options struct {
	Register string // that the sheet is of; "": the headings tell
	Delete   bool   // published records that the sheet does not have are removed
	Form     bool   // it is one record, typed and no sheet: nobody expects the others
	Clear    bool   // an empty cell empties the published one, which it else leaves as it is

	Corrected map[source.Cell]string // cells of the sheet that are to be read as if they had these texts
}

// Read takes a spreadsheet.
func (d *Desk) Read(f *source.File, o Options) *Result {
	r := d.read(f, o)
	r.widen()
	return r
}

// read takes a spreadsheet. What it says of a wide sheet has the cells of a long one; see widen.
func (d *Desk) read(f *source.File, o Options) *Result {
	r := &Result{}
	r.Book, r.Problems = sheet.Read(f, d.known)
	if r.Book == nil || r.Problems.HasErrors() {
		return r
	}
	if w := d.wide(r.Book, o.Register); w != nil {
		r.wide, r.Sheet, r.Header, r.Table = w, w.sheet, w.header, w.table
		d.others(r, f)
	} else if !d.find(r, f, o.Register) {
		return r
	}
	for at, text := range o.Corrected {
		r.Sheet.Set(at.Row, at.Column, text)
	}
	c := &clerk{desk: d, result: r, file: f, schema: r.Table.Schema, base: r.Table, zeros: map[int]bool{}, clear: o.Clear, typed: o.Form, empty: map[int][]int{}}
	if base := stamped(r.Book, r.Table); base != nil {
		c.base = base
	}
	c.headings()
	c.whole()
	if r.wide != nil {
		r.early, r.Problems = r.Problems, nil
		r.Sheet, r.Header = r.wide.lengthen(c), 1
		c.headings()
		c.left = nil
	}
	r.Rows = c.rows()
	if r.Rows.Whole {
		c.merge(o.Delete)
	}
	return r
}

// clerk works on one sheet.
type clerk struct {
	desk    *Desk
	result  *Result
	file    *source.File
	schema  *table.Schema
	base    *table.Table // the register as it was when the sheet was made: what the published one is compared with
	field   []int        // by column of the sheet: the field, or -1
	head    []sheet.Cell // by column of the sheet: the heading
	left    map[int]left // rows of the sheet that are not read
	sum     map[int]*sum // by column of the sheet; see sums
	speller table.Speller
	zeros   map[int]bool  // by field: whether published values begin with zeros; see lacksZeros
	clear   bool          // see Options
	typed   bool          // see Options.Form
	empty   map[int][]int // by column of the sheet: rows of empty cells that leave published ones as they are
}

// report adds a finding on a cell of the sheet.
func (c *clerk) report(code diag.Code, at source.Cell, args diag.Args) {
	value := strings.TrimSpace(c.result.Sheet.Cell(max(at.Row, 1), max(at.Column, 1)).Text)
	d := diag.Diagnostic{Code: code, Path: c.file.Path, Register: c.result.Table.Label, Cell: at, Value: value, Args: diag.Args{"value": value}}
	for k, v := range args {
		d.Args[k] = v
	}
	if at.Column > 0 && at.Column <= len(c.field) && c.field[at.Column-1] >= 0 {
		f := c.schema.Fields[c.field[at.Column-1]]
		d.Args["column"], d.Args["column_title"] = f.Name, c.schema.Columns[f.Column].Title
	}
	c.result.Problems.Add(d)
}
