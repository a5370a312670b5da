package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"

	"achyk/internal/limits"
	"achyk/internal/source"
)

// ods reads the sheets of a document by OpenDocument 1.3 part 3, clauses 9 and 19.
func (a *archive) ods() (sheets []Sheet, err error) {
	if a.encrypted() {
		return nil, errLocked
	}
	o := &odsReader{tally: a.tally, b: builder{tally: a.tally}, veiled: map[string]bool{}, numbers: map[string]format{}, shown: map[string]format{}}
	if err := a.walk("content.xml", o.start, o.end, o.text); err != nil {
		return nil, err
	}
	return o.sheets, nil
}

// encrypted tells whether the manifest says that the content is encrypted.
func (a *archive) encrypted() (locked bool) {
	if !a.has("META-INF/manifest.xml") {
		return false
	}
	err := a.walk("META-INF/manifest.xml", func(e xml.StartElement) {
		locked = locked || e.Name.Local == "encryption-data"
	}, nil, nil)
	return locked && err == nil
}

// odsReader collects sheets from the elements of content.xml.
type odsReader struct {
	sheets []Sheet
	tally  *tally
	veiled map[string]bool // styles of hidden sheets

	numbers map[string]format // formats of numbers
	shown   map[string]format // styles of cells
	columns []string          // the styles of cells without one of their own, by column

	b           builder
	row         []Cell
	number      int // of the row in hand
	rowTimes    int // how often the row is repeated
	hidden      bool
	cell        Cell
	cellTimes   int
	written     strings.Builder // the paragraphs of the cell in hand
	paragraphs  int
	inCell, inP bool
	beside      int // depth in a comment or another thing in a cell that is no part of its value
	style       string
}

func (o *odsReader) start(e xml.StartElement) {
	switch local := e.Name.Local; local {
	case "style":
		o.style = attribute(e, "name")
		if f, ok := o.numbers[attribute(e, "data-style-name")]; ok {
			o.shown[o.style] = f
		}
	case "number-style":
		o.style = attribute(e, "name")
	case "number":
		whole, err1 := strconv.Atoi(attribute(e, "min-integer-digits"))
		decimals, err2 := strconv.Atoi(attribute(e, "decimal-places")) // a standard format has none
		least := attribute(e, "min-decimal-places")                    // of 0.## there are fewer
		if err1 == nil && err2 == nil && whole <= 15 && decimals <= 15 && (least == "" || least == attribute(e, "decimal-places")) {
			o.numbers[o.style] = format{Number, whole, decimals}
		}
	case "table-properties":
		if attribute(e, "display") == "false" {
			o.veiled[o.style] = true
		}
	case "table":
		o.tally.spend("sheets", 1, limits.Sheets)
		o.b, o.number, o.columns = builder{tally: o.tally}, 0, nil
		o.b.sheet.Name, o.b.sheet.Veiled = attribute(e, "name"), o.veiled[attribute(e, "style-name")]
	case "table-column":
		for range min(times(e, "number-columns-repeated"), 1<<14-len(o.columns)) {
			o.columns = append(o.columns, attribute(e, "default-cell-style-name"))
			if unseen(e) && len(o.columns) <= limits.Columns {
				o.b.sheet.HiddenColumns = append(o.b.sheet.HiddenColumns, len(o.columns))
			}
		}
	case "table-row":
		o.row, o.rowTimes, o.hidden = nil, times(e, "number-rows-repeated"), unseen(e)
	case "table-cell", "covered-table-cell":
		o.inCell, o.cell, o.cellTimes, o.paragraphs = true, o.value(e), times(e, "number-columns-repeated"), 0
		o.written.Reset()
		if across, down := times(e, "number-columns-spanned"), times(e, "number-rows-spanned"); across > 1 || down > 1 {
			from := source.Cell{Row: o.number + 1, Column: len(o.row) + 1}
			o.b.merge(from, source.Cell{Row: from.Row + down - 1, Column: from.Column + across - 1})
		}
	case "annotation", "shapes", "detective":
		o.beside++
	case "p":
		if o.inCell && o.beside == 0 {
			if o.paragraphs++; o.paragraphs > 1 {
				o.written.WriteByte('\n')
			}
			o.inP = true
		}
	case "s":
		if o.inP {
			o.text(strings.Repeat(" ", min(times(e, "c"), 1000)))
		}
	case "tab":
		o.text("\t")
	case "line-break":
		o.text("\n")
	}
}

// text adds to the text of the cell in hand.
func (o *odsReader) text(text string) {
	if o.inP && o.beside == 0 && (o.written.Len()+len(text) <= limits.Row || o.tally.exceed("row", limits.Row)) {
		o.written.WriteString(text)
	}
}

func (o *odsReader) end(local string) {
	switch local {
	case "annotation", "shapes", "detective":
		o.beside--
	case "p":
		if o.beside == 0 {
			o.inP = false
		}
	case "table-cell", "covered-table-cell":
		o.inCell = false
		if o.cell.Kind == Text && o.cell.Text == "" {
			o.cell.Text = o.written.String()
		}
		if o.cell.Text == "" && o.cellTimes > 1<<10 { // the empty cells to the end of the row
			return
		}
		for range min(o.cellTimes, 1<<14-len(o.row)) {
			o.row = append(o.row, o.cell)
		}
	case "table-row":
		empty := true
		for _, c := range o.row {
			empty = empty && c.Text == ""
		}
		if empty {
			o.number += o.rowTimes
			return
		}
		for range o.rowTimes {
			if o.number++; o.tally.over != nil {
				break
			}
			o.b.add(o.number, o.row, o.hidden)
		}
	case "table":
		o.sheets = append(o.sheets, o.b.sheet)
	}
}

// unseen tells whether a row or column is hidden, by hand or by a filter (19.749).
func unseen(e xml.StartElement) bool {
	v := attribute(e, "visibility")
	return v != "" && v != "visible"
}

// times reads how often an element stands for itself.
func times(e xml.StartElement, local string) int {
	n, err := strconv.Atoi(attribute(e, local))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, lastRow)
}

// value makes a cell of the attributes of its element (19.385). A text has its value in paragraphs.
func (o *odsReader) value(e xml.StartElement) Cell {
	n := digits(attribute(e, "value"))
	switch attribute(e, "value-type") {
	case "float", "currency":
		if n == "" {
			return Cell{Text: powered(attribute(e, "value"))}
		}
		style := attribute(e, "style-name")
		if style == "" && len(o.row) < len(o.columns) {
			style = o.columns[len(o.row)]
		}
		return o.shown[style].number(n)
	case "percentage":
		if n != "" {
			return Cell{Kind: Percent, Text: n}
		}
	case "boolean":
		return Cell{Kind: Truth, Text: attribute(e, "boolean-value")}
	case "date":
		return Cell{Kind: Time, Text: odsTime(attribute(e, "date-value"))}
	}
	return Cell{}
}

// odsTime writes a time without a fraction of a second, and midnight as its day.
func odsTime(value string) string {
	value, _, _ = strings.Cut(strings.TrimSuffix(value, "Z"), ".")
	return strings.TrimSuffix(value, "T00:00:00")
}
