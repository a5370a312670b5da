package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/source"
)

// read reads a file of which every text is a heading.
func read(name string, data []byte) (*sheet.Book, []diag.Diagnostic) {
	return sheet.Read(&source.File{Path: name, Data: data}, func(string) bool { return true })
}

// written shows the cells of a sheet, a row a line, with the kinds that are no texts.
func written(s sheet.Sheet) string {
	var b strings.Builder
	for _, row := range s.Rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('|')
			}
			fmt.Fprintf(&b, "%s%s", []string{"", "n:", "t:", "b:", "%:", "c:"}[c.Kind], c.Text)
			if c.Shown != "" {
				fmt.Fprintf(&b, " (%s)", c.Shown)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestWorkbook reads a workbook that another program writes.
func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	own := `yyyy"-ж. м"`
	odd, err2 := f.NewStyle(&excelize.Style{CustomNumFmt: &own})
	sum := `#,##0.00" дана"`
	money, err3 := f.NewStyle(&excelize.Style{CustomNumFmt: &sum})
	percent, err4 := f.NewStyle(&excelize.Style{NumFmt: 10})
	if err := errors.Join(err, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{
		"A1": "Аталышы", "B1": " бош орун ", "C2": 0.1, "A3": true, "B3": 46082, "C3": 46082.5, "D3": 12345678901234, "E3": 7.25, "B5": "акыркы",
	} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		f.SetCellStyle("Sheet1", "B3", "B3", day), f.SetCellStyle("Sheet1", "C3", "C3", odd), f.SetCellStyle("Sheet1", "E3", "E3", money),
		f.SetCellFormula("Sheet1", "D5", "1/0"), f.SetCellValue("Sheet1", "E5", 0.8462), f.SetCellStyle("Sheet1", "E5", "E5", percent), f.SetCellValue("Sheet1", "F5", 1234567890123456), f.MergeCell("Sheet1", "A6", "C6"), f.SetRowVisible("Sheet1", 5, false), f.SetColVisible("Sheet1", "B:C", false),
		func() error { _, err := f.NewSheet("Жашыруун"); return err }(), f.SetSheetVisible("Жашыруун", false),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	book, problems := read("a.xlsx", b.Bytes())
	if book == nil || len(problems) > 0 || book.Form != sheet.XLSX || len(book.Sheets) != 2 || !book.Sheets[1].Veiled {
		t.Fatal(book, problems)
	}
	want := "Аталышы| бош орун \n||n:0.1\nb:true|t:2026-03-01|t:2026-03-01T12:00:00|n:12345678901234|n:7.25 (7.25)\n\n|акыркы||=1/0|%:0.8462|1.23456789012346e+15\n"
	s := book.Sheets[0]
	if got := written(s); got != want {
		t.Errorf("got\n%s", got)
	}
	if len(s.Hidden) != 1 || s.Hidden[0] != 5 || !slices.Equal(s.HiddenColumns, []int{2, 3}) || len(s.Merged) != 1 || s.Merged[0].From.String() != "A6" || s.Merged[0].To.String() != "C6" {
		t.Error(s.Hidden, s.HiddenColumns, s.Merged)
	}
}

// TestDigits reads numbers whose format says how many digits are shown, and one whose does not.
func TestDigits(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, c := range []struct {
		value  float64
		format string
	}{{4.1, "0.00"}, {712, "00000"}, {4.1, "General"}, {4.1, "0.0"}, {4.12, "0.0"}, {1234.5, "#,##0.00"}, {-4.1, "0.00"}, {4.1, "0.##"}} {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
		at := fmt.Sprintf("%c1", 'A'+i)
		if err := errors.Join(err, f.SetCellValue("Sheet1", at, c.value), f.SetCellStyle("Sheet1", at, at, style)); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	book, problems := read("a.xlsx", b.Bytes())
	if want := "n:4.1 (4.10)|n:712 (00712)|n:4.1|n:4.1 (4.1)|n:4.12|n:1234.5 (1234.50)|n:-4.1 (-4.10)|n:4.1\n"; written(book.Sheets[0]) != want || len(problems) > 0 {
		t.Error(written(book.Sheets[0]), problems)
	}
	content := `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:number="n" xmlns:style="s"><office:automatic-styles>
<number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1"/></number:number-style>
<number:number-style style:name="N9"><number:number number:decimal-places="2" number:min-decimal-places="0" number:min-integer-digits="1"/></number:number-style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N2"/><style:style style:name="ce2" style:family="table-cell" style:data-style-name="N9"/></office:automatic-styles>
<office:body><office:spreadsheet><table:table><table:table-column/><table:table-column table:default-cell-style-name="ce1"/><table:table-row>
<table:table-cell table:style-name="ce1" office:value-type="float" office:value="4.1"/><table:table-cell office:value-type="float" office:value="4.1"/>
<table:table-cell table:style-name="ce2" office:value-type="float" office:value="4.1"/><table:table-cell office:value-type="float" office:value="4.1"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`
	book, _ = read("a.ods", archived(t, "content.xml", content))
	if want := "n:4.1 (4.10)|n:4.1 (4.10)|n:4.1|n:4.1\n"; written(book.Sheets[0]) != want {
		t.Error(written(book.Sheets[0]))
	}
}

// archived makes a ZIP of files.
func archived(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
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

// TestOpenDocument reads a document with what LibreOffice writes: repeated cells and rows, spaces and
// lines as elements, a comment in a cell, a million empty rows.
func TestOpenDocument(t *testing.T) {
	content := `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
<table:table table:name="Барак"><table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/><table:table-column table:number-columns-repeated="16381"/>
<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>эскертүү</text:p></office:annotation><text:p>эки<text:s text:c="2"/>сап</text:p><text:p>болду</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="84.62"><text:p>84,62</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2" office:value-type="date" office:date-value="2026-03-01T00:00:00"><text:p>01.03.26</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>ИСТИНА</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16379"/></table:table-row>
<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell office:value-type="string"><text:p>б</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>в</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>`
	book, problems := read("a.ods", archived(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", content))
	if book == nil || len(problems) > 0 || book.Form != sheet.ODS || len(book.Sheets) != 1 {
		t.Fatal(book, problems)
	}
	s := book.Sheets[0]
	if got, want := written(s), "эки  сап\nболду|n:84.62|t:2026-03-01|t:2026-03-01|b:true\nб\nб\n\n\n\nв\n"; got != want {
		t.Errorf("got\n%s", got)
	}
	if len(s.Hidden) != 2 || !slices.Equal(s.HiddenColumns, []int{2, 3}) || len(s.Merged) != 1 || s.Merged[0].From.String() != "A7" || s.Name != "Барак" {
		t.Error(s.Hidden, s.HiddenColumns, s.Merged, s.Name)
	}
}

// TestRefused brings files that are no spreadsheets, or are too large.
func TestRefused(t *testing.T) {
	bomb := `<office:document-content xmlns:table="t" xmlns:text="x"><table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1000"><text:p>a</text:p></table:table-cell></table:table-row></table:table></office:document-content>`
	for name, c := range map[string]struct {
		data []byte
		want diag.Code
	}{
		"old.xls":     {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 of Excel 97"), diag.SheetForm},
		"locked.xlsx": {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), diag.SheetLocked},
		"bank.xls":    {[]byte("\ufeff<html><table>"), diag.SheetForm},
		"scan.pdf":    {[]byte("%PDF-1.7"), diag.SheetForm},
		"letter.docx": {archived(t, "word/document.xml", "<w/>"), diag.SheetForm},
		"cut.xlsx":    {archived(t, "xl/workbook.xml", "<workbook/>")[:40], diag.SheetDamaged},
		"empty.xlsx":  {archived(t, "xl/workbook.xml", "<workbook>"), diag.SheetDamaged},
		"half.ods":    {archived(t, "content.xml", `<o:d><table><table-row><table-cell><p>a</p></table-cell></table-row>`), diag.SheetDamaged},
		"closed.ods":  {archived(t, "content.xml", `<o:d><table></annotation></table></o:d><a>`), diag.SheetDamaged},
		"rotten.xlsx": {[]byte("\x00\x03\x81\x8d\x98\xffrubbish"), diag.SheetDamaged},
		"zeros.csv":   {make([]byte, 512), diag.SheetDamaged},
		"nothing.csv": {[]byte("\ufeff\r\n"), diag.SheetDamaged},
		"~$open.xlsx": {[]byte("\x05Clerk"), diag.SheetDamaged},
		"photo.csv":   {[]byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), diag.SheetForm},
		"cp866.csv":   {[]byte("id,name\r\n1,\x8a\xae\xaf\xf0\xe0\xae\xae\r\n"), diag.SheetEncoding},
		"bomb.ods":    {archived(t, "content.xml", bomb), diag.OverLimit},
	} {
		start := time.Now()
		book, problems := read(name, c.data)
		if book != nil || len(problems) != 1 || problems[0].Code != c.want {
			t.Errorf("%s: %v %v, want %s", name, book, problems, c.want)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %s", name, d)
		}
	}
}

// TestCorrected corrects a cell of rows that are alike, and one behind the end of a row. Other rows stay.
func TestCorrected(t *testing.T) {
	b, _ := read("a.ods", book(t, "content.xml", `<o:d><t:table><t:table-row t:number-rows-repeated="2"><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row></t:table></o:d>`))
	b.Sheets[0].Set(1, 1, "b")
	if got := written(b.Sheets[0]); got != "b\na\n" {
		t.Errorf("%q", got)
	}
	b, _ = read("a.xlsx", book(t, xlsxParts(1, "<a/>", "<a/>", strings.Repeat(`<row><c t="str"><v>a</v></c></row>`, 9))...))
	for row := 1; row <= 8; row++ {
		b.Sheets[0].Set(row, 2, "b")
	}
	if got := written(b.Sheets[0]); got != strings.Repeat("a|b\n", 8)+"a\n" {
		t.Errorf("%q", got)
	}
}
