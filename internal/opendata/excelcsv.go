package opendata

import (
	"bufio"
	"io"
	"strings"

	"achyk/internal/files"
	"achyk/internal/table"
)

// excelCSVForm is a CSV that Excel opens as it should.
var excelCSVForm = form[*register]{
	Kind: files.Kind{Key: "excelcsv", Media: "text/csv", IANA: true, Code: "CSV", Place: 4},
	file: "*.excel.csv", title: titledBy("opendata.form.excelcsv"), dataset: true, write: (*register).excelCSV,
}

// excelCSV writes a CSV that a Russian or Kyrgyz Excel opens with a double click. It has a
// byte order mark, without which Excel misreads Cyrillic; semicolons, CRLF, decimal commas
// and dates like 31.12.2026. Times are written as the municipality's clocks show them (see
// town.local), since Excel has no offsets.
//
// Texts are quoted. A text that a spreadsheet might take for a formula gets an apostrophe in
// front, and so does a text that begins with an apostrophe; a reader takes one apostrophe
// away. Numbers get none: -5 stays -5. Excel still turns a text of digits into a number and
// drops its leading zeros, which no CSV can prevent; the XLSX keeps them.
func (r *register) excelCSV(w io.Writer) error {
	b := bufio.NewWriterSize(w, 64<<10)
	b.WriteString("\ufeff")
	s := r.Schema
	for i, f := range s.Fields {
		if i > 0 {
			b.WriteByte(';')
		}
		quote(b, table.Guarded(f.Name)) // a register without a schema may have any heading
	}
	if r.invented() {
		b.WriteString(`;"` + table.Demonstration + `"`)
	}
	b.WriteString("\r\n")
	for i := range r.Rows {
		for j, v := range r.Rows[i].Values {
			if j > 0 {
				b.WriteByte(';')
			}
			if v == "" {
				continue
			}
			switch s.Columns[s.Fields[j].Column].Type {
			case table.Integer, table.Year, table.Boolean:
				b.WriteString(v)
			case table.Number, table.Money:
				b.WriteString(strings.Replace(v, ".", ",", 1))
			case table.Date:
				b.WriteString(dotted(v))
			case table.DateTime:
				if day, clock, ok := r.local(v); ok {
					b.WriteString(dotted(day) + " " + clock)
				} else {
					quote(b, v)
				}
			default:
				quote(b, table.Guarded(v))
			}
		}
		if r.invented() {
			b.WriteString(";true")
		}
		b.WriteString("\r\n")
	}
	return b.Flush() // a bufio.Writer keeps its first error until here
}

// quote writes a text in quotes.
func quote(b *bufio.Writer, s string) {
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(s, `"`, `""`))
	b.WriteByte('"')
}

// dotted writes the day 2026-12-31 as 31.12.2026.
func dotted(day string) string { return day[8:] + "." + day[5:7] + "." + day[:4] }
