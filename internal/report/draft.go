package report

import (
	"io"
	"path"
	"strings"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/locale"
)

// draft is what the files of a clerk do together, in JSON.
type draft struct {
	Inputs   []input        `json:"inputs"`
	Files    []proposedFile `json:"files"`    // what to propose; none if something must be mended first
	Findings []sheetFinding `json:"findings"` // that are in no sheet
	Turned   []turn         `json:"turned"`
	Errors   int            `json:"errors"`  // how many findings are errors, those in the sheets as well
	Message  string         `json:"message"` // of a commit, without the reason
	Reason   bool           `json:"reason"`  // the commit must say why, in a trailer "Correction: …"
}

// input is a file that the clerk brought.
type input struct {
	Name  string    `json:"name"`
	Put   string    `json:"put,omitempty"`   // where it is proposed as it is
	Form  bool      `json:"form,omitempty"`  // it is a record that was typed into a form
	Sheet *proposal `json:"sheet,omitempty"` // what it does to a register
}

// proposedFile is a file to be proposed.
type proposedFile struct {
	Path string `json:"path"`
	Size int    `json:"size"`
}

// Draft writes what the files of a clerk do together as JSON.
func Draft(w io.Writer, d *desk.Draft, inputs []desk.Input, say *locale.Printer) error {
	out := draft{
		Inputs: []input{}, Files: []proposedFile{}, Findings: sheetFindings(d.Problems, say), Turned: turnsOf(Proposed, d.Turned, say),
		Message: commitOf(d, inputs, say), Reason: d.NeedsReason(),
	}
	findings := out.Findings
	for i, in := range inputs {
		made := input{Name: in.Path, Put: in.Put, Form: in.Form}
		if p := d.Sheets[i]; p != nil {
			sheet := proposalOf(p, say)
			made.Sheet = &sheet
			findings = append(findings, sheet.Findings...)
		}
		out.Inputs = append(out.Inputs, made)
	}
	for _, f := range findings {
		if f.Severity == "error" {
			out.Errors++
		}
	}
	for _, f := range d.Files {
		out.Files = append(out.Files, proposedFile{f.Path, len(f.Data)})
	}
	return NewEncoder(w).Encode(out)
}

// Findings writes findings as JSON, as Draft does.
func Findings(w io.Writer, list diag.List, say *locale.Printer) error {
	return NewEncoder(w).Encode(sheetFindings(list, say))
}

// longestSubject is how many letters the first line of a commit may have.
const longestSubject = 72

// commitOf is the text of a commit that proposes the files: a line for each register and each other file,
// and above them, if they are several, one that names all.
func commitOf(d *desk.Draft, inputs []desk.Input, say *locale.Printer) string {
	var lines, names []string
	for _, e := range d.Edits {
		lines, names = append(lines, e.Table.Label+": "+counted(e.Changes, say)), append(names, e.Table.Label)
	}
	for _, in := range inputs {
		if in.Put != "" {
			lines, names = append(lines, say.F("desk.commit.document", locale.Args{"Path": in.Put})), append(names, path.Base(in.Put))
		}
	}
	if len(lines) < 2 {
		return strings.Join(lines, "")
	}
	subject := []rune(strings.Join(names, ", "))
	if len(subject) > longestSubject {
		subject = append(subject[:longestSubject-1], '…')
	}
	return string(subject) + "\n\n" + strings.Join(lines, "\n")
}
