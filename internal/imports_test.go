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

// A room is a package of the program: the rooms it may enter, each with the reason.
type room struct {
	path    string
	imports map[string]string
}

// rooms is the plan of the house, from the street down to the cellar: a room may only
// enter rooms below its own. The test fails for a room that is not on the plan, for an
// import that is not on it, and for a line of the plan that the code no longer uses.
var rooms = []room{
	{"internal/tools/sitetest", map[string]string{ // for tests
		"internal/pipeline": "tests read the built site of the sample",
	}},
	{"internal/tools/casetest", map[string]string{ // for tests
		"internal/jme":      "a case is a municipality",
		"internal/table":    "registers are CSV",
		"internal/settings": "regulation.toml is TOML",
		"internal/diag":     "a mistake in a case is reported",
		"internal/source":   "a register is read from a file",
	}},
	{"cmd/achyk", map[string]string{
		"internal/pipeline": "the commands build and check are its stages",
		"internal/serve":    "the command serve",
		"internal/verify":   "the command verify",
		"internal/report":   "findings are shown as text or JSON",
		"internal/links":    "broken links are listed",
		"internal/locale":   "help and messages in the reader's language",
	}},
	{"internal/serve", map[string]string{
		"internal/pipeline": "a change is shown by building again",
		"internal/report":   "findings are shown on the page and in the terminal",
		"internal/diag":     "a build's findings",
		"internal/locale":   "the language of the page that shows them",
	}},
	{"internal/verify", map[string]string{
		"internal/pipeline": "a published site is compared with one built again",
		"internal/output":   "by checksums, whose list is written and read in one place",
		"internal/diag":     "why a commit is not built again",
	}},
	{"internal/pipeline", map[string]string{
		"internal/gitrepo":      "the stage Open: the files of a commit",
		"internal/load":         "the stage Load: files to records",
		"internal/history":      "the stage History: commits to changes of records",
		"internal/signature":    "whose signatures the keys of one commit verify",
		"internal/table":        "by the columns of its register",
		"internal/judgement":    "the stage Judge: records to outcomes",
		"internal/regulation":   "what a regulation asks of rules is checked",
		"internal/change":       "the stage Check: what is proposed against what is published",
		"internal/site":         "the stage Render: records to pages",
		"internal/site/offline": "and to pages that a ZIP holds",
		"internal/site/page":    "what pages are made of",
		"internal/opendata":     "the stage Render: records to downloads",
		"internal/ocds":         "and contracts to what the world writes of contracts",
		"internal/dataset":      "what is published, and as of when",
		"internal/popolo":       "and panels to what the world writes of bodies and their members",
		"internal/catalogue":    "and downloads to what catalogues and search engines read",
		"internal/files":        "the index of all files that are no pages",
		"internal/links":        "the stage Verify: links that lead nowhere",
		"internal/output":       "the stage Publish: files to the disk, all or none",
		"internal/jme":          "the snapshot holds the dataset",
		"internal/diag":         "stages report what they find",
		"internal/locale":       "every page is planned in every language",
		"layouts":               "templates and styles are an input of the build",
	}},
	{"internal/site", map[string]string{
		"internal/site/front":     "the ways in",
		"internal/site/year":      "a cycle and its steps",
		"internal/site/clauses":   "the regulation and its clock",
		"internal/site/registers": "lists and records",
		"internal/site/changes":   "what commits did",
		"internal/site/data":      "open data",
		"internal/site/offline":   "templates of the pages in a ZIP are checked with the others",
		"internal/site/page":      "kinds of pages, editions and towns",
		"internal/locale":         "every page is planned in every language",
	}},
	{"internal/site/front", map[string]string{
		"internal/site/status": "where each municipality stands",
		"internal/site/page":   "what all pages have in common",
		"internal/jme":         "texts and cycles",
		"internal/locale":      "words of a page's language",
	}},
	{"internal/site/year", map[string]string{
		"internal/site/status":       "where the year and its records stand",
		"internal/site/page":         "what all pages have in common",
		"internal/judgement":         "who must answer",
		"internal/regulation/scores": "scores are counted as the rule on the winner counts them",
		"internal/jme":               "the records of a year",
		"internal/locale":            "words of a page's language",
	}},
	{"internal/site/clauses", map[string]string{
		"internal/site/status": "outcomes in a line, deadlines",
		"internal/site/page":   "what all pages have in common",
		"internal/judgement":   "deadlines, and what is missing",
		"internal/regulation":  "rules and outcomes",
		"internal/jme":         "the clauses and what they are about",
		"internal/locale":      "words of a page's language",
	}},
	{"internal/site/registers", map[string]string{
		"internal/site/changes": "the history of a record is on its page",
		"internal/site/status":  "and how it stands",
		"internal/site/page":    "what all pages have in common",
		"internal/jme":          "records and their neighbours",
		"internal/table":        "lists show columns",
		"internal/locale":       "words of a page's language",
	}},
	{"internal/site/data", map[string]string{
		"internal/site/changes": "what changed since a version is counted as on the pages of changes",
		"internal/site/page":    "what all pages have in common",
		"internal/history":      "what changed since a version",
		"internal/jme":          "which registers are derived",
		"internal/table":        "the dictionary shows columns",
		"internal/locale":       "words of a page's language",
	}},
	{"internal/site/changes", map[string]string{
		"internal/site/page": "what all pages have in common",
		"internal/history":   "what commits did to records",
		"internal/signature": "and what their signatures are worth",
		"internal/jme":       "whose timeline is shown",
		"internal/table":     "cells have columns",
		"internal/locale":    "words of a page's language",
	}},
	{"internal/site/offline", map[string]string{
		"internal/site/page": "what all pages have in common",
		"internal/jme":       "the registers of a municipality",
		"internal/table":     "pages show all columns",
		"internal/locale":    "words of a page's language",
	}},
	{"internal/site/status", map[string]string{
		"internal/site/page":  "links, marks and phrases",
		"internal/judgement":  "what is due",
		"internal/regulation": "how the clauses fared",
		"internal/jme":        "how records stand",
		"internal/table":      "until when a record is valid",
		"internal/locale":     "words of a page's language",
	}},
	{"internal/site/page", map[string]string{
		"internal/history":    "what commits did to registers",
		"internal/judgement":  "outcomes, deadlines and missing records of a town",
		"internal/regulation": "outcomes are found by clause and by record",
		"internal/jme":        "pages are about records",
		"internal/table":      "values have types",
		"internal/document":   "letters and pages are Markdown",
		"internal/locale":     "words, dates and numbers of a page's language",
		"internal/files":      "downloads are listed and linked",
		"internal/catalogue":  "what search engines are told of a page of data",
		"layouts":             "templates and styles are read and minified there",
	}},
	{"internal/catalogue", map[string]string{
		"internal/dataset":     "what is catalogued",
		"internal/opendata":    "in which files it can be had",
		"internal/tableschema": "registers have the names that descriptors give them",
		"internal/files":       "whose sizes and checksums the index tells",
		"internal/output":      "as they are in SHA256SUMS",
		"internal/jme":         "whose they are",
		"internal/table":       "and what their columns mean",
		"internal/locale":      "in three languages",
	}},
	{"internal/ocds", map[string]string{
		"internal/dataset":  "contracts as of a day, their publisher and licence",
		"internal/opendata": "JSON is indented as in other downloads",
		"internal/files":    "packages are files of the index",
		"internal/jme":      "contests, contracts and payments",
		"internal/locale":   "titles in three languages",
	}},
	{"internal/popolo", map[string]string{
		"internal/dataset":  "panels of a dataset, and its licence",
		"internal/opendata": "JSON is indented as in other downloads",
		"internal/files":    "the document is a file of the index",
		"internal/jme":      "panels and their members",
		"internal/locale":   "names in three languages",
	}},
	{"internal/opendata", map[string]string{
		"internal/dataset":     "registers as of a day, and how they are described",
		"internal/tableschema": "columns are described once for all forms",
		"internal/workbook":    "registers become sheets",
		"internal/files":       "each download is a file of the index",
		"internal/jme":         "what is exported",
		"internal/table":       "columns, types and the canonical form",
		"internal/diag":        "a cell that some form cannot hold is reported",
		"internal/locale":      "titles and labels in three languages",
	}},
	{"internal/report", map[string]string{
		"internal/diag":       "what is reported",
		"internal/regulation": "outcomes are reported, and rules explained",
		"internal/jme":        "by the clauses that ask them and the registers they read",
		"internal/history":    "and so are the changes of a record",
		"internal/table":      "whose columns have titles; the code nearest to a mistaken one",
		"internal/locale":     "the reader's language",
	}},
	{"internal/judgement", map[string]string{
		"internal/regulation":       "outcomes, and the rules that gave them",
		"internal/regulation/clock": "days since a deadline passed",
		"internal/jme":              "deadlines and missing answers are read from records",
		"internal/table":            "outcomes and deadlines are registers like the others",
		"internal/diag":             "an exemption without an effect is reported",
		"internal/locale":           "what is due is said in three languages",
	}},
	{"internal/regulation", map[string]string{
		"internal/regulation/scores": "the rule on the winner compares totals",
		"internal/regulation/clock":  "terms are counted by the calendar",
		"internal/jme":               "rules read records",
		"internal/table":             "a parameter takes the words of a column",
		"internal/diag":              "a rule or parameter that is not known is reported",
		"internal/locale":            "an outcome is said in three languages",
	}},
	{"internal/regulation/scores", map[string]string{
		"internal/regulation/clock": "on which day a moment falls, and so who was on the panel",
		"internal/jme":              "scores, criteria and members are records",
	}},
	{"internal/regulation/clock", map[string]string{
		"internal/jme": "the calendar is a register",
	}},
	{"internal/change", map[string]string{
		"internal/history":  "an id that was dropped is not given again; why a commit corrects",
		"internal/gitrepo":  "the commits since, and the files of each",
		"internal/jme":      "what is published, and what is proposed",
		"internal/table":    "records are compared cell by cell",
		"internal/diag":     "what may not be done is reported",
		"internal/settings": "by what numbers a regulation was executed",
		"internal/locale":   "of a text in three languages the original counts",
		"internal/source":   "a register is read from a file",
	}},
	{"internal/history", map[string]string{
		"internal/gitrepo":   "commits, and the versions of files",
		"internal/signature": "commits are signed, or not",
		"internal/jme":       "what the registers are now",
		"internal/table":     "versions are split into cells as registers are, and schemas name their columns",
		"internal/diag":      "why a version cannot be read",
		"internal/source":    "a schema is read from a file",
	}},
	{"internal/load", map[string]string{
		"internal/jme":       "records and the dataset that links them",
		"internal/table":     "registers are CSV with a schema",
		"internal/document":  "letters and pages are Markdown",
		"internal/settings":  "site.toml, municipality.toml and regulation.toml",
		"internal/output":    "a name that could not be published is reported",
		"internal/signature": "a key that cannot be read is reported",
		"internal/diag":      "what is wrong with them",
		"internal/locale":    "names in three languages",
		"internal/source":    "where it is wrong",
	}},
	{"internal/gitrepo", map[string]string{
		"internal/signature": "what a commit's signature was made over, to be verified there",
	}},
	{"internal/signature", map[string]string{
		"internal/diag":   "a key that cannot be read is reported",
		"internal/source": "at its place",
	}},
	{"internal/dataset", map[string]string{
		"internal/jme":         "the registers of municipalities",
		"internal/tableschema": "registers have the names that descriptors give them",
		"internal/table":       "days of the records",
		"internal/locale":      "titles and descriptions in three languages",
	}},
	{"internal/tableschema", map[string]string{
		"internal/jme":    "a reference leads to a register of the municipality",
		"internal/table":  "columns and types",
		"internal/locale": "titles and labels in three languages",
	}},
	{"internal/workbook", nil},
	{"internal/files", map[string]string{
		"internal/output": "a file is made for a folder, which counts and hashes it",
		"internal/locale": "kinds and files have titles in three languages",
	}},
	{"internal/output", nil},
	{"internal/jme", map[string]string{
		"internal/table":    "records are decoded from rows, by the same schema",
		"internal/document": "a letter is a document with records behind it",
		"internal/locale":   "text columns are text in three languages",
		"internal/source":   "a record knows its place",
	}},
	{"internal/table", map[string]string{
		"internal/settings": "a schema is TOML",
		"internal/diag":     "a cell that does not fit is reported",
		"internal/locale":   "titles and labels in three languages",
		"internal/source":   "a cell has a place",
	}},
	{"internal/document", map[string]string{
		"internal/settings": "front matter is TOML",
		"internal/diag":     "a broken link is reported",
		"internal/source":   "at its place",
	}},
	{"internal/settings", map[string]string{
		"internal/diag":   "an unknown key is reported",
		"internal/source": "at its place",
	}},
	{"internal/diag", map[string]string{
		"internal/source": "a finding has a span",
	}},
	{"internal/links", map[string]string{
		"internal/locale": "a page has a counterpart in every language",
	}},
	{"internal/locale", nil},
	{"internal/source", nil},
	{"layouts", nil},
	{"internal/site/browsing", nil}, // has tests only
	{"internal/tools/browsertest", map[string]string{ // for tests; no line above lets anybody in
		"internal/tools/outside": "browser and checkers are programs of others",
	}},
	{"internal/tools/csvw", nil},    // for tests
	{"internal/tools/outside", nil}, // for tests
}

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
