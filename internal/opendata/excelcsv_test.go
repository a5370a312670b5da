package opendata

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		`"n-01";"01234567890123";"'=1+1";"'-5";"'@SUM(A1:A9)";-5;-5;-5,50;false;31.12.1899;01.03.2026 17:00:30;"0001-01";2026;"it's";"n-00";;;true`,
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

func TestSheetNames(t *testing.T) {
	named := func(s string) *register { return &register{Table: &table.Table{Schema: &table.Schema{Name: s}}} }
	long := strings.Repeat("x", 40)
	got := sheetNames([]*register{named("history"), named(long), named(long + "y"), named("findings")})
	want := []string{"history-2", long[:31], long[:29] + "-2", "findings"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnderscored(t *testing.T) {
	for text, want := range map[string]string{
		"x_1":            "x_1",
		"_x0041_":        "_x005F_x0041_",
		"_x00e9_ _x1_":   "_x005F_x00e9_ _x1_",
		"_x0041_x0042_":  "_x005F_x0041_x005F_x0042_",
		"_x005F_x0041_":  "_x005F_x005F_x005F_x0041_",
		"__x0041__x0042": "__x005F_x0041__x0042",
	} {
		if got := underscored(text); got != want {
			t.Errorf("%s is written as %s, want %s", text, got, want)
		}
	}
}
