package sheet

import (
	"encoding/xml"
	"maps"
	"path"
	"regexp"
	"strconv"
	"strings"

	"achyk/internal/limits"
	"achyk/internal/source"
)

// xlsx reads the sheets of a workbook by ECMA-376 part 1, clauses 18.2 to 18.8.
func (a *archive) xlsx() (sheets []Sheet, err error) {
	type place struct{ name, part, state string }
	var places []place
	from1904 := false
	parts, err := a.relations("xl/_rels/workbook.xml.rels")
	if err != nil {
		return nil, err
	}
	err = a.walk("xl/workbook.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "sheet":
			id := ""
			for _, at := range e.Attr {
				if at.Name.Local == "id" && at.Name.Space != "" { // r:id, not sheetId
					id = at.Value
				}
			}
			a.tally.spend("sheets", 1, limits.Sheets)
			places = append(places, place{attribute(e, "name"), parts[id], attribute(e, "state")})
		case "workbookPr":
			from1904 = yes(e, "date1904")
		}
	}, nil, nil)
	if err != nil {
		return nil, err
	}
	w := workbook{archive: a, from1904: from1904}
	if err := w.readStrings(); err != nil {
		return nil, err
	}
	if err := w.readStyles(); err != nil {
		return nil, err
	}
	for _, p := range places {
		if p.part == "" || !a.has(p.part) { // a chart or a macro sheet
			continue
		}
		s, err := w.sheet(p.part)
		if err != nil {
			return nil, err
		}
		s.Name, s.Veiled = p.name, p.state == "hidden" || p.state == "veryHidden"
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// yes tells whether an attribute is true (22.9.2.1).
func yes(e xml.StartElement, local string) bool {
	return attribute(e, local) == "1" || attribute(e, local) == "true"
}

// relations returns the parts that a list of relations names, by their ids.
func (a *archive) relations(name string) (map[string]string, error) {
	parts := map[string]string{}
	return parts, a.walk(name, func(e xml.StartElement) {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/worksheet") {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			parts[attribute(e, "Id")] = strings.TrimPrefix(target, "/")
		}
	}, nil, nil)
}

// workbook is what the cells of all sheets share.
type workbook struct {
	*archive
	strings  []string
	shown    []format // by cell style
	from1904 bool     // days are counted from 1904, as Excel on old Macintosh computers did
}

// readStrings reads the table of shared strings. Phonetic guides are no part of a text.
func (w *workbook) readStrings() error {
	if !w.has("xl/sharedStrings.xml") {
		return nil
	}
	var item strings.Builder
	inText, phonetic := false, false
	return w.walk("xl/sharedStrings.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "si":
			item.Reset()
		case "t":
			inText = !phonetic
		case "rPh":
			phonetic = true
		}
	}, func(local string) {
		switch local {
		case "t":
			inText = false
		case "rPh":
			phonetic = false
		case "si":
			if len(w.strings) < limits.Cells || w.tally.exceed("cells", limits.Cells) {
				w.strings = append(w.strings, escaped(item.String()))
			}
		}
	}, func(text string) {
		if inText {
			item.WriteString(text)
		}
	})
}

// escape is how a workbook writes a character that XML cannot hold: _x000D_.
var escape = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

func escaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseUint(s[2:6], 16, 16)
		return string(rune(n))
	})
}

// format says how cells of a style show numbers.
type format struct {
	kind            Kind // Time, Percent or Number
	whole, decimals int  // how many digits a Number is shown with; whole is 0 where the number itself decides
}

// builtIn are the formats that every program knows by a number (18.8.30), beside those of days.
var builtIn = map[int]format{1: {Number, 1, 0}, 2: {Number, 1, 2}, 3: {Number, 1, 0}, 4: {Number, 1, 2}, 9: {kind: Percent}, 10: {kind: Percent}}

// readStyles finds how the styles of cells show numbers.
func (w *workbook) readStyles() error {
	if !w.has("xl/styles.xml") {
		return nil
	}
	formats, inCells := maps.Clone(builtIn), false
	for _, known := range [][2]int{{14, 22}, {27, 36}, {45, 47}, {50, 58}} { // of days, which every program knows, also in other languages
		for id := known[0]; id <= known[1]; id++ {
			formats[id] = format{kind: Time}
		}
	}
	return w.walk("xl/styles.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmt":
			id, _ := strconv.Atoi(attribute(e, "numFmtId"))
			formats[id] = shownAs(attribute(e, "formatCode"))
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells && len(w.shown) < limits.Formats {
				id, _ := strconv.Atoi(attribute(e, "numFmtId"))
				f, known := formats[id]
				if !known {
					f.kind = Number
				}
				w.shown = append(w.shown, f)
			}
		}
	}, func(local string) {
		if local == "cellXfs" {
			inCells = false
		}
	}, nil)
}

// literal are the parts of a format that are shown as they are, and colours and conditions.
var literal = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[(?:[^hHmMsS\]][^\]]*|[hHmMsS][^hHmMsS\]][^\]]*)\]`)

// shownAs tells how a format shows numbers.
func shownAs(code string) format {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ToLower(literal.ReplaceAllString(code, ""))
	switch digits := plainFormat.FindStringSubmatch(code); {
	case strings.ContainsAny(code, "dmyhs"):
		return format{kind: Time}
	case strings.Contains(code, "%"):
		return format{kind: Percent}
	case digits != nil:
		return format{Number, len(digits[1]), len(digits[2])}
	}
	return format{kind: Number}
}

// sheet reads the cells of a sheet.
func (w *workbook) sheet(part string) (Sheet, error) {
	b := builder{tally: w.tally}
	var row []Cell
	var value strings.Builder
	number, at, kind, style := 0, 0, "", 0
	hidden, inValue, phonetic, inFormula := false, false, false, false
	var formula strings.Builder
	err := w.walk(part, func(e xml.StartElement) {
		switch e.Name.Local {
		case "col": // several columns that are alike
			from, err := strconv.Atoi(attribute(e, "min"))
			to, err2 := strconv.Atoi(attribute(e, "max"))
			for c := from; yes(e, "hidden") && err == nil && err2 == nil && c <= min(to, limits.Columns); c++ {
				b.sheet.HiddenColumns = append(b.sheet.HiddenColumns, c)
			}
		case "row":
			number++
			if r, err := strconv.Atoi(attribute(e, "r")); err == nil {
				number = max(r, number)
			}
			row, at, hidden = row[len(row):], 0, yes(e, "hidden")
		case "c":
			at++
			if c := column(attribute(e, "r")); c > 0 {
				at = max(c, at)
			}
			kind = attribute(e, "t")
			style, _ = strconv.Atoi(attribute(e, "s"))
			value.Reset()
			formula.Reset()
		case "f":
			inFormula = true
		case "rPh":
			phonetic = true
		case "v", "t":
			inValue = !phonetic
		case "mergeCell":
			from, to, _ := strings.Cut(attribute(e, "ref"), ":")
			if from, to := CellAt(from), CellAt(to); from != (source.Cell{}) && to != (source.Cell{}) {
				b.merge(from, to)
			}
		}
	}, func(local string) {
		switch local {
		case "rPh":
			phonetic = false
		case "v", "t":
			inValue = false
		case "f":
			inFormula = false
		case "c":
			c := w.cell(kind, style, value.String())
			if value.Len() == 0 && formula.Len() > 0 { // its result was not saved with it
				c = Cell{Text: "=" + formula.String()}
			}
			if c.Text != "" && at <= 1<<14 {
				for len(row) < at-1 {
					row = append(row, Cell{})
				}
				row = append(row, c)
			}
		case "row":
			b.add(number, row, hidden)
		}
	}, func(text string) {
		if inValue {
			value.WriteString(text)
		} else if inFormula {
			formula.WriteString(text)
		}
	})
	return b.sheet, err
}

// cell makes a cell of its type (18.18.11), style and text.
func (w *workbook) cell(kind string, style int, text string) Cell {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(text); err == nil && i >= 0 && i < len(w.strings) {
			return Cell{Text: w.strings[i]}
		}
		return Cell{}
	case "str", "inlineStr":
		return Cell{Text: escaped(text)}
	case "e":
		return Cell{Text: text}
	case "b":
		return Cell{Kind: Truth, Text: strconv.FormatBool(text == "1")}
	case "d":
		return Cell{Kind: Time, Text: strings.TrimSuffix(text, "Z")}
	}
	n := digits(text)
	if n == "" {
		return Cell{Text: powered(text)}
	}
	shown := format{kind: Number}
	if style < len(w.shown) {
		shown = w.shown[style]
	}
	switch shown.kind {
	case Time:
		if day, ok := moment(text, w.from1904); ok {
			return Cell{Kind: Time, Text: day}
		}
	case Percent:
		return Cell{Kind: Percent, Text: n}
	}
	return shown.number(n)
}
