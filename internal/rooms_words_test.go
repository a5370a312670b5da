package internal_test

// wordRooms are the rooms that all others share, and those for tests. They follow innerRooms.
var wordRooms = []room{
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
	{"internal/workbook", map[string]string{
		"internal/zipped": "a workbook is a ZIP archive",
	}},
	{"internal/zipped", nil},
	{"internal/sheet", map[string]string{
		"internal/table":  "it splits CSV",
		"internal/limits": "a small file can hold millions of cells",
		"internal/diag":   "it reports what it cannot read",
		"internal/source": "it names cells",
	}},
	{"internal/files", map[string]string{
		"internal/output": "it counts and hashes files",
		"internal/locale": "kinds and files have titles in three languages",
	}},
	{"internal/output", map[string]string{
		"internal/limits": "it reads lists of checksums and build.json of any size",
	}},
	{"internal/wording", map[string]string{
		"internal/jme":    "it reads clauses and their amendments",
		"internal/locale": "the texts of clauses are in three languages",
	}},
	{"internal/jme", map[string]string{
		"internal/table":    "it decodes records from rows by their schema",
		"internal/document": "a letter is a document",
		"internal/locale":   "text columns have texts in three languages",
		"internal/source":   "a record has a place in a file",
	}},
	{"internal/table", map[string]string{
		"internal/settings":   "it reads schemas, which are TOML",
		"internal/diag":       "it reports cells that do not fit their column",
		"internal/spelling":   "it suggests words for misspelt ones",
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
		"internal/limits":     "it refuses an address of a site that verify would refuse",
	}},
	{"internal/worktree", map[string]string{
		"internal/diag":   "it returns findings",
		"internal/source": "it looks at files",
	}},
	{"internal/settings", map[string]string{
		"internal/locale":     "a text has a key for each language",
		"internal/diag":       "it reports unknown keys",
		"internal/spelling":   "it proposes the key that is meant",
		"internal/source":     "it reports the place of a key",
		"internal/characters": "it reports escapes for characters that no text should hold",
		"internal/limits":     "it reports tables within each other beyond them",
	}},
	{"internal/spelling", map[string]string{
		"internal/limits": "it compares no word that is longer than they allow",
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
	{"internal/privacy", nil},
	{"internal/regular", map[string]string{
		"internal/limits": "it refuses to read files of any size into memory",
	}},
	{"internal/limits", nil},
	{"internal/fault", nil},
	{"internal/poster", map[string]string{
		"internal/boxes": "what the fonts lack is a box",
	}},
	{"internal/boxes", nil},
	{"docs/guide", nil},
	{"internal/site/browsing", nil}, // has tests only
	{"internal/country", nil},       // has tests only
	{"internal/tools/browsertest", map[string]string{ // for tests; no package above may import it
		"internal/tools/outside": "it finds the browser and the checkers",
	}},
	{"internal/tools/csvw", nil},     // for tests
	{"internal/tools/pdftest", nil},  // for tests
	{"internal/tools/towntest", nil}, // for tests
	{"internal/tools/outside", nil},  // for tests
	{"internal/tools/wasm", nil},     // for go generate
}
