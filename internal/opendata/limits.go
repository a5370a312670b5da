package opendata

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// limits say what a form can hold without loss. Zero means no limit.
type limits struct {
	rows   int  // records in a register
	cell   int  // UTF-16 units in a cell that is not a number
	digits int  // digits of a number
	xml    bool // characters must be allowed in XML
}

// doubleDigits is the number of decimal digits that a double keeps: DBL_DIG of C.
const doubleDigits = 15

// and returns the limits of what two forms can both hold.
func (l limits) and(m limits) limits {
	narrower := func(a, b int) int {
		if a == 0 || b == 0 {
			return a + b
		}
		return min(a, b)
	}
	return limits{narrower(l.rows, m.rows), narrower(l.cell, m.cell), narrower(l.digits, m.digits), l.xml || m.xml}
}

// narrowest returns the limits of what every form can hold.
func narrowest() (all limits) {
	for _, f := range registerForms {
		all = all.and(f.limits)
	}
	for _, f := range wholeForms {
		all = all.and(f.limits)
	}
	return all
}

// Check reports the cells and registers that some form could not hold without loss, so that
// they are refused before anything is published.
func Check(m *jme.Municipality) diag.List {
	var problems diag.List
	l := narrowest()
	for _, t := range m.Tables {
		problems = append(problems, l.check(t)...)
	}
	return problems
}

// CheckMade reports the same of the registers that the program makes. Their cells name records and repeat
// their texts, so they can be too long though none of these is. The argument parent is the key of the row.
func CheckMade(data *jme.Dataset) (problems diag.List) {
	l := narrowest()
	for _, m := range data.Municipalities {
		for _, t := range m.Tables {
			if !jme.Derived(t.Schema.Name) {
				continue
			}
			for _, d := range l.check(t) {
				d.Path, d.Args["parent"] = "data/"+m.ID, d.ID
				problems.Add(d)
			}
		}
	}
	return problems
}

// check reports what in a table is beyond the limits.
func (l limits) check(t *table.Table) (problems diag.List) {
	if l.rows > 0 && len(t.Rows) > l.rows {
		problems.Add(diag.Diagnostic{
			Code: diag.TooManyRows, File: t.File, Register: t.Label,
			Args: diag.Args{"have": len(t.Rows), "limit": l.rows},
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
				if l.digits > 0 && len(v) > l.digits && digits(v) > l.digits {
					problems.Add(t.Problem(diag.NumberTooLong, r, j, diag.Args{"limit": l.digits}))
				}
			case l.cell > 0 && len(v) > l.cell && units(v) > l.cell:
				problems.Add(t.Problem(diag.CellTooLong, r, j, diag.Args{"have": units(v), "limit": l.cell}))
			case l.xml && !xmlText(v):
				problems.Add(t.Problem(diag.ControlChar, r, j, nil))
			}
		}
	}
	return problems
}

// refuse returns an error if a form with these limits cannot hold a table, and nil if it can.
func (l limits) refuse(t *table.Table) error {
	for _, d := range l.check(t) {
		return fmt.Errorf("%s: %s in record %q, column %v", t.Label, d.Code, d.ID, d.Args["column"])
	}
	return nil
}

// digits counts the digits of a decimal number: those before the point without zeros at the beginning, and all after it. So
// many decimals a column of Parquet has, and a double keeps no more.
func digits(v string) int {
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(v, "-"), ".")
	return len(strings.TrimLeft(whole, "0")) + len(decimals)
}

// units counts the UTF-16 units of a text, which Excel calls characters.
func units(v string) (n int) {
	for _, r := range v {
		n += utf16.RuneLen(r)
	}
	return n
}

// xmlText tells whether XML, and so XLSX, allows every character of a text
// (https://www.w3.org/TR/xml/#charsets).
func xmlText(v string) bool {
	for i := range len(v) {
		if c := v[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' ||
			c == 0xEF && (strings.HasPrefix(v[i:], "\uFFFE") || strings.HasPrefix(v[i:], "\uFFFF")) {
			return false
		}
	}
	return true
}
