package jme_test

import (
	"testing"
	"time"

	"achyk/internal/source"
	"achyk/internal/table"
)

// register makes a register with a schema of its own.
func register(t *testing.T, name, columns, rows string) *table.Table {
	t.Helper()
	schema, problems := table.ParseSchema(name, &source.File{Path: name + ".schema.toml", Data: []byte("column = [\n" + columns + "\n]\n")}, table.Allowed{})
	if schema == nil {
		t.Fatal(problems)
	}
	read, problems := table.Read(&source.File{Path: name + ".csv", Data: []byte(rows)}, "town/"+name, schema)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return read
}

type cells = map[string]string

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}
