package load

import (
	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/source"
	"achyk/internal/table"
)

// encoded returns what is wrong with the characters and letters of a TOML or Markdown file, and whether the file can be
// read. Package table judges the characters of registers, cell by cell; package settings judges
// those that escapes of TOML stand for, and package document those of entities.
func encoded(f *source.File) (problems diag.List, ok bool) {
	if problems, ok = written(f); !ok {
		return problems, false
	}
	if start, end, found := characters.NotNormal(f.Text()); found {
		at := source.Span{Start: start, End: end}
		letter := string(f.Data[at.Start:at.End])
		problems.Add(diag.Diagnostic{Code: diag.NotNormalised, File: f, Span: at, Value: letter, Args: diag.Args{"value": letter}})
	}
	begin := f.Begin()
	if code, start, end := table.Damaged(f.Text()[begin:]); code != "" {
		at := source.Span{Start: begin + start, End: begin + end}
		value := string(f.Slice(at))
		problems.Add(diag.Diagnostic{Code: code, File: f, Span: at, Value: value, Args: diag.Args{"value": value, "column_title": ""}})
	}
	return problems, true
}

// written returns what is wrong with the characters of a file that people write, be it a text or a program, and whether
// it can be read.
func written(f *source.File) (problems diag.List, ok bool) {
	if i := characters.Invalid(f.Data); i >= 0 {
		problems.Add(diag.Diagnostic{Code: diag.InvalidUTF8, File: f, Span: source.Span{Start: i, End: i + 1}})
		return problems, false
	}
	begin := f.Begin()
	if begin > 0 {
		problems.Add(diag.Diagnostic{Code: diag.ByteOrder, File: f, Span: source.Span{End: begin}})
	}
	if r, i, code := characters.Find(f.Text()[begin:]); code != "" {
		name := characters.Name(r)
		at := source.Span{Start: begin + i, End: begin + i + len(string(r))}
		problems.Add(diag.Diagnostic{Code: code, File: f, Span: at, Value: name, Args: diag.Args{"value": name}})
		if code.Severity() == diag.Error {
			return problems, false
		}
	}
	return problems, true
}
