package opendata

import (
	"archive/zip"
	"bufio"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// fill copies a sheet that has only its heading to the archive, and adds the rows below it.
func fill(archive *zip.Writer, f *zip.File, rows func(*sheet) error) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	made, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	part, err := archive.Create(f.Name)
	if err != nil {
		return err
	}
	const end = "</sheetData>"
	heading, rest, _ := strings.Cut(string(made), end)
	to := &sheet{Writer: bufio.NewWriterSize(part, 32<<10), row: 1}
	to.WriteString(heading)
	if err := rows(to); err != nil {
		return err
	}
	to.WriteString(end + rest)
	return to.Flush() // a bufio.Writer keeps its first error until here
}

// sheet writes a sheet cell by cell as SpreadsheetML (ECMA-376 part 1, 18.3.1). Style 0 is the
// default style.
type sheet struct {
	*bufio.Writer
	row, column int // of the cell written last, counted from 1
}

// begin begins the next row.
func (s *sheet) begin() {
	s.row, s.column = s.row+1, 0
	s.WriteString(`<row r="`)
	s.int(s.row)
	s.WriteString(`">`)
}

// end ends a row.
func (s *sheet) end() { s.WriteString("</row>") }

// none skips a cell.
func (s *sheet) none() { s.column++ }

// number writes a cell with a number.
func (s *sheet) number(style int, n float64) {
	s.cell(style, "")
	s.WriteString("<v>")
	s.Write(strconv.AppendFloat(s.AvailableBuffer(), n, 'f', -1, 64))
	s.WriteString("</v></c>")
}

// truth writes a cell with a boolean.
func (s *sheet) truth(style int, v bool) {
	s.cell(style, ` t="b"`)
	if v {
		s.WriteString("<v>1</v></c>")
	} else {
		s.WriteString("<v>0</v></c>")
	}
}

// text writes a cell with a text.
func (s *sheet) text(style int, v string) {
	s.cell(style, ` t="inlineStr"`)
	s.WriteString("<is><t")
	if strings.Trim(v, " \t\r\n") != v {
		s.WriteString(` xml:space="preserve"`)
	}
	s.WriteString(">")
	xmlEscape.WriteString(s, underscored(v))
	s.WriteString("</t></is></c>")
}

// cell writes the opening tag of the next cell.
func (s *sheet) cell(style int, kind string) {
	s.column++
	name, _ := excelize.ColumnNumberToName(s.column) // cannot fail: the heading has as many columns
	s.WriteString(`<c r="`)
	s.WriteString(name)
	s.int(s.row)
	if style > 0 {
		s.WriteString(`" s="`)
		s.int(style)
	}
	s.WriteString(`"`)
	s.WriteString(kind)
	s.WriteString(">")
}

func (s *sheet) int(n int) { s.Write(strconv.AppendInt(s.AvailableBuffer(), int64(n), 10)) }

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
