// Package report writes what the program has found: diagnostics, outcomes of the regulation,
// corrections, what a spreadsheet does, and what codes mean. Each is written as text in the
// reader's language for a terminal, and as JSON, one object a line, for programs.
//
// The text of a diagnostic has five parts: the place (file:line:column and the address in a
// spreadsheet), the code, what is wrong and why it matters, the line of the file with a mark
// under the place, and how to mend it. Characters that could drive a terminal or break a line
// are replaced, because files and commit messages come from anybody. Commands write through an
// Output, which makes sure of it and keeps runners of CI from obeying a line.
//
// What a check has found is also written for GitHub: as annotations, as SARIF, and as Markdown for the
// summary of a run and the comment on a pull request. See Forms.
//
// The names in JSON are part of the public contract. Messages in JSON are in all three
// languages, and values are as they are written in the file.
package report

import (
	"io"
	"slices"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Formats lists the formats that import --format knows; check --format knows [Forms].
var Formats = []Format{Text, JSON}

// Text is for people, JSON for programs.
var (
	Text = Format{"text", writeText, outcomesText, turnsText, correctionsText, proposalText}
	JSON = Format{"json", writeJSON, outcomesJSON, turnsJSON, correctionsJSON, proposalJSON}
)

// Format writes each kind of result in one form. Errors are those of the writer.
type Format struct {
	Name string // as in --format
	// Write writes diagnostics.
	Write func(w io.Writer, list diag.List, p *locale.Printer) error
	// Outcomes writes how clauses of the regulation were kept.
	Outcomes func(w io.Writer, outcomes []*regulation.Outcome, day Day, p *locale.Printer) error
	// Turns writes which outcomes become other ones because of something.
	Turns func(w io.Writer, because Because, turns []regulation.Turn, day Day, p *locale.Printer) error
	// Corrections writes diagnostics that do not count, because the commit gives a reason.
	Corrections func(w io.Writer, list diag.List, p *locale.Printer) error
	// Proposal writes what a spreadsheet does to a register.
	Proposal func(w io.Writer, p *desk.Proposal, say *locale.Printer) error
}

// Find returns the format of a name, and whether there is one.
func Find(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}
