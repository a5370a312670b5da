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

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// The sheets beside the registers', called so in all three languages; no register has
// such a name.
const (
	contentsSheet   = "Мазмуну · Содержание · Contents"
	dictionarySheet = "Сөздүк · Словарь · Dictionary"
)

// xlsx writes the register as a workbook: its records, then what its columns mean.
//
// Headings say the title in Kyrgyz, Russian and English, a line each, so that one file
// serves every reader; the dictionary has the names of the other forms. Numbers, days,
// times and truths are cells of those types; a number shows the decimals it has in the
// register. Everything else is text, above all ids and digits that are no number, and
// so are days before March 1900, about which spreadsheets disagree, and times of other
// places.
func (r register) xlsx(w io.Writer) error {
	return r.o.book(w, r.Schema.Title, r.m, []register{r}, false)
}

// workbook writes all registers of a municipality, a sheet each, with a list of them.
func (o Options) workbook(w io.Writer, m *jme.Municipality) error {
	var registers []register
	for _, t := range m.Tables {
		registers = append(registers, register{t, m, o})
	}
	return o.book(w, m.Settings.Name, m, registers, true)
}

func (o Options) book(w io.Writer, title locale.Text, m *jme.Municipality, registers []register, contents bool) error {
	b := &book{Options: o, file: excelize.NewFile(), decimals: map[int]int{}}
	defer b.file.Close() // large sheets wait in temporary files
	if err := b.begin(title, m); err != nil {
		return err
	}
	names := sheetNames(registers)
	if contents {
		if err := b.contents(m, registers, names); err != nil {
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

// book is a workbook that is being made.
type book struct {
	Options
	file     *excelize.File
	sheets   int
	decimals map[int]int // styles of numbers by their decimals

	head, plain, text, long, day, time, exact int // styles; in long texts lines break
}

// begin sets what is true of the whole workbook.
func (b *book) begin(title locale.Text, m *jme.Municipality) (err error) {
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
		Title: title.In(locale.Ky), Creator: m.Settings.Name.In(locale.Ky), LastModifiedBy: m.Settings.Name.In(locale.Ky),
		Created: made, Modified: made, Language: locale.Ky.String(), Version: b.Version(),
	}
	if b.Data.Site.Demonstration {
		p.Description = locale.For(locale.Ky).T("opendata.demonstration.meaning")
	}
	return b.file.SetDocProps(p)
}

// sheet begins the next sheet: heading, filter, and the rows that come by put.
func (b *book) sheet(name string, heads []string, widths []float64, rows int, put func(row func(cells []any) error) error) error {
	if b.sheets++; b.sheets == 1 {
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
		widths[i] = max(widths[i], min(longest(h), 30)) + 2 // the filter's button wants room
		lines = max(lines, wrappedLines(h, widths[i]))
		if err := s.SetColWidth(i+1, i+1, widths[i]); err != nil {
			return err
		}
	}
	const lineHeight = 15 // points
	if err := s.SetRow("A1", cells, excelize.RowOpts{StyleID: b.head, Height: float64(lines * lineHeight)}); err != nil {
		return err
	}
	n := 1
	err = put(func(cells []any) error {
		n++
		return s.SetRow("A"+strconv.Itoa(n), cells)
	})
	if err != nil {
		return err
	}
	return s.Flush()
}

// records makes the sheet of a register.
func (b *book) records(r register, name string) error {
	if err := refused(r.Table); err != nil {
		return err
	}
	s := r.Schema
	var heads []string
	for i := range s.Fields {
		heads = append(heads, lines(*describe(s, i).Titles))
	}
	widths := make([]float64, len(heads), len(heads)+1)
	for i := range r.Rows {
		for j, v := range r.Rows[i].Values {
			if len(v) > int(widths[j]) {
				widths[j] = max(widths[j], min(longest(v), 60))
			}
		}
	}
	if r.invented() {
		heads, widths = append(heads, lines(*demonstrationField().Titles)), append(widths, 0)
	}
	cells := make([]any, len(heads))
	return b.sheet(name, heads, widths, len(r.Rows), func(row func([]any) error) error {
		for i := range r.Rows {
			for j, v := range r.Rows[i].Values {
				cell, err := b.cell(s.Columns[s.Fields[j].Column].Type, v)
				if err != nil {
					return fmt.Errorf("record %q, column %s: %w", r.Rows[i].Key, s.Fields[j].Name, err)
				}
				cells[j] = cell
			}
			if r.invented() {
				cells[len(cells)-1] = excelize.Cell{StyleID: b.plain, Value: true}
			}
			if err := row(cells); err != nil {
				return err
			}
		}
		return nil
	})
}

// cell is the typed cell of a value, nil for none.
func (b *book) cell(t table.Type, v string) (any, error) {
	if v == "" {
		return nil, nil
	}
	text := excelize.Cell{StyleID: b.text, Value: v}
	switch t {
	case table.Integer, table.Year, table.Number, table.Money:
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return nil, err
		}
		style, err := b.number(v)
		return excelize.Cell{StyleID: style, Value: n}, err
	case table.Boolean:
		return excelize.Cell{StyleID: b.plain, Value: v == "true"}, nil
	case table.Date:
		if n, ok := serial(v); ok {
			return excelize.Cell{StyleID: b.day, Value: n}, nil
		}
	case table.DateTime:
		day, clock, ok := local(v)
		n, late := serial(day)
		if !ok || !late {
			return text, nil
		}
		style, layout := b.time, "15:04"
		if len(clock) > len(layout) {
			style, layout = b.exact, "15:04:05"
		}
		at, err := time.Parse(layout, clock)
		if err != nil {
			return nil, err
		}
		seconds := at.Hour()*3600 + at.Minute()*60 + at.Second()
		return excelize.Cell{StyleID: style, Value: float64(n) + float64(seconds)/(24*60*60)}, nil
	case table.Text:
		text.StyleID = b.long
	}
	return text, nil
}

// number is the style that shows the decimals of a number.
func (b *book) number(v string) (int, error) {
	_, fraction, _ := strings.Cut(v, ".")
	if style, ok := b.decimals[len(fraction)]; ok {
		return style, nil
	}
	format := "0"
	if fraction != "" {
		format += "." + strings.Repeat("0", len(fraction))
	}
	style, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}})
	b.decimals[len(fraction)] = style
	return style, err
}

// serial is the number of a day in spreadsheets, where they agree: Excel has a 29
// February 1900, others do not.
func serial(day string) (int, bool) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || day < "1900-03-01" {
		return 0, false
	}
	return int((t.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()) / (24 * 60 * 60)), true
}

// dictionary makes the sheet that explains every column and, below it, its words.
func (b *book) dictionary(registers []register, names []string) error {
	heads := []string{
		every("register"), every("column"), every("word"), every("type"), every("required"),
		in(locale.Ky, "title"), in(locale.Ru, "title"), in(locale.En, "title"),
		in(locale.Ky, "meaning"), in(locale.Ru, "meaning"), in(locale.En, "meaning"), every("unit"),
	}
	var rows [][]any
	add := func(sheet, column, word, kind string, required any, title, description locale.Text, unit string) {
		rows = append(rows, b.words(sheet, column, word, kind, required, title.Ky, title.Ru, title.En, description.Ky, description.Ru, description.En, unit))
	}
	for i, r := range registers {
		for j, f := range r.Schema.Fields {
			c := &r.Schema.Columns[f.Column]
			add(names[i], f.Name, "", string(c.Type), r.Schema.Required(j), *describe(r.Schema, j).Titles, c.Description, c.Unit)
			for _, v := range c.Values {
				add(names[i], f.Name, v.Code, "", nil, v.Label, locale.Text{}, "")
			}
		}
		if r.invented() {
			d := demonstrationField()
			add(names[i], d.Name, "", string(table.Boolean), true, *d.Titles, *d.Descriptions, "")
		}
	}
	widths := []float64{18, 20, 16, 12, 10, 30, 30, 30, 60, 60, 60, 8}
	return b.sheet(dictionarySheet, heads, widths, len(rows), each(rows))
}

// contents makes the sheet that lists the others, and says whose data it is.
func (b *book) contents(m *jme.Municipality, registers []register, names []string) error {
	heads := []string{every("sheet"), every("records"), in(locale.Ky, "title"), in(locale.Ru, "title"), in(locale.En, "title"),
		in(locale.Ky, "meaning"), in(locale.Ru, "meaning"), in(locale.En, "meaning")}
	var rows [][]any
	for i, r := range registers {
		s := r.Schema
		rows = append(rows, b.words(names[i], len(r.Rows), s.Title.Ky, s.Title.Ru, s.Title.En, s.Description.Ky, s.Description.Ru, s.Description.En))
	}
	var origin locale.Text
	for _, l := range locale.Langs {
		p := locale.For(l)
		said := b.origin(p, m)
		if b.Data.Site.Demonstration {
			said = slices.Insert(said, 0, p.T("opendata.demonstration.meaning"))
		}
		origin.Set(l, strings.Join(said, "\n"))
	}
	name := m.Settings.Name
	rows = append(rows, b.words("", nil, name.Ky, name.Ru, name.En, origin.Ky, origin.Ru, origin.En))
	widths := []float64{20, 10, 36, 36, 36, 60, 60, 60}
	return b.sheet(contentsSheet, heads, widths, len(rows), each(rows))
}

// words makes a row of texts, numbers and truths.
func (b *book) words(cells ...any) []any {
	for i, c := range cells {
		if s, ok := c.(string); ok {
			if cells[i] = any(excelize.Cell{StyleID: b.long, Value: s}); s == "" {
				cells[i] = nil
			}
		}
	}
	return cells
}

func each(rows [][]any) func(func([]any) error) error {
	return func(put func([]any) error) error {
		for _, cells := range rows {
			if err := put(cells); err != nil {
				return err
			}
		}
		return nil
	}
}

// write writes the workbook. Its parts are put in the order of their names, for the
// library keeps them in a map.
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
		if err := sorted.Copy(f); err != nil {
			return err
		}
	}
	return sorted.Close()
}

// sheetNames are the registers' names as Excel allows them: 31 characters, each once
// whatever the case, and not its own word History.
func sheetNames(registers []register) []string {
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

// lines is a text in its languages, a line each; what two have in common is said once.
func lines(t locale.Text) string {
	var said []string
	for _, l := range locale.Langs {
		if s := t.In(l); !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	return strings.Join(said, "\n")
}

// every is a heading in all languages, in in one.
func every(key string) string { return lines(locale.Every("opendata.sheet." + key)) }

func in(l locale.Lang, key string) string { return locale.For(l).T("opendata.sheet." + key) }

// longest counts the characters of a text's longest line.
func longest(s string) float64 {
	n := 0
	for line := range strings.Lines(s) {
		n = max(n, utf8.RuneCountInString(line))
	}
	return float64(n)
}

// wrappedLines counts the lines a text takes in a column of some characters.
func wrappedLines(s string, width float64) int {
	n := 0
	for line := range strings.Lines(s) {
		n += 1 + utf8.RuneCountInString(strings.TrimSuffix(line, "\n"))/int(width)
	}
	return n
}
