package jme_test

import (
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/source"
	"achyk/internal/table"
)

// builtIn makes a built-in register of records of which only these cells are filled.
func builtIn(name string, records ...cells) *table.Table {
	schema := jme.Schema(name)
	var rows []table.Row
	for _, r := range records {
		rows = append(rows, schema.Row(r))
	}
	return table.Made(schema, "town/"+name, rows)
}

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

// linked makes a municipality of built-in registers.
func linked(t *testing.T, procedure string, tables ...*table.Table) *jme.Municipality {
	t.Helper()
	m := &jme.Municipality{ID: "town", Tables: tables}
	m.Regulation.Act.Procedure = procedure
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	return m
}
