// Package report turns diagnostics, and outcomes of the regulation, into what people and machines read: text in the
// reader's language for a terminal, one JSON object a line for programs.
//
// A person is told five things of every finding: where (file:line:column and the
// spreadsheet address), what it is (a stable code), what is wrong and why it matters,
// how to mend it, and the line itself with a mark under the place.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mattn/go-runewidth"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Formats are the forms of a report, by the name of check's --format.
var Formats = []Format{
	{"text", writeText, outcomesText, correctionsText},
	{"json", writeJSON, outcomesJSON, correctionsJSON},
}

// Format is one form of a report.
type Format struct {
	Name     string
	Write    func(w io.Writer, list diag.List, p *locale.Printer) error
	Outcomes func(w io.Writer, outcomes []regulation.Outcome, p *locale.Printer) error
	// Corrections writes what would be refused, had its commit not said why.
	Corrections func(w io.Writer, list diag.List, p *locale.Printer) error
}

// Find returns a format by name.
func Find(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// What says what is wrong, in the printer's language. In general, without a finding,
// Explain does.
func What(d *diag.Diagnostic, p *locale.Printer) string { return message(d, "what", p) }

// Mend says how to mend it.
func Mend(d *diag.Diagnostic, p *locale.Printer) string { return message(d, "mend", p) }

func message(d *diag.Diagnostic, part string, p *locale.Printer) string {
	args := locale.Args{}
	for _, name := range arguments() {
		args[name] = ""
	}
	args["value"], args["register"] = clip(d.Value), d.Register
	for name, v := range d.Args {
		switch v := v.(type) {
		case string:
			args[name] = clip(v)
		case []string:
			args[name] = strings.Join(v, ", ")
		case diag.Phrase:
			args[name] = p.T("diagnostics." + string(v))
		default:
			args[name] = v
		}
	}
	return say(d.Code, part, args, p)
}

func say(code diag.Code, part string, args locale.Args, p *locale.Printer) string {
	return strings.TrimSpace(p.F("diagnostics."+string(code)+"."+part, args))
}

// arguments returns the names of all arguments that messages use. The messages of explain
// have a word for each of them. A finding gives some, the others are left empty.
var arguments = sync.OnceValue(func() []string {
	var names []string
	for _, key := range locale.Keys(locale.Ky) {
		if name, ok := strings.CutPrefix(key, "explain.argument."); ok {
			names = append(names, name[strings.LastIndexByte(name, '.')+1:])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
})

// clip keeps a long value from hiding the sentence it stands in.
func clip(s string) string {
	const longest = 120
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

// Where writes the place as compilers do, with the spreadsheet address if there is one.
func Where(d *diag.Diagnostic) string {
	where := d.Name()
	if pos := d.Position(); pos.Line > 0 {
		where += fmt.Sprintf(":%d:%d", pos.Line, pos.Column)
	}
	if cell := d.Cell.String(); cell != "" {
		where += " (" + cell + ")"
	}
	return where
}

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

// excerpt shows the line with a caret under the place. Columns on a terminal are not
// characters: a wide one takes two.
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
	end := min(d.Span.End, len(d.File.Data))
	marked, _, _ := strings.Cut(string(d.File.Data[min(d.Span.Start, end):end]), "\n")
	length := max(1, min(runewidth.StringWidth(visible(marked)), width-under))
	fmt.Fprintf(b, "    %s\n    %s%s\n", string(shown), strings.Repeat(" ", under), strings.Repeat("^", length))
}

// visible keeps a line on its line: characters that cannot be seen, but could end the
// line, turn it round or drive the terminal, become a middle dot.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return '·'
		}
		return r
	}, s)
}

// Summary counts errors and warnings in words: "2 errors, 1 warning".
func Summary(list diag.List, p *locale.Printer) string {
	errors, warnings := 0, 0
	for i := range list {
		if list[i].Severity() == diag.Error {
			errors++
		} else {
			warnings++
		}
	}
	var parts []string
	if errors > 0 {
		parts = append(parts, p.N("report.errors", errors))
	}
	if warnings > 0 {
		parts = append(parts, p.N("report.warnings", warnings))
	}
	return strings.Join(parts, ", ")
}

// Kinds of lines.
const (
	diagnostic = "diagnostic"
	correction = "correction"
)

// finding is a diagnostic as machines read it; the names are part of the contract.
type finding struct {
	Kind     string            `json:"kind"` // "diagnostic" or "correction"
	Code     diag.Code         `json:"code"`
	Severity string            `json:"severity,omitempty"` // of a diagnostic
	File     string            `json:"file"`
	Line     int               `json:"line,omitempty"`
	Column   int               `json:"column,omitempty"` // in characters, from 1
	Cell     string            `json:"cell,omitempty"`
	Register string            `json:"register,omitempty"`
	ID       string            `json:"id,omitempty"`
	Value    string            `json:"value"`
	Message  string            `json:"message"`
	Messages map[string]string `json:"messages"`
	Args     diag.Args         `json:"args"`
}

func writeJSON(w io.Writer, list diag.List, p *locale.Printer) error {
	return writeLines(w, diagnostic, list, p)
}

func writeLines(w io.Writer, kind string, list diag.List, p *locale.Printer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
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
