package opendata

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"achyk/internal/files"
	"achyk/internal/table"
)

// xlsxForm is a workbook of one register.
var xlsxForm = form[*register]{
	Kind: files.Kind{Key: "xlsx", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", IANA: true, Code: "XLSX", Place: 2, Asked: true},
	file: "*.xlsx", title: titled("Excel"), dataset: true, limits: sheetLimits, write: (*register).xlsx,
}

// workbookForm is a workbook of all registers of a municipality.
var workbookForm = form[*whole]{
	Kind: xlsxForm.Kind,
	file: "*.xlsx", title: sameInAll, dataset: true, limits: sheetLimits, write: (*whole).workbook,
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
//
// The library makes the workbook with the headings only. The rows below them are written
// straight into the file, since the library would keep them all in memory.
func (r *register) xlsx(w io.Writer) error {
	return r.town.book(w, r.Schema.Title, []*register{r}, false)
}

// workbook writes all registers of a municipality, a sheet each, and a sheet that lists them.
func (s *whole) workbook(w io.Writer) error {
	return s.town.book(w, s.m.Settings.Name, s.registers, true)
}

// records makes the sheet of a register.
func (b *book) records(r *register, name string) error {
	if err := sheetLimits.refuse(r.Table); err != nil {
		return err
	}
	s := r.Schema
	var heads []string
	for i := range s.Fields {
		heads = append(heads, lines(*describe(s, i).Titles))
	}
	widths := make([]float64, len(heads), len(heads)+1)
	for i := range r.Rows {
		for j, v := range r.Rows[i].Values {
			if len(v) > int(widths[j]) {
				widths[j] = max(widths[j], min(longest(v), 60))
			}
			if v != "" && counted(s.Columns[s.Fields[j].Column].Type) {
				if _, err := b.number(v); err != nil { // styles are written before the rows that use them
					return err
				}
			}
		}
	}
	if r.invented() {
		heads, widths = append(heads, lines(*demonstrationField().Titles)), append(widths, 0)
	}
	return b.sheet(name, heads, widths, len(r.Rows), func(to *sheet) error {
		for i := range r.Rows {
			to.begin()
			for j, v := range r.Rows[i].Values {
				if err := b.cell(to, s.Columns[s.Fields[j].Column].Type, v); err != nil {
					return fmt.Errorf("record %q, column %s: %w", r.Rows[i].Key, s.Fields[j].Name, err)
				}
			}
			if r.invented() {
				to.truth(b.plain, true)
			}
			to.end()
		}
		return nil
	})
}

// cell writes the cell of a value by its type, and skips it if the value is empty.
func (b *book) cell(to *sheet, t table.Type, v string) error {
	if v == "" {
		to.none()
		return nil
	}
	style := b.text
	switch {
	case counted(t):
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return err
		}
		style, err := b.number(v)
		to.number(style, n)
		return err
	case t == table.Boolean:
		to.truth(b.plain, v == "true")
		return nil
	case t == table.Date:
		if n, ok := serial(v); ok {
			to.number(b.day, float64(n))
			return nil
		}
	case t == table.DateTime:
		day, clock, ok := b.local(v)
		n, late := serial(day)
		if !ok || !late {
			break
		}
		style, layout := b.time, "15:04"
		if len(clock) > len(layout) {
			style, layout = b.exact, "15:04:05"
		}
		at, err := time.Parse(layout, clock)
		if err != nil {
			return err
		}
		seconds := at.Hour()*3600 + at.Minute()*60 + at.Second()
		to.number(style, float64(n)+float64(seconds)/(24*60*60))
		return nil
	case t == table.Text:
		style = b.long
	}
	to.text(style, v)
	return nil
}

// counted tells whether cells of a type are written as numbers.
func counted(t table.Type) bool { return t.Numeric() || t == table.Year }

// number returns the style that shows as many decimals as a number has.
func (b *book) number(v string) (int, error) {
	_, fraction, _ := strings.Cut(v, ".")
	if style, ok := b.decimals[len(fraction)]; ok {
		return style, nil
	}
	format := "0"
	if fraction != "" {
		format += "." + strings.Repeat("0", len(fraction))
	}
	style, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}})
	b.decimals[len(fraction)] = style
	return style, err
}

// serial returns the number of a day in spreadsheets. It returns false for days before March
// 1900, because Excel counts a 29 February 1900 and other spreadsheets do not.
func serial(day string) (int, bool) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || day < "1900-03-01" {
		return 0, false
	}
	return int((t.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()) / (24 * 60 * 60)), true
}
