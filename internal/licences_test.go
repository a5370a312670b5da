package internal_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of licences anew")

// licences are those that a program under the MIT licence may be published with, each with a phrase of its text.
// MPL-2.0 asks that altered files of that module stay open; we alter none.
var licences = map[string]*regexp.Regexp{
	"Apache-2.0":     regexp.MustCompile(`Apache License`),
	"BSD-2-Clause":   regexp.MustCompile(`Redistribution and use in source`),
	"BSD-3-Clause":   regexp.MustCompile(`(?s)Redistribution and use in source.*(?:nor the\s+names?|without specific prior written\s+permission)`),
	"MIT":            regexp.MustCompile(`Permission is hereby granted, free of\s+charge`),
	"Bitstream-Vera": regexp.MustCompile(`Bitstream Vera`), // of fonts
	"MPL-2.0":        regexp.MustCompile(`Mozilla Public License,? [Vv]ersion 2`),
}

// licenceFile is the name of a file with a licence.
var licenceFile = regexp.MustCompile(`(?i)^(?:licen[cs]e|copying)`)

// TestLicences compares docs/dependencies.md with the modules that are in the program on all systems, and with the
// texts of their licences. With -update it writes the table anew.
func TestLicences(t *testing.T) {
	modules := map[string]string{} // to the folder
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if .Version}}{{.Path}} {{.Dir}}{{end}}{{end}}", "achyk/cmd/achyk")
		cmd.Dir, cmd.Env = "..", append(os.Environ(), "GOOS="+system, "GOARCH=amd64")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(out)) {
			if path, dir, found := strings.Cut(strings.TrimSpace(line), " "); found {
				modules[path] = dir
			}
		}
	}
	var table strings.Builder
	table.WriteString("| module | licence |\n|---|---|\n")
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		text := ""
		entries, err := os.ReadDir(modules[path])
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if licenceFile.MatchString(e.Name()) && e.Type().IsRegular() {
				data, err := os.ReadFile(filepath.Join(modules[path], e.Name()))
				if err != nil {
					t.Fatal(err)
				}
				text += string(data)
			}
		}
		var found []string
		for name, phrase := range licences {
			if phrase.MatchString(text) {
				found = append(found, name)
			}
		}
		slices.Sort(found)
		if slices.Contains(found, "BSD-3-Clause") {
			found = slices.DeleteFunc(found, func(name string) bool { return name == "BSD-2-Clause" })
		}
		if len(found) == 0 {
			t.Errorf("%s has none of the licences that the program may be published with", path)
		}
		fmt.Fprintf(&table, "| `%s` | %s |\n", path, strings.Join(found, ", "))
	}
	const file = "../docs/dependencies.md"
	document, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(document), "| module |")
	if !found {
		t.Fatalf("%s has no table", file)
	}
	if *update {
		err = os.WriteFile(file, []byte(head+table.String()), 0o666)
	} else if "| module |"+rest != table.String() {
		t.Errorf("%s does not list these modules and licences; run go test ./internal -run Licences -update\n%s", file, table.String())
	}
	if err != nil {
		t.Fatal(err)
	}
}
