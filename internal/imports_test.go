// Package internal_test tests the project as a whole: which package may import which, what
// is in the program, and whether links in documents and the workflows are sound.
package internal_test

import (
	"slices"
	"strings"
	"testing"
)

// room is a package of the program, with the packages of the program that it may import. Each
// import has a reason, whose "it" is the importing package.
type room struct {
	path    string
	imports map[string]string
}

// rooms lists all packages of the program from the top down. A package may only import packages
// that are listed below it. TestImports fails for a package that is not listed, for an import
// that is not listed, and for a listed import that the code no longer uses.
var rooms = []room{
	{"internal/tools/sitetest", map[string]string{ // for tests
		"internal/pipeline": "it builds the sample site that tests read",
		"internal/locale":   "tests read the pages of every language",
	}},
	{"internal/tools/casetest", map[string]string{ // for tests
		"internal/jme":      "it makes a municipality of each case",
		"internal/table":    "it reads the registers of a case as CSV",
		"internal/settings": "it reads the regulation.toml of a case",
		"internal/diag":     "it reports mistakes in a case",
		"internal/source":   "it reads registers from files",
	}},
	{"cmd/achyk", map[string]string{
		"internal/pipeline": "the commands build, check, explain and history call its stages",
		"internal/serve":    "the command serve runs it",
		"internal/verify":   "the command verify runs it",
		"internal/report":   "it writes findings as text or JSON",
		"internal/links":    "the command build lists broken links",
		"internal/locale":   "help and messages are in the reader's language",
		"internal/address":  "it checks the value of --base-url",
	}},
	{"internal/serve", map[string]string{
		"internal/pipeline": "it plans the site again after each change",
		"internal/report":   "it writes findings on the page that shows errors",
		"internal/diag":     "it asks whether a finding is an error",
		"internal/locale":   "the page that shows errors is in the language of the address",
	}},
	{"internal/verify", map[string]string{
		"internal/pipeline": "it builds a published site again",
		"internal/output":   "it compares the two by their checksums",
		"internal/diag":     "it returns the findings of a commit that has errors",
	}},
	{"internal/pipeline", map[string]string{
		"internal/gitrepo":      "Open takes the files of a commit from it",
		"internal/load":         "Load reads records with it",
		"internal/history":      "History reads the changes of records with it",
		"internal/signature":    "History reads the keys that verify commits with it",
		"internal/table":        "Trace finds the columns of a register",
		"internal/judgement":    "Judge gets the outcomes of the regulations from it",
		"internal/regulation":   "Judge checks the parts of a regulation that call rules",
		"internal/change":       "Check judges the changes since a commit with it",
		"internal/site":         "Plan lists the pages with it",
		"internal/site/offline": "Plan lists the pages of each ZIP with it",
		"internal/site/page":    "Plan makes the Site that all pages share",
		"internal/opendata":     "Plan lists the downloads with it",
		"internal/ocds":         "Plan lists the files about contracts with it",
		"internal/dataset":      "Plan describes the data by a snapshot",
		"internal/popolo":       "Plan lists the files about panels with it",
		"internal/catalogue":    "Plan lists the descriptions of the downloads with it",
		"internal/files":        "Plan puts all files that are not pages into its index",
		"internal/links":        "Build and Verify check links with it",
		"internal/regular":      "Open reads the files of a folder through it",
		"internal/output":       "Publish writes the site with it",
		"internal/jme":          "Load returns its Dataset",
		"internal/diag":         "the stages return findings",
		"internal/locale":       "the sitemap names a page in every language",
		"layouts":               "Plan parses its templates if the repository has none",
	}},
	{"internal/site", map[string]string{
		"internal/site/front":     "it lists the kinds of pages",
		"internal/site/year":      "it lists the kinds of pages",
		"internal/site/clauses":   "it lists the kinds of pages",
		"internal/site/registers": "it lists the kinds of pages",
		"internal/site/changes":   "it lists the kinds of pages",
		"internal/site/data":      "it lists the kinds of pages",
		"internal/site/offline":   "it checks the templates of a ZIP's pages with the others",
		"internal/site/page":      "it plans the pages of a Site",
		"internal/locale":         "it plans the pages in every language",
	}},
	{"internal/site/front", map[string]string{
		"internal/site/status": "front pages say how each municipality stands",
		"internal/site/page":   "it declares kinds of pages",
		"internal/jme":         "it shows articles and the year of a cycle",
		"internal/locale":      "the pages of no edition speak all languages",
	}},
	{"internal/site/year", map[string]string{
		"internal/site/status":       "pages of a year say how its records stand",
		"internal/site/page":         "it declares kinds of pages",
		"internal/judgement":         "the page of answers says who must answer",
		"internal/regulation/scores": "the page of contests ranks applications as the rule on the winner does",
		"internal/jme":               "it shows the records of a cycle",
		"internal/locale":            "it gives sentences their arguments",
	}},
	{"internal/site/clauses", map[string]string{
		"internal/site/status": "it shows outcomes and deadlines as other pages do",
		"internal/site/page":   "it declares kinds of pages",
		"internal/judgement":   "it lists deadlines and missing records",
		"internal/regulation":  "it lists rules and outcomes",
		"internal/jme":         "it shows clauses",
		"internal/locale":      "it gives sentences their arguments",
	}},
	{"internal/site/registers", map[string]string{
		"internal/site/changes": "the page of a record shows its timeline",
		"internal/site/status":  "the page of a record says how it stands",
		"internal/site/page":    "it declares kinds of pages",
		"internal/jme":          "it shows records and those that they refer to",
		"internal/table":        "it lists columns by their types",
		"internal/locale":       "it gives sentences their arguments",
	}},
	{"internal/site/data", map[string]string{
		"internal/site/changes": "it counts changes since a version as the pages of changes do",
		"internal/site/page":    "it declares kinds of pages",
		"internal/history":      "it reads which records changed since a version",
		"internal/jme":          "it does not count registers that the program makes",
		"internal/table":        "a dictionary explains columns",
		"internal/locale":       "it gives sentences their arguments",
	}},
	{"internal/site/changes", map[string]string{
		"internal/site/page": "it declares kinds of pages",
		"internal/history":   "it shows what commits did to records",
		"internal/signature": "it shows whether the signature of a commit was verified",
		"internal/jme":       "it makes the timeline of a record",
		"internal/table":     "it shows cells by the type of their column",
		"internal/locale":    "it gives sentences their arguments",
	}},
	{"internal/site/offline", map[string]string{
		"internal/site/page": "it declares kinds of pages",
		"internal/jme":       "it lists the registers of a municipality",
		"internal/table":     "it shows all columns of a register",
		"internal/locale":    "it makes the pages in every language",
	}},
	{"internal/site/status", map[string]string{
		"internal/site/page":  "it makes links, marks and texts",
		"internal/judgement":  "it says how many days are left until a deadline",
		"internal/regulation": "it says how clauses were kept",
		"internal/jme":        "it says how records stand",
		"internal/table":      "it reads the day until which a record is valid",
		"internal/locale":     "it gives sentences their arguments",
	}},
	{"internal/site/page", map[string]string{
		"internal/history":    "it indexes what commits did to registers",
		"internal/judgement":  "a Town has deadlines and missing records",
		"internal/regulation": "a Town finds outcomes by clause and by record",
		"internal/jme":        "a Town is a municipality",
		"internal/table":      "it shows a cell by the type of its column",
		"internal/document":   "it shows articles, which are Markdown",
		"internal/locale":     "an Edition writes words, dates and numbers of one language",
		"internal/files":      "it links to downloads and shows their sizes",
		"internal/catalogue":  "pages of data describe themselves to search engines",
		"layouts":             "it parses the templates and styles",
	}},
	{"internal/catalogue", map[string]string{
		"internal/dataset":     "it describes a snapshot of the data",
		"internal/opendata":    "it lists the formats in which data is published",
		"internal/tableschema": "it uses the names that descriptors give to registers",
		"internal/files":       "it reads the sizes and checksums of files",
		"internal/output":      "it writes the sizes and checksums of files",
		"internal/jme":         "it describes the registers of municipalities",
		"internal/table":       "it describes the columns of registers",
		"internal/locale":      "descriptions are in three languages",
	}},
	{"internal/ocds", map[string]string{
		"internal/dataset":  "it publishes the contracts of a snapshot",
		"internal/opendata": "it indents JSON as other downloads do",
		"internal/files":    "it returns files for the index",
		"internal/jme":      "it reads contests, contracts and payments",
		"internal/locale":   "titles are in three languages",
	}},
	{"internal/popolo", map[string]string{
		"internal/dataset":  "it publishes the panels of a snapshot",
		"internal/opendata": "it indents JSON as other downloads do",
		"internal/files":    "it returns files for the index",
		"internal/jme":      "it reads panels and their members",
		"internal/locale":   "names are in three languages",
	}},
	{"internal/opendata", map[string]string{
		"internal/dataset":     "it publishes the registers of a snapshot",
		"internal/tableschema": "all formats describe columns by it",
		"internal/workbook":    "it writes registers as sheets",
		"internal/files":       "it adds each download to the index",
		"internal/jme":         "it reads the registers of a municipality",
		"internal/table":       "it writes cells by the type of their column",
		"internal/diag":        "it reports a cell that a format cannot hold",
		"internal/locale":      "titles and labels are in three languages",
	}},
	{"internal/report", map[string]string{
		"internal/diag":       "it writes findings",
		"internal/regulation": "it writes outcomes and explains rules",
		"internal/jme":        "it names the clauses that use a rule and the registers that it reads",
		"internal/history":    "it writes the changes of a record",
		"internal/table":      "it names columns, and suggests the code that is nearest to a mistyped one",
		"internal/locale":     "it writes in the reader's language",
	}},
	{"internal/change", map[string]string{
		"internal/regulation": "it judges the proposed records by published and by proposed settings",
		"internal/signature":  "it compares the keys that verify signatures",
		"internal/history":    "it reads which ids were removed earlier, and the reason that a commit gives",
		"internal/gitrepo":    "it reads the commits since a revision, and their files",
		"internal/jme":        "it compares published with proposed records",
		"internal/table":      "it compares records cell by cell",
		"internal/diag":       "it reports changes that are not allowed",
		"internal/settings":   "it decodes settings, regulations and schemas at each commit",
		"internal/locale":     "it compares the originals of texts in three languages",
		"internal/limits":     "it passes over a file that is too large",
		"internal/source":     "it reports the place of a change",
	}},
	{"internal/judgement", map[string]string{
		"internal/regulation":       "it applies rules and collects their outcomes",
		"internal/regulation/clock": "it counts the days since a deadline passed",
		"internal/jme":              "it reads deadlines and missing answers from records",
		"internal/table":            "it makes registers of outcomes and deadlines",
		"internal/diag":             "it reports an exemption without an effect",
		"internal/locale":           "it says in three languages what is due",
	}},
	{"internal/regulation", map[string]string{
		"internal/regulation/scores": "the rule on the winner compares totals",
		"internal/regulation/clock":  "rules count terms by the calendar",
		"internal/jme":               "rules read records",
		"internal/table":             "a parameter takes the words of a column",
		"internal/diag":              "it reports unknown rules and parameters",
		"internal/locale":            "outcomes have sentences in three languages",
	}},
	{"internal/regulation/scores", map[string]string{
		"internal/regulation/clock": "it finds the day of a moment, on which the members of a panel depend",
		"internal/jme":              "it reads scores, criteria and members",
	}},
	{"internal/regulation/clock", map[string]string{
		"internal/jme": "it reads the register of the calendar",
	}},
	{"internal/history", map[string]string{
		"internal/gitrepo":    "it reads commits and the versions of files",
		"internal/signature":  "it verifies the signatures of commits",
		"internal/jme":        "it matches versions with the registers as they are now",
		"internal/table":      "it splits versions into cells by a schema",
		"internal/diag":       "it says why a version cannot be read",
		"internal/source":     "it reads schemas from files",
		"internal/characters": "it passes over versions that are not UTF-8",
	}},
	{"internal/load", map[string]string{
		"internal/jme":        "it makes the Dataset",
		"internal/table":      "it reads registers, which are CSV with a schema",
		"internal/document":   "it reads letters and articles, which are Markdown",
		"internal/settings":   "it reads site.toml, municipality.toml and regulation.toml",
		"internal/output":     "it reports names of files that could not be published",
		"internal/limits":     "it reports files that are larger, deeper or more than the limits",
		"internal/signature":  "it reports keys that cannot be read",
		"internal/diag":       "it reports mistakes",
		"internal/locale":     "it reads names in three languages",
		"internal/source":     "it reports the place of a mistake",
		"internal/address":    "it reports addresses that no page can link to",
		"internal/characters": "it reports characters that no text should hold",
	}},
	{"internal/gitrepo", map[string]string{
		"internal/signature": "it returns the bytes that a commit's signature covers",
		"internal/regular":   "it opens no links of a commit",
		"internal/limits":    "a file that is too large to be read counts as changed",
	}},
	{"internal/signature", map[string]string{
		"internal/diag":       "it reports keys that cannot be read",
		"internal/source":     "it reports the place of a key",
		"internal/characters": "it reports names that no text should hold",
	}},
	{"internal/dataset", map[string]string{
		"internal/jme":         "it describes the registers of municipalities",
		"internal/tableschema": "it uses the names that descriptors give to registers",
		"internal/table":       "it finds the days of records",
		"internal/locale":      "titles and descriptions are in three languages",
	}},
	{"internal/tableschema", map[string]string{
		"internal/jme":    "a reference names another register of the municipality",
		"internal/table":  "it describes columns and their types",
		"internal/locale": "titles and labels are in three languages",
	}},
	{"internal/workbook", nil},
	{"internal/files", map[string]string{
		"internal/output": "it counts and hashes files",
		"internal/locale": "kinds and files have titles in three languages",
	}},
	{"internal/output", nil},
	{"internal/jme", map[string]string{
		"internal/table":    "it decodes records from rows by their schema",
		"internal/document": "a letter is a document",
		"internal/locale":   "text columns have texts in three languages",
		"internal/source":   "a record has a place in a file",
	}},
	{"internal/table", map[string]string{
		"internal/settings":   "it reads schemas, which are TOML",
		"internal/diag":       "it reports cells that do not fit their column",
		"internal/locale":     "titles and labels are in three languages",
		"internal/source":     "a cell has a place in a file",
		"internal/address":    "a column of type url holds addresses",
		"internal/characters": "it reports characters that no cell should hold",
		"internal/limits":     "it reports files that exceed them",
	}},
	{"internal/document", map[string]string{
		"internal/settings":   "it reads front matter, which is TOML",
		"internal/diag":       "it reports broken links",
		"internal/source":     "it reports the place of a link",
		"internal/characters": "it reports entities for characters that no text should hold",
		"internal/limits":     "it reports texts that exceed them",
	}},
	{"internal/address", map[string]string{
		"internal/characters": "no address has a character that no text should hold",
	}},
	{"internal/settings", map[string]string{
		"internal/diag":       "it reports unknown keys",
		"internal/source":     "it reports the place of a key",
		"internal/characters": "it reports escapes for characters that no text should hold",
		"internal/limits":     "it reports tables within each other beyond them",
	}},
	{"internal/characters", map[string]string{
		"internal/diag": "it says by a code what is wrong with a character",
	}},
	{"internal/diag", map[string]string{
		"internal/source": "a finding has a place in a file",
		"internal/limits": "it keeps so many findings of a code",
	}},
	{"internal/links", map[string]string{
		"internal/locale": "it looks for the same page in every language",
	}},
	{"internal/locale", nil},
	{"internal/source", nil},
	{"internal/regular", map[string]string{
		"internal/limits": "it refuses to read files of any size into memory",
	}},
	{"internal/limits", nil},
	{"layouts", nil},
	{"internal/site/browsing", nil}, // has tests only
	{"internal/tools/browsertest", map[string]string{ // for tests; no package above may import it
		"internal/tools/outside": "it finds the browser and the checkers",
	}},
	{"internal/tools/csvw", nil},    // for tests
	{"internal/tools/outside", nil}, // for tests
}

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
