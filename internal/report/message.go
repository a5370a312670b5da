package report

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/table"
)

// What returns the sentence that says what is wrong, in the printer's language. General does
// the same for a code without a finding.
func What(d *diag.Diagnostic, p *locale.Printer) string { return message(d, "what", p) }

// Mend returns the sentence that says how to mend it.
func Mend(d *diag.Diagnostic, p *locale.Printer) string { return message(d, "mend", p) }

func message(d *diag.Diagnostic, part string, p *locale.Printer) string {
	args := locale.Args{}
	for _, name := range arguments() {
		args[name] = ""
	}
	args["value"], args["register"], args["given"] = clip(d.Value), d.Register, given(d)
	for name, v := range d.Args {
		switch v := v.(type) {
		case string:
			args[name] = clip(v)
		case locale.Text:
			args[name] = clip(v.In(p.Lang()))
		case []string:
			args[name] = strings.Join(v, ", ")
		case table.Named:
			args[name] = named(v, p)
		case []table.Named:
			words := make([]string, len(v))
			for i := range v {
				words[i] = named(v[i], p)
			}
			args[name] = strings.Join(words, ", ")
		case diag.Phrase:
			args[name] = p.T("diagnostics." + string(v))
		case regulation.Kind:
			args[name] = v.Word(p)
		default:
			args[name] = v
		}
	}
	return say(d.Code, part, args, p)
}

// given tells where a cell is: in a register of the repository (""), in somebody's sheet ("sheet"), or in none, but
// "typed" into a command or a form. In the last two a day may be written as 01.03.2026, and a word in the place of its code.
func given(d *diag.Diagnostic) string {
	switch {
	case d.File != nil:
		return ""
	case d.Cell.Row > 0:
		return "sheet"
	}
	return "typed"
}

// named writes a code with what people call it: «Суу» (`water`).
func named(n table.Named, p *locale.Printer) string {
	switch name := n.Name.In(p.Lang()); {
	case n.Code == "", n.Code == "…":
		return n.Code
	case name == "", name == n.Code:
		return "`" + clip(n.Code) + "`"
	default:
		return p.F("report.named", locale.Args{"Name": clip(name), "Code": clip(n.Code)})
	}
}

func say(code diag.Code, part string, args locale.Args, p *locale.Printer) string {
	return strings.TrimSpace(p.F("diagnostics."+string(code)+"."+part, args))
}

// arguments returns the names of all arguments that sentences use: those for which the
// messages below "explain.argument" have a word. Those that a finding lacks are empty texts,
// because a message fails for an argument it is not given.
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

// clip cuts a long value, so that the sentence around it can be read.
func clip(s string) string {
	const longest = 120
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

// Where returns the place as compilers write it, with the spreadsheet address if there is one:
// "data/osh/scores.csv:2:4 (E2)".
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

// Summary counts errors and warnings in words, as in "2 errors, 1 warning". It is empty for an
// empty list.
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

// Heading returns the name of a field with its title: "Аткарылышы (status)".
func Heading(schema *table.Schema, field string, p *locale.Printer) string {
	if schema == nil || schema.Field(field) < 0 {
		return Visible(field)
	}
	title := schema.Columns[schema.Fields[schema.Field(field)].Column].Title.In(p.Lang())
	if title == "" || title == field {
		return Visible(field)
	}
	return Visible(fmt.Sprintf("%s (%s)", title, field))
}
