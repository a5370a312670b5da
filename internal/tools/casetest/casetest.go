// Package casetest reads cases (package cases) for tests of rules, scores and judgements. A case
// without a regulation.toml is judged by testdata/regulation.toml, if the package under test has that
// file, and by data/calendar.csv of the project, so that tests count real days. The file want has the
// text that a test expects, sentences included. With the flag -update, [Case.Want] writes it.
package casetest

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/cases"
	"achyk/internal/jme"
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
	days, err := calendar()
	if err != nil {
		t.Fatal(err)
	}
	base := cases.Base{ID: "town", Settings: jme.Settings{TimeZone: "Asia/Bishkek"}, Calendar: days}
	name := filepath.Join("testdata", "regulation.toml")
	data, err := os.ReadFile(name)
	if err == nil {
		base.Regulation, err = cases.Regulation(name, data)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		t.Fatal(err)
	}
	c, err := cases.Parse(archive, base)
	if err != nil {
		t.Fatal(err)
	}
	return &Case{Town: c.Town, AsOf: c.AsOf, archive: archive}
}

// calendar reads the calendar register of the project, once for all cases, which do not alter it.
var calendar = sync.OnceValues(func() (*table.Table, error) {
	root := "."
	for range 8 {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			data, err := os.ReadFile(filepath.Join(root, "data/calendar.csv"))
			read, _ := table.Read(&source.File{Path: "calendar.csv", Data: data}, "town/"+jme.Calendar, jme.Schema(jme.Calendar))
			read.Whole = true
			return read, err
		}
		root = filepath.Join(root, "..")
	}
	return nil, errors.New("no folder above has a go.mod")
})

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
