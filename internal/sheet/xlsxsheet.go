package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"

	"achyk/internal/limits"
	"achyk/internal/source"
)

// sheetReader collects the cells of a sheet of a workbook.
type sheetReader struct {
	*workbook
	b              builder
	number         int // of the row in hand
	column         int // of the cell in hand
	hidden         bool
	kind           string // of the cell in hand, as the file calls it
	style          int
	value, formula strings.Builder

	inValue, inFormula, phonetic bool

	spans int                     // of columns that are alike
	edges [limits.Columns + 2]int // how many more columns are hidden from here on; see columns
}

func (s *sheetReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "col": // several columns that are alike
		if s.spans++; s.spans > lastColumn { // a million of them take seconds
			s.tally.exceed("columns", limits.Columns)
		}
		from, err1 := strconv.Atoi(attribute(e, "min"))
		to, err2 := strconv.Atoi(attribute(e, "max"))
		from, to = max(from, 1), min(to, limits.Columns)
		if yes(e, "hidden") && err1 == nil && err2 == nil && from <= to {
			s.edges[from]++
			s.edges[to+1]--
		}
	case "row":
		s.row(attribute(e, "r"))
		s.hidden = yes(e, "hidden")
	case "c":
		s.cell(attribute(e, "r"))
		s.kind = attribute(e, "t")
		s.style, _ = strconv.Atoi(attribute(e, "s")) // 0 where there is none
	case "f":
		s.inFormula = true
	case "rPh":
		s.phonetic = true
	case "is", "v":
		if s.value.Len() > 0 { // two values would be read as one
			s.b.damaged(s.place(), s.value.String())
		}
		s.inValue = e.Name.Local == "v"
	case "t":
		s.inValue = !s.phonetic
	case "mergeCell":
		from, to, _ := strings.Cut(attribute(e, "ref"), ":")
		if from, to := CellAt(from), CellAt(to); from != (source.Cell{}) && to != (source.Cell{}) {
			s.b.merge(from, to)
		}
	}
}

// row begins a row. Its number may be left out, but rows are in order (18.3.1.73).
func (s *sheetReader) row(number string) {
	s.b.row, s.column = s.b.row[len(s.b.row):], 0
	s.number++
	if number == "" {
		return
	}
	if n, err := strconv.Atoi(number); err == nil && n >= s.number && n <= lastRow {
		s.number = n
	} else {
		s.b.damaged(source.Cell{Row: s.number, Column: 1}, number)
	}
}

// cell begins a cell. Its address may be left out, but cells are in order and in their row.
func (s *sheetReader) cell(address string) {
	s.value.Reset()
	s.formula.Reset()
	s.column++
	if address == "" {
		return
	}
	if at := CellAt(address); at.Row == s.number && at.Column >= s.column {
		s.column = at.Column
	} else {
		s.b.damaged(s.place(), address)
	}
}

// place is that of the cell in hand.
func (s *sheetReader) place() source.Cell { return source.Cell{Row: s.number, Column: s.column} }

func (s *sheetReader) end(local string) {
	switch local {
	case "rPh":
		s.phonetic = false
	case "v", "t":
		s.inValue = false
	case "f":
		s.inFormula = false
	case "c":
		text := s.value.String()
		c, ok := s.read(text)
		if text == "" && s.formula.Len() > 0 { // its result was not saved with it
			c = Cell{Text: "=" + s.formula.String()}
		}
		if !ok {
			s.b.damaged(s.place(), text)
		}
		s.b.put(s.place(), 1, c)
	case "row":
		s.b.add(s.number, s.b.row, s.hidden)
	}
}

func (s *sheetReader) text(text string) {
	if s.inValue {
		s.tally.write(&s.value, text)
	} else if s.inFormula {
		s.tally.write(&s.formula, text)
	}
}

// read makes a cell of the type (18.18.11) and the style of the one in hand. It fails where the text is no
// value of the type.
func (s *sheetReader) read(text string) (Cell, bool) {
	plain := strings.Trim(text, " \t\r\n") // XML Schema lets such space stand around all but texts
	switch {
	case text == "":
		return Cell{}, true
	case s.kind == "s":
		if i, err := strconv.Atoi(plain); err == nil && i >= 0 && i < len(s.strings) {
			return Cell{Text: s.strings[i]}, true
		}
		return Cell{}, false
	case s.kind == "str", s.kind == "inlineStr":
		return Cell{Text: escaped(text)}, true
	case s.kind == "e":
		return Cell{Text: text}, true
	case s.kind == "b":
		return truth(plain)
	case s.kind == "d":
		return day(plain)
	}
	shown := format{kind: Number}
	if s.style >= 0 && s.style < len(s.shown) {
		shown = s.shown[s.style]
	}
	c, ok := shown.cell(plain)
	if ok {
		if shown, ok := shown.time(plain, s.from1904); ok {
			return shown, true
		}
	}
	return c, ok
}

// columns notes the hidden columns once each, however often the file names them.
func (s *sheetReader) columns() {
	depth := 0
	for column, edge := range s.edges[:limits.Columns+1] {
		if depth += edge; depth > 0 {
			s.b.sheet.HiddenColumns = append(s.b.sheet.HiddenColumns, column)
		}
	}
}
