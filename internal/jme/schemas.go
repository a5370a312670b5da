package jme

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"achyk/internal/source"
	"achyk/internal/table"
)

//go:embed schema/*.schema.toml
var schemaFiles embed.FS

// Names of registers the program speaks of by name.
const (
	AnalyticLetters = "analytic_letters" // read from Markdown, not from a CSV
	Calendar        = "calendar"         // shared by all municipalities
	Appeals         = "appeals"
	Reports         = "reports"
)

// Names of registers that nobody keeps by hand: they are made of the others, and of how
// those came to be.
const (
	Compliance = "compliance" // the outcomes of the regulation's rules
	Deadlines  = "deadlines"  // what is due; its rows come and go
	Changes    = "changes"    // what became of all other records
)

// Derived tells whether a register is made by the program.
func Derived(register string) bool {
	return register == Compliance || register == Deadlines || register == Changes
}

// Listed tells whether the records of a register have lists, pages and files of their own.
// Deadlines have none because a deadline that is met is gone, and an address must not be;
// changes are shown with what they changed. Both have a page of their own instead.
func Listed(register string) bool { return register != Deadlines && register != Changes }

// DerivedSchema reads the schema of a register that the program makes; one that cannot be
// read is a programmer's mistake, and panics.
func DerivedSchema(register string, data []byte) *table.Schema {
	return mustParse(register, register+".schema.toml", data, register)
}

// Registers are the built-in registers in the order of the process: what is chosen,
// who monitors, what was seen, what came of it; then what stands outside the process.
var Registers = []string{
	"appeals", "events", "suggestions", "annual_list",
	"panels", "panel_members", "contests", "contest_services", "criteria", "organisations",
	"applications", "scores", "recusals", "contracts", "payments",
	"letters", "assessments", "visits", "measurements", "findings", "replies", "obstructions", "attachments",
	"recommendations", "reports", AnalyticLetters, "publications", "distributions",
	"measures", "verifications", "exemptions",
	"territories", "services", "providers", "service_providers", "requirements", "indicators", "decisions", Calendar,
}

// Schema returns the schema of a built-in register, or nil for any other name.
func Schema(register string) *table.Schema { return builtin()[register] }

var builtin = sync.OnceValue(func() map[string]*table.Schema {
	schemas := map[string]*table.Schema{}
	for _, name := range Registers {
		path := "schema/" + name + ".schema.toml"
		data, err := schemaFiles.ReadFile(path)
		if err != nil {
			panic(err) // the program itself is broken; its tests say so
		}
		schemas[name] = mustParse(name, path, data)
	}
	return schemas
})

// Allowed is what a schema may name that lies outside of it: the built-in registers and
// further ones, and the stages of the process.
func Allowed(further ...string) table.Allowed {
	allowed := table.Allowed{Registers: slices.Concat(Registers, further)}
	for _, stage := range Stages {
		allowed.Stages = append(allowed.Stages, string(stage))
	}
	return allowed
}

func mustParse(register, path string, data []byte, further ...string) *table.Schema {
	schema, problems := table.ParseSchema(register, &source.File{Path: path, Data: data}, Allowed(further...))
	if schema == nil {
		var said []string
		for _, d := range problems {
			said = append(said, fmt.Sprintf("%s %s:%d %s %v", d.Code, d.Name(), d.Position().Line, d.Value, d.Args))
		}
		panic(strings.Join(said, "\n"))
	}
	return schema
}
