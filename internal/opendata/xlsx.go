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
//
// The library makes the workbook with the headings of its sheets. The rows below them are
// written straight into the file, one after another, so that memory does not grow with
// them; the library would keep all.
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
	b := &book{Options: o, file: excelize.NewFile(), rows: map[string]func(*sheet) error{}, decimals: map[int]int{}}
	defer b.file.Close()
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
	rows     map[string]func(*sheet) error // below the heading, by the name of the sheet's part
	decimals map[int]int                   // styles of numbers by their decimals

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

// sheet makes the next sheet with its heading and filter, for a number of rows that put
// will write.
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
		widths[i] = max(widths[i], min(longest(h), 30)) + 2 // the filter's button wants room
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
			if v != "" && counted(s.Columns[s.Fields[j].Column].Type) {
				if _, err := b.number(v); err != nil { // styles stand before the rows that have them
					return err
				}
			}
		}
	}
	if r.invented() {
		heads, widths = append(heads, lines(*demonstrationField().Titles)), append(widths, 0)
	}
	return b.sheet(name, heads, widths, len(r.Rows), func(to *sheet) error {
		for i := range r.Rows {
			to.begin()
			for j, v := range r.Rows[i].Values {
				if err := b.cell(to, s.Columns[s.Fields[j].Column].Type, v); err != nil {
					return fmt.Errorf("record %q, column %s: %w", r.Rows[i].Key, s.Fields[j].Name, err)
				}
			}
			if r.invented() {
				to.truth(b.plain, true)
			}
			to.end()
		}
		return nil
	})
}

// cell writes the typed cell of a value, none for none.
func (b *book) cell(to *sheet, t table.Type, v string) error {
	if v == "" {
		to.none()
		return nil
	}
	style := b.text
	switch {
	case counted(t):
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return err
		}
		style, err := b.number(v)
		to.number(style, n)
		return err
	case t == table.Boolean:
		to.truth(b.plain, v == "true")
		return nil
	case t == table.Date:
		if n, ok := serial(v); ok {
			to.number(b.day, float64(n))
			return nil
		}
	case t == table.DateTime:
		day, clock, ok := local(v)
		n, late := serial(day)
		if !ok || !late {
			break
		}
		style, layout := b.time, "15:04"
		if len(clock) > len(layout) {
			style, layout = b.exact, "15:04:05"
		}
		at, err := time.Parse(layout, clock)
		if err != nil {
			return err
		}
		seconds := at.Hour()*3600 + at.Minute()*60 + at.Second()
		to.number(style, float64(n)+float64(seconds)/(24*60*60))
		return nil
	case t == table.Text:
		style = b.long
	}
	to.text(style, v)
	return nil
}

// counted tells whether cells of a type are numbers.
func counted(t table.Type) bool { return t.Numeric() || t == table.Year }

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
		rows = append(rows, []any{sheet, column, word, kind, required, title.Ky, title.Ru, title.En, description.Ky, description.Ru, description.En, unit})
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
	return b.sheet(dictionarySheet, heads, widths, len(rows), b.words(rows))
}

// contents makes the sheet that lists the others, and says whose data it is.
func (b *book) contents(m *jme.Municipality, registers []register, names []string) error {
	heads := []string{every("sheet"), every("records"), in(locale.Ky, "title"), in(locale.Ru, "title"), in(locale.En, "title"),
		in(locale.Ky, "meaning"), in(locale.Ru, "meaning"), in(locale.En, "meaning")}
	var rows [][]any
	for i, r := range registers {
		s := r.Schema
		rows = append(rows, []any{names[i], len(r.Rows), s.Title.Ky, s.Title.Ru, s.Title.En, s.Description.Ky, s.Description.Ru, s.Description.En})
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
	rows = append(rows, []any{"", nil, name.Ky, name.Ru, name.En, origin.Ky, origin.Ru, origin.En})
	widths := []float64{20, 10, 36, 36, 36, 60, 60, 60}
	return b.sheet(contentsSheet, heads, widths, len(rows), b.words(rows))
}

// words writes rows of texts, numbers and truths.
func (b *book) words(rows [][]any) func(*sheet) error {
	return func(to *sheet) error {
		for _, cells := range rows {
			to.begin()
			for _, c := range cells {
				switch c := c.(type) {
				case int:
					to.number(0, float64(c))
				case bool:
					to.truth(0, c)
				case string:
					if c != "" {
						to.text(b.long, c)
						break
					}
					to.none()
				default:
					to.none()
				}
			}
			to.end()
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
