package sheet

import (
	"cmp"
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
	number      int // of the rows above the one in hand
	rowTimes    int // how often the row is repeated
	hidden      bool
	column      int // of the cells left of the one in hand
	cell        Cell
	cellTimes   int
	kept        string          // what the cell in hand holds as a text where no paragraph shows it
	written     strings.Builder // the paragraphs of the cell in hand
	paragraphs  int
	inCell, inP bool
	beside      int    // depth in a comment or another thing in a cell that is no part of its value
	style       string // in which the elements stand; "" if in none
	format      string // of numbers, likewise
	percent     bool   // whether it is one of percentages
}

func (o *odsReader) start(e xml.StartElement) {
	switch local := e.Name.Local; local {
	case "style":
		o.style = attribute(e, "name")
		if f, ok := o.numbers[attribute(e, "data-style-name")]; ok && len(o.shown) < limits.Formats {
			o.shown[o.style] = f
		}
	case "number-style", "currency-style", "percentage-style":
		o.format, o.percent = attribute(e, "name"), local == "percentage-style"
	case "number":
		o.digits(e)
	case "table-properties":
		if attribute(e, "display") == "false" && o.style != "" && len(o.veiled) < limits.Formats {
			o.veiled[o.style] = true
		}
	case "table":
		o.tally.spend("sheets", 1, limits.Sheets)
		o.b, o.number, o.columns = builder{tally: o.tally}, 0, nil
		o.b.sheet.Name, o.b.sheet.Veiled = attribute(e, "name"), o.veiled[attribute(e, "style-name")]
	case "table-column":
		for range min(times(e, "number-columns-repeated"), limits.Columns-len(o.columns)) {
			o.columns = append(o.columns, attribute(e, "default-cell-style-name"))
			if unseen(e) {
				o.b.sheet.HiddenColumns = append(o.b.sheet.HiddenColumns, len(o.columns))
			}
		}
	case "table-row":
		o.b.row, o.column, o.rowTimes, o.hidden = nil, 0, times(e, "number-rows-repeated"), unseen(e)
	case "table-cell", "covered-table-cell":
		o.inCell, o.cellTimes, o.paragraphs = true, times(e, "number-columns-repeated"), 0
		o.written.Reset()
		o.value(e)
		if across, down := times(e, "number-columns-spanned"), times(e, "number-rows-spanned"); across > 1 || down > 1 {
			from := o.place()
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

// digits notes how many digits a format of numbers shows.
func (o *odsReader) digits(e xml.StartElement) {
	whole, err1 := strconv.Atoi(attribute(e, "min-integer-digits"))
	decimals, err2 := strconv.Atoi(attribute(e, "decimal-places")) // a standard format has none
	least := attribute(e, "min-decimal-places")                    // of 0.## there are fewer
	f := format{kind: Number}
	switch {
	case o.percent:
		f.kind = Percent
	case err1 != nil || err2 != nil || whole > 15 || decimals < 0 || decimals > 15 || least != "" && least != attribute(e, "decimal-places"):
		return
	case attribute(e, "display-factor") == "": // else it shows thousands
		f.whole, f.decimals = whole, decimals
	}
	if o.format != "" && len(o.numbers) < limits.Formats { // formats of days and of booleans have numbers too
		o.numbers[o.format] = f
	}
}

// place is that of the cell in hand.
func (o *odsReader) place() source.Cell { return source.Cell{Row: o.number + 1, Column: o.column + 1} }

// text adds to the text of the cell in hand.
func (o *odsReader) text(text string) {
	if o.inP && o.beside == 0 {
		o.tally.write(&o.written, text)
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
	case "style":
		o.style = ""
	case "number-style", "currency-style", "percentage-style":
		o.format = ""
	case "table-cell", "covered-table-cell":
		o.inCell = false
		if o.written.Len() == 0 {
			o.tally.write(&o.written, o.kept)
		}
		if o.cell.Text == "" || o.cell.Kind == Clock && o.written.Len() > 0 { // a format may show 36 hours as 12:00
			o.cell.Text = o.written.String()
		}
		o.b.put(o.place(), o.cellTimes, o.cell)
		o.column = min(o.column+o.cellTimes, lastRow) // far beyond the last one that is taken
	case "table-row":
		if len(o.b.row) == 0 {
			o.number = min(o.number+o.rowTimes, 2*limits.Places)
			return
		}
		for range o.rowTimes {
			if o.number++; o.tally.fault != nil {
				break
			}
			o.b.add(o.number, o.b.row, o.hidden)
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

// value begins the cell of an element with what its attributes say (19.385). A text stands in paragraphs, and
// in an attribute where a program shows none; so does a formula of which no value was saved.
func (o *odsReader) value(e xml.StartElement) {
	o.cell, o.kept = Cell{}, attribute(e, "string-value")
	var written string
	var read func(string) (Cell, bool)
	switch attribute(e, "value-type") {
	case "":
		if _, formula, ok := strings.Cut(attribute(e, "formula"), "="); ok {
			o.kept = cmp.Or(o.kept, "="+formula)
		}
	case "float", "currency":
		style := attribute(e, "style-name")
		if style == "" && o.column < len(o.columns) {
			style = o.columns[o.column]
		}
		f := o.shown[style]
		written, read = attribute(e, "value"), f.cell
	case "percentage":
		written, read = attribute(e, "value"), format{kind: Percent}.cell
	case "boolean":
		written, read = attribute(e, "boolean-value"), truth
	case "date":
		written, read = attribute(e, "date-value"), day
	case "time":
		written, read = attribute(e, "time-value"), lasting
	}
	if written == "" { // what is shown is all there is
		return
	}
	var ok bool
	if o.cell, ok = read(strings.Trim(written, " \t\r\n")); !ok {
		o.b.damaged(o.place(), written)
	}
}
