// Package diag holds diagnostics as data: what is wrong with somebody's files,
// and exactly where. There is no text inside; package report makes the sentence,
// in the reader's language, at the very edge.
//
// A diagnostic is the user's problem and is collected, never thrown: reading goes
// on, so that one run shows everything there is to mend. A Go error is ours.
//
// Codes are part of the public contract (check --format json, explain): a code,
// once published, keeps its meaning.
package diag

import (
	"cmp"
	"slices"

	"achyk/internal/source"
)

// Severity says whether a repository can be published in spite of a finding.
type Severity uint8

const (
	Error   Severity = iota // the build refuses the repository
	Warning                 // worth mending; the build goes on
)

// String returns the word of the machine-readable report.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Args are the named, typed arguments of a diagnostic's message: strings and
// numbers, lists of strings, and what is said in the reader's language: a
// locale.Text, a Phrase, a time.Time.
type Args map[string]any

// Phrase is an argument that is a message itself: its key below "diagnostics.".
type Phrase string

// Diagnostic is one thing that is wrong, in one place.
type Diagnostic struct {
	Code     Code
	File     *source.File // nil where the file does not exist; then Path names it
	Path     string       // of a file that does not exist
	Span     source.Span  // in File
	Cell     source.Cell  // the spreadsheet address, for registers
	Register string       // "osh/findings", or empty
	ID       string       // key of the record, or empty
	Value    string       // the offending text as it stands in the file
	Args     Args
}

// Severity is that of the code: a code that may be published around stays one.
func (d *Diagnostic) Severity() Severity { return d.Code.Severity() }

// Name returns the path of the file the diagnostic is about.
func (d *Diagnostic) Name() string {
	if d.File != nil {
		return d.File.Path
	}
	return d.Path
}

// Position returns line and column; the zero Position where there is no file.
func (d *Diagnostic) Position() source.Position {
	if d.File == nil {
		return source.Position{}
	}
	return d.File.Position(d.Span.Start)
}

// List collects diagnostics in any order.
type List []Diagnostic

// Add appends a diagnostic.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// HasErrors tells whether the repository must be refused.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity() == Error })
}

// Sort orders the list by file, place and code, and drops what is said twice, so
// that the report does not depend on the order in which files were read.
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
