// Package casetest reads small municipalities for tests of rules, scores and judgements.
//
// A case is a txtar archive. Its comment says what the case is about and ends with a line
// "as of 2026-03-01", the day for which it is judged. Its files are
//
//   - registers by their names without ".csv", with only the columns and rows that matter.
//     Required cells may be empty: a rule must cope with what is not recorded. A register that
//     the case does not have is empty; the calendar is then data/calendar.csv of the project, so
//     that tests count real days;
//   - municipality.toml with settings of the municipality, such as how many deputies it has;
//   - regulation.toml with the assumptions and clauses by which the case is judged, else those of
//     testdata/regulation.toml, if the package under test has that file;
//   - want, the expected text. With the flag -update, [Case.Want] writes it.
package casetest

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

var update = flag.Bool("update", false, "write the text that a test got into its case as the expected one")

// Case is a municipality and the day for which it is judged.
type Case struct {
	Town *jme.Municipality
	AsOf time.Time

	name    string // of the file
	archive *txtar.Archive
}

// Read reads a case from a file.
func Read(t testing.TB, name string) *Case {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	c := Parse(t, archive)
	c.name = name
	return c
}

// Parse reads a case from an archive.
func Parse(t testing.TB, archive *txtar.Archive) *Case {
	t.Helper()
	_, day, found := strings.Cut(string(archive.Comment), "as of ")
	if !found {
		t.Fatal(`the comment of the case does not end with a line "as of" and a day`)
	}
	c := &Case{Town: &jme.Municipality{ID: "town", Settings: jme.Settings{TimeZone: "Asia/Bishkek"}}, AsOf: Day(strings.TrimSpace(day)), archive: archive}
	files := map[string][]byte{}
	for _, f := range archive.Files {
		if !slices.Contains(jme.Registers, f.Name) && !slices.Contains([]string{"municipality.toml", "regulation.toml", "want"}, f.Name) {
			t.Fatalf("the case has a file %s, which is neither a register nor municipality.toml nor regulation.toml nor want", f.Name)
		}
		files[f.Name] = f.Data
	}
	if data := files["municipality.toml"]; data != nil {
		decode(t, "municipality.toml", data, &c.Town.Settings)
	}
	c.readRegulation(t, files["regulation.toml"])
	for _, register := range jme.Registers {
		c.readRegister(t, register, files[register])
	}
	if err := c.Town.Link(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *Case) readRegulation(t testing.TB, data []byte) {
	t.Helper()
	name := "regulation.toml"
	if data == nil {
		var err error
		name = filepath.Join("testdata", name)
		if data, err = os.ReadFile(name); errors.Is(err, fs.ErrNotExist) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
	c.Town.Regulation.File = decode(t, name, data, &c.Town.Regulation)
}

// decode reads a TOML file into settings.
func decode(t testing.TB, name string, data []byte, into any) *source.File {
	t.Helper()
	f := &source.File{Path: name, Data: bytes.TrimSpace(data)}
	if _, problems := settings.Decode(f, source.Span{End: len(f.Data)}, into); len(problems) > 0 {
		t.Fatalf("%s: %s %s", name, problems[0].Code, problems[0].Value)
	}
	return f
}

func (c *Case) readRegister(t testing.TB, register string, data []byte) {
	t.Helper()
	schema := jme.Schema(register)
	if register == jme.Calendar && data == nil {
		data = calendar(t)
	}
	read, _ := table.New(schema, "town/"+register, nil)
	if data != nil {
		var problems diag.List
		read, problems = table.Read(&source.File{Path: register + ".csv", Data: data}, "town/"+register, schema)
		for _, p := range problems {
			if p.Code != diag.MissingColumn && p.Code != diag.MissingValue {
				t.Fatalf("%s: %s %q", register, p.Code, p.Value)
			}
		}
		read.Whole = true
	}
	c.Town.Tables = append(c.Town.Tables, read)
}

// calendar is the calendar register of the project.
func calendar(t testing.TB) []byte {
	t.Helper()
	root := "."
	for range 8 {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			data, err := os.ReadFile(filepath.Join(root, "data/calendar.csv"))
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
		root = filepath.Join(root, "..")
	}
	t.Fatal("no folder above has a go.mod")
	return nil
}

// Day is a day written as 2026-03-01, as midnight UTC. An empty text is the zero day.
func Day(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

// Want compares a text with the file want of the case or, with -update, writes it there. The
// case must have been read from a file. A text that lacks a message or an argument fails.
func (c *Case) Want(t testing.TB, got string) {
	t.Helper()
	if strings.Contains(got, "⟦") || strings.Contains(got, "<no value>") {
		t.Errorf("%s: a sentence lacks something:\n%s", c.name, got)
	}
	i := slices.IndexFunc(c.archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	if *update {
		if i < 0 {
			c.archive.Files, i = append(c.archive.Files, txtar.File{Name: "want"}), len(c.archive.Files)
		}
		c.archive.Files[i].Data = []byte(got)
		if err := os.WriteFile(c.name, txtar.Format(c.archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if i < 0 {
		t.Errorf("%s has no file want: run the test with -update and read what it writes. It would be:\n%s", c.name, got)
	} else if want := string(c.archive.Files[i].Data); want != got {
		t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
	}
}
