// Package workbook writes Excel workbooks (XLSX, ECMA-376) whose rows need not fit into memory.
//
//	b, err := workbook.New()
//	defer b.Close()
//	err = b.Describe(workbook.Properties{Title: "Текшерүүлөр"})
//	err = b.Sheet("findings", heads, widths, len(records), func(s *workbook.Sheet) error {
//		for _, r := range records {
//			s.Begin()
//			s.Text(b.Plain, r.ID)
//			s.Number(b.Day, r.Day)
//			s.End()
//		}
//		return nil
//	})
//	err = b.Write(w)
//
// The library excelize makes the workbook with the headings of its sheets only. Write puts the
// rows below them straight into the file, since the library would keep them all in memory.
// The same calls always give the same bytes.
package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"achyk/internal/zipped"
)

// Style is how a cell is shown. The zero Style is the default of spreadsheets.
type Style int

// Book is a workbook that is being written. [New] makes one.
type Book struct {
	Plain Style // at the top of the row, as all others
	Text  Style // a number in it stays text
	Long  Style // a text whose lines are broken
	Day   Style // 31.12.2026
	Time  Style // 31.12.2026 17:00
	Exact Style // 31.12.2026 17:00:30

	Free       Style // a text that may be changed in a form, where all else is locked
	FreeNumber Style // a number that may be changed in a form

	heading  Style
	decimals map[int]Style
	file     *excelize.File
	rows     map[string]func(*Sheet) error // write the rows below the heading, by the path of the sheet in the workbook
}

// New returns a workbook without sheets. Close has to be called in the end.
func New() (*Book, error) {
	b := &Book{file: excelize.NewFile(), rows: map[string]func(*Sheet) error{}, decimals: map[int]Style{}}
	if err := b.makeStyles(); err != nil {
		b.file.Close()
		return nil, err
	}
	return b, nil
}

// Close frees what the workbook holds.
func (b *Book) Close() error { return b.file.Close() }

func (b *Book) makeStyles() (err error) {
	style := func(s excelize.Style) (id Style) {
		if err == nil {
			id, err = b.style(&s)
		}
		return id
	}
	top := &excelize.Alignment{Vertical: "top"}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	format := func(f string) excelize.Style { return excelize.Style{CustomNumFmt: &f, Alignment: top} }
	const asText = 49 // the built-in format "@"
	b.heading = style(excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}, Alignment: wrapped,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}})
	b.Plain = style(excelize.Style{Alignment: top})
	b.Text = style(excelize.Style{NumFmt: asText, Alignment: top})
	b.Long = style(excelize.Style{NumFmt: asText, Alignment: wrapped})
	b.Day = style(format("dd.mm.yyyy"))
	b.Time = style(format("dd.mm.yyyy hh:mm"))
	b.Exact = style(format("dd.mm.yyyy hh:mm:ss"))
	free := &excelize.Protection{Locked: false}
	b.Free = style(excelize.Style{NumFmt: asText, Alignment: wrapped, Protection: free})
	b.FreeNumber = style(excelize.Style{Alignment: top, Protection: free})
	return err
}

func (b *Book) style(s *excelize.Style) (Style, error) {
	id, err := b.file.NewStyle(s)
	return Style(id), err
}

// Decimals returns the style of a number that shows so many decimals. A style has to exist
// before Write, so it must be asked for before the rows are written.
func (b *Book) Decimals(n int) (Style, error) {
	if style, ok := b.decimals[n]; ok {
		return style, nil
	}
	format := "0"
	if n > 0 {
		format += "." + strings.Repeat("0", n)
	}
	style, err := b.style(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}})
	b.decimals[n] = style
	return style, err
}

// Properties describe a workbook.
type Properties struct {
	Title, Description string
	Creator            string // also named as who changed it last
	Language           string // code of the title's language
	Version            string
	Made               time.Time // also the time of the last change
}

// Describe sets the properties of the workbook.
func (b *Book) Describe(p Properties) error {
	made := p.Made.UTC().Format(time.RFC3339)
	return b.file.SetDocProps(&excelize.DocProperties{
		Title: p.Title, Description: p.Description, Creator: p.Creator, LastModifiedBy: p.Creator,
		Created: made, Modified: made, Language: p.Language, Version: p.Version,
	})
}

// Sheet adds a sheet with a heading and a filter. widths are the least widths of its columns, in
// characters. Write calls put, which writes the given number of rows.
func (b *Book) Sheet(name string, heads []string, widths []float64, rows int, put func(*Sheet) error) error {
	columns := make([]Column, len(heads))
	for i, h := range heads {
		columns[i] = Column{Head: h, Width: widths[i]}
	}
	if err := b.add(name, put); err != nil {
		return err
	}
	return b.head(name, columns, rows)
}

// add adds an empty sheet, below whose heading Write writes rows.
func (b *Book) add(name string, put func(*Sheet) error) error {
	b.rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.rows)+1)] = put
	if len(b.rows) == 1 {
		return b.file.SetSheetName("Sheet1", name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// head writes the heading of a sheet, which comes last: the sheet cannot be changed afterwards.
func (b *Book) head(name string, columns []Column, rows int) error {
	last, err := excelize.CoordinatesToCellName(len(columns), rows+1)
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	s, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells, lines := make([]any, len(columns)), 1
	for i, c := range columns {
		cells[i] = c.Head
		width := max(c.Width, min(Longest(c.Head), 30)) + 2 // room for the button of the filter
		lines = max(lines, wrappedLines(c.Head, width))
		if err := errors.Join(s.SetColWidth(i+1, i+1, width), s.SetColStyle(i+1, i+1, int(c.Style))); err != nil {
			return err
		}
	}
	const lineHeight, highest = 15, excelize.MaxRowHeight // points
	if err := s.SetRow("A1", cells, excelize.RowOpts{StyleID: int(b.heading), Height: float64(min(lines*lineHeight, highest))}); err != nil {
		return err
	}
	return s.Flush()
}

// Write writes the workbook. It sorts its parts by name, because the library keeps them in a
// map and so writes them in a random order.
func (b *Book) Write(w io.Writer) error {
	parts := parts{}
	if err := b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return parts }).Write(io.Discard); err != nil {
		return err
	}
	archive := zipped.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		to, err := archive.Create(name)
		if err != nil {
			return err
		}
		made := parts[name].Bytes()
		if rows := b.rows[name]; rows != nil {
			err = fill(to, made, rows)
		} else {
			_, err = to.Write(made)
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

// parts are the files of a workbook, by name. It is what the library writes them to.
type parts map[string]*bytes.Buffer

// Create returns the writer of a part.
func (p parts) Create(name string) (io.Writer, error) {
	p[name] = &bytes.Buffer{}
	return p[name], nil
}

// AddFS is not called by the library.
func (parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close does nothing.
func (parts) Close() error { return nil }

// Names returns the names of sheets as Excel allows them: at most 31 characters, no two alike,
// and not History, which Excel reserves. The names are given in lower case and ASCII.
func Names(wanted []string) []string {
	var names []string
	for _, whole := range wanted {
		name := whole[:min(len(whole), 31)]
		for n := 2; name == "history" || slices.Contains(names, name); n++ {
			suffix := "-" + strconv.Itoa(n)
			name = whole[:min(len(whole), 31-len(suffix))] + suffix
		}
		names = append(names, name)
	}
	return names
}

// Longest counts the characters of the longest line of a text.
func Longest(s string) float64 {
	n := 0
	for line := range strings.Lines(s) {
		n = max(n, utf8.RuneCountInString(line))
	}
	return float64(n)
}

// wrappedLines counts the lines that a text takes in a column of so many characters.
func wrappedLines(s string, width float64) int {
	n := 0
	for line := range strings.Lines(s) {
		n += 1 + utf8.RuneCountInString(strings.TrimSuffix(line, "\n"))/int(width)
	}
	return n
}

// Serial returns the number of a day in spreadsheets. It returns false for days before March
// 1900, because Excel counts a 29 February 1900 and other spreadsheets do not.
func Serial(day string) (int, bool) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || day < "1900-03-01" {
		return 0, false
	}
	return int((t.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()) / (24 * 60 * 60)), true
}
