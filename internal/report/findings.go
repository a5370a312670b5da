package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

func writeText(w io.Writer, list diag.List, p *locale.Printer) error {
	var b strings.Builder
	for i := range list {
		d := &list[i]
		fmt.Fprintf(&b, "%s: %s [%s]\n", visible(Where(d)), p.T("report."+d.Severity().String()), d.Code)
		fmt.Fprintf(&b, "  %s\n", visible(What(d, p)))
		excerpt(&b, d)
		fmt.Fprintf(&b, "  %s %s\n\n", p.T("report.mend"), visible(Mend(d, p)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// excerpt writes the line of the place and carets under the place. A line of more than 100
// characters is cut around the place. Characters are measured, because Chinese ones take two
// columns of a terminal.
func excerpt(b *strings.Builder, d *diag.Diagnostic) {
	pos := d.Position()
	if d.File == nil || len(d.File.Data) == 0 || d.Code == diag.InvalidUTF8 {
		return
	}
	const width, before = 100, 40
	line := []rune(visible(d.File.Line(pos.Line)))
	at := min(pos.Column-1, len(line))
	start := 0
	if len(line) > width && at > before {
		start = at - before
	}
	shown := line[start:min(len(line), start+width)]
	under := runewidth.StringWidth(string(line[start:at]))
	marked, _, _ := strings.Cut(string(d.File.Slice(d.Span)), "\n")
	length := max(1, min(runewidth.StringWidth(visible(marked)), width-under))
	fmt.Fprintf(b, "    %s\n    %s%s\n", string(shown), strings.Repeat(" ", under), strings.Repeat("^", length))
}

func correctionsText(w io.Writer, list diag.List, p *locale.Printer) error {
	if len(list) == 0 {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", p.T("change.corrections"))
	for i := range list {
		d := &list[i]
		reason, _ := d.Args["reason"].(string)
		fmt.Fprintf(&b, "%s [%s]\n  %s\n  %s %s\n", visible(Where(d)), d.Code, visible(What(d, p)), p.T("change.reason"), visible(clip(reason)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// correctionsJSON writes corrections as diagnostics of the kind "correction", which have no
// severity and no advice how to mend them. The reason is among the arguments.
func correctionsJSON(w io.Writer, list diag.List, p *locale.Printer) error {
	return writeFindings(w, correction, list, p)
}

// Kinds of findings in JSON.
const (
	diagnostic = "diagnostic"
	correction = "correction"
)

// finding is a diagnostic or a correction in JSON.
type finding struct {
	Kind     string            `json:"kind"` // diagnostic or correction
	Code     diag.Code         `json:"code"`
	Severity string            `json:"severity,omitempty"` // of a diagnostic: "error" or "warning"
	File     string            `json:"file"`
	Line     int               `json:"line,omitempty"`
	Column   int               `json:"column,omitempty"` // from 1, in characters
	Cell     string            `json:"cell,omitempty"`
	Register string            `json:"register,omitempty"`
	ID       string            `json:"id,omitempty"`
	Value    string            `json:"value"`
	Message  string            `json:"message"`
	Messages map[string]string `json:"messages"`
	Args     diag.Args         `json:"args"`
}

func writeJSON(w io.Writer, list diag.List, p *locale.Printer) error {
	return writeFindings(w, diagnostic, list, p)
}

func writeFindings(w io.Writer, kind string, list diag.List, p *locale.Printer) error {
	encoder := newEncoder(w)
	for i := range list {
		d := &list[i]
		pos := d.Position()
		f := finding{
			Kind: kind, Code: d.Code, Severity: d.Severity().String(),
			File: d.Name(), Line: pos.Line, Column: pos.Column, Cell: d.Cell.String(),
			Register: d.Register, ID: d.ID, Value: d.Value, Args: d.Args,
			Messages: map[string]string{},
		}
		if f.Args == nil {
			f.Args = diag.Args{}
		}
		say := func(p *locale.Printer) string { return What(d, p) + " " + Mend(d, p) }
		if kind == correction {
			f.Severity, say = "", func(p *locale.Printer) string { return What(d, p) }
		}
		f.Message = say(p)
		for _, l := range locale.Langs {
			f.Messages[l.String()] = say(locale.For(l))
		}
		if err := encoder.Encode(f); err != nil {
			return err
		}
	}
	return nil
}
