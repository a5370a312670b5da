package table

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
	"achyk/internal/tools/outside"
)

func lexText(text string) (records []record, problems diag.List, complete bool) {
	f := &source.File{Path: "x.csv", Data: []byte(text)}
	l := newLexer(f, f.Text())
	for r, more := l.next(); more; r, more = l.next() {
		records = append(records, record{slices.Clone(r.cells), r.row})
	}
	return records, l.problems.List, !l.ended
}

func values(records []record) [][]string {
	var all [][]string
	for _, r := range records {
		var row []string
		for _, c := range r.cells {
			row = append(row, c.value)
		}
		all = append(all, row)
	}
	return all
}

func TestLex(t *testing.T) {
	for text, want := range map[string][][]string{
		"":                             nil,
		"a,b\n1,2\n":                   {{"a", "b"}, {"1", "2"}},
		"a,b\r\n1,2":                   {{"a", "b"}, {"1", "2"}},
		"a,b\r1,2\r":                   {{"a", "b"}, {"1", "2"}},
		"\ufeffa\n":                    {{"a"}},
		"a\n\nb\n":                     {{"a"}, {""}, {"b"}},
		",\n":                          {{"", ""}},
		`"a,b","c""d"` + "\n":          {{"a,b", `c"d`}},
		"\"a\r\nb\"\n":                 {{"a\r\nb"}},
		`a "b", "c"` + "\n":            {{`a "b"`, ` "c"`}}, // reported, and kept as it stands in the file
		`"a"b,c` + "\n":                {{`"a"b`, "c"}},
		"a,\"never closed\n1,2\n3,4\n": nil,
	} {
		records, _, _ := lexText(text)
		if got := values(records); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestLexCountsSpreadsheetRows(t *testing.T) {
	records, _, _ := lexText("a\n\"b\nb\"\n\nc\n")
	var rows []int
	for _, r := range records {
		rows = append(rows, r.row)
	}
	if want := []int{1, 2, 3, 4}; !slices.Equal(rows, want) {
		t.Errorf("rows %v, want %v: a line end within a cell is no new row", rows, want)
	}
}

// The test vectors of csv-spectrum are read as they want.
func TestSpectrum(t *testing.T) {
	folder := outside.Conformance(t, "csv-spectrum")
	names, _ := filepath.Glob(filepath.Join(folder, "csvs", "*.csv"))
	if len(names) != 11 {
		t.Errorf("%d vectors, want 11", len(names))
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		wanted, err := os.ReadFile(filepath.Join(folder, "json", strings.TrimSuffix(filepath.Base(name), ".csv")+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var want []map[string]string
		if err := json.Unmarshal(wanted, &want); err != nil {
			t.Fatal(err)
		}
		records, problems, _ := lexText(string(data))
		var got []map[string]string
		for _, row := range values(records[1:]) {
			m := map[string]string{}
			for i, v := range row {
				m[records[0].cells[i].value] = v
			}
			got = append(got, m)
		}
		if len(problems) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as %v, want %v (%v)", filepath.Base(name), got, want, problems)
		}
	}
}

func FuzzLex(f *testing.F) {
	for _, seed := range []string{
		"id,name\na,б\n", "a,\"b\"\"c\"\r\n", "\"a\nb\",\n\n", "a\"b,\"c\"d\n\"", "\ufeffid;x\n1;2\n", "a,b\n1\n1,2,3,,\n", "id\n\xff\n", "a\r\rb\n", "|,", "|, ", "\n\ufeff", ",|", "|,demonstration", "|,\u070f", "id,a\u200b\n", "|,\t\n", "a" + strings.Repeat(",", limits.Columns+1),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		records, problems, complete := lexText(text)
		for _, r := range records {
			for _, c := range r.cells {
				if c.span.Start < 0 || c.span.Start > c.span.End || c.span.End > len(text) {
					t.Fatalf("%q: span %v", text, c.span)
				}
			}
		}
		for _, d := range problems {
			if d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > len(text) {
				t.Fatalf("%q: span %v of %s", text, d.Span, d.Code)
			}
		}

		// encoding/csv reads carriage returns and byte order marks in another way, and has no limits.
		beyond := slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Code == diag.OverLimit })
		if !beyond && !strings.ContainsAny(text, "\r\ufeff") {
			r := csv.NewReader(strings.NewReader(text))
			r.FieldsPerRecord = -1
			want, err := r.ReadAll()
			if (err == nil) != (complete && len(problems) == 0) {
				t.Fatalf("%q: encoding/csv says %v, we say %v", text, err, problems)
			}
			if got := slices.DeleteFunc(records, func(r record) bool { // encoding/csv skips empty lines
				return len(r.cells) == 1 && r.cells[0].span.Start == r.cells[0].span.End
			}); err == nil && !reflect.DeepEqual(values(got), want) {
				t.Fatalf("%q is read as %q, by encoding/csv as %q", text, values(got), want)
			}
		}

		// What was read without errors is written in a form that no longer changes.
		table, found := Read(&source.File{Path: "x.csv", Data: []byte(text)}, "x", nil)
		if found.HasErrors() {
			return
		}
		first := written(t, table)
		again, found := Read(&source.File{Path: "x.csv", Data: []byte(first)}, "x", nil)
		if slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code != diag.NotNormalised && d.Code != diag.InvisibleChar }) {
			t.Fatalf("%q, written as %q: %v", text, first, found)
		}
		if second := written(t, again); first != second {
			t.Fatalf("%q is written as %q, then as %q", text, first, second)
		}
	})
}

func written(t testing.TB, table *Table) string {
	t.Helper()
	var b strings.Builder
	if err := table.WriteCSV(&b, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
