package jme

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"achyk/internal/locale"
	"achyk/internal/source"
	"achyk/internal/table"
)

//go:embed schema/*.schema.toml
var schemaFiles embed.FS

// Schema returns the schema of a built-in register, or nil for any other name.
func Schema(register string) *table.Schema { return builtin()[register] }

// DerivedSchema returns the schema of a derived register.
func DerivedSchema(register string) *table.Schema { return derived()[register] }

// Schemas are those of all registers that the program knows, in the order of the process.
func Schemas() (all []*table.Schema) {
	for _, r := range registers {
		all = append(all, cmp.Or(Schema(r.Name), DerivedSchema(r.Name)))
	}
	return all
}

var builtin = sync.OnceValue(func() map[string]*table.Schema { return parsed(false) })

var derived = sync.OnceValue(func() map[string]*table.Schema { return parsed(true) })

// parsed parses the schemas of the built-in or of the derived registers.
func parsed(derived bool) map[string]*table.Schema {
	schemas := map[string]*table.Schema{}
	for _, r := range registers {
		if Derived(r.Name) != derived {
			continue
		}
		path := "schema/" + r.Name + ".schema.toml"
		data, err := schemaFiles.ReadFile(path)
		if err != nil {
			panic(err) // a file that was embedded is missing: the tests find that
		}
		schemas[r.Name] = mustParse(r.Name, path, data)
	}
	return schemas
}

// Allowed returns what a schema may name and which languages its texts can be in: as targets of references the built-in registers
// and further ones, and the stages of the process.
func Allowed(languages []locale.Lang, further ...string) table.Allowed {
	allowed := table.Allowed{Registers: slices.Concat(Registers, further), Langs: languages}
	for _, stage := range Stages {
		allowed.Stages = append(allowed.Stages, string(stage))
	}
	return allowed
}

func mustParse(register, path string, data []byte) *table.Schema {
	schema, problems := table.ParseSchema(register, &source.File{Path: path, Data: data}, Allowed(nil, register))
	if schema == nil {
		var lines []string
		for _, d := range problems {
			lines = append(lines, fmt.Sprintf("%s %s:%d %s %v", d.Code, d.Name(), d.Position().Line, d.Value, d.Args))
		}
		panic(strings.Join(lines, "\n"))
	}
	schema.EachText(func(key string, t *locale.Text) { *t = t.Keyed(key) })
	return schema
}
