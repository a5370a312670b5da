package opendata

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// What the narrowest of the forms can hold.
const (
	cellLimit  = 32_767    // UTF-16 units in a cell of Excel
	rowLimit   = 1_048_575 // records in a sheet of Excel, under their header
	digitLimit = 15        // of a decimal number that a double gives back as it was
)

// Check finds what some form could not hold without loss, so that it is refused before
// anything is published. A form made of a table with such a cell fails.
func Check(m *jme.Municipality) diag.List {
	var problems diag.List
	for _, t := range m.Tables {
		problems = append(problems, check(t)...)
	}
	return problems
}

func check(t *table.Table) (problems diag.List) {
	if len(t.Rows) > rowLimit {
		problems.Add(diag.Diagnostic{
			Code: diag.TooManyRows, File: t.File, Register: t.Label,
			Args: diag.Args{"have": len(t.Rows), "limit": rowLimit},
		})
	}
	numeric := make([]bool, len(t.Schema.Fields))
	for i, f := range t.Schema.Fields {
		numeric[i] = t.Schema.Columns[f.Column].Type.Numeric()
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		for j, v := range r.Values {
			switch {
			case numeric[j]:
				if len(v) > digitLimit && digits(v) > digitLimit {
					problems.Add(t.Problem(diag.NumberTooLong, r, j, diag.Args{"limit": digitLimit}))
				}
			case len(v) > cellLimit && units(v) > cellLimit:
				problems.Add(t.Problem(diag.CellTooLong, r, j, diag.Args{"have": units(v), "limit": cellLimit}))
			case !xmlText(v):
				problems.Add(t.Problem(diag.ControlChar, r, j, nil))
			}
		}
	}
	return problems
}

// digits counts those of a decimal, less leading zeros.
func digits(v string) int {
	return len(strings.TrimLeft(strings.Replace(strings.TrimPrefix(v, "-"), ".", "", 1), "0"))
}

// units counts what Excel calls characters.
func units(v string) (n int) {
	for _, r := range v {
		n += utf16.RuneLen(r)
	}
	return n
}

// xmlText tells whether XML, and so XLSX, has a place for every character.
func xmlText(v string) bool {
	for i := range len(v) {
		if c := v[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' ||
			c == 0xEF && (strings.HasPrefix(v[i:], "\uFFFE") || strings.HasPrefix(v[i:], "\uFFFF")) {
			return false
		}
	}
	return true
}

// refused is the error of a form that cannot hold what it is given.
func refused(t *table.Table) error {
	for _, d := range check(t) {
		return fmt.Errorf("%s: %s in record %q, column %v", t.Label, d.Code, d.ID, d.Args["column"])
	}
	return nil
}
