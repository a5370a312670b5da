// Package jmetest makes small municipalities for tests: built-in registers of records of which only the cells
// that matter are filled.
package jmetest

import (
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// BuiltIn makes a built-in register of records with some cells.
func BuiltIn(name string, records ...map[string]string) *table.Table {
	schema := jme.Schema(name)
	var rows []table.Row
	for _, r := range records {
		rows = append(rows, schema.Row(r))
	}
	return table.Made(schema, "town/"+name, rows)
}

// Linked makes a municipality of built-in registers, whose regulation has a procedure.
func Linked(t testing.TB, procedure string, tables ...*table.Table) *jme.Municipality {
	t.Helper()
	m := &jme.Municipality{ID: "town", Tables: tables}
	m.Regulation.Act.Procedure = procedure
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	return m
}
