package opendata

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/dataset"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// nasty returns a register with values that other programs are likely to misread. Tests write
// it in every form, have a program of others read that, and compare the values.
func nasty(t testing.TB) (*register, dataset.Snapshot) {
	t.Helper()
	word := func(s string) table.Value { return table.Value{Code: s, Label: locale.Text{Ky: s, Ru: s, En: s}} }
	schema := &table.Schema{Name: "nasty", Columns: []table.Column{
		{Name: "id", Type: table.ID, Required: true}, {Name: "digits", Type: table.String}, {Name: "note", Type: table.Text},
		{Name: "count", Type: table.Integer}, {Name: "area", Type: table.Number}, {Name: "cost", Type: table.Money},
		{Name: "open", Type: table.Boolean}, {Name: "day", Type: table.Date}, {Name: "at", Type: table.DateTime},
		{Name: "month", Type: table.YearMonth}, {Name: "year", Type: table.Year},
		{Name: "kind", Type: table.Enum, Values: []table.Value{word("good"), word("it's")}},
		{Name: "parent", Type: table.Ref, Register: "nasty"}, {Name: "site", Type: table.URL}, {Name: "file", Type: table.Path},
	}}
	schema.Complete()
	var rows []table.Row
	for i, cells := range []string{
		// digits | note_ky | note_ru | note_en | count | area | cost | open | day | at | month | year | kind | parent | site | file
		`00123|Ң ң Ө ө Ү ү, ӊ|он сказал: "нет"; да|a,b;c	d|0|0.1|0.00|true|1900-03-01|2026-03-01T17:00+06:00|2026-03|1999|good|n-00|https://a.example/?a=1&b=2|a.pdf`,
		`01234567890123|=1+1|-5|@SUM(A1:A9)|-5|-5|-5.50|false|1900-02-28|2026-03-01T17:00:30+06:00|1900-01|2026|it's|n-00||`,
		`12345678901234|+7 312 00|'апостроф|''two|99999999999999|12345678901.2345|9999999999999.99|||2026-03-01T00:00+00:00|||||https://a.example/|ү/ң.txt`,
		`1E5|שלום (ош) مرحبا|é, й – бөлөк|😀👩‍👩‍👧 🇰🇬|7|1.50|354000|true|1900-01-01|1900-01-01T23:59+06:00|||||| `,
		`TRUE|<b>&amp;</b>|_x000D_ _x0041_|]]>|1||0.125||2199-12-31|2000-01-01T00:00+06:00||||||`,
		`1.3.26|NULL|null|#N/A||||||2026-12-31T23:59:59+06:00||||n-04||`,
		`||||||||||||||| `,
	} {
		values := strings.Split(fmt.Sprintf("n-%02d|%s", i, strings.TrimSpace(cells)), "|")
		rows = append(rows, table.Row{Values: append(values, make([]string, len(schema.Fields)-len(values))...)})
	}
	long := strings.Repeat("Ж", sheetLimits.cell)
	for i, note := range []string{"эки\nсап", "эки\r\nсап", "эки\rсап", "\"", ",", ";", long} {
		values := make([]string, len(schema.Fields))
		values[0], values[schema.Field("note_ky")] = fmt.Sprintf("o-%02d", i), note
		rows = append(rows, table.Row{Values: values})
	}
	// Not by table.New, which refuses formulas. A writer must not depend on that.
	t1 := table.Made(schema, "town/nasty", rows)
	m := &jme.Municipality{ID: "town", Tables: []*table.Table{t1}}
	m.Settings.TimeZone = "Asia/Bishkek"
	m.Settings.Name = locale.Text{Ky: "Шаар", Ru: "Город", En: "Town"}
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	o := dataset.Snapshot{Data: &jme.Dataset{Municipalities: []*jme.Municipality{m}}, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
	o.Data.Site.Demonstration, o.Data.Site.Licence = true, "CC-BY-4.0"
	if problems := Check(m); len(problems) > 0 {
		t.Fatal(problems)
	}
	return planned(t, o, m, "nasty"), o
}

func made(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same compares what was read with the register, cell by cell. want returns what the reader
// should have read for a cell.
func same(t *testing.T, r *register, got [][]string, want func(kind table.Type, v string) string) {
	t.Helper()
	var expected [][]string
	for i := range r.Rows {
		var row []string
		for j, v := range r.Rows[i].Values {
			row = append(row, want(r.Schema.Columns[r.Schema.Fields[j].Column].Type, v))
		}
		expected = append(expected, append(row, "true"))
	}
	if diff := cmp.Diff(expected, got); diff != "" {
		t.Errorf("(-register +read):\n%.4000s", diff)
	}
}

func exactly(_ table.Type, v string) string { return v }

func TestNastyCSV(t *testing.T) {
	t.Parallel()
	r, _ := nasty(t)
	// encoding/csv turns CRLF within quotes into LF.
	rows, err := csv.NewReader(bytes.NewReader(made(t, r.csv))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	same(t, r, rows[1:], func(_ table.Type, v string) string { return strings.ReplaceAll(v, "\r\n", "\n") })
}

func TestNastyJSON(t *testing.T) {
	t.Parallel()
	r, _ := nasty(t)
	var array []json.RawMessage
	if err := json.Unmarshal(made(t, r.json), &array); err != nil {
		t.Fatal(err)
	}
	var lines []json.RawMessage
	for line := range bytes.Lines(made(t, r.jsonLines)) {
		lines = append(lines, bytes.TrimSuffix(line, []byte("\n")))
	}
	if diff := cmp.Diff(array, lines); diff != "" {
		t.Errorf("(-JSON +JSON Lines):\n%.2000s", diff)
	}
	var rows [][]string
	for _, object := range array {
		rows = append(rows, jsonRow(t, r, object))
	}
	same(t, r, rows, exactly)
}

// jsonRow reads an object. null becomes "".
func jsonRow(t *testing.T, r *register, object []byte) (row []string) {
	t.Helper()
	var cells map[string]any
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	if err := d.Decode(&cells); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Schema.Fields {
		if v, ok := cells[f.Name]; !ok || v == "" {
			t.Errorf("%s is missing, or empty and not null: %s", f.Name, object)
		}
		row = append(row, text(cells[f.Name]))
	}
	return append(row, text(cells[table.Demonstration]))
}

// text returns a value of JSON as text.
func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// TestNastyExcel has LibreOffice open the workbook, and compares types and values.
func TestNastyExcel(t *testing.T) {
	t.Parallel()
	r, o := nasty(t)
	sheets := spreadsheet(t, "town.xlsx", made(t, newWhole(o, r.m).workbook))
	if len(sheets) != 3 || len(sheets[0]) != 3 || sheets[0][1][0].text != "nasty" || sheets[1][0][1].text != "digits" {
		t.Fatalf("the workbook has other sheets than its contents, the register and the dictionary: %v", sheets)
	}
	same(t, r, described(r, sheets[1][1:]), office)
}

// TestNastyExcelCSV has LibreOffice open the CSV for Excel with Russian settings, and compares
// types and values.
func TestNastyExcelCSV(t *testing.T) {
	t.Parallel()
	r, _ := nasty(t)
	// The options are: separator, quote, UTF-8, first line, types of columns, Russian, quoted cells are text, numbers are detected.
	sheets := spreadsheet(t, "nasty.csv", made(t, r.excelCSV), "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1049,true,true")
	rows := described(r, sheets[0][1:])
	for _, row := range rows {
		for i := range row {
			row[i] = strings.Replace(row[i], "string '", "string ", 1) // the apostrophe before what looks like a formula
		}
	}
	same(t, r, rows, func(kind table.Type, v string) string {
		switch {
		case kind == table.Boolean && v != "":
			return "string " + v // Russian words for true and false are others
		case kind == table.Date && v != "":
			return "date " + v // LibreOffice reads days before 1900 too; Excel leaves them text
		}
		return strings.ReplaceAll(office(kind, v), "\r", "\n") // LibreOffice reads a CR in a CSV as LF
	})
}

// described returns the cells as "kind text", with all rows of one length.
func described(r *register, sheet [][]cell) (rows [][]string) {
	for _, cells := range sheet {
		row := make([]string, len(r.Schema.Fields)+1)
		for i, c := range cells {
			row[i] = strings.TrimSpace(c.kind + " " + c.text)
		}
		switch demonstration := &row[len(row)-1]; *demonstration {
		case "float 1", "string true":
			*demonstration = "true"
		}
		rows = append(rows, row)
	}
	return rows
}

// office returns what LibreOffice makes of a cell. It reads CRLF in a text as LF.
func office(kind table.Type, v string) string {
	switch {
	case v == "":
		return ""
	case kind.Numeric() || kind == table.Year:
		n, _ := strconv.ParseFloat(v, 64)
		return "float " + strconv.FormatFloat(n, 'f', -1, 64)
	case kind == table.Boolean:
		return map[string]string{"true": "float 1", "false": "float 0"}[v]
	case kind == table.Date && v > "1900-03":
		return "date " + v
	case kind == table.DateTime && v > "2006" && strings.HasSuffix(v, "+06:00"): // Bishkek had other offsets before
		v = strings.TrimSuffix(v, "+06:00")
		if len(v) == len("2026-03-01T17:00") {
			v += ":00"
		}
		return "date " + strings.TrimSuffix(v, "T00:00:00")
	}
	return "string " + strings.ReplaceAll(v, "\r\n", "\n")
}

// TestNastyXML reads the XML of the workbook, because spreadsheets change line breaks: the sheet
// holds every text exactly, and no formula.
func TestNastyXML(t *testing.T) {
	t.Parallel()
	r, _ := nasty(t)
	parts := unzip(t, made(t, r.xlsx))
	var sheet struct {
		Rows []struct {
			Cells []struct {
				Place string  `xml:"r,attr"`
				Type  string  `xml:"t,attr"`
				Text  *string `xml:"is>t"`
				Sum   *string `xml:"f"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.Unmarshal(parts["xl/worksheets/sheet1.xml"], &sheet); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`ySplit="1"`, `state="frozen"`, `<autoFilter ref="$A$1:$R$15"`, `<col min="1" max="1" width=`} {
		if !bytes.Contains(parts["xl/worksheets/sheet1.xml"], []byte(want)) {
			t.Errorf("the sheet has no %s", want)
		}
	}
	escape := regexp.MustCompile(`_x([0-9A-F]{4})_`)
	for i, row := range sheet.Rows[1:] {
		texts := map[int]string{}
		for _, c := range row.Cells {
			column := strings.Index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", c.Place[:1])
			if c.Sum != nil {
				t.Errorf("%s is a formula", c.Place)
			}
			if c.Text != nil {
				texts[column] = escape.ReplaceAllStringFunc(*c.Text, func(s string) string {
					n, _ := strconv.ParseUint(s[2:6], 16, 16)
					return string(rune(n))
				})
			}
		}
		for j, v := range r.Rows[i].Values {
			if strings.HasPrefix(office(r.Schema.Columns[r.Schema.Fields[j].Column].Type, v), "string") && texts[j] != v {
				t.Errorf("%.100q became %.100q", v, texts[j])
			}
		}
	}
}

func TestNastySQLite(t *testing.T) {
	t.Parallel()
	r, o := nasty(t)
	data := made(t, newWhole(o, r.m).database)
	var objects []json.RawMessage
	if err := json.Unmarshal(sqlite(t, data, "select * from nasty", "-json"), &objects); err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, object := range objects {
		row := jsonRow(t, r, object)
		for i, v := range row {
			if n, err := strconv.ParseFloat(v, 64); err == nil && strings.Contains(v, ".") {
				row[i] = strconv.FormatFloat(n, 'f', -1, 64) // sqlite3 prints 20 digits of 0.1
			}
		}
		row[len(row)-1] = strings.Replace(row[len(row)-1], "1", "true", 1)
		rows = append(rows, row)
	}
	same(t, r, rows, func(kind table.Type, v string) string {
		switch {
		case v == "":
		case kind == table.Boolean:
			return map[string]string{"true": "1", "false": "0"}[v]
		case kind == table.Number || kind == table.Money:
			n, _ := strconv.ParseFloat(v, 64)
			v = strconv.FormatFloat(n, 'f', -1, 64)
		}
		return v
	})
}

func TestNastyParquet(t *testing.T) {
	t.Parallel()
	r, _ := nasty(t)
	read := duckDB(t, made(t, r.parquet), "select * from @")
	names := []string{}
	for _, f := range r.Schema.Fields {
		names = append(names, f.Name)
	}
	if diff := cmp.Diff(append(names, "municipality", "region", table.Demonstration), read.Names); diff != "" {
		t.Errorf("the columns are in another order (-schema +Parquet):\n%s", diff)
	}
	var rows [][]string
	for _, cells := range read.Rows {
		row := []string{}
		for _, v := range cells {
			row = append(row, text(v))
		}
		if whose := row[len(names) : len(names)+2]; whose[0] != r.m.ID || whose[1] != r.m.Settings.Region {
			t.Errorf("a row is of %q", whose)
		}
		rows = append(rows, slices.Delete(row, len(names), len(names)+2))
	}
	same(t, r, rows, func(kind table.Type, v string) string {
		switch {
		case v == "":
		case kind == table.Number:
			n, _ := strconv.ParseFloat(v, 64)
			return strconv.FormatFloat(n, 'f', -1, 64)
		case kind == table.Money:
			_, fraction, _ := strings.Cut(v, ".")
			if fraction == "" {
				v += "."
			}
			scale, _ := r.decimals(r.Schema.Field("cost"))
			return v + strings.Repeat("0", scale-len(fraction))
		case kind == table.DateTime:
			at, _ := table.ParseTime(v)
			return at.UTC().Format("2006-01-02 15:04:05+00")
		}
		return v
	})
	want := map[string]string{"id": "VARCHAR", "count": "BIGINT", "area": "DOUBLE", "cost": "DECIMAL(18,3)", "open": "BOOLEAN",
		"day": "DATE", "at": "TIMESTAMP WITH TIME ZONE", "year": "BIGINT"}
	for i, name := range read.Names {
		if want[name] != "" && read.Types[i] != want[name] {
			t.Errorf("%s is %s, want %s", name, read.Types[i], want[name])
		}
	}
}

// TestLongAmounts writes a column in which one amount has many digits before the point and
// another many after it.
func TestLongAmounts(t *testing.T) {
	t.Parallel()
	schema := &table.Schema{Name: "long", Columns: []table.Column{{Name: "id", Type: table.ID}, {Name: "cost", Type: table.Money}}}
	schema.Complete()
	amounts := []string{"123456789012345", "-0.12345678901234", "", "-123456789012345", "0.5"}
	var rows []table.Row
	for i, v := range amounts {
		rows = append(rows, table.Row{Values: []string{fmt.Sprint("a-", i), v}})
	}
	long, problems := table.New(schema, "town/long", rows)
	m := &jme.Municipality{ID: "town", Tables: []*table.Table{long}}
	if problems = append(problems, Check(m)...); len(problems) > 0 {
		t.Fatal(problems)
	}
	read := duckDB(t, made(t, (&register{Table: long, town: newTown(dataset.Snapshot{Data: &jme.Dataset{}}, m)}).parquet), "select cost from @ order by id")
	want := []string{"123456789012345.00000000000000", "-0.12345678901234", "", "-123456789012345.00000000000000", "0.50000000000000"}
	for i, row := range read.Rows {
		if got := text(row[0]); got != want[i] {
			t.Errorf("%s is read as %s", amounts[i], got)
		}
	}
	if len(read.Rows) != len(want) || read.Types[0] != "DECIMAL(38,14)" {
		t.Errorf("%d amounts of the type %s", len(read.Rows), read.Types[0])
	}
}
