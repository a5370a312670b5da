package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

// checkGitHub writes findings as commands that make a runner of GitHub show them beside the lines they are
// about. It is the one format that a runner obeys, so everything that comes from a file is escaped.
//
// A run shows ten errors and ten warnings, so the worst come first, and each kind in each file comes
// before any comes again. The log has all. A notice says how many there are.
func checkGitHub(w io.Writer, c *Check, p *locale.Printer) error {
	var b strings.Builder
	annotate(&b, "notice", "", "Achyk", verdict(c, p))
	for _, d := range worstFirst(c.Problems) {
		place := ""
		if name := d.Name(); name != "" {
			place = "file=" + property(name)
			if pos := d.Position(); pos.Line > 0 {
				place += fmt.Sprintf(",line=%d,col=%d", pos.Line, pos.Column)
			}
		}
		annotate(&b, d.Severity().String(), place, string(d.Code), located(d, p))
	}
	_, err := io.WriteString(past(w), b.String())
	return err
}

// located says what is wrong, in which cell, and how to mend it.
func located(d *diag.Diagnostic, p *locale.Printer) string {
	text := What(d, p) + " " + p.T("report.mend") + " " + Mend(d, p)
	if cell := d.Cell.String(); cell != "" {
		text = cell + ": " + text
	}
	return text
}

func annotate(b *strings.Builder, command, place, title, message string) {
	if place != "" {
		place += ","
	}
	fmt.Fprintf(b, "::%s %stitle=%s::%s\n", command, place, property(title), escaped(message))
}

// escaped returns a text as the message of a command. Nothing in it ends the line or is a command.
func escaped(text string) string {
	return command.ReplaceAllString(strings.ReplaceAll(Visible(strings.ToValidUTF8(text, "\ufffd")), "%", "%25"), "#·#$1")
}

// property returns a text as the value of a property of a command.
func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escaped(text))
}

// worstFirst orders findings: errors before warnings; what cannot be taken back once it is public, then
// the first of each kind in each file, then the second.
func worstFirst(list diag.List) []*diag.Diagnostic {
	type ranked struct {
		d                            *diag.Diagnostic
		severity, personal, repeated int
	}
	seen := map[string]int{}
	all := make([]ranked, len(list))
	for i := range list {
		d := &list[i]
		kind := d.Name() + "\x00" + string(d.Code)
		all[i] = ranked{d, int(d.Severity()), 1, seen[kind]}
		if d.Code.Personal() {
			all[i].personal = 0
		}
		seen[kind]++
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(a.severity-b.severity, a.personal-b.personal, a.repeated-b.repeated)
	})
	sorted := make([]*diag.Diagnostic, len(all))
	for i, r := range all {
		sorted[i] = r.d
	}
	return sorted
}
