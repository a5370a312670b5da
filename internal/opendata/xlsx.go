package opendata

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
	"achyk/internal/workbook"
)

// xlsxForm is a workbook of one register.
var xlsxForm = form[*register]{
	Kind: files.Kind{Key: "xlsx", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", IANA: true, Code: "XLSX", Place: 2, Asked: true},
	file: "*.xlsx", title: titled("Excel"), dataset: true, limits: sheetLimits, write: (*register).xlsx,
}

// workbookForm is a workbook of all registers of a municipality.
var workbookForm = form[*whole]{
	Kind: xlsxForm.Kind,
	file: "*.xlsx", title: locale.Same, dataset: true, limits: sheetLimits, write: (*whole).workbook,
}

// sheetLimits are the limits of a sheet. Excel has 1,048,576 rows, of which the header takes
// one, and 32,767 UTF-16 units in a cell. Numbers are doubles, and a sheet is XML.
var sheetLimits = limits{rows: 1_048_575, cell: 32_767, digits: doubleDigits, xml: true}

// xlsx writes the register as a workbook: a sheet with its records and one that explains its
// columns.
//
// A heading is the title in Kyrgyz, Russian and English, a line each, so that one file serves
// every reader. The names that columns have in other forms are in the second sheet. Numbers,
// days, times and booleans are cells of those types, and a number shows the decimals it has
// in the register. Everything else is text, above all ids and digits that are not numbers.
// Also text are days before March 1900, about which spreadsheets disagree, and times with
// another offset than the municipality's clocks have (see town.local).
func (r *register) xlsx(w io.Writer) error {
	return r.town.book(w, r.Schema.Title, []*register{r}, false)
}

// workbook writes all registers of a municipality, a sheet each, and a sheet that lists them.
func (s *whole) workbook(w io.Writer) error {
	return s.town.book(w, s.m.Settings.Name, s.registers, true)
}

// book writes a workbook of some registers. If contents is true, its first sheet lists the
// others.
func (t town) book(w io.Writer, title locale.Text, registers []*register, contents bool) error {
	made, err := workbook.New()
	if err != nil {
		return err
	}
	defer made.Close()
	b := &book{t, made}
	if err := b.describe(title); err != nil {
		return err
	}
	var names []string
	for _, r := range registers {
		names = append(names, r.Schema.Name)
	}
	names = workbook.Names(names)
	if contents {
		if err := b.contents(registers, names); err != nil {
			return err
		}
	}
	for i, r := range registers {
		if err := b.records(r, names[i]); err != nil {
			return err
		}
	}
	if err := b.dictionary(registers, names); err != nil {
		return err
	}
	return b.Write(w)
}

// book is a workbook of a municipality.
type book struct {
	town
	*workbook.Book
}

// describe sets the properties of the workbook.
func (b *book) describe(title locale.Text) error {
	l := b.Original()
	p := workbook.Properties{
		Title: title.In(l), Creator: b.m.Settings.Name.In(l), Language: l.String(), Version: b.Version(), Made: b.AsOf,
	}
	if b.invented() {
		p.Description = locale.For(l).T("opendata.demonstration.meaning")
	}
	return b.Describe(p)
}

// records makes the sheet of a register.
func (b *book) records(r *register, name string) error {
	if err := sheetLimits.refuse(r.Table); err != nil {
		return err
	}
	s := r.Schema
	var heads []string
	for i := range s.Fields {
		heads = append(heads, lines(*tableschema.Describe(s, i).Titles))
	}
	widths := make([]float64, len(heads), len(heads)+1)
	for i := range r.Rows {
		for j, v := range r.Rows[i].Values {
			if len(v) > int(widths[j]) {
				widths[j] = max(widths[j], min(workbook.Longest(v), 60))
			}
			if v != "" && counted(s.Columns[s.Fields[j].Column].Type) {
				if _, err := b.Decimals(decimals(v)); err != nil { // styles are written before the rows that use them
					return err
				}
			}
		}
	}
	if r.invented() {
		heads, widths = append(heads, lines(*tableschema.Demonstration(b.Original(), s.Langs).Titles)), append(widths, 0)
	}
	return b.Sheet(name, heads, widths, len(r.Rows), func(to *workbook.Sheet) error {
		for i := range r.Rows {
			to.Begin()
			for j, v := range r.Rows[i].Values {
				if err := b.cell(to, s.Columns[s.Fields[j].Column].Type, v); err != nil {
					return fmt.Errorf("record %q, column %s: %w", r.Rows[i].Key, s.Fields[j].Name, err)
				}
			}
			if r.invented() {
				to.Truth(b.Plain, true)
			}
			to.End()
		}
		return nil
	})
}

// cell writes the cell of a value by its type, and skips it if the value is empty.
func (b *book) cell(to *workbook.Sheet, t table.Type, v string) error {
	if v == "" {
		to.None()
		return nil
	}
	style := b.Text
	switch {
	case counted(t):
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return err
		}
		style, err := b.Decimals(decimals(v))
		to.Number(style, n)
		return err
	case t == table.Boolean:
		to.Truth(b.Plain, v == "true")
		return nil
	case t == table.Date:
		if n, ok := workbook.Serial(v); ok {
			to.Number(b.Day, float64(n))
			return nil
		}
	case t == table.DateTime:
		day, clock, ok := b.local(v)
		n, late := workbook.Serial(day)
		if !ok || !late {
			break
		}
		style, layout := b.Time, "15:04"
		if len(clock) > len(layout) {
			style, layout = b.Exact, "15:04:05"
		}
		at, err := time.Parse(layout, clock)
		if err != nil {
			return err
		}
		seconds := at.Hour()*3600 + at.Minute()*60 + at.Second()
		to.Number(style, float64(n)+float64(seconds)/(24*60*60))
		return nil
	case t == table.Text:
		style = b.Long
	}
	to.Text(style, v)
	return nil
}

// counted tells whether cells of a type are written as numbers.
func counted(t table.Type) bool { return t.Numeric() || t == table.Year }

// decimals counts the decimals of a number.
func decimals(v string) int {
	_, fraction, _ := strings.Cut(v, ".")
	return len(fraction)
}
