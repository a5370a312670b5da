package load_test

import (
	"encoding/csv"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/locale"
)

// registers lists the CSV files of a repository.
func registers(fsys fstest.MapFS) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(fsys)), func(name string) bool { return path.Ext(name) != ".csv" })
}

func cells(t fataler, f *fstest.MapFile) [][]string {
	rows, err := csv.NewReader(strings.NewReader(string(f.Data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// fataler is a *testing.T or a *rapid.T.
type fataler interface {
	Helper()
	Fatal(...any)
}

func file(rows [][]string) *fstest.MapFile {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.WriteAll(rows) // a strings.Builder cannot fail
	return &fstest.MapFile{Data: []byte(b.String())}
}

// isKey tells whether a wrong cell of the column can make cells of other records wrong: by
// their references, by the dates they must keep within, or by the register that they refer
// to.
func isKey(name, column string) bool {
	if schema := jme.Schema(strings.TrimSuffix(path.Base(name), ".csv")); schema != nil {
		for _, c := range schema.Columns {
			if c.RegisterColumn == column {
				return true
			}
		}
		return slices.Contains(schema.PrimaryKey, column) || slices.Contains(schema.Period, column)
	}
	return column == "id"
}

// A wrong cell does not stop the reading, and gives at most one error.
func TestOneWrongCell(t *testing.T) {
	repository := base(t)
	names := registers(repository)
	rapid.Check(t, func(t *rapid.T) {
		fsys := maps.Clone(repository)
		name := rapid.SampledFrom(names).Draw(t, "file")
		rows := cells(t, fsys[name])
		row, column := rapid.IntRange(1, len(rows)-1).Draw(t, "row"), rapid.IntRange(0, len(rows[0])-1).Draw(t, "column")
		rows[row][column] = rapid.OneOf(
			rapid.SampledFrom([]string{"", " ", "-1", "1e9", "2026-13-01", "true", "east", "\"", "x_y", "\x00", "\ufeff", "2025-01-01", "9999-12-31"}),
			rapid.String(),
		).Draw(t, "cell")
		fsys[name] = file(rows)
		_, problems, err := load.Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		errors := 0
		for _, d := range problems {
			if d.Severity() == diag.Error {
				errors++
			}
		}
		if errors > 1 && !isKey(name, rows[0][column]) {
			t.Fatalf("%s, %s: %s", name, rows[0][column], text(t, problems, locale.En))
		}
	})
}

// values returns the rows of a Dataset by register, without the places they were read from.
func values(set *jme.Dataset) map[string][][]string {
	m := map[string][][]string{}
	for _, town := range set.Municipalities {
		for _, t := range town.Tables {
			for _, row := range t.Rows {
				m[t.Label] = append(m[t.Label], row.Values)
			}
		}
	}
	return m
}

// Rows and columns may stand in any order: the Dataset is the same.
func TestOrderOfRowsAndColumns(t *testing.T) {
	repository := base(t)
	names := registers(repository)
	want, _, err := load.Load(repository)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		fsys := maps.Clone(repository)
		name := rapid.SampledFrom(names).Draw(t, "file")
		rows := cells(t, fsys[name])
		order := rapid.Permutation(slices.Collect(count(len(rows[0])))).Draw(t, "columns")
		for i, row := range rows {
			moved := make([]string, len(row))
			for to, from := range order {
				moved[to] = row[from]
			}
			rows[i] = moved
		}
		rows = append(rows[:1:1], rapid.Permutation(rows[1:]).Draw(t, "rows")...)
		fsys[name] = file(rows)
		got, problems, err := load.Load(fsys)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, text(t, problems, locale.En))
		}
		if !reflect.DeepEqual(values(got), values(want)) {
			t.Fatalf("%s says something else", name)
		}
	})
}

func count(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < n && yield(i); i++ {
		}
	}
}

// A register that is read from a canonical file is written as that file. Only registers
// with a schema of their own are compared: a built-in one may gain optional columns, which
// the files of this test do not have.
func TestCanonicalFiles(t *testing.T) {
	fsys := base(t)
	set, _, err := load.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, m := range set.Municipalities {
		for _, register := range m.Tables {
			if !register.Schema.Own {
				continue
			}
			compared++
			var b strings.Builder
			if err := register.WriteCSV(&b, false); err != nil {
				t.Fatal(err)
			}
			if got, want := b.String(), string(fsys[register.File.Path].Data); got != want {
				t.Errorf("%s is written as\n%s\nwant\n%s", register.Label, got, want)
			}
		}
	}
	if compared == 0 {
		t.Error("the repository has no register of its own")
	}
}
