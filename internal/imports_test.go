// Package internal_test holds what is true of the project as a whole: who may
// import whom, and that the workflows are sound.
package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// reserved are packages of others which only some rooms may import, so that what they
// do happens in one place. A path stands for everything below it too.
var reserved = []struct {
	path   string
	rooms  []string
	reason string
}{
	{"github.com/go-git", []string{"internal/gitrepo"},
		"all others see a commit as an fs.FS"},
	{"github.com/ProtonMail/go-crypto", []string{"internal/signature"},
		"whose key vouches for what is settled in one place"},
	{"github.com/hiddeco/sshsig", []string{"internal/signature"},
		"of whatever kind it is"},
	{"golang.org/x/crypto", []string{"internal/signature"},
		"nothing else here is secret or signed"},
	{"github.com/gocarina/gocsv", []string{"internal/jme"},
		"rows become typed records in one place"},
	{"github.com/pelletier/go-toml", []string{"internal/settings"},
		"it only finds places; one decoder reads the values"},
	{"github.com/BurntSushi/toml", []string{"internal/settings", "internal/locale"},
		"unknown keys are refused in one place; locale reads only its own embedded messages"},
	{"github.com/yuin/goldmark", []string{"internal/document"},
		"raw HTML is refused in one place"},
	{"github.com/nicksnyder/go-i18n", []string{"internal/locale"},
		"a missing message is found in one place"},
	{"github.com/xuri/excelize", []string{"internal/workbook"},
		"spreadsheets are a form of publication"},
	{"github.com/parquet-go", []string{"internal/opendata"},
		"and so are columns"},
	{"modernc.org/sqlite", []string{"internal/opendata"},
		"and databases; the program itself keeps none"},
	{"github.com/tdewolff", []string{"layouts"},
		"layouts are minified where they are read, not page by page"},
	{"golang.org/x/net/html", []string{"internal/links", "internal/tools/sitetest"},
		"only the link check reads HTML; all others write it"},
	{"github.com/spf13/cobra", []string{"cmd/achyk"},
		"no logic in the command line, no command line in the logic"},
	{"github.com/chromedp", []string{"internal/tools/browsertest"},
		"the program needs no browser"},
	{"testing", []string{"internal/tools/browsertest", "internal/tools/casetest", "internal/tools/outside", "internal/tools/sitetest"},
		"no tests in what is shipped"},
	{"os", []string{"cmd/achyk", "internal/serve", "internal/verify", "internal/pipeline", "internal/output", "internal/gitrepo", "internal/tools/browsertest", "internal/tools/casetest", "internal/tools/outside", "internal/tools/sitetest"},
		"all others read an fs.FS and return values, and know no machine"},
	{"path/filepath", []string{"cmd/achyk", "internal/serve", "internal/verify", "internal/pipeline", "internal/output", "internal/gitrepo", "internal/tools/browsertest", "internal/tools/casetest", "internal/tools/outside", "internal/tools/sitetest"},
		"inside the program a path has slashes on every system: use path"},
	{"net/http", []string{"internal/serve", "internal/verify", "internal/tools/browsertest"},
		"a build asks nobody"},
}

const module = "achyk/"

func TestImports(t *testing.T) {
	imports := goList(t)

	for path := range imports {
		if !slices.ContainsFunc(rooms, func(r room) bool { return r.path == path }) {
			t.Errorf("%s is not on the plan: add a room for it, with what it may import and why", path)
		}
	}
	for i, r := range rooms {
		used, exists := imports[r.path]
		if !exists {
			t.Errorf("the plan has a room %s, the program has none", r.path)
			continue
		}
		for _, path := range used {
			if inside, ok := strings.CutPrefix(path, module); ok && r.imports[inside] == "" {
				t.Errorf("%s may not import %s: nothing on the plan says why", r.path, inside)
			}
		}
		for path := range r.imports {
			if !slices.Contains(used, module+path) {
				t.Errorf("%s does not import %s: strike the line from the plan", r.path, path)
			}
			if !slices.ContainsFunc(rooms[i+1:], func(below room) bool { return below.path == path }) {
				t.Errorf("%s may import %s by the plan, but that is not below it", r.path, path)
			}
		}
	}
}

func TestReservedImports(t *testing.T) {
	imports := goList(t)
	for _, r := range reserved {
		for room, used := range imports {
			for _, path := range used {
				if (path == r.path || strings.HasPrefix(path, r.path+"/")) && !slices.Contains(r.rooms, room) {
					t.Errorf("%s may not import %s: %s", room, path, r.reason)
				}
			}
		}
	}
}

// goList returns what the packages of the module import, by path without the module's
// name. What only tests import is left out, and so are packages of tests alone.
func goList(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,GoFiles,Imports", "./...")
	cmd.Dir = ".." // the module's root
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
