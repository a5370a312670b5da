package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/source"
)

// wells is a schema with columns of the types that the tests need.
var wells = func() *Schema {
	s, problems := ParseSchema("wells", &source.File{Path: "wells.schema.toml", Data: []byte(`
primary_key = ["id"]
column = [
  { name = "id", type = "id" },
  { name = "name", type = "text", required = true },
  { name = "depth", type = "number", minimum = 0 },
  { name = "mark", type = "string" },
]
`)}, Allowed{})
	if s == nil {
		panic(problems)
	}
	return s
}()

const header = "id,name_ky,name_ru,name_en,depth,mark\n"

func readWells(text string) (*Table, diag.List) {
	return Read(&source.File{Path: "data/osh/wells.csv", Data: []byte(text)}, "osh/wells", wells)
}

func codes(list diag.List) string {
	var all []string
	for _, d := range list {
		all = append(all, string(d.Code))
	}
	return strings.Join(all, " ")
}

// A diagnostic about a cell names the place of the cell in its file.
func TestProblemPlaces(t *testing.T) {
	for _, test := range []struct{ text, cells string }{
		{header + "w-2,б,,,2,\nw-1,а,,,1,", "A3 w-1|B3 а|C3 |D3 |E3 1|F3 "},
		{"\ufeff" + strings.ReplaceAll(header, "\n", "\r\n") + "\r\nw-1,\"а,\nа\",,,1,\r\n", "A3 w-1|B3 \"а,\nа\"|C3 |D3 |E3 1|F3 "},
		{"depth,name_ky,id\n1,а,w-1\n", "C2 w-1|B2 а| | |A2 1| "},
		{header + "w-1,а\n", "A2 w-1|B2 а|C2 |D2 |E2 |F2 "},
	} {
		wells, _ := readWells(test.text)
		var cells []string
		for i := range wells.Schema.Fields {
			d := wells.Problem(diag.ControlChar, wells.Lookup("w-1"), i, nil)
			if d.Cell.Column == 0 {
				d.Cell = source.Cell{} // of a column that is missing
			}
			cells = append(cells, d.Cell.String()+" "+test.text[d.Span.Start:d.Span.End])
		}
		if got := strings.Join(cells, "|"); got != test.cells {
			t.Errorf("the cells of %q stand at %q, want %q", test.text, got, test.cells)
		}
	}
}

// Each mistake in a file is reported once, and the rows that can be known by a key are
// kept.
func TestRead(t *testing.T) {
	for _, test := range []struct{ text, codes, keys string }{
		{header + "w-1,а,,,1,\nw-2,б,,,,\n", "", "w-1 w-2"},
		{header + "w-2,б,,,,\n\n,,,,,\nw-1,а,,,1,\n", "", "w-1 w-2"},
		{"\ufeff" + header, "byte-order-mark", ""},
		{header + "w-1,а,,,1,,,\n", "", "w-1"},
		{header + "w-1,а,,,1,,,x\n", "row-too-long", "w-1"},
		{header + "w-1,а\n", "row-too-short", "w-1"},
		{header + ",а,,,1,\n", "missing-value", ""},
		{header + "W,а,,,1,\n", "bad-id", "W"},
		{header + "w-1,,а,,1,\n", "missing-value", "w-1"},
		{header + "w-1,а,,,\"1,5\",\n", "bad-number", "w-1"},
		{header + "w-1,а,,,-1,\n", "too-small", "w-1"},
		{header + "w-1,а,,,1\"5,\n", "stray-quote", "w-1"},
		{header + "w-1,а,,,\"1\"5,\"x\n", "stray-quote unclosed-quote", ""},
		{header + "w-1,а,,,1,\nw-1,б,,,2,\n", "duplicate-key", "w-1"},
		{header + "w-1,а,,,1,\nw-1,б\n", "row-too-short", "w-1"},
		{header + "w-1, а,,,1,\n", "outer-space", "w-1"},
		{"name_ky,id\nа,w-1\n", "", "w-1"},
		{"id\nw-1\n", "missing-column", "w-1"},
		{"id,nmae_ky\nw-1,а\n", "unknown-column", "w-1"},
		{"name_ky\nа\n", "missing-column", ""},
		{"id,name_ky,demonstration\nw-1,а,true\n", "", "w-1"},
		{"id,name_ky,,\nw-1,а,,\n", "unknown-column unknown-column", "w-1"},
		{"id;name_ky\nw-1;а\n", "wrong-delimiter", ""},
		{"", "empty-file", ""},
		{"\n,,\n", "empty-file", ""},
		{header + "w-1,\xf6,,,1,\n", "invalid-utf8", ""},
		{header[:len(header)-1] + ",mark\nw-1,а,,,1,,\n", "duplicate-column", "w-1"},
	} {
		table, problems := readWells(test.text)
		if got := codes(problems); got != test.codes {
			t.Errorf("%q gives %q, want %q", test.text, got, test.codes)
		}
		if got := strings.Join(table.KeyNames(), " "); got != test.keys {
			t.Errorf("%q has the records %q, want %q", test.text, got, test.keys)
		}
	}
}

// A register without a schema may have any headings that every form of download can hold.
func TestHeadings(t *testing.T) {
	for header, want := range map[string]string{
		"id,Аты,аты жөнү,a;b":   "",
		"id,Name,name":          "duplicate-column",
		"id,a\x00b":             "control-character",
		"id,a\ue001b":           "control-character",
		"id,\"a\nb\"":           "",
		"id,Demonstration,name": "",
	} {
		table, problems := Read(&source.File{Data: []byte(header + "\n")}, "osh/plain", nil)
		if got := codes(problems); got != want {
			t.Errorf("%q gives %q, want %q", header, got, want)
		}
		if table.Schema.Field("Demonstration") >= 0 {
			t.Errorf("%q has the fields %v", header, table.Schema.Fields)
		}
	}
}

// No two columns, and no two fields of the file, may have the same name.
func TestColumnNames(t *testing.T) {
	for columns, want := range map[string]string{
		`{ name = "a", type = "text" }, { name = "a_kg", type = "string" }`: "",
		`{ name = "a", type = "text" }, { name = "a_ky", type = "string" }`: "a_ky column-twice",
		`{ name = "a_en", type = "string" }, { name = "a", type = "text" }`: "a_en column-twice",
		`{ name = "a", type = "text" }, { name = "a", type = "text" }`:      "a column-twice",
		`{ name = "a", type = "text" }, { name = "a", type = "string" }`:    "a column-twice",
		`{ name = "demonstration", type = "boolean" }`:                      "demonstration column-ours",
	} {
		_, problems := ParseSchema("own", &source.File{Data: []byte("column = [ { name = \"id\", type = \"id\" }, " + columns + " ]\n")}, Allowed{})
		var got []string
		for _, d := range problems {
			got = append(got, fmt.Sprint(d.Value, " ", strings.TrimPrefix(string(d.Args["detail"].(diag.Phrase)), "schema.")))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s gives %q, want %q", columns, got, want)
		}
	}
}

// Numbers are unique by what they are worth, as in databases, alone and with other columns.
func TestUniqueNumbers(t *testing.T) {
	for file, want := range map[string]int{"id,n,m\na,1,1\nb,1.0,2\n": 1, "id,n,m\na,1,5\nb,2,5.00\n": 1, "id,n,m\na,10,1\nb,1,1.5\nc,100,-1\n": 0} {
		s := &Schema{Name: "n", UniqueKeys: [][]string{{"m"}}, Columns: []Column{{Name: "id", Type: ID}, {Name: "n", Type: Number, Unique: true}, {Name: "m", Type: Money}}}
		s.Complete()
		if _, problems := Read(&source.File{Data: []byte(file)}, "town/n", s); len(problems) != want {
			t.Errorf("%q gives %v", file, problems)
		}
	}
}

// A cell that was reported is empty in the table.
func TestRefusedCellsAreEmptied(t *testing.T) {
	table, _ := readWells(header + "w-1,а,,,\"1,5\",x\n")
	if row := table.Lookup("w-1"); table.Value(row, "depth") != "" || table.Value(row, "mark") != "x" {
		t.Errorf("%q", row.Values)
	}
}

// A table whose keys are not all known is not whole.
func TestWhole(t *testing.T) {
	for text, want := range map[string]bool{
		header + "w-1,а,,,x,\n":                true,
		header + "w-1,а\n":                     true,
		header + "W,а,,,1,\n":                  false,
		header + ",а,,,1,\n":                   false,
		header + "w-1,а,,,,\nw-1,а,,,,\n":      false,
		header + "w-1,а,,,,\nw-2,\"а,,,,\n":    false,
		"nmae_ky\nа\n":                         false,
		strings.Replace(header, "id", "x", 1):  false,
		strings.Replace(header, "\n", "\r", 1): true,
	} {
		if table, _ := readWells(text); table.Whole != want {
			t.Errorf("%q: whole %v", text, !want)
		}
	}
}

func TestProblemNamesTheColumn(t *testing.T) {
	_, problems := readWells(header + "w-1,а,,,x,\n")
	d := problems[0]
	if d.Cell.String() != "E2" || d.Args["column"] != "depth" || d.Args["column_title"] != locale.Same("depth") ||
		d.Args["value"] != "x" || d.ID != "w-1" || d.Register != "osh/wells" {
		t.Errorf("%+v", d)
	}
}

// A canonical file that is read is written as it was.
func TestRoundTrip(t *testing.T) {
	text := rapid.String().Filter(func(s string) bool {
		_, problems := readWells(header + "w-1,\"" + strings.ReplaceAll(s, `"`, `""`) + "\",,,,\n")
		return len(problems) == 0
	})
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfDistinct(rapid.StringMatching(`[a-z0-9][a-z0-9-]{0,5}`), rapid.ID[string]).Draw(t, "ids")
		slices.Sort(ids)
		var b strings.Builder
		b.WriteString(header)
		for _, id := range ids {
			cells := []string{id, text.Draw(t, "ky"), text.Draw(t, "ru"), "", "1.50", norm.NFC.String("é")}
			for i, c := range cells {
				if strings.ContainsAny(c, ",\"\n\r") {
					cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
				}
			}
			b.WriteString(strings.Join(cells, ",") + "\n")
		}
		table, problems := readWells(b.String())
		if len(problems) > 0 {
			t.Fatal(codes(problems))
		}
		var out strings.Builder
		if err := table.WriteCSV(&out, false); err != nil || out.String() != b.String() {
			t.Fatalf("%v\n%q is written as\n%q", err, b.String(), out.String())
		}
	})
}

func TestDemonstration(t *testing.T) {
	table, _ := readWells(header + "w-1,а,,,1,\n")
	var b strings.Builder
	if err := table.WriteCSV(&b, true); err != nil {
		t.Fatal(err)
	}
	want := "id,name_ky,name_ru,name_en,depth,mark,demonstration\nw-1,а,,,1,,true\n"
	if b.String() != want {
		t.Fatalf("%q", b.String())
	}
	back, problems := readWells(b.String())
	if len(problems) > 0 || written(t, back) != header+"w-1,а,,,1,\n" {
		t.Errorf("%s: %q", codes(problems), written(t, back))
	}
	plain, problems := Read(&source.File{Data: []byte(want)}, "osh/wells", nil)
	if len(problems) > 0 || plain.Schema.Field(Demonstration) >= 0 {
		t.Errorf("without a schema the column is kept: %s", codes(problems))
	}
}

func TestTypes(t *testing.T) {
	for typ, test := range map[Type]struct{ good, bad []string }{
		ID:        {[]string{"a", "7-x", "osh-2026", strings.Repeat("a", 64)}, []string{"", "A", "-a", "a b", "а", "a_b", strings.Repeat("a", 65)}},
		Ref:       {[]string{"a", "a_b-c"}, []string{"A", "a b"}},
		Integer:   {[]string{"0", "-5", "1250"}, []string{"1.0", "01", "-0", "+1", "1 000", "1e3", "9223372036854775808"}},
		Number:    {[]string{"0", "-0.5", "74957.7"}, []string{".5", "5.", "-0", "-0.00", "1,5", "1e3", "0x1", "NaN", "Inf"}},
		Boolean:   {[]string{"true", "false"}, []string{"TRUE", "1", "yes", "ооба"}},
		Date:      {[]string{"2026-02-28"}, []string{"2026-02-29", "2026-2-1", "01.02.2026", "2026-02", "2026-02-01T10:00+06:00"}},
		DateTime:  {[]string{"2026-03-01T17:00+06:00", "2026-03-01T17:00:30+06:00", "2026-03-01T17:00Z"}, []string{"2026-03-01", "2026-03-01T17:00", "2026-03-01 17:00+06:00", "2026-03-01T25:00+06:00"}},
		YearMonth: {[]string{"2026-12"}, []string{"2026-13", "2026", "12.2026"}},
		Year:      {[]string{"2026", "1999"}, []string{"26", "12026", "2026-01", "2226"}},
		URL:       {[]string{"https://a.kg/b?c=1", "http://кыргызстан.example/"}, []string{"a.kg", "ftp://a.kg", "https://", "https://a.kg/ b", "javascript:alert(1)"}},
		Path:      {[]string{"a.pdf", "2026/кат.pdf"}, []string{"/a", "../a", "a//b", "C:/a", `a\b`, ".a", "a/.b", "a?b"}},
	} {
		c := Column{Type: typ}
		for _, v := range test.good {
			if code, _ := c.check(v); code != "" {
				t.Errorf("%s %q: %s", typ, v, code)
			}
		}
		for _, v := range test.bad {
			if code, _ := c.check(v); code == "" {
				t.Errorf("%s %q is taken", typ, v)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		var text strings.Builder
		text.WriteString(header)
		for i := range n {
			fmt.Fprintf(&text, "w-%06d,\"Кудук, үчүнчү\",Колодец,Well,%d.5,\n", i, i%100)
		}
		f := &source.File{Path: "wells.csv", Data: []byte(text.String())}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(f.Data)))
			b.ReportAllocs()
			for b.Loop() {
				if t, _ := Read(f, "osh/wells", wells); len(t.Rows) != n {
					b.Fatal(len(t.Rows))
				}
			}
		})
	}
}

// TestNoDay says what no calendar has of a day that is written as days are.
func TestNoDay(t *testing.T) {
	for _, x := range []struct {
		day, kind string
		last      any
	}{
		{"2026-02-30", "no-day", time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)}, {"31.11.2026", "no-day", time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)},
		{"2026-23-10", "no-month", "23"}, {"11.28.2025", "no-month", "28"}, {"28.11.0025", "no-year", nil}, {"2026-11-00", "no-day", time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)},
		{"28.11.2025", "", nil}, {"yesterday", "", nil},
	} {
		c := Column{Name: "day", Type: Date}
		code, args := c.check(x.day)
		kind, _ := args["kind"].(string)
		if code != diag.BadDate || kind != x.kind || args["last"] != x.last {
			t.Errorf("%s: %s %q %v", x.day, code, kind, args["last"])
		}
	}
	c := Column{Name: "month", Type: YearMonth}
	for month, want := range map[string]string{"2026-13": "no-month 13", "00.2026": "no-month 00", "2026/99": "no-month 99", "0026-01": "no-year", "March": "", "2026-1": ""} {
		code, args := c.check(month)
		if got := strings.TrimSpace(strings.ReplaceAll(fmt.Sprint(args["kind"], " ", args["last"]), "<nil>", "")); code != diag.BadYearMonth || got != want {
			t.Errorf("%s: %s %q", month, code, got)
		}
	}
	c = Column{Name: "at", Type: DateTime}
	for day, want := range map[string]any{"2026-11-09": "no-time", "09.11.2026": "no-time", "31.11.2026 17:00": "no-day", "09.11.2026 17:00": nil} {
		if code, args := c.check(day); code != diag.BadDateTime || args["kind"] != want {
			t.Errorf("%s: %s %v", day, code, args["kind"])
		}
	}
}

// TestNoHeadings checks that a file without headings is read as before when the search for them
// ends: a stray quote in its rows is reported once.
func TestNoHeadings(t *testing.T) {
	schema := PlainSchema("things", []string{"id", "name"})
	schema.Plain = false
	_, problems := Read(&source.File{Path: "data/town/things.csv", Data: []byte("a,b\nc\"d,e\nf,g\n")}, "town/things", schema)
	var codes []diag.Code
	for _, d := range problems {
		codes = append(codes, d.Code)
	}
	if want := []diag.Code{diag.StrayQuote, diag.UnknownColumn, diag.UnknownColumn, diag.MissingColumn}; !slices.Equal(codes, want) {
		t.Errorf("%v, want %v", codes, want)
	}
}

// TestGuarded checks that a guarded text is no formula, and that its reader gets back what was guarded.
func TestGuarded(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "-5 °C": "'-5 °C", "'quoted'": "''quoted'", "@x": "'@x", "Ош": "Ош", "": "",
	} {
		got := Guarded(text)
		if got != want || Unguarded(got) != text {
			t.Errorf("%q is guarded as %q and read as %q, want %q", text, got, Unguarded(got), want)
		}
	}
}
