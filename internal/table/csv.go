package table

import (
	"bufio"
	"io"
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
// that nobody needs is left out. It writes the columns that the file of the table like has, and
// those with a cell that is not empty.
func (t *Table) WriteRegister(w io.Writer, like *Table) error {
	var fields []int
	for i := range t.Schema.Fields {
		has := like.position == nil || like.position[i] >= 0
		for j := 0; j < len(t.Rows) && !has; j++ {
			has = t.Rows[j].Values[i] != ""
		}
		if has {
			fields = append(fields, i)
		}
	}
	return t.write(w, fields, false)
}

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
