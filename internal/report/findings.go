package report

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/mattn/go-runewidth"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

func writeText(w io.Writer, list diag.List, p *locale.Printer) error {
	var b strings.Builder
	write := func(d *diag.Diagnostic) {
		fmt.Fprintf(&b, "%s: %s [%s]\n", Visible(Where(d)), p.T("report."+d.Severity().String()), d.Code)
		fmt.Fprintf(&b, "  %s\n", Visible(What(d, p)))
		excerpt(&b, d)
		fmt.Fprintf(&b, "  %s %s\n\n", p.T("report.mend"), Visible(Mend(d, p)))
	}
	folded(list, write, func(place string, c diag.Code, n int) {
		fmt.Fprintf(&b, "%s: %s [%s]\n  %s\n\n", Visible(place), p.N("report.more", n), c, p.T("report.all"))
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// most is how many findings with one code are written as text for one file or, if they are about
// files themselves, for one folder, and how many outcomes of one kind for a rule and year. A column in a
// wrong form, or one missing report for all rounds of a year, would fill the screen otherwise.
const most = 10

// folded calls write for the findings that are written, and more where others are left out.
func folded(list diag.List, write func(*diag.Diagnostic), more func(place string, c diag.Code, n int)) {
	fold(len(list), func(i int) kind { return kindOf(&list[i]) }, func(i int) { write(&list[i]) }, func(k kind, n int) { more(k.place, k.code, n) })
}

// fold calls write for the first most of n things of each kind, and more where the others are left out.
func fold[K comparable](n int, kindOf func(i int) K, write func(i int), more func(k K, n int)) {
	all, seen := counts(n, kindOf), map[K]int{}
	for i := range n {
		k := kindOf(i)
		if seen[k]++; seen[k] <= most {
			write(i)
		} else if seen[k] == all[k] {
			more(k, all[k]-most)
		}
	}
}

// counts counts the things of each kind.
func counts[K comparable](n int, kindOf func(i int) K) map[K]int {
	all := map[K]int{}
	for i := range n {
		all[kindOf(i)]++
	}
	return all
}

// kind is what findings of one list have in common.
type kind struct {
	place string // the file, or the folder of files that findings are about
	code  diag.Code
}

func kindOf(d *diag.Diagnostic) kind {
	if d.File == nil && d.Cell.Row == 0 {
		return kind{path.Dir(d.Path), d.Code}
	}
	return kind{d.Name(), d.Code}
}

// excerpt writes the line of the place and carets under the place. A line of more than 100
// characters is cut around the place. Characters are measured, because Chinese ones take two
// columns of a terminal. A line with personal data is not written: reports are public as well.
func excerpt(b *strings.Builder, d *diag.Diagnostic) {
	pos := d.Position()
	if d.File == nil || len(d.File.Data) == 0 || d.Code == diag.InvalidUTF8 || d.Code.Personal() {
		return
	}
	const width, before = 100, 40
	line := []rune(Visible(d.File.Line(pos.Line)))
	at := min(pos.Column-1, len(line))
	start := 0
	if len(line) > width && at > before {
		start = at - before
	}
	shown := line[start:min(len(line), start+width)]
	under := runewidth.StringWidth(string(line[start:at]))
	marked, _, _ := strings.Cut(string(d.File.Slice(d.Span)), "\n")
	length := max(1, min(runewidth.StringWidth(Visible(marked)), width-under))
	fmt.Fprintf(b, "    %s\n    %s%s\n", string(shown), strings.Repeat(" ", under), strings.Repeat("^", length))
}

func correctionsText(w io.Writer, list diag.List, p *locale.Printer) error {
	if len(list) == 0 {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", p.T("change.corrections"))
	write := func(d *diag.Diagnostic) {
		reason, _ := d.Args["reason"].(string)
		fmt.Fprintf(&b, "%s [%s]\n  %s\n  %s %s\n", Visible(Where(d)), d.Code, Visible(What(d, p)), p.T("change.reason"), Visible(clip(reason)))
	}
	folded(list, write, func(place string, c diag.Code, n int) {
		fmt.Fprintf(&b, "%s: %s [%s]\n  %s\n", Visible(place), p.N("report.more", n), c, p.T("report.all"))
	})
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
	encoder := NewEncoder(w)
	for i := range list {
		if err := encoder.Encode(findingOf(kind, &list[i], p)); err != nil {
			return err
		}
	}
	return nil
}

// findingOf returns a finding as JSON writes it.
func findingOf(kind string, d *diag.Diagnostic, p *locale.Printer) finding {
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
	return f
}
