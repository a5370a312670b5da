// Package internal_test tests the project as a whole: which package may import which, what
// is in the program, and whether links in documents and the workflows are sound.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "achyk/"

// TestImports checks the imports of all packages against rooms.
func TestImports(t *testing.T) {
	imports := goList(t)

	for path := range imports {
		if !slices.ContainsFunc(rooms, func(r room) bool { return r.path == path }) {
			t.Errorf("%s is not listed: add it to rooms, with what it may import and why", path)
		}
	}
	for i, r := range rooms {
		used, exists := imports[r.path]
		if !exists {
			t.Errorf("rooms lists %s, but there is no such package", r.path)
			continue
		}
		for _, path := range used {
			if inside, ok := strings.CutPrefix(path, module); ok && r.imports[inside] == "" {
				t.Errorf("%s may not import %s: the import is not listed in rooms", r.path, inside)
			}
		}
		for path := range r.imports {
			if !slices.Contains(used, module+path) {
				t.Errorf("%s does not import %s: remove the import from rooms", r.path, path)
			}
			if !slices.ContainsFunc(rooms[i+1:], func(below room) bool { return below.path == path }) {
				t.Errorf("rooms lets %s import %s, which is not listed below it", r.path, path)
			}
		}
	}
}

// goList returns the imports of each package of the module. The keys are paths without the name
// of the module. It leaves out imports of tests, and packages that have only tests.
func goList(t *testing.T) map[string][]string {
	t.Helper()
	imports := listed(t, nil, "./...")
	maps.Copy(imports, listed(t, []string{"GOOS=js", "GOARCH=wasm"}, "./cmd/desk")) // which no other system builds
	return imports
}

// listed returns the imports of packages as they are built in an environment.
func listed(t *testing.T, environment []string, packages string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,GoFiles,Imports", packages)
	cmd.Dir = ".." // the module's root
	cmd.Env = append(os.Environ(), environment...)
	out, err := cmd.Output()
	if err != nil {
		if exit := new(exec.ExitError); errors.As(err, &exit) {
			t.Fatalf("go list: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	imports := map[string][]string{}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			GoFiles    []string
			Imports    []string
		}
		switch err := decoder.Decode(&p); {
		case errors.Is(err, io.EOF):
			return imports
		case err != nil:
			t.Fatal(err)
		case len(p.GoFiles) > 0:
			imports[strings.TrimPrefix(p.ImportPath, module)] = p.Imports
		}
	}
}
