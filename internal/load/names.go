package load

import (
	"errors"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/output"
)

// portable reports a name that no file of the site could have on every system, and tells whether
// there is no such fault.
func (l *loader) portable(name, base string) bool {
	var wrong *output.NameError
	if errors.As(output.Portable(base), &wrong) {
		l.badName(name, string(wrong.Why))
	}
	return wrong == nil
}

// badName reports the name of a file or folder. The messages are "diagnostics.name.<why>.what" and
// ".mend".
func (l *loader) badName(name, why string) {
	if l.unreadable(name) {
		return
	}
	base, message := path.Base(name), "name."+why
	l.problems.Add(diag.Diagnostic{Code: diag.BadFileName, Path: name, Value: base, Args: diag.Args{
		"value": base, "what": diag.Phrase(message + ".what"), "mend": diag.Phrase(message + ".mend"),
	}})
}

// unseen reports a name with a character that no text should hold, and tells whether the
// character is refused.
func (l *loader) unseen(name, base string) bool {
	r, _, code := characters.Find(base)
	if code != "" {
		l.problems.Add(diag.Diagnostic{Code: code, Path: name, Value: characters.Name(r), Args: diag.Args{"value": characters.Name(r)}})
	}
	return code != "" && code.Severity() == diag.Error
}

// reportClashes reports names that some systems take for one. A name that must be changed for
// another reason is not reported again: findings.csv beside Findings.csv.
func (l *loader) reportClashes() {
	wrong := map[string]bool{}
	for i := range l.problems.List {
		if l.problems.List[i].Code == diag.BadFileName {
			wrong[l.problems.List[i].Path] = true
		}
	}
	for _, d := range l.clashes {
		if !wrong[d.Path] && !wrong[d.Args["first"].(string)] {
			l.problems.Add(d)
		}
	}
}

// clash reports a name that some systems take for an earlier one of the folder. The two may look
// the same, so it tells the first letter that differs by its characters.
func clash(name, first string) diag.Diagnostic {
	why := "both"
	switch {
	case norm.NFC.String(name) == norm.NFC.String(first):
		why = "composed"
	case norm.NFC.IsNormalString(name) == norm.NFC.IsNormalString(first):
		why = "case"
	}
	a, b := differing(name, first)
	return diag.Diagnostic{Code: diag.NameClash, Path: name, Value: name, Args: diag.Args{
		"value": name, "first": first, "what": diag.Phrase("clash." + why), "letter": spelt(a), "first_letter": spelt(b),
	}}
}

// differing returns the first letters in which two texts differ, with the signs that belong to them.
func differing(a, b string) (string, string) {
	for a != "" && b != "" {
		i, k := norm.NFC.NextBoundaryInString(a, true), norm.NFC.NextBoundaryInString(b, true)
		if a[:i] != b[:k] {
			return a[:i], b[:k]
		}
		a, b = a[i:], b[k:]
	}
	return a, b
}

// spelt returns a letter with the code points that it is stored as: "й (U+0438 U+0306)".
func spelt(letter string) string {
	var points []string
	for _, r := range letter {
		points = append(points, characters.Name(r))
	}
	return letter + " (" + strings.Join(points, " ") + ")"
}
