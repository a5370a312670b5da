package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"achyk/internal/source"
)

// Mark writes a sheet as a workbook in which the cells with a note have a red ground and the note as a
// comment. All cells are texts, as they were read. It is a workbook of its own and not the clerk's
// file: what else is in that file would have to be written back without a fault.
func Mark(s *Sheet, notes map[source.Cell]string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relations(`<Relationship Id="r1" Type="` + officeRelation + `officeDocument" Target="xl/workbook.xml"/>`)},
		{"xl/workbook.xml", `<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relationNamespace + `"><sheets><sheet name="` + xmlText(cmp.Or(s.Name, "1")) + `" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations(`<Relationship Id="r1" Type="` + officeRelation + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + officeRelation + `styles" Target="styles.xml"/>`)},
		{"xl/styles.xml", styles},
		{"xl/worksheets/sheet1.xml", s.cells(notes)},
		{"xl/worksheets/_rels/sheet1.xml.rels", relations(`<Relationship Id="r1" Type="` + officeRelation + `comments" Target="../comments1.xml"/><Relationship Id="r2" Type="` + officeRelation + `vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>`)},
		{"xl/comments1.xml", comments(notes)},
		{"xl/drawings/vmlDrawing1.vml", boxes(notes)},
	} {
		w, err := z.Create(part.name)
		if err == nil {
			_, err = w.Write([]byte(xmlHead + part.text))
		}
		if err != nil {
			return nil, fmt.Errorf("sheet: %w", err)
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

const (
	xmlHead           = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNamespace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	officeRelation    = relationNamespace + "/"
	contentTypes      = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/></Types>`
	// Style 0 is text, style 1 text on a red ground. Format 49 is "@".
	styles = `<styleSheet xmlns="` + mainNamespace + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fillId="2" applyNumberFormat="1" applyFill="1"/></cellXfs></styleSheet>`
)

func relations(list string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`
}

// xmlText writes a text for XML. Characters that XML cannot hold become U+FFFD.
func xmlText(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

// cells writes the rows of a sheet. A cell that has a note and no text is written too.
func (s *Sheet) cells(notes map[source.Cell]string) string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + mainNamespace + `" xmlns:r="` + relationNamespace + `"><sheetData>`)
	for n := 1; n <= len(s.Rows); n++ {
		width := len(s.Rows[n-1])
		for at := range notes {
			if at.Row == n {
				width = max(width, at.Column)
			}
		}
		if width == 0 {
			continue
		}
		fmt.Fprintf(&b, `<row r="%d">`, n)
		for column := 1; column <= width; column++ {
			at := source.Cell{Row: n, Column: column}
			style := ""
			if _, marked := notes[at]; marked {
				style = ` s="1"`
			}
			if text := s.Cell(n, column).Text; text != "" {
				fmt.Fprintf(&b, `<c r="%s"%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, style, xmlText(text))
			} else if style != "" {
				fmt.Fprintf(&b, `<c r="%s"%s/>`, at, style)
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData><legacyDrawing r:id="r2"/></worksheet>`)
	return b.String()
}

// sorted are the cells with notes, row by row.
func sorted(notes map[source.Cell]string) []source.Cell {
	return slices.SortedFunc(maps.Keys(notes), func(a, b source.Cell) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
}

func comments(notes map[source.Cell]string) string {
	var b strings.Builder
	b.WriteString(`<comments xmlns="` + mainNamespace + `"><authors><author>achyk</author></authors><commentList>`)
	for _, at := range sorted(notes) {
		fmt.Fprintf(&b, `<comment ref="%s" authorId="0"><text><t xml:space="preserve">%s</t></text></comment>`, at, xmlText(notes[at]))
	}
	b.WriteString(`</commentList></comments>`)
	return b.String()
}

// boxes writes where comments are shown: Excel refuses a workbook with comments and without these.
func boxes(notes map[source.Cell]string) string {
	var b strings.Builder
	b.WriteString(`<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="t" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`)
	for i, at := range sorted(notes) {
		fmt.Fprintf(&b, `<v:shape id="s%d" type="#t" style="position:absolute;width:300pt;height:100pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`, i+1, anchor(at), at.Row-1, at.Column-1)
	}
	b.WriteString(`</xml>`)
	return b.String()
}

// anchor is the place of a comment: to the right of its cell, five columns wide and six rows high.
func anchor(at source.Cell) string {
	var parts []string
	for _, n := range []int{at.Column, 15, at.Row - 1, 2, at.Column + 5, 15, at.Row + 5, 4} {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, ", ")
}
