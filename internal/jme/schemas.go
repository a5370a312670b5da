package jme

import (
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

var builtin = sync.OnceValue(func() map[string]*table.Schema {
	schemas := map[string]*table.Schema{}
	for _, name := range Registers {
		path := "schema/" + name + ".schema.toml"
		data, err := schemaFiles.ReadFile(path)
		if err != nil {
			panic(err) // a file that was embedded is missing: the tests find that
		}
		schemas[name] = mustParse(name, path, data)
	}
	return schemas
})

// DerivedSchema parses the schema of a derived register. The package that makes the
// register has its text. DerivedSchema panics if the schema has mistakes, since that is a
// mistake in the program.
func DerivedSchema(register string, data []byte) *table.Schema {
	return mustParse(register, register+".schema.toml", data, register)
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

func mustParse(register, path string, data []byte, further ...string) *table.Schema {
	schema, problems := table.ParseSchema(register, &source.File{Path: path, Data: data}, Allowed(nil, further...))
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
