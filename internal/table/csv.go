package table

import (
	"bufio"
	"io"
	"slices"
	"strings"
)

// WriteCSV writes the register in canonical form. With demonstration a last column of that
// name says in every row that the data is invented.
func (t *Table) WriteCSV(w io.Writer, demonstration bool) error {
	all := make([]int, len(t.Schema.Fields))
	for i := range all {
		all[i] = i
	}
	return t.write(w, all, demonstration)
}

// WriteRegister writes the register in canonical form as the file of a repository, where a column
// that nobody needs is left out. It writes the fields that the file has, and those of which a cell
// is not empty.
func (t *Table) WriteRegister(w io.Writer, has func(field int) bool) error {
	var fields []int
	for i := range t.Schema.Fields {
		if has(i) || slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Values[i] != "" }) {
			fields = append(fields, i)
		}
	}
	return t.write(w, fields, false)
}

// Has tells whether the file of the table has a field. A table that comes from no file has all.
func (t *Table) Has(field int) bool { return t.position == nil || t.position[field] >= 0 }

// write writes some fields of the register.
func (t *Table) write(w io.Writer, fields []int, demonstration bool) error {
	b := bufio.NewWriterSize(w, 64<<10)
	for i, f := range fields {
		writeCell(b, i, t.Schema.Fields[f].Name)
	}
	if demonstration {
		b.WriteString("," + Demonstration)
	}
	b.WriteByte('\n')
	for i := range t.Rows {
		for j, f := range fields {
			writeCell(b, j, t.Rows[i].Values[f])
		}
		if demonstration {
			b.WriteString(",true")
		}
		b.WriteByte('\n')
	}
	return b.Flush() // returns the first error of all writes
}

// writeCell writes the i-th cell of a row. It is quoted where CSV needs it, around outer
// spaces, which readers may trim, and if the row would begin with #, which makes it a comment
// in CSV on the Web, or the file with a byte order mark.
func writeCell(b *bufio.Writer, i int, s string) {
	if i > 0 {
		b.WriteByte(',')
	}
	if s == "" || !strings.ContainsAny(s, ",\"\n\r") && s[0] != ' ' && s[len(s)-1] != ' ' && (i > 0 || s[0] != '#' && !strings.HasPrefix(s, "\ufeff")) {
		b.WriteString(s)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(s, `"`, `""`))
	b.WriteByte('"')
}

// formulas are the first characters of what spreadsheet programs take for a formula (OWASP's page on CSV
// injection), and that by which Guarded keeps them from it.
const formulas = "=+-@\t\r\n'"

// Guarded is a text as a CSV for spreadsheet programs has it: with an apostrophe in front if they might take it
// for a formula.
func Guarded(text string) string {
	if text != "" && strings.IndexByte(formulas, text[0]) >= 0 {
		return "'" + text
	}
	return text
}

// Unguarded is a text without the apostrophe of Guarded.
func Unguarded(text string) string {
	if len(text) > 1 && text[0] == '\'' && strings.IndexByte(formulas, text[1]) >= 0 {
		return text[1:]
	}
	return text
}
