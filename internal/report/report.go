// Package report turns diagnostics, and outcomes of the regulation, into what people and machines read: text in the
// reader's language for a terminal, one JSON object a line for programs.
//
// A person is told five things of every finding: where (file:line:column and the
// spreadsheet address), what it is (a stable code), what is wrong and why it matters,
// how to mend it, and the line itself with a mark under the place.
package report

import (
	"encoding/json"
	"io"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Formats are the forms of a report, by the name of check's --format.
var Formats = []Format{Text, JSON}

// The formats by themselves.
var (
	Text = Format{"text", writeText, outcomesText, correctionsText, timelineText}
	JSON = Format{"json", writeJSON, outcomesJSON, correctionsJSON, timelineJSON}
)

// Format is one form of a report.
type Format struct {
	Name     string
	Write    func(w io.Writer, list diag.List, p *locale.Printer) error
	Outcomes func(w io.Writer, outcomes []regulation.Outcome, p *locale.Printer) error
	// Corrections writes what would be refused, had its commit not said why.
	Corrections func(w io.Writer, list diag.List, p *locale.Printer) error
	Timeline    func(w io.Writer, t Timeline, p *locale.Printer) error
}

// Find returns a format by name.
func Find(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// newEncoder writes one JSON object a line.
func newEncoder(w io.Writer) *json.Encoder {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder
}
