// Package load reads a repository: any fs.FS, be it the work tree or the tree of a
// commit, becomes a Dataset and the list of everything that is wrong with it.
//
//	data/site.toml  data/calendar.csv
//	data/<municipality>/municipality.toml  regulation.toml  <register>.csv  <register>.schema.toml
//	content/pages/<slug>.<lang>.md
//	content/<municipality>/letters/<id>.<lang>.md  news/<slug>.<lang>.md  files/…
//
// Reading never stops at a mistake. A file, a row or a cell that is wrong is reported
// once and left out, together with what cannot be judged without it; the rest is read
// and checked as if the mistake were mended. First each file is read by itself, then
// what files say of each other is checked (see check.go).
package load

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Roots are the folders that make up a repository's content.
var Roots = []string{"data", "content"}

// Load reads the repository. The Dataset is whole where the list has no errors, and
// otherwise what could be read. The error is ours: a disk that fails.
func Load(fsys fs.FS) (*jme.Dataset, diag.List, error) {
	l := &loader{fsys: fsys, set: &jme.Dataset{Files: map[string]int64{}}}
	l.site()
	l.set.Pages = l.articles("content/pages")
	slices.SortStableFunc(l.set.Pages, func(a, b *jme.Article) int { return a.Order - b.Order })
	var calendar *table.Table
	if f := l.file("data/calendar.csv"); f != nil {
		calendar = l.table(f, jme.Calendar, jme.Schema(jme.Calendar))
	}
	for _, name := range l.folders("data") {
		m := l.municipality(name, calendar)
		l.set.Municipalities = append(l.set.Municipalities, m)
	}
	if l.err != nil {
		return nil, nil, l.err
	}
	for _, m := range l.set.Municipalities {
		if err := m.Link(); err != nil {
			return nil, nil, err
		}
		l.check(m)
	}
	l.problems.Sort()
	return l.set, l.problems, nil
}

type loader struct {
	fsys     fs.FS
	set      *jme.Dataset
	problems diag.List
	err      error // the first failure of the disk
}

func (l *loader) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

// file reads a file, or returns nil where there is none.
func (l *loader) file(name string) *source.File {
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			l.fail(err)
		}
		return nil
	}
	return &source.File{Path: name, Data: data}
}

// entries lists a folder; one that is not there is empty. Names with a leading dot are
// the system's or an editor's, not the repository's, as is Excel's ~$ lock file.
func (l *loader) entries(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail(err)
	}
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$")
	})
}

var folderName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

func (l *loader) folders(dir string) []string {
	var names []string
	for _, e := range l.entries(dir) {
		if !e.IsDir() {
			continue
		}
		if !folderName.MatchString(e.Name()) {
			l.problems.Add(diag.Diagnostic{Code: diag.BadFileName, Path: dir + "/" + e.Name(), Value: e.Name(), Args: diag.Args{"value": e.Name()}})
			continue
		}
		names = append(names, e.Name())
	}
	return names
}

// required reads a TOML file that must be there. The places are nil where it is not or
// where it could not be read: then nothing more is said about it.
func (l *loader) required(name string, v any) *settings.Places {
	f := l.file(name)
	if f == nil {
		l.problems.Add(diag.Diagnostic{Code: diag.FileMissing, Path: name, Value: name, Args: diag.Args{"value": name}})
		return nil
	}
	if !l.encoded(f) {
		return nil
	}
	places, problems := settings.Decode(f, source.Span{End: len(f.Data)}, v)
	l.problems = append(l.problems, problems...)
	if slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Code == diag.TOMLSyntax || d.Code == diag.TOMLType }) {
		return nil
	}
	return places
}

// encoded reports a file that is not UTF-8.
func (l *loader) encoded(f *source.File) bool {
	i := table.InvalidUTF8(f.Data)
	if i >= 0 {
		l.problems.Add(diag.Diagnostic{Code: diag.InvalidUTF8, File: f, Span: source.Span{Start: i, End: i + 1}})
	}
	return i < 0
}

// table reads a register. A nil schema makes every column a string.
func (l *loader) table(f *source.File, register string, schema *table.Schema) *table.Table {
	label := strings.TrimPrefix(strings.TrimSuffix(f.Path, ".csv"), "data/")
	t, problems := table.Read(f, label, schema)
	l.problems = append(l.problems, problems...)
	return t
}

func (l *loader) municipality(id string, calendar *table.Table) *jme.Municipality {
	m := &jme.Municipality{ID: id}
	dir := "data/" + id
	l.settings(dir, m)
	l.regulation(dir, m)

	csvs, schemas := map[string]*source.File{}, map[string]*source.File{}
	for _, e := range l.entries(dir) {
		name := path.Join(dir, e.Name())
		if register, ok := strings.CutSuffix(e.Name(), ".schema.toml"); ok {
			schemas[register] = l.file(name)
		} else if register, ok := strings.CutSuffix(e.Name(), ".csv"); ok {
			if !registerName.MatchString(register) {
				l.problems.Add(diag.Diagnostic{Code: diag.BadFileName, Path: name, Value: e.Name(), Args: diag.Args{"value": e.Name()}})
				continue
			}
			csvs[register] = l.file(name)
		}
	}
	letters := l.letters(m)
	var own []string
	for register := range csvs {
		if jme.Schema(register) == nil {
			own = append(own, register)
		}
	}
	for register, f := range schemas {
		if jme.Schema(register) != nil {
			l.problems.Add(diag.Diagnostic{Code: diag.SchemaInvalid, File: f, Value: register, Args: diag.Args{"key": "", "value": register, "detail": diag.Phrase("schema.built-in")}})
		} else if csvs[register] == nil {
			name := strings.TrimSuffix(f.Path, ".schema.toml") + ".csv"
			l.problems.Add(diag.Diagnostic{Code: diag.FileMissing, Path: name, Value: name, Args: diag.Args{"value": name}})
		}
	}
	slices.Sort(own)
	for _, register := range jme.Registers {
		label := id + "/" + register
		switch f := csvs[register]; {
		case register == jme.Calendar && calendar != nil:
			m.Tables = append(m.Tables, calendar)
		case register == jme.AnalyticLetters:
			m.Tables = append(m.Tables, letters)
		case f != nil:
			m.Tables = append(m.Tables, l.table(f, register, jme.Schema(register)))
		default: // a register not kept is an empty one
			t, _ := table.New(jme.Schema(register), label, nil)
			m.Tables = append(m.Tables, t)
		}
	}
	for _, register := range own {
		m.Tables = append(m.Tables, l.own(csvs[register], schemas[register], register, own))
	}
	m.News = l.articles("content/" + id + "/news")
	slices.SortStableFunc(m.News, func(a, b *jme.Article) int { return b.Date.Compare(a.Date) })
	l.files("content/" + id + "/files")
	return m
}

var registerName = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// own reads a register of the municipality's own.
func (l *loader) own(f, schemaFile *source.File, register string, own []string) *table.Table {
	var schema *table.Schema
	if schemaFile == nil {
		l.problems.Add(diag.Diagnostic{Code: diag.SchemaMissing, File: f, Value: register, Args: diag.Args{"value": register}})
	} else if l.encoded(schemaFile) {
		var problems diag.List
		schema, problems = table.ParseSchema(register, schemaFile, slices.Concat(jme.Registers, own))
		l.problems = append(l.problems, problems...)
		if schema == nil { // judged by no schema, the file would only seem full of mistakes
			t, _ := table.New(table.PlainSchema(register, []string{"id"}), register, nil)
			t.Schema.Own, t.Whole = true, false
			return t
		}
	}
	t := l.table(f, register, schema)
	t.Schema.Own = true
	return t
}

// files notes what is published as it lies in the repository.
func (l *loader) files(dir string) {
	err := fs.WalkDir(l.fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(e.Name(), ".") && name != dir {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if e.Type().IsRegular() {
			info, err := e.Info()
			if err != nil {
				return err
			}
			l.set.Files[name] = info.Size()
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail(err)
	}
}

// langOf splits "osh-2025.ru.md" into slug and language.
func langOf(name string) (slug string, lang locale.Lang, ok bool) {
	base, isMarkdown := strings.CutSuffix(name, ".md")
	i := strings.LastIndexByte(base, '.')
	if !isMarkdown || i < 0 || !folderName.MatchString(base[:i]) {
		return "", 0, false
	}
	lang, ok = locale.ParseLang(base[i+1:])
	return base[:i], lang, ok
}
