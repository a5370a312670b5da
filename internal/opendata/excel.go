package opendata

import (
	"bufio"
	"io"
	"strings"

	"achyk/internal/table"
)

// place is the offset of Kyrgyzstan's clocks. Where a form has no room for an offset,
// times with this one are written as the clock shows them, others as the text they are.
const place = "+06:00"

// excelCSV writes the Excel edition: what a Russian or Kyrgyz Excel opens with a double
// click. It has a byte order mark, without which Excel takes Cyrillic for another
// encoding, semicolons, CRLF, decimal commas and dates as 31.12.2026.
//
// Texts are quoted. One that a spreadsheet might take for a formula gets an apostrophe
// in front, and so does one that has an apostrophe there; to read a text, take one away.
// A number is never guarded: -5 stays -5. Excel still turns a text of digits into a
// number and drops its leading zeros, which no CSV can prevent: that is what the XLSX
// is for.
func (r register) excelCSV(w io.Writer) error {
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
				if day, clock, ok := local(v); ok {
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

// local takes a time with the place's offset apart: "2026-03-01", "17:00" or "17:00:30".
func local(v string) (day, clock string, ok bool) {
	v, here := strings.CutSuffix(v, place)
	day, clock, _ = strings.Cut(v, "T")
	return day, clock, here && (len(clock) == len("17:00") || len(clock) == len("17:00:30"))
}
