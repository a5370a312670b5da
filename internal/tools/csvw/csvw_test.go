package csvw

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/tools/outside"
)

const suite = "http://www.w3.org/2013/csvw/tests/"

// TestSuite runs the validation tests of the CSV on the Web working group (w3c/csvw,
// tests/manifest-validation.jsonld) without a network. A negative test must give an error, a
// warning test a warning and no error, a positive test nothing.
func TestSuite(t *testing.T) {
	folder := outside.Conformance(t, "csvw/tests")
	data, err := os.ReadFile(filepath.Join(folder, "manifest-validation.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Entries []struct {
			ID, Type, Name, Action, HTTPLink string
			Option                           struct{ Metadata string }
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	ran := map[string]int{}
	want := map[string]Severity{"csvt:PositiveValidationTest": "", "csvt:WarningValidationTest": Warning, "csvt:NegativeValidationTest": Error}
	for _, e := range manifest.Entries {
		name := path.Base(strings.TrimPrefix(e.ID, "manifest-validation#"))
		start := e.Action
		if e.Option.Metadata != "" {
			start = e.Option.Metadata
		}
		t.Run(name, func(t *testing.T) {
			_, problems := Validate(func(address string) (File, bool) {
				if address == "http://www.w3.org/.well-known/csvm" {
					return File{Data: []byte("{+url}-metadata.json\ncsv-metadata.json\n{+url}.json\ncsvm.json\n")}, true
				}
				file, inSuite := strings.CutPrefix(strings.TrimSuffix(address, "?query"), suite)
				data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(file)))
				f := File{Data: data}
				if address == suite+e.Action {
					f.Link = e.HTTPLink
				}
				return f, inSuite && err == nil
			}, suite+start)
			severest := Severity("")
			for _, p := range problems {
				if severest != Error {
					severest = p.Severity
				}
			}
			if severest != want[e.Type] {
				t.Errorf("%s: %s: the worst severity is %q: %v", e.Type, e.Name, severest, problems)
			}
			ran[e.Type]++
		})
	}
	if diff := cmp.Diff(map[string]int{"csvt:PositiveValidationTest": 76, "csvt:WarningValidationTest": 61, "csvt:NegativeValidationTest": 145}, ran); diff != "" {
		t.Errorf("not the expected number of tests ran (-want +have):\n%s", diff)
	}
}

// folder opens files by their names, below http://a.example/.
func folder(files map[string]string) Opener {
	return func(address string) (File, bool) {
		data, ok := files[strings.TrimPrefix(address, "http://a.example/")]
		return File{Data: []byte(data)}, ok
	}
}

// cells reads texts in a column with the given property. It returns the canonical text of
// each, or "null", or "wrong".
func cells(t *testing.T, property string, texts ...string) string {
	t.Helper()
	csv := "c\n"
	for _, s := range texts {
		csv += `"` + strings.ReplaceAll(s, `"`, `""`) + `"` + "\n"
	}
	tables, problems := Validate(folder(map[string]string{"t.csv": csv, "t.json": `{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv",
		"tableSchema": {"columns": [{"name": "c", "titles": "c", "aboutUrl": "{c}", ` + property + `}]}}`}), "http://a.example/t.json")
	meanings := make([]string, len(texts))
	for i, row := range tables[0].Rows {
		meanings[i], _ = url.PathUnescape(strings.TrimPrefix(row.About, "http://a.example/"))
		if meanings[i] == "t.csv" { // a null expands to an empty address, which is the file's own
			meanings[i] = "null"
		}
	}
	for _, p := range problems {
		row := -1
		fmt.Sscanf(p.Where, "http://a.example/t.csv row %d c", &row)
		if row < 0 {
			t.Fatal(p)
		}
		meanings[row-2] = "wrong"
	}
	return strings.Join(meanings, " ")
}

// TestCells reads texts by datatype and format. The suite has most of these patterns of
// numbers too, but several of its CSV files begin with "#": the heading is then a comment, and
// the tests fail for that reason whatever the pattern.
func TestCells(t *testing.T) {
	for _, c := range []struct{ property, texts, want string }{
		{`"datatype": "integer"`, "7|+07|-0|7.0|1e3||x", "7 7 0 wrong wrong null wrong"},
		{`"datatype": "byte"`, "127|-128|128|-129", "127 -128 wrong wrong"},
		{`"datatype": "decimal"`, "1.50|.5|1.|1,5|1e3|NaN", "1.5 0.5 1 wrong wrong wrong"},
		{`"datatype": "double"`, "1.5e1|INF|-INF|NaN|inf", "1.5E+01 +Inf -Inf NaN wrong"},
		{`"datatype": "boolean"`, "true|1|false|0|TRUE", "true true false false wrong"},
		{`"datatype": {"base": "boolean", "format": "ооба|жок"}`, "ооба|жок|true", "true false wrong"},
		{`"datatype": {"base": "integer", "format": "##0"}`, "1|1234|1,234|123.4", "1 1234 wrong wrong"},
		{`"datatype": {"base": "decimal", "format": "#0.#"}`, "1|1.2|12.34|1,234.5|1.", "1 1.2 wrong wrong wrong"},
		{`"datatype": {"base": "decimal", "format": "#0.0#"}`, "1|1.2|12.34|12.345", "wrong 1.2 12.34 wrong"},
		{`"datatype": {"base": "decimal", "format": "#0.0#,#"}`, "1|12.3|12.34,5|12.345|12.34,567", "wrong 12.3 12.345 wrong wrong"},
		{`"datatype": {"base": "decimal", "format": "#,##,#00"}`, "12|1|12,34,567|1234|1,234,567", "12 wrong 1234567 wrong wrong"},
		{`"datatype": {"base": "decimal", "format": {"decimalChar": ",", "groupChar": " ", "pattern": "# ##0,00"}}`, "1 234,50|1234,50|1.5", "1234.5 wrong wrong"},
		{`"datatype": {"base": "decimal", "format": {"decimalChar": ","}}`, "1,5|1.5|12%|-2‰", "1.5 wrong 0.12 -0.002"},
		{`"datatype": {"base": "double", "format": "0.0E00"}`, "1.5E03|1.5E3|1.5", "1.5E+03 wrong wrong"},

		{`"datatype": "date"`, "2024-02-29|2023-02-29|2023-13-01|2023-1-1|2023-01-01+06:00|2023-01-01+15:00", "2024-02-29 wrong wrong wrong 2023-01-01+06:00 wrong"},
		{`"datatype": "gYear"`, "2023|99|0001", "2023 wrong 0001"},
		{`"datatype": "gMonthDay"`, "--02-29|--02-30|--13-01", "--02-29 wrong wrong"},
		{`"datatype": "time"`, "23:59:59.5|24:00:00|24:00:01|23:60:00", "23:59:59.5 24:00:00 wrong wrong"},
		{`"datatype": "dateTimeStamp"`, "2023-01-01T00:00:00Z|2023-01-01T00:00:00", "2023-01-01T00:00:00Z wrong"},
		{`"datatype": {"base": "date", "format": "d.M.yyyy"}`, "1.2.2023|01.02.2023|30.2.2023|2023-02-01", "2023-02-01 wrong wrong wrong"},
		{`"datatype": {"base": "dateTime", "format": "yyyy-MM-ddTHH:mmXXX"}`, "2023-02-01T10:30+06:00|2023-02-01T10:30Z|2023-02-01T10:30|2023-02-01T10:30:00+06:00",
			"2023-02-01T10:30:00+06:00 2023-02-01T10:30:00Z wrong wrong"},
		{`"datatype": {"base": "time", "format": "HH:mm:ss.SS x"}`, "10:30:00.25 +06|10:30:00 +0630|10:30:00.255 +06|10:30:00 Z", "10:30:00.25+06:00 10:30:00+06:30 wrong wrong"},
		{`"datatype": "duration"`, "P1Y2M|PT5M|P|PT|P1DT|-P1D", "P1Y2M PT5M wrong wrong wrong -P1D"},

		{`"datatype": {"base": "string", "format": "a|b"}`, "a|b|ab|a\n", "a b wrong wrong"},
		{`"datatype": {"base": "string", "minLength": 2, "maxLength": 3}`, "аб|а|абвг", "аб wrong wrong"},
		{`"datatype": {"base": "hexBinary", "length": 2}`, "0FB7|0F|0FB", "0FB7 wrong wrong"},
		{`"datatype": {"base": "integer", "minimum": 2, "maxExclusive": 4}`, "1|2|3|4", "wrong 2 3 wrong"},
		{`"datatype": {"base": "date", "minInclusive": "2023-01-02"}`, "2023-01-01|2023-01-02", "wrong 2023-01-02"},
		{`"datatype": {"base": "duration", "maximum": "P1M"}`, "P20D|P2M", "P20D wrong"},
		{`"datatype": "anyURI"`, "a/ң?b#c|a b|<a>", "a/ң?b#c wrong wrong"},
		{`"datatype": "language"`, "ky-Cyrl|кыргыз", "ky-Cyrl wrong"},

		{`"null": ["-", "?"], "required": true`, "-|?|", "wrong wrong null"},
		{`"datatype": "integer", "separator": ";"`, "1;2; 3|1;x|", "1,2,3 wrong null"},
		{`"datatype": "integer", "default": "5"`, " 7 |  ", "7 5"},
	} {
		t.Run(c.property, func(t *testing.T) {
			if have := cells(t, c.property, strings.Split(c.texts, "|")...); have != c.want {
				t.Errorf("%s\nhave %s\nwant %s", c.texts, have, c.want)
			}
		})
	}
}

// TestTemplates expands examples of RFC 6570, 3.2.
func TestTemplates(t *testing.T) {
	values := map[string][]string{
		"var": {"value"}, "hello": {"Hello World!"}, "half": {"50%"}, "path": {"/foo/bar"}, "empty": {""}, "x": {"1024"}, "y": {"768"},
		"list": {"red", "green", "blue"}, "dom": {"example", "com"}, "none": nil, "ky": {"ң"},
	}
	for written, want := range map[string]string{
		"{var}": "value", "{hello}": "Hello%20World%21", "{+half}": "50%25", "O{empty}X": "OX", "O{undef}X": "OX", "{x,hello,y}": "1024,Hello%20World%21,768",
		"{var:3}": "val", "{list}": "red,green,blue", "{list*}": "red,green,blue", "{+path}/here": "/foo/bar/here", "{#path,x}here": "#/foo/bar,1024here",
		"X{.x,y}": "X.1024.768", "X{.list*}": "X.red.green.blue", "{/var,x}/here": "/value/1024/here", "{/list*,path:4}": "/red/green/blue/%2Ffoo",
		"{;x,y,empty}": ";x=1024;y=768;empty", "{;list*}": ";list=red;list=green;list=blue", "{?x,y,empty}": "?x=1024&y=768&empty=", "{?list}": "?list=red,green,blue",
		"?fixed=yes{&x}": "?fixed=yes&x=1024", "ң/{ky}": "%D2%A3/%D2%A3", "a{none}b": "ab", "www{.dom*}": "www.example.com",
	} {
		if have := template(written).expand(values); !wholeTemplate.MatchString(written) || have != want {
			t.Errorf("%s expands to %s, want %s", written, have, want)
		}
	}
	for _, wrong := range []string{"{", "}", "{}", "{a b}", "{=a}", "{a:0}", "a b", "{a,}", "{{a}}"} {
		if wholeTemplate.MatchString(wrong) {
			t.Errorf("%s is accepted as a template", wrong)
		}
	}
}

// TestDialects splits files into cells by dialects. "[]" means that the file has an error.
func TestDialects(t *testing.T) {
	for _, c := range []struct{ name, dialect, data, want string }{
		{"by default", `{}`, "a,b\n1,\"2\r\n\"\"3\"\"\"\r\n#c\n,\n", `[["1" "2\r\n\"3\""] ["" ""]]`},
		{"a byte order mark", `{}`, "\ufeffa,b\n1,2", `[["1" "2"]]`},
		{"another delimiter", `{"delimiter": ";", "quoteChar": "'"}`, "a;b\n'1;';\"2\n", `[["1;" "\"2"]]`},
		{"no quotes", `{"quoteChar": null}`, "a,b\n\"1,2\"\n", `[["\"1" "2\""]]`},
		{"a backslash", `{"doubleQuote": false}`, "a,b\n\"1\\\"\",2\\,\n", `[["1\"" "2,"]]`},
		{"other line terminators", `{"lineTerminators": ";"}`, "a,b;1,2\n;", `[["1" "2\n"]]`},
		{"skipped rows and columns", `{"skipRows": 1, "skipColumns": 1, "skipBlankRows": true}`, "title\n0,a,b\n,,\n0,1,2\n", `[["1" "2"]]`},
		{"no heading", `{"header": false}`, "1,2\n", `[["1" "2"]]`},
		{"two headings", `{"headerRowCount": 2}`, "x,y\na,b\n1,2\n", `[["1" "2"]]`},
		{"space", `{"trim": true}`, "a,b\n 1 ,\" 2 \"\n", `[["1" "2"]]`},
		{"space at the start", `{"skipInitialSpace": true}`, "a,b\n 1 , 2\n", `[["1 " "2"]]`},
		{"another encoding", `{"encoding": "windows-1251"}`, "a,b\n\xee\xf8,2\n", `[["ош" "2"]]`},
		{"text after a quote", `{}`, "a,b\n\"1\"x,2\n", `[]`},
		{"a quote within text", `{}`, "a,b\n1\"x\",2\n", `[]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := &validator{open: folder(map[string]string{"t.csv": c.data, "t.json": `{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "dialect": ` + c.dialect + `,
				"tableSchema": {"columns": [{"titles": "a"}, {"titles": "b"}]}}`})}
			d, _ := v.document("http://a.example/t.json")
			_, lines := v.parse(d.group().tables[0], []byte(c.data))
			rows := [][]string{}
			for _, l := range lines {
				rows = append(rows, l.cells)
			}
			if have := fmt.Sprintf("%q", rows); have != c.want || (len(v.problems) > 0) != (c.want == "[]") {
				t.Errorf("%s, want %s; %v", have, c.want, v.problems)
			}
			if _, problems := Validate(v.open, "http://a.example/t.json"); (len(problems) > 0) != (c.want == "[]") {
				t.Errorf("%v", problems)
			}
		})
	}
}

// TestAnything puts wrong values in the place of every value of a description. Validate must
// not panic.
func TestAnything(t *testing.T) {
	const whole = `{"@context": ["http://www.w3.org/ns/csvw", {"@language": "ky", "@base": "http://a.example/"}], "@type": "TableGroup", "dc:title": {"@value": "x"},
		"notes": [{"@type": "Table", "dc:x": [{"@id": "http://b.example"}]}], "dialect": {"quoteChar": "'", "trim": "end", "lineTerminators": ["\n"]},
		"transformations": [{"url": "x", "scriptFormat": "x", "targetFormat": "x", "titles": ["x"]}],
		"tables": [{"url": "t.csv", "tableSchema": {"@id": "s", "primaryKey": ["a"], "rowTitles": "a", "aboutUrl": "{a}",
			"foreignKeys": [{"columnReference": "a", "reference": {"schemaReference": "s", "columnReference": ["a"]}}],
			"columns": [{"name": "a", "titles": {"und": ["a"]}, "null": ["x"], "separator": ";"},
				{"name": "b", "titles": "b", "valueUrl": "{b}{a}", "datatype": {"base": "decimal", "minimum": 1, "format": {"pattern": "#0", "groupChar": " "}}},
				{"name": "c", "virtual": true, "valueUrl": "{_row}"}]}}]}`
	open := func(description string) Opener {
		return folder(map[string]string{"t.csv": "a,b\n1,2\n2,3\n", "t.json": description, "t.csv-metadata.json": description})
	}
	if _, problems := Validate(open(whole), "http://a.example/t.json"); len(problems) > 0 {
		t.Fatal(problems)
	}
	var root any
	if err := json.Unmarshal([]byte(whole), &root); err != nil {
		t.Fatal(err)
	}
	variants := 0
	var visit func(x any, set func(any))
	visit = func(x any, set func(any)) {
		for _, other := range []any{nil, true, false, -1, "", "_:x", "%", []any{}, []any{nil}, map[string]any{}, map[string]any{"x": 1}} {
			set(other)
			changed, err := json.Marshal(root)
			if err != nil {
				t.Fatal(err)
			}
			for _, start := range []string{"t.json", "t.csv"} {
				Validate(open(string(changed)), "http://a.example/"+start)
			}
			variants++
		}
		set(x)
		switch x := x.(type) {
		case []any:
			for i := range x {
				visit(x[i], func(other any) { x[i] = other })
			}
		case map[string]any:
			for key := range maps.Clone(x) {
				visit(x[key], func(other any) { x[key] = other })
			}
		}
	}
	visit(root, func(other any) { root = other })
	if variants < 500 {
		t.Errorf("only %d variants were validated", variants)
	}
}
