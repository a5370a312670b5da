package sheet_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/sheet"
	"achyk/internal/source"
)

// book makes a workbook of its parts.
func book(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// xlsxParts are the parts of a workbook of Excel with so many sheets, all of which are one part.
func xlsxParts(sheets int, styles, texts, cells string) []string {
	return []string{
		"xl/workbook.xml", `<workbook xmlns:r="r"><workbookPr date1904="1"/>` + strings.Repeat(`<sheet name="a" r:id="r1"/>`, sheets) + `</workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationship Id="r1" Type="x/worksheet" Target="s.xml"/>`,
		"xl/styles.xml", styles, "xl/sharedStrings.xml", texts, "xl/s.xml", cells,
	}
}

// whole checks what a caller may rely on.
func whole(t *testing.T, b *sheet.Book, problems diag.List) {
	t.Helper()
	if b == nil {
		if !problems.HasErrors() {
			t.Error("there is no book, and nothing says why")
		}
		return
	}
	if len(b.Sheets) > limits.Sheets {
		t.Errorf("%d sheets", len(b.Sheets))
	}
	for _, s := range b.Sheets {
		for i, row := range s.Rows {
			if len(row) > limits.Columns || len(row) > 0 && row[len(row)-1].Text == "" {
				t.Errorf("row %d has %d cells", i+1, len(row))
			}
		}
		for _, a := range s.Merged {
			s.Covered(a.To)
		}
		for _, n := range s.Hidden {
			if n < 1 || n > len(s.Rows) {
				t.Errorf("row %d is hidden", n)
			}
		}
		sheet.Mark(&s, map[source.Cell]string{{Row: 1, Column: 1}: "a"})
	}
}

// FuzzText reads any bytes as an office may have saved them under any name.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"id;name\n1;а\n", "id\tname\r\n1\t\"a\"\"b\"\r\n", "\xff\xfei\x00d\x00", "\xfe\xff\x00i", "id,name\n1,\xcd\xe0\xf0\xfb\xed\n", "\ufeffsep=;\nid;a\n", "PK\x03\x04", "\xD0\xCF\x11\xE0", "<html>", "\"", "\x00"} {
		f.Add("a.csv", []byte(seed))
		f.Add("a.xlsx", []byte(seed))
	}
	f.Add("a.xlsx", book(f, xlsxParts(1, "<a/>", "<si><t>a</t></si>", `<row><c t="s"><v>0</v></c></row>`)...))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		b, problems := sheet.Read(&source.File{Path: name, Data: data}, func(s string) bool { return len(s) > 1 })
		whole(t, b, problems)
	})
}

// FuzzXLSX reads a workbook of any parts: a mutated ZIP would only fail its checksums.
func FuzzXLSX(f *testing.F) {
	f.Add(`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm;@"/></numFmts><cellXfs><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="2"/></cellXfs></styleSheet>`,
		`<sst><si><t>id_x000D_</t><rPh><t>x</t></rPh></si><si><r><t>a</t></r></si></sst>`,
		`<sheetData><row r="2" hidden="1"><c r="B2" t="s"><v>0</v></c><c s="1"><f>A1</f><v>0.5</v></c><c t="inlineStr"><is><t>x</t></is></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="d"><v>2026-03-01Z</v></c></row><row r="1048576"><c r="B1048576" s="0"><v>46082.5</v></c></row></sheetData><mergeCell ref="A1:B2"/>`)
	f.Fuzz(func(t *testing.T, styles, texts, cells string) {
		b, problems := sheet.Read(&source.File{Path: "a.xlsx", Data: book(t, xlsxParts(1, styles, texts, cells)...)}, func(string) bool { return true })
		whole(t, b, problems)
	})
}

// FuzzODS reads an OpenDocument of any content.
func FuzzODS(f *testing.F) {
	f.Add(`<manifest:file-entry/>`, `<o:d xmlns:t="t"><number:number-style style:name="n"><number:number min-integer-digits="1" decimal-places="2"/></number:number-style><style:style style:name="c" style:data-style-name="n"><table-properties display="false"/></style:style><t:table t:name="a" t:style-name="c"><t:table-column number-columns-repeated="3" default-cell-style-name="c"/><t:table-row number-rows-repeated="2" visibility="collapse"><t:table-cell number-columns-repeated="2" number-columns-spanned="2"><x:p>a<x:s c="3"/>b<x:tab/><x:line-break/></x:p><x:p/></t:table-cell><t:table-cell value-type="float" value="4.1"/><t:covered-table-cell value-type="percentage" value=".5"><o:annotation><x:p>x</x:p></o:annotation></t:covered-table-cell><t:table-cell value-type="date" date-value="2026-03-01T00:00:00"/><t:table-cell value-type="boolean" boolean-value="true"/></t:table-row></t:table></o:d>`)
	f.Fuzz(func(t *testing.T, manifest, content string) {
		b, problems := sheet.Read(&source.File{Path: "a.ods", Data: book(t, "META-INF/manifest.xml", manifest, "content.xml", content)}, func(string) bool { return true })
		whole(t, b, problems)
	})
}

// TestBombs reads small files that ask for much. Each is refused by the name of the limit, within 5 s of
// processor time; a busy machine may take longer.
func TestBombs(t *testing.T) {
	const million = 1 << 20
	fill := func(text string, size int) string { return strings.Repeat(text, size/len(text)) }
	table := func(rows string) []byte {
		return book(t, "content.xml", `<o:d><t:table>`+rows+`</t:table></o:d>`)
	}
	cells := func(sheets int, styles, texts, cells string) []byte {
		return book(t, xlsxParts(sheets, styles, texts, cells)...)
	}
	const repeated = `<t:table-cell t:number-columns-repeated="16384"><x:p>a</x:p></t:table-cell>`
	for name, c := range map[string]struct {
		data []byte
		what string
	}{
		"wide.ods":      {table(`<t:table-row>` + fill(repeated, 4*million) + `</t:table-row>`), "columns"},
		"high.ods":      {table(fill(`<t:table-row t:number-rows-repeated="1048576"><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row>`, million)), "rows"},
		"apart.ods":     {book(t, "content.xml", `<o:d>`+strings.Repeat(`<t:table><t:table-row t:number-rows-repeated="1000000"/><t:table-row><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row></t:table>`, 200)+`</o:d>`), "places"},
		"spaces.ods":    {table(`<t:table-row><t:table-cell><x:p>` + fill(`<x:s c="1000"/>`, million) + `</x:p></t:table-cell></t:table-row>`), "row"},
		"long.ods":      {table(`<t:table-row t:number-rows-repeated="1000"><t:table-cell><x:p>` + fill("а", limits.Row) + `</x:p></t:table-cell></t:table-row>`), "text"},
		"merged.ods":    {table(`<t:table-row>` + fill(`<t:table-cell number-columns-spanned="2"/>`, million) + `</t:table-row>`), "merged"},
		"unpacked.ods":  {table(fill("<a>"+strings.Repeat(" ", 10_000), limits.Unpacked+million)), "unpacked"},
		"named.ods":     {table(`<t:table-row ` + fill(`a="" `, 4*million) + `/>`), "row"},
		"text.ods":      {table(fill(` `, 4*million)), "row"},
		"deep.ods":      {table(fill(`<a>`, 8*million)), ""},
		"sheets.xlsx":   {cells(million, "<a/>", "<a/>", `<row r="1048576"><c><v>1</v></c></row>`), "sheets"},
		"apart.xlsx":    {cells(200, "<a/>", "<a/>", `<row r="1048576"><c><v>1</v></c></row>`), "places"},
		"repeated.xlsx": {cells(1, "<a/>", `<si><t>`+fill("а", limits.Row)+`</t></si>`, fill(`<row><c t="s"><v>0</v></c></row>`, million)), "text"},
		"strings.xlsx":  {cells(1, "<a/>", fill(`<si/>`, 21*million), `<row/>`), "cells"},
		"styles.xlsx":   {cells(1, "<cellXfs>"+fill(`<xf/>`, million), "<a/>", `<row/>`), ""},
		"merged.xlsx":   {cells(1, "<a/>", "<a/>", fill(`<mergeCell ref="A1:XFD1048576"/>`, million)), "merged"},
		"columns.xlsx":  {cells(1, "<a/>", "<a/>", fill(`<col min="1" max="500" hidden="1"/>`, 36*million)), "columns"},
		"column.xlsx":   {cells(1, "<a/>", "<a/>", `<col min="-9000000000000000000" max="9000000000000000000" hidden="1"/>`), ""},
		"cells.ods":     {table(`<t:table-row number-rows-repeated="10000"><t:table-cell number-columns-repeated="500"><x:p>a</x:p></t:table-cell></t:table-row>`), "cells"},
		"wide.csv":      {[]byte("id\n" + fill(",", 8*million)), "columns"},
		"high.csv":      {[]byte("id\n" + fill("a\n", million)), "rows"},
	} {
		start := time.Now()
		_, problems := read(name, c.data)
		what := ""
		for _, p := range problems {
			if p.Code == diag.OverLimit {
				what = strings.TrimPrefix(string(p.Args["what"].(diag.Phrase)), "limit.")
			}
		}
		took := time.Since(start)
		if what != c.what || took > time.Minute {
			t.Errorf("%s: %d bytes are refused for %q, want %q, after %v", name, len(c.data), what, c.what, took)
		}
		t.Logf("%-14s %8d bytes, %v", name, len(c.data), took)
	}
}
