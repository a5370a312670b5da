package table

import (
	"bufio"
	"io"
	"strings"
)

// WriteCSV writes the register in canonical form. With demonstration a last column of that
// name says in every row that the data is invented.
func (t *Table) WriteCSV(w io.Writer, demonstration bool) error {
	b := bufio.NewWriterSize(w, 64<<10)
	for i, f := range t.Schema.Fields {
		writeCell(b, i, f.Name)
	}
	if demonstration {
		b.WriteString("," + Demonstration)
	}
	b.WriteByte('\n')
	for i := range t.Rows {
		for j, v := range t.Rows[i].Values {
			writeCell(b, j, v)
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
