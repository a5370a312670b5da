package opendata

import (
	"bufio"
	"io"
	"strings"

	"achyk/internal/files"
	"achyk/internal/table"
)

// excelCSVForm is a CSV for Excel.
var excelCSVForm = form[*register]{
	Kind: files.Kind{Key: "excelcsv", Media: "text/csv", IANA: true, Code: "CSV", Place: 4},
	file: "*.excel.csv", title: titledBy("opendata.form.excelcsv"), dataset: true, write: (*register).excelCSV,
}

// excelCSV writes the Excel edition: what a Russian or Kyrgyz Excel opens with a double
// click. It has a byte order mark, without which Excel takes Cyrillic for another
// encoding, semicolons, CRLF, decimal commas and dates as 31.12.2026.
//
// Texts are quoted. One that a spreadsheet might take for a formula gets an apostrophe
// in front, and so does one that has an apostrophe there; to read a text, take one away.
// A number is never guarded: -5 stays -5. Excel still turns a text of digits into a
// number and drops its leading zeros, which no CSV can prevent: that is what the XLSX
// is for.
func (r *register) excelCSV(w io.Writer) error {
	b := bufio.NewWriterSize(w, 64<<10)
	b.WriteString("\ufeff")
	s := r.Schema
	for i, f := range s.Fields {
		if i > 0 {
			b.WriteByte(';')
		}
		quote(b, guarded(f.Name)) // of a register without a schema it can be anything
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
				quote(b, guarded(v))
			}
		}
		if r.invented() {
			b.WriteString(";true")
		}
		b.WriteString("\r\n")
	}
	return b.Flush() // a bufio.Writer keeps its first error until here
}

func quote(b *bufio.Writer, s string) {
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(s, `"`, `""`))
	b.WriteByte('"')
}

// guarded keeps a text from being taken for a formula; the signs are those of OWASP's
// page on CSV injection.
func guarded(s string) string {
	if strings.IndexByte("=+-@\t\r\n'", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// dotted writes a day as people do: 2026-12-31 as 31.12.2026.
func dotted(day string) string { return day[8:] + "." + day[5:7] + "." + day[:4] }
