package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/sheet"
	"achyk/internal/source"
)

// place says how a file is refused: the cell that is damaged with what it holds, or the limit.
func place(list []diag.Diagnostic) string {
	if len(list) != 1 {
		return ""
	}
	text := func(name string) string { s, _ := list[0].Args[name].(string); return s }
	if what, ok := list[0].Args["what"].(diag.Phrase); ok {
		return strings.TrimPrefix(string(what), "limit.") + " " + text("key")
	}
	return strings.TrimSpace(text("cell") + " " + list[0].Value)
}

// TestCells reads single rows of a workbook. What is no value of its cell is refused with its place: an
// empty cell, or one that moved, would be published.
func TestCells(t *testing.T) {
	const styles = `<styleSheet><numFmts><numFmt numFmtId="9223372036854775807" formatCode="0"/><numFmt numFmtId="164" formatCode="[h]:mm"/><numFmt numFmtId="165" formatCode="hh:mm;@"/><numFmt numFmtId="166" formatCode="[$-F400]d.m.yy h:mm"/></numFmts>
<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="45"/></cellXfs></styleSheet>`
	for _, c := range []struct{ cells, want, refused string }{
		{`<c t="b"><v>true</v></c><c t="b"><v>1</v></c><c t="b"><v>false</v></c><c t="b"><v> 0 </v></c><c t="b"/><c><v>1</v></c>`, "b:true|b:true|b:false|b:false||n:1", ""},
		{`<c/><c t="b"><v>yes</v></c>`, "", "B3 yes"},
		{`<c t="s"><v>0</v></c>`, "a", ""},
		{`<c t="s"><v>9</v></c>`, "", "A3 9"},
		{`<c t="s"><v>-1</v></c>`, "", "A3 -1"},
		{`<c t="s"><v>0x0</v></c>`, "", "A3 0x0"},
		{`<c><v>-0</v></c><c><v>-0.0e5</v></c><c><v>+7.</v></c><c><v> .5 </v></c><c><v>1E3</v></c><c><v>1e15</v></c>`, "n:0|n:0|n:7|n:0.5|n:1000|1.00000000000000e+15", ""},
		{`<c><v>1_0</v></c>`, "", "A3 1_0"},
		{`<c><v>0x10</v></c>`, "", "A3 0x10"},
		{`<c t="n"><v>INF</v></c>`, "", "A3 INF"},
		{`<c><v>NaN</v></c>`, "", "A3 NaN"},
		{`<c><v>1e999</v></c>`, "", "A3 1e999"},
		{`<c><v>1,5</v></c>`, "", "A3 1,5"},
		{`<c t="d"><v>2026-03-01T00:00:00</v></c><c t="d"><v>2026-03-01T17:00:30.5Z</v></c>`, "t:2026-03-01|t:2026-03-01T17:00:30", ""},
		{`<c t="d"><v>the first of March</v></c>`, "", "A3 the first of March"},
		{`<c t="d"><v>2026-08-15T23:00:00-05:00</v></c>`, "", "A3 2026-08-15T23:00:00-05:00"},
		{`<c s="-1"><v>1</v></c><c s="1"><v>46082</v></c><c s="9"><v>2</v></c>`, "n:1|t:2030-03-02|n:2", ""},
		{`<c s="2"><v>0.5</v></c><c s="3"><v>1.5</v></c><c s="2"><v>1.5</v></c><c s="4"><v>0.3958333333333333</v></c><c s="5"><v>0.25</v></c><c s="6"><v>0.001</v></c>`, "c:12:00|c:36:00|c:12:00|c:09:30|c:6:00|c:0:01:26", ""},
		{`<c s="3"><v>61</v></c><c s="3"><v>-0.5</v></c><c s="2"><v>0</v></c><c s="2"><v>46082.5</v></c><c s="1"><v>5</v></c><c s="1"><v>0.5</v></c><c s="3"><v>1e14</v></c>`, "c:1464:00|c:-12:00|c:0:00|t:2030-03-02T12:00:00|n:5|c:12:00|n:100000000000000", ""},
		{`<c r="B3"><v>1</v></c><c><v>2</v></c><c r="E3"><v>3</v></c>`, "|n:1|n:2||n:3", ""},
		{`<c r="XFE3"><v>7</v></c>`, "", "A3 XFE3"},
		{`<c r="B3"/><c r="3C"><v>7</v></c>`, "", "C3 3C"},
		{`<c r="B+3"><v>7</v></c>`, "", "A3 B+3"},
		{`<c r="A4"><v>7</v></c>`, "", "A3 A4"},
		{`<c r="D3"><v>1</v></c><c r="C3"><v>2</v></c>`, "", "E3 C3"},
		{`<c r="D3"><v>1</v></c><c r="D3"><v>2</v></c>`, "", "E3 D3"},
		{`<c r="SG3"><v>1</v></c>`, "", "columns SG3"},
		{strings.Repeat("<c/>", 1<<14) + `<c><v>1</v></c>`, "", "columns XFE3"},
		{`<c><v>35</v><is><t>4000</t></is></c>`, "", "A3 35"},
		{`<c><v>35</v><v>4000</v></c>`, "", "A3 35"},
	} {
		data := book(t, xlsxParts(1, styles, `<sst><si><t>a</t></si></sst>`, `<sheetData><row r="3">`+c.cells+`</row></sheetData>`)...)
		b, problems := read("a.xlsx", data)
		got := ""
		if b != nil {
			got = strings.Trim(written(b.Sheets[0]), "\n")
		}
		if got != c.want || place(problems) != c.refused {
			t.Errorf("%.80s: %q %q, want %q %q", c.cells, got, place(problems), c.want, c.refused)
		}
	}
}

// TestRows refuses rows that are out of order or beyond the last one, also where numbers overflow.
func TestRows(t *testing.T) {
	const cell = `<c><v>1</v></c>`
	for rows, want := range map[string]string{
		`<row r="9223372036854775807"/><row>` + cell + `</row>`: "A1 9223372036854775807",
		`<row r="1048577">` + cell + `</row>`:                   "A1 1048577",
		`<row r="-5">` + cell + `</row>`:                        "A1 -5",
		`<row r="x">` + cell + `</row>`:                         "A1 x",
		`<row r="2">` + cell + `</row><row r="1"/>`:             "A3 1",
		`<row r="2">` + cell + `</row><row r="2"/>`:             "A3 2",
	} {
		if _, problems := read("a.xlsx", book(t, xlsxParts(1, "<a/>", "<a/>", rows)...)); place(problems) != want {
			t.Errorf("%s: %q, want %q", rows, place(problems), want)
		}
	}
}

// TestHiddenColumns reads spans of hidden columns that overlap or lie outside of the sheet.
func TestHiddenColumns(t *testing.T) {
	for cols, want := range map[string][]int{
		`<col min="-9000000000000000000" max="1" hidden="1"/>`:                                                                       {1},
		`<col min="499" max="9000000000000000000" hidden="1"/><col min="2" max="3" hidden="true"/><col min="3" max="4" hidden="1"/>`: {2, 3, 4, 499, 500},
		`<col min="5" max="4" hidden="1"/><col min="600" max="700" hidden="1"/><col min="a" max="4" hidden="1"/><col max="4"/>`:      nil,
	} {
		b, problems := read("a.xlsx", book(t, xlsxParts(1, "<a/>", "<a/>", cols)...))
		if b == nil || !slices.Equal(b.Sheets[0].HiddenColumns, want) {
			t.Errorf("%s: %v", cols, problems)
		}
	}
}

// TestMergedCorners reads an area that begins at its lower right.
func TestMergedCorners(t *testing.T) {
	b, _ := read("a.xlsx", book(t, xlsxParts(1, "<a/>", "<a/>", `<mergeCell ref="D3:C2"/><mergeCell ref="XFE1:A2"/><mergeCell ref="A1"/>`)...))
	if want := []sheet.Area{{From: source.Cell{Row: 2, Column: 3}, To: source.Cell{Row: 3, Column: 4}}}; !slices.Equal(b.Sheets[0].Merged, want) {
		t.Error(b.Sheets[0].Merged)
	}
}

// TestLongFormat reads a format of a million digits, in which a million cells would be written.
func TestLongFormat(t *testing.T) {
	styles := `<numFmt numFmtId="164" formatCode="` + strings.Repeat("0", limits.Token/2) + `"/><cellXfs><xf numFmtId="164"/></cellXfs>`
	b, problems := read("a.xlsx", book(t, xlsxParts(1, styles, "<a/>", `<row><c s="0"><v>7</v></c></row>`)...))
	if b == nil || written(b.Sheets[0]) != "n:7\n" {
		t.Error(problems)
	}
}

// TestOpenDocumentCells reads single rows of an OpenDocument, as TestCells.
func TestOpenDocumentCells(t *testing.T) {
	const styles = `<s:style s:name="day" s:data-style-name="N37"/>
<n:number-style s:name="N1"><n:number n:decimal-places="0" n:min-integer-digits="1"/></n:number-style>
<n:currency-style s:name="N104"><n:number n:decimal-places="2" n:min-integer-digits="1"/></n:currency-style>
<n:percentage-style s:name="N11"><n:number n:decimal-places="2" n:min-integer-digits="1"/></n:percentage-style>
<n:number-style s:name="N2"><n:number n:decimal-places="0" n:min-integer-digits="1" n:display-factor="1000"/></n:number-style>
<n:date-style s:name="N37"><n:number n:decimal-places="3" n:min-integer-digits="9"/></n:date-style>
<s:style s:name="whole" s:data-style-name="N1"/><s:style s:name="sum" s:data-style-name="N104"/><s:style s:name="share" s:data-style-name="N11"/>
<s:style s:name="thousands" s:data-style-name="N2"/><s:default-style><table-properties s:display="false"/></s:default-style>`
	float := func(style, v string) string {
		return `<t:c-cell value-type="float" style-name="` + style + `" value="` + v + `"/>`
	}
	for _, c := range []struct{ cells, want, refused string }{
		{float("whole", "29") + float("sum", "29") + float("share", "0.5") + float("thousands", "354000"), "n:29 (29)|n:29 (29.00)|%:0.5|n:354000", ""},
		{float("", "-0"), "n:0", ""},
		{float("", "4") + float("", "1_0"), "", "B1 1_0"},
		{`<t:c-cell value-type="percentage" value="INF"/>`, "", "A1 INF"},
		{`<t:c-cell value-type="currency" value="84.62"/><t:c-cell value-type="float"><x:p>84,62</x:p></t:c-cell>`, "n:84.62|84,62", ""},
		{`<t:c-cell value-type="string" string-value="Ү-77"/><t:c-cell value-type="string" string-value="a"><x:p>b</x:p></t:c-cell>`, "Ү-77|b", ""},
		{`<t:c-cell value-type="boolean" boolean-value="true"/><t:c-cell value-type="boolean"><x:p>ЧЫН</x:p></t:c-cell>`, "b:true|ЧЫН", ""},
		{`<t:c-cell value-type="boolean" boolean-value="чын"/>`, "", "A1 чын"},
		{`<t:c-cell value-type="date" date-value="2026-03-01T09:00:00.000000000"/><t:c-cell value-type="date"><x:p>01.03.26</x:p></t:c-cell>`, "t:2026-03-01T09:00:00|01.03.26", ""},
		{`<t:c-cell value-type="date" date-value="2026-13-01"/>`, "", "A1 2026-13-01"},
		{`<t:c-cell value-type="time" time-value="PT10H30M00S"/><t:c-cell formula="of:=1+1"/>`, "c:10:30|=1+1", ""},
		{`<t:c-cell value-type="time" time-value="PT36H00M00S"><x:p>12:00</x:p></t:c-cell><t:c-cell value-type="time" time-value="-P1DT12H0.5S"/><t:c-cell value-type="time"><x:p>9:30</x:p></t:c-cell>`, "c:12:00|c:-36:00:01|9:30", ""},
		{`<t:c-cell value-type="time" time-value="PT"/>`, "", "A1 PT"},
		{`<t:c-cell number-columns-repeated="499"/><t:c-cell><x:p>a</x:p></t:c-cell>`, strings.Repeat("|", 499) + "a", ""},
		{`<t:c-cell number-columns-repeated="1025"/><t:c-cell><x:p>a</x:p></t:c-cell>`, "", "columns AML1"},
		{strings.Repeat(`<t:c-cell number-columns-repeated="1000000"/>`, 3000) + `<t:c-cell><x:p>a</x:p></t:c-cell>`, "", "columns BGQCW1"},
		{`<t:c-cell number-columns-repeated="501"><x:p>a</x:p></t:c-cell>`, "", "columns SG1"},
	} {
		content := `<o:d>` + styles + `<t:table><t:table-row>` + strings.ReplaceAll(c.cells, "c-cell", "table-cell") + `</t:table-row></t:table></o:d>`
		b, problems := read("a.ods", book(t, "content.xml", content))
		got := ""
		if b != nil {
			got = strings.Trim(written(b.Sheets[0]), "\n")
		}
		if got != c.want || place(problems) != c.refused || b != nil && b.Sheets[0].Veiled {
			t.Errorf("%.80s: %q %q, want %q %q", c.cells, got, place(problems), c.want, c.refused)
		}
	}
}

// TestEncodings refuses text in the other encodings of Cyrillic, and takes what may look like them.
func TestEncodings(t *testing.T) {
	const street = "Ош шаары, Курманжан Датка көчөсү: жарыгы өчкөн. Нужно починить фонарь у дома, темно на всей улице."
	lost := strings.NewReplacer("ө", "?", "Ө", "?", "ү", "?", "Ү", "?")
	texts := []string{"Ош шаары", street, strings.ToLower(street), strings.ToUpper(street)}
	for _, m := range []*charmap.Charmap{charmap.KOI8R, charmap.KOI8U, charmap.ISO8859_5, charmap.CodePage866, charmap.MacintoshCyrillic} {
		for _, text := range texts {
			data, err := m.NewEncoder().String(lost.Replace(text))
			if same, _ := charmap.Windows1251.NewEncoder().String(lost.Replace(text)); data == same { // small letters of MacCyrillic
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, problems := read("a.csv", []byte("id,name\n1,"+data+"\n")); len(problems) != 1 || problems[0].Code != diag.SheetEncoding {
				t.Errorf("%v: %s is read: %v", m, text, problems)
			}
		}
	}
	for _, text := range append(texts, "10 кВ", "ОсОО «Чүй»", "трансформатор 630 кВА", "БИШКЕК ШААРЫ", "ЖЧК", "Жайыл, Чүй") {
		data, err := charmap.Windows1251.NewEncoder().String(lost.Replace(text))
		b, problems := read("a.csv", []byte("id,name\n1,"+data+"\n"))
		if err != nil || b == nil || b.Encoding != "windows-1251" {
			t.Errorf("%s: %v %v", text, err, problems)
		}
	}
}
