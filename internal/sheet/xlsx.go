package sheet

import (
	"encoding/xml"
	"maps"
	"path"
	"regexp"
	"strconv"
	"strings"

	"achyk/internal/limits"
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
		s := sheetReader{workbook: &w, b: builder{tally: a.tally}}
		s.b.sheet.Name, s.b.sheet.Veiled = p.name, p.state == "hidden" || p.state == "veryHidden"
		if err := a.walk(p.part, s.start, s.end, s.text); err != nil {
			return nil, err
		}
		s.columns()
		sheets = append(sheets, s.b.sheet)
	}
	return sheets, nil
}

// yes tells whether an attribute is true (22.9.2.1).
func yes(e xml.StartElement, local string) bool {
	v, _ := truth(attribute(e, local))
	return v.Text == "true"
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
			if len(parts) < limits.Sheets || a.tally.exceed("sheets", limits.Sheets) {
				parts[attribute(e, "Id")] = strings.TrimPrefix(target, "/")
			}
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
			w.tally.write(&item, text)
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

// builtIn are the formats that every program knows by a number (18.8.30), beside those of days.
var builtIn = map[int]format{1: {kind: Number, whole: 1}, 2: {kind: Number, whole: 1, decimals: 2}, 3: {kind: Number, whole: 1}, 4: {kind: Number, whole: 1, decimals: 2}, 9: {kind: Percent}, 10: {kind: Percent}}

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
	for id, code := range map[int]string{18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0"} {
		formats[id] = shownAs(code)
	}
	return w.walk("xl/styles.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil && len(formats) < limits.Formats {
				formats[id] = shownAs(attribute(e, "formatCode"))
			}
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells && len(w.shown) < limits.Formats {
				id, _ := strconv.Atoi(attribute(e, "numFmtId")) // 0, which says nothing, where there is none
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

// timed tells whether a format that shows days or times shows times only. An m without h or s is a month.
func timed(code string) Kind {
	if strings.ContainsAny(code, "hs[") && !strings.ContainsAny(code, "dy") && !strings.Contains(code, "mmm") {
		return Clock
	}
	return Time
}

// shownAs tells how a format shows numbers.
func shownAs(code string) format {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ToLower(literal.ReplaceAllString(code, ""))
	switch digits := plainFormat.FindStringSubmatch(code); {
	case strings.ContainsAny(code, "dmyhs"):
		return format{kind: timed(code), clock: clockFace{padded: strings.Contains(code, "hh"), seconds: strings.Contains(code, "s"), elapsed: strings.Contains(code, "[")}}
	case strings.Contains(code, "%"):
		return format{kind: Percent}
	case digits != nil:
		return format{kind: Number, whole: len(digits[1]), decimals: len(digits[2])}
	}
	return format{kind: Number}
}
