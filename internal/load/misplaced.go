package load

import (
	"path"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
)

// Endings of files of spreadsheet programs.
var sheets = []string{".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"}

// misplaced reports a spreadsheet in a place where the program reads none. Whoever put it there
// believes that it is published.
func (l *loader) misplaced(name string) {
	ending := strings.ToLower(path.Ext(name))
	if !slices.Contains(sheets, ending) {
		return
	}
	folder := strings.Split(path.Dir(name), "/")
	register, known := jme.Find(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	form := false
	switch {
	case folder[0] == "." && !known: // whose the top folder is, nobody knows
		return
	case folder[0] == "content" && len(folder) > 2 && folder[2] == "files": // a document
		return
	case folder[0] == "data" && (len(folder) == 2 || len(folder) == 1 && register.Shared):
		if ending == ".csv" {
			return
		}
		form = true
	}
	l.problems.Add(diag.Diagnostic{Code: diag.Misplaced, Path: name, Value: name, Args: diag.Args{"value": name, "form": form, "register": ""}})
}

// partOf returns the built-in register that a file without a schema most likely holds a part of,
// as findings-2026.csv, or "".
func partOf(register string) string {
	for _, r := range jme.BuiltIn() {
		if rest, ok := strings.CutPrefix(register, r.Name); ok && rest != "" && strings.Trim(rest, "-_0123456789") == "" {
			return r.Name
		}
	}
	return ""
}
