// Package sheet reads spreadsheets as offices save them: CSV in the encodings and with the
// separators that spreadsheet programs write, XLSX (ECMA-376) and ODS (OpenDocument 1.3).
//
// It returns the cells of every sheet with the kind that the program gave them, and what is not in
// the cells but changes how they must be read: merged cells, hidden rows, columns and sheets. It knows
// nothing of registers, except that a caller tells which headings it knows: by them, and not by
// statistics, a CSV's separator is found. A wrong guess would shift every cell.
//
// The package has readers of its own, because the library that writes workbooks would add 1.3 MB to
// the program that a page loads, and because no library tells of hidden rows in both formats.
// Formulas are not computed: a cell has the value that was saved with it.
package sheet

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// Kind says what a spreadsheet program took a cell for.
type Kind uint8

// The kinds of cells. In a CSV all cells are texts.
const (
	Text    Kind = iota
	Number       // digits with a decimal point: -1234.5
	Time         // 2026-03-01, or 2026-03-01T17:00:30 without a zone
	Truth        // true or false
	Percent      // a number that is shown a hundred times as large, with a sign: 0.8462 for 84.62 %
	Clock        // a time without a day, or how long something takes: 9:30, 36:00 or 9:30:15, as it is shown
)

// Cell is a cell with its value. The zero Cell is empty.
type Cell struct {
	Kind  Kind
	Text  string
	Shown string // of a Number whose format says how many digits are shown: 4.10, where Text is 4.1; else empty
}

// Area is a rectangle of cells, from its upper left to its lower right one.
type Area struct{ From, To source.Cell }

// Sheet is a table of cells. A row's number in the spreadsheet is its index plus one.
type Sheet struct {
	Name          string // empty in a CSV
	Rows          [][]Cell
	Hidden        []int  // numbers of hidden rows that are not empty
	HiddenColumns []int  // numbers of hidden columns
	Merged        []Area // cells of which only the first has a value
	Veiled        bool   // the sheet is hidden
}

// Cell returns the cell of a row and column, both counted from 1.
func (s *Sheet) Cell(row, column int) Cell {
	if row > len(s.Rows) || column > len(s.Rows[row-1]) {
		return Cell{}
	}
	return s.Rows[row-1][column-1]
}

// Covered tells whether a cell is merged with another one, which has the value of both.
func (s *Sheet) Covered(at source.Cell) bool {
	return slices.ContainsFunc(s.Merged, func(a Area) bool {
		return at != a.From && a.From.Row <= at.Row && at.Row <= a.To.Row && a.From.Column <= at.Column && at.Column <= a.To.Column
	})
}

// Set gives a cell within the rows of the sheet a text.
func (s *Sheet) Set(row, column int, text string) {
	if row < 1 || row > len(s.Rows) || column < 1 {
		return
	}
	cells := slices.Clone(s.Rows[row-1]) // rows that are alike or follow each other share their memory
	for len(cells) < column {
		cells = append(cells, Cell{})
	}
	cells[column-1] = Cell{Text: text}
	s.Rows[row-1] = cells
}

// Form is the format of a file.
type Form string

// The formats that are read.
const (
	CSV  Form = "csv"
	XLSX Form = "xlsx"
	ODS  Form = "ods"
)

// Book is a file of sheets.
type Book struct {
	Form     Form
	Encoding string // of a CSV: utf-8, utf-16 or windows-1251
	Comma    byte   // of a CSV: what stands between cells
	Sheets   []Sheet
}

// Read reads a spreadsheet. known tells whether a text is the heading of a column. Without a book,
// the findings say why.
func Read(f *source.File, known func(heading string) bool) (*Book, diag.List) {
	if len(f.Data) > limits.Register {
		return nil, refuse(f, diag.OverLimit, diag.Args{"what": diag.Phrase("limit.file-size"), "have": len(f.Data) >> 10, "limit": limits.Register >> 10, "key": ""})
	}
	base, image := path.Base(f.Path), picture(f.Data)
	switch {
	case strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".~lock."): // beside a workbook that is open
		return nil, refuse(f, diag.SheetDamaged, diag.Args{"why": "lock"})
	case len(bytes.Trim(f.Data, "\ufeff \r\n\t")) == 0:
		return nil, refuse(f, diag.SheetDamaged, diag.Args{"why": "empty"})
	case image != "":
		return nil, refuse(f, diag.SheetForm, diag.Args{"value": image})
	case bytes.HasPrefix(f.Data, []byte("PK\x03\x04")):
		return readArchive(f)
	case bytes.HasPrefix(f.Data, compound) && bytes.Contains(f.Data, encrypted):
		return nil, refuse(f, diag.SheetLocked, diag.Args{})
	case bytes.HasPrefix(f.Data, compound): // Excel to 2003
		return nil, refuse(f, diag.SheetForm, diag.Args{"value": "XLS"})
	case bytes.HasPrefix(f.Data, []byte("%PDF")):
		return nil, refuse(f, diag.SheetForm, diag.Args{"value": "PDF"})
	case bytes.HasPrefix(bytes.TrimLeft(f.Data, "\ufeff \r\n\t"), []byte("<")): // programs of banks and accountants call such files .xls
		return nil, refuse(f, diag.SheetForm, diag.Args{"value": "HTML, XML"})
	}
	return readCSV(f, known)
}

// picture returns the format of a picture, by how it begins, or "".
func picture(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		return "JPEG"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n")):
		return "PNG"
	case len(data) > 12 && string(data[4:8]) == "ftyp":
		return "HEIC, MP4"
	}
	return ""
}

// compound is how files of Microsoft's compound format begin, in which a workbook with a password also
// lies, as a stream that has the name EncryptedPackage in UTF-16.
var (
	compound  = []byte("\xD0\xCF\x11\xE0")
	encrypted = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// refuse makes the finding on a file that cannot be read.
func refuse(f *source.File, code diag.Code, args diag.Args) diag.List {
	return diag.List{{Code: code, Path: f.Path, Args: args}} // no excerpt: the file may be binary
}

// The last row and column of a sheet in Excel and in LibreOffice.
const (
	lastRow    = 1 << 20
	lastColumn = 1 << 14
)

// CellAt returns the place of an address such as D14, up to the last column and row of Excel. A malformed
// one is the zero Cell.
func CellAt(address string) source.Cell {
	address = strings.ToUpper(address)
	digits := strings.TrimLeft(address, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	column := 0
	for _, letter := range address[:len(address)-len(digits)] {
		column = min(column*26+int(letter-'A')+1, lastColumn+1) // of very many letters
	}
	row, err := strconv.Atoi(digits)
	if column < 1 || column > lastColumn || err != nil || digits[0] < '1' || row > lastRow { // +5 is a number too
		return source.Cell{}
	}
	return source.Cell{Row: row, Column: column}
}
