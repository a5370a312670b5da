package jme

import (
	"embed"
	"fmt"
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
	Compliance      = "compliance" // made of the regulation's outcomes, never kept by hand
	Deadlines       = "deadlines"  // likewise; its list is the page of deadlines, and its rows come and go
	Reports         = "reports"
)

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
		schema, problems := table.ParseSchema(name, &source.File{Path: path, Data: data}, Registers)
		if schema == nil {
			var said []string
			for _, d := range problems {
				said = append(said, fmt.Sprintf("%s %s:%d %s %v", d.Code, d.Name(), d.Position().Line, d.Value, d.Args))
			}
			panic(strings.Join(said, "\n"))
		}
		schemas[name] = schema
	}
	return schemas
})
