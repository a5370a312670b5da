package opendata

import (
	"strings"
	"testing"

	"achyk/internal/table"
)

// TestExcelEdition compares lines of the CSV for Excel.
func TestExcelEdition(t *testing.T) {
	t.Parallel()
	r, _ := nasty(t)
	lines := strings.Split(string(made(t, r.excelCSV)), "\r\n")
	for i, want := range []string{
		"\ufeff" + `"id";"digits";"note_ky";"note_ru";"note_en";"count";"area";"cost";"open";"day";"at";"month";"year";"kind";"parent";"site";"file";"demonstration"`,
		`"n-00";"00123";"Ң ң Ө ө Ү ү, ӊ";"он сказал: ""нет""; да";"a,b;c	d";0;0,1;0,00;true;01.03.1900;01.03.2026 17:00;"2026-03";1999;"good";"n-00";"https://a.example/?a=1&b=2";"a.pdf";true`,
		`"n-01";"01234567890123";"'=1+1";"'-5";"'@SUM(A1:A9)";-5;-5;-5,50;false;28.02.1900;01.03.2026 17:00:30;"1900-01";2026;"it's";"n-00";;;true`,
		`"n-02";"12345678901234";"'+7 312 00";"''апостроф";"'''two";99999999999999;12345678901,2345;9999999999999,99;;;"2026-03-01T00:00+00:00";;;;;"https://a.example/";"ү/ң.txt";true`,
	} {
		if lines[i] != want {
			t.Errorf("line %d is\n%s, want\n%s", i+1, lines[i], want)
		}
	}
}

// TestHeadings writes headings of a register without a schema: one that looks like a formula,
// and a very long one.
func TestHeadings(t *testing.T) {
	t.Parallel()
	r, _ := nasty(t)
	r.Table = table.Made(table.PlainSchema("plain", []string{"=1+1", strings.Repeat("суроо ", 200)}), "town/plain", nil)
	if got, want := string(made(t, r.excelCSV)), "\ufeff\"'=1+1\";\"суроо "; !strings.HasPrefix(got, want) {
		t.Errorf("it begins %q, want %q", got[:min(len(got), 2*len(want))], want)
	}
	made(t, r.xlsx)
}
