package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/source"
)

var update = flag.Bool("update", false, "write the expected files in testdata anew")

// number returns a finding about a value between two parts of a row.
func number(before, value, after string) diag.Diagnostic {
	f := &source.File{Path: "data/osh/scores.csv", Data: []byte("id,name\n" + before + value + after + "\n")}
	start := len("id,name\n" + before)
	return diag.Diagnostic{
		Code: diag.BadNumber, File: f, Span: source.Span{Start: start, End: start + len(value)},
		Cell: source.Cell{Row: 2, Column: 5}, Register: "osh/scores", ID: "s-1", Value: value,
		Args: diag.Args{"value": value, "column": "points", "column_title": locale.Text{Ky: "Упай", Ru: "Баллы", En: "Points"}},
	}
}

func text(t testing.TB, d ...diag.Diagnostic) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Text.Write(&b, d, locale.For(locale.En)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// excerpt returns the line of the file in a report and the line of carets under it.
func excerpt(t *testing.T, d diag.Diagnostic) (line, under string) {
	t.Helper()
	lines := strings.Split(text(t, d), "\n")
	if len(lines) < 4 {
		t.Fatal(lines)
	}
	return strings.TrimPrefix(lines[2], "    "), strings.TrimPrefix(lines[3], "    ")
}

func TestCaretsStandUnderTheValue(t *testing.T) {
	for _, test := range []struct{ before, value, after, line, under string }{
		{"Ош,", "7,5", ",x", "Ош,7,5,x", "   ^^^"},
		{"өң,", "жети", "", "өң,жети", "   ^^^^"},
		{"日本,", "7,5", "", "日本,7,5", "     ^^^"}, // wide characters take two columns
		{"a\t,", "7", "", "a·,7", "   ^"},
		{"a,", "", ",b", "a,,b", "  ^"},
		{strings.Repeat("я", 200), "7,5", strings.Repeat("я", 200),
			strings.Repeat("я", 40) + "7,5" + strings.Repeat("я", 57), strings.Repeat(" ", 40) + "^^^"},
	} {
		line, under := excerpt(t, number(test.before, test.value, test.after))
		if line != test.line || under != test.under {
			t.Errorf("%q:\n%s|\n%s|", test.before+test.value, line, under)
		}
	}
}

func TestNoFileNoExcerpt(t *testing.T) {
	got := text(t, diag.Diagnostic{Code: diag.FileMissing, Path: "data/site.toml", Value: "data/site.toml"})
	if strings.Contains(got, "^") || !strings.HasPrefix(got, "data/site.toml: error [file-missing]\n") {
		t.Error(got)
	}
}

// A file cannot drive the terminal, break a line or make a message too long to read.
func TestTextIsVisible(t *testing.T) {
	hostile := "\x1b[2J\u009b1m\u202eab\ncd\r\u2028" + strings.Repeat("я", 500)
	d := number("a,", hostile, "")
	d.File.Path = "data/\x1b]0;x\a.csv"
	for i, line := range strings.Split(text(t, d), "\n") {
		if strings.ContainsAny(line, "\x1b\u009b\u202e\r\a\u2028") {
			t.Errorf("line %d: %q", i, line)
		}
		if i < 2 && len([]rune(line)) > 400 {
			t.Errorf("line %d has %d characters", i, len([]rune(line)))
		}
	}
	if n := strings.Count(text(t, d), "\n"); n != strings.Count(text(t, number("a,", "b", "")), "\n") {
		t.Errorf("%d lines", n)
	}
}

// Any content with any span has a report of the same number of lines.
func FuzzText(f *testing.F) {
	f.Add([]byte("\x7f"), -1, 0)
	f.Add([]byte("id\nа\xff\xfe日\r\n"), 4, 5)
	f.Add([]byte("\n\n"), 9, 2)
	f.Add([]byte(strings.Repeat("日", 200)), 500, 599)
	f.Add([]byte(nil), 0, 1)
	f.Fuzz(func(t *testing.T, data []byte, start, end int) {
		file := &source.File{Path: "a.csv", Data: data}
		got := text(t, diag.Diagnostic{Code: diag.BadID, File: file, Span: source.Span{Start: start, End: end}})
		lines := 4
		if len(data) > 0 {
			lines = 6
		}
		if n := strings.Count(got, "\n"); n != lines {
			t.Errorf("%d lines, want %d:\n%s", n, lines, got)
		}
	})
}

func TestFind(t *testing.T) {
	for _, want := range report.Formats {
		if got, ok := report.Find(want.Name); !ok || got.Name != want.Name {
			t.Errorf("%s is not found", want.Name)
		}
	}
	if _, ok := report.Find("xml"); ok {
		t.Error("xml is found")
	}
}

func TestWhere(t *testing.T) {
	d := number("Ош,", "7,5", "")
	for want, d := range map[string]diag.Diagnostic{
		"data/osh/scores.csv:2:4 (E2)": d,
		"data/osh/scores.csv:1:1":      {File: d.File},
		"data/site.toml":               {Path: "data/site.toml"},
	} {
		if got := report.Where(&d); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSummary(t *testing.T) {
	failed, warned := diag.Diagnostic{Code: diag.BadID}, diag.Diagnostic{Code: diag.ByteOrder}
	for _, test := range []struct {
		lang locale.Lang
		list diag.List
		want string
	}{
		{locale.En, nil, ""},
		{locale.En, diag.List{failed}, "1 error"},
		{locale.En, diag.List{failed, warned, failed}, "2 errors, 1 warning"},
		{locale.Ru, diag.List{failed, failed, warned}, "2 ошибки, 1 предупреждение"},
		{locale.Ky, diag.List{warned}, "1 эскертүү"},
	} {
		if got := report.Summary(test.list, locale.For(test.lang)); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// JSON has one object a line, and values as they are written in the file, however long.
func TestJSON(t *testing.T) {
	long := strings.Repeat("7", 200) + "\x1b,5"
	list := diag.List{
		number("Ош,", "7,5", ""),
		{Code: diag.FileMissing, Path: "data/site.toml", Value: "data/site.toml", Args: diag.Args{"value": "data/site.toml"}},
		number("Ош,", long, ""),
	}
	var b bytes.Buffer
	if err := report.JSON.Write(&b, list, locale.For(locale.Ky)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != len(list) {
		t.Fatalf("%d lines for %d findings", len(lines), len(list))
	}
	var last struct {
		Value string
		Args  map[string]any
	}
	if err := json.Unmarshal([]byte(lines[2]), &last); err != nil || last.Value != long || last.Args["value"] != long {
		t.Errorf("the value has changed: %q, %v", last.Value, err)
	}

	name := filepath.Join("testdata", "findings.jsonl")
	got := []byte(strings.Join(lines[:2], "\n") + "\n")
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
