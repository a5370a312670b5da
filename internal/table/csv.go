package table

import (
	"bufio"
	"io"
	"strings"
)

// WriteCSV writes the register in canonical form. With demonstration every row says
// that its data is invented, in a last column of that name.
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
	return b.Flush() // a bufio.Writer keeps its first error until here
}

// writeCell writes a row's cell. It quotes where CSV needs it, and where a reader might
// trim: outer spaces, or take the row for a comment: # at its start, as CSV on the Web does.
func writeCell(b *bufio.Writer, i int, s string) {
	if i > 0 {
		b.WriteByte(',')
	}
	if s == "" || !strings.ContainsAny(s, ",\"\n\r") && s[0] != ' ' && s[len(s)-1] != ' ' && (i > 0 || s[0] != '#') {
		b.WriteString(s)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(s, `"`, `""`))
	b.WriteByte('"')
}
