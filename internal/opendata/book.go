package opendata

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"achyk/internal/locale"
)

// book writes a workbook of some registers. If contents is true, its first sheet lists the
// others.
func (t town) book(w io.Writer, title locale.Text, registers []*register, contents bool) error {
	b := &book{town: t, file: excelize.NewFile(), rows: map[string]func(*sheet) error{}, decimals: map[int]int{}}
	defer b.file.Close()
	if err := b.begin(title); err != nil {
		return err
	}
	names := sheetNames(registers)
	if contents {
		if err := b.contents(registers, names); err != nil {
			return err
		}
	}
	for i, r := range registers {
		if err := b.records(r, names[i]); err != nil {
			return err
		}
	}
	if err := b.dictionary(registers, names); err != nil {
		return err
	}
	return b.write(w)
}

// book is a workbook that is being written.
type book struct {
	town
	file     *excelize.File
	rows     map[string]func(*sheet) error // write the rows below the heading, by the path of the sheet in the workbook
	decimals map[int]int                   // styles of numbers by how many decimals they show

	head, plain, text, long, day, time, exact int // styles; long breaks its lines
}

// begin makes the styles and sets the properties of the workbook.
func (b *book) begin(title locale.Text) (err error) {
	style := func(s excelize.Style) (id int) {
		if err == nil {
			id, err = b.file.NewStyle(&s)
		}
		return id
	}
	top := &excelize.Alignment{Vertical: "top"}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	format := func(f string) excelize.Style { return excelize.Style{CustomNumFmt: &f, Alignment: top} }
	const asText = 49 // the built-in format "@"
	b.head = style(excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}, Alignment: wrapped,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}})
	b.plain = style(excelize.Style{Alignment: top})
	b.text = style(excelize.Style{NumFmt: asText, Alignment: top})
	b.long = style(excelize.Style{NumFmt: asText, Alignment: wrapped})
	b.day = style(format("dd.mm.yyyy"))
	b.time = style(format("dd.mm.yyyy hh:mm"))
	b.exact = style(format("dd.mm.yyyy hh:mm:ss"))
	if err != nil {
		return err
	}
	made := b.AsOf.UTC().Format(time.RFC3339)
	p := &excelize.DocProperties{
		Title: title.In(locale.Ky), Creator: b.m.Settings.Name.In(locale.Ky), LastModifiedBy: b.m.Settings.Name.In(locale.Ky),
		Created: made, Modified: made, Language: locale.Ky.String(), Version: b.Version(),
	}
	if b.invented() {
		p.Description = locale.For(locale.Ky).T("opendata.demonstration.meaning")
	}
	return b.file.SetDocProps(p)
}

// sheet makes the next sheet with its heading and filter. write calls put later, which writes
// the given number of rows.
func (b *book) sheet(name string, heads []string, widths []float64, rows int, put func(*sheet) error) error {
	b.rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.rows)+1)] = put
	if len(b.rows) == 1 {
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(heads), rows+1)
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
	cells, lines := make([]any, len(heads)), 1
	for i, h := range heads {
		cells[i] = h
		widths[i] = max(widths[i], min(longest(h), 30)) + 2 // room for the button of the filter
		lines = max(lines, wrappedLines(h, widths[i]))
		if err := s.SetColWidth(i+1, i+1, widths[i]); err != nil {
			return err
		}
	}
	const lineHeight, highest = 15, excelize.MaxRowHeight // points
	if err := s.SetRow("A1", cells, excelize.RowOpts{StyleID: b.head, Height: float64(min(lines*lineHeight, highest))}); err != nil {
		return err
	}
	return s.Flush()
}

// write writes the workbook. It sorts its parts by name, because the library keeps them in a
// map and so writes them in a random order.
func (b *book) write(w io.Writer) error {
	buffer, err := b.file.WriteToBuffer()
	if err != nil {
		return err
	}
	parts, err := zip.NewReader(bytes.NewReader(buffer.Bytes()), int64(buffer.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(parts.File, func(x, y *zip.File) int { return strings.Compare(x.Name, y.Name) })
	sorted := zip.NewWriter(w)
	for _, f := range parts.File {
		if rows := b.rows[f.Name]; rows != nil {
			err = fill(sorted, f, rows)
		} else {
			err = sorted.Copy(f)
		}
		if err != nil {
			return err
		}
	}
	return sorted.Close()
}

// sheetNames returns the names of the registers as Excel allows them for sheets: at most 31
// characters, no two alike, and not History, which Excel reserves.
func sheetNames(registers []*register) []string {
	var names []string
	for _, r := range registers {
		name := r.Schema.Name[:min(len(r.Schema.Name), 31)] // ASCII
		for n := 2; name == "history" || slices.Contains(names, name); n++ {
			suffix := "-" + strconv.Itoa(n)
			name = r.Schema.Name[:min(len(r.Schema.Name), 31-len(suffix))] + suffix
		}
		names = append(names, name)
	}
	return names
}

// lines returns a text in its three languages, a line each. Equal lines stand once.
func lines(t locale.Text) string {
	var said []string
	for _, l := range locale.Langs {
		if s := t.In(l); !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	return strings.Join(said, "\n")
}

// every returns a heading in all languages.
func every(key string) string { return lines(locale.Every("opendata.sheet." + key)) }

// in returns a heading in one language.
func in(l locale.Lang, key string) string { return locale.For(l).T("opendata.sheet." + key) }

// longest counts the characters of the longest line of a text.
func longest(s string) float64 {
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
