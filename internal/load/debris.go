package load

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/source"
)

// debris reports a file that git has left half done, and tells whether it is one. Nothing else of
// such a file is looked at: a merge that nobody finished would give a finding for each of its lines.
func (l *loader) debris(f *source.File) bool {
	code, at := diag.Code(""), 0
	for _, mark := range []string{"<<<<<<< ", ">>>>>>> ", "||||||| "} {
		if i := lineBeginning(f.Data, mark); i >= 0 && (code == "" || i < at) {
			code, at = diag.ConflictMark, i
		}
	}
	if bytes.HasPrefix(f.Data, pointer) {
		code = diag.LFSPointer
	}
	if code == "" {
		return false
	}
	value, _, _ := strings.Cut(f.Text()[at:], "\n")
	value = strings.TrimSuffix(value, "\r")
	l.problems.Add(diag.Diagnostic{Code: code, File: f, Span: source.Span{Start: at, End: at + len(value)}, Value: value, Args: diag.Args{"value": value}})
	l.unread[f.Path] = true
	return true
}

// pointer begins what Git LFS commits in place of a file (its specification, version 1).
var pointer = []byte("version https://git-lfs.github.com/spec/v1\n")

// lineBeginning returns the offset of the first line that begins with a text, or -1.
func lineBeginning(data []byte, text string) int {
	if bytes.HasPrefix(data, []byte(text)) {
		return 0
	}
	if i := bytes.Index(data, []byte("\n"+text)); i >= 0 {
		return i + 1
	}
	return -1
}

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
