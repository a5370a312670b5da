// Package diag defines the diagnostic: a mistake in the files of a repository, as data. It
// has a code, a place and typed arguments, and no sentence. Package report makes the
// sentence, in the reader's language.
//
// Diagnostics are returned in a List, next to whatever could be read in spite of them, so
// that one run shows all mistakes. A Go error is for what the author of the files cannot
// mend, such as a disk that fails.
package diag

import (
	"cmp"
	"slices"

	"achyk/internal/source"
)

// Severity says whether a repository with a finding can be published.
type Severity uint8

const (
	Error   Severity = iota // the build fails
	Warning                 // the build succeeds
)

// String returns the word that JSON and the keys of messages use.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Args are the named arguments of a diagnostic's sentences. A value is a string, a number, a
// []string, a time.Time, a locale.Text, a locale.Clause, a regulation.Kind, a Phrase, or one or more
// table.Named; all from the time on are written in the reader's language.
type Args map[string]any

// Phrase is an argument that stands for a message: the key of the message without the prefix
// "diagnostics.", as in "schema.no-columns".
type Phrase string

// Diagnostic is one mistake in one place.
type Diagnostic struct {
	Code     Code
	File     *source.File // nil if there is no such file; then Path names it
	Path     string       // of a file that is missing
	Span     source.Span  // in File; within the file, but report shows any
	Cell     source.Cell  // in a register; else zero
	Register string       // "osh/findings", or empty
	ID       string       // the key of the record, or empty
	Value    string       // the wrong text as it is written in the file
	Args     Args
}

// Severity returns the severity of the code.
func (d *Diagnostic) Severity() Severity { return d.Code.Severity() }

// Name returns the path of the file, which need not exist.
func (d *Diagnostic) Name() string {
	if d.File != nil {
		return d.File.Path
	}
	return d.Path
}

// Position returns the line and column of the place, or the zero Position without a file.
func (d *Diagnostic) Position() source.Position {
	if d.File == nil {
		return source.Position{}
	}
	return d.File.Position(d.Span.Start)
}

// List is a list of diagnostics in any order.
type List []Diagnostic

// Add appends a diagnostic.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// HasErrors tells whether any diagnostic is an error, so that the build must fail.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity() == Error })
}

// Sort orders the list by file, place, code and arguments, and drops duplicates. The report
// then does not depend on the order in which files were read.
func (l *List) Sort() {
	slices.SortStableFunc(*l, compare)
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Name(), b.Name()),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Cell.Row, b.Cell.Row),
		cmp.Compare(a.Cell.Column, b.Cell.Column),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Value, b.Value),
		cmp.Compare(a.Register, b.Register),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.text("column"), b.text("column")),
		cmp.Compare(a.text("key"), b.text("key")),
	)
}

// text returns an argument that is a string, or "". Two cells or keys that are missing in one
// place differ in an argument only.
func (d *Diagnostic) text(name string) string {
	s, _ := d.Args[name].(string)
	return s
}
