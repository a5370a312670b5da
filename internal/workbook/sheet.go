package workbook

import (
	"bufio"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// fill writes a sheet that has only its heading, and adds the rows below it.
func fill(part io.Writer, made []byte, rows func(*Sheet) error) error {
	const end = "</sheetData>"
	heading, rest, _ := strings.Cut(string(made), end)
	to := &Sheet{to: bufio.NewWriterSize(part, 32<<10), row: 1}
	to.to.WriteString(heading)
	if err := rows(to); err != nil {
		return err
	}
	to.to.WriteString(end + rest)
	return to.to.Flush() // a bufio.Writer keeps its first error until here
}

// Sheet writes a sheet cell by cell as SpreadsheetML (ECMA-376 part 1, 18.3.1). Cells are
// written from left to right.
type Sheet struct {
	to          *bufio.Writer
	row, column int // of the cell written last, counted from 1
}

// Begin begins the next row.
func (s *Sheet) Begin() {
	s.row, s.column = s.row+1, 0
	s.to.WriteString(`<row r="`)
	s.int(s.row)
	s.to.WriteString(`">`)
}

// End ends a row.
func (s *Sheet) End() { s.to.WriteString("</row>") }

// None skips a cell.
func (s *Sheet) None() { s.column++ }

// Empty writes a cell without a value.
func (s *Sheet) Empty(style Style) {
	s.cell(style, "")
	s.to.WriteString("</c>")
}

// Number writes a cell with a number.
func (s *Sheet) Number(style Style, n float64) {
	s.cell(style, "")
	s.to.WriteString("<v>")
	s.to.Write(strconv.AppendFloat(s.to.AvailableBuffer(), n, 'f', -1, 64))
	s.to.WriteString("</v></c>")
}

// Truth writes a cell with a boolean.
func (s *Sheet) Truth(style Style, v bool) {
	s.cell(style, ` t="b"`)
	if v {
		s.to.WriteString("<v>1</v></c>")
	} else {
		s.to.WriteString("<v>0</v></c>")
	}
}

// Text writes a cell with a text.
func (s *Sheet) Text(style Style, v string) {
	s.cell(style, ` t="inlineStr"`)
	s.to.WriteString("<is><t")
	if strings.Trim(v, " \t\r\n") != v {
		s.to.WriteString(` xml:space="preserve"`)
	}
	s.to.WriteString(">")
	xmlEscape.WriteString(s.to, underscored(v))
	s.to.WriteString("</t></is></c>")
}

// cell writes the opening tag of the next cell.
func (s *Sheet) cell(style Style, kind string) {
	s.column++
	name, _ := excelize.ColumnNumberToName(s.column) // cannot fail: the heading has as many columns
	s.to.WriteString(`<c r="`)
	s.to.WriteString(name)
	s.int(s.row)
	if style > 0 {
		s.to.WriteString(`" s="`)
		s.int(int(style))
	}
	s.to.WriteString(`"`)
	s.to.WriteString(kind)
	s.to.WriteString(">")
}

func (s *Sheet) int(n int) { s.to.Write(strconv.AppendInt(s.to.AvailableBuffer(), int64(n), 10)) }

// xmlEscape escapes the characters of XML's own syntax, and those that a reader of XML would
// turn into a space or a line feed.
var xmlEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "\t", "&#x9;", "\r", "&#xD;")

var characterCode = regexp.MustCompile("_x[0-9A-Fa-f]{4}_")

// underscored escapes the first underscore of a text like _x0041_, which Excel would read as
// the character with that code (ECMA-376 part 1, 22.9.2.19).
func underscored(s string) string {
	var b strings.Builder
	for at := characterCode.FindStringIndex(s); at != nil; at = characterCode.FindStringIndex(s) {
		b.WriteString(s[:at[0]] + "_x005F_")
		s = s[at[0]+1:]
	}
	return b.String() + s
}
