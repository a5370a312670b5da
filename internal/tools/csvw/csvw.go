// Package csvw validates CSV that is described by CSV on the Web metadata. It is for tests
// only: nothing that is shipped may import it, and internal/imports_test.go keeps it so.
//
// What the program publishes is judged here by the text of two Recommendations of the W3C
// of 17 December 2015, and by nothing that the program itself uses:
//
//   - Model for Tabular Data and Metadata on the Web: where metadata is found (locate.go),
//     how CSV is read (dialect.go), what a text means by its format (format.go), and what
//     makes a table valid (validate.go): that it is compatible with its own heading, has no
//     errors in cells, no key twice, and no reference to other than exactly one row;
//   - Metadata Vocabulary for Tabular Data: what a description may say (metadata.go,
//     property.go, common.go), datatypes (datatype.go), URI templates (template.go).
//
// Where a Recommendation has an error raised, there is a problem of severity Error, where
// it has a warning issued, a Warning; validation goes on after either, as far as it makes
// sense. Transformations are checked, but not carried out, and nothing is converted.
//
// Where the Recommendations leave open what is meant, this is how they are read:
//
//   - a pattern of a format has to match the whole text;
//   - a reference with a null refers to no row, which is an error and not, as in SQL, none
//     to be checked: the tests 034 and 035 of the working group want it so;
//   - limits do not apply to a cell that is null, for which there is required;
//   - cells are not trimmed unless the dialect says so: the default dialect says false, the
//     table of its properties true;
//   - a row has as many cells as the table has columns;
//   - durations are compared by seconds, with months of a mean length;
//   - a name with a prefix that is not in the csvw context is a mistake, and no address of
//     a scheme of that name.
package csvw

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"strings"
)

// Severity tells whether data or description is wrong or only doubtful.
type Severity string

// The severities, in the words of the Recommendations.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is what is wrong, and where: a place in a metadata document, or in a CSV file.
type Problem struct {
	Severity    Severity
	Where, What string
}

// String is the problem in one line.
func (p Problem) String() string { return string(p.Severity) + ": " + p.Where + ": " + p.What }

// File is what is found at an address.
type File struct {
	Data []byte
	Link string // the header of HTTP, if there is one
}

// Opener returns the file at an address, and whether there is one.
type Opener func(address string) (File, bool)

// Table is a table that was validated.
type Table struct {
	URL  string
	Rows []Row
}

// Row is a row by the addresses that its description makes of it.
type Row struct {
	About string   // the aboutUrl of the first column; "" without one
	Links []string // the valueUrl of each cell that is not null and has one
}

// Validate validates all tables of the metadata document at an address that ends in .json,
// or else the CSV file at it with the metadata that is found for it.
func Validate(open Opener, address string) ([]Table, []Problem) {
	v := &validator{open: open}
	g := &group{}
	if path.Ext(locator(address).Path) == ".json" {
		d, found := v.document(address)
		if !found {
			v.errorf(address, "there is no such file")
		}
		if d != nil {
			g = d.group()
		}
	} else {
		g = v.locate(address)
	}
	var tables []Table
	for _, t := range g.tables {
		v.table(t)
	}
	for _, t := range g.tables {
		v.foreignKeys(g, t)
		tables = append(tables, t.addresses())
	}
	return tables, v.problems
}

// A validator collects what it finds.
type validator struct {
	open     Opener
	problems []Problem
}

func (v *validator) errorf(where, format string, args ...any) {
	v.problems = append(v.problems, Problem{Error, where, fmt.Sprintf(format, args...)})
}

func (v *validator) warnf(where, format string, args ...any) {
	v.problems = append(v.problems, Problem{Warning, where, fmt.Sprintf(format, args...)})
}

// locator is an address taken apart; what is none has no parts.
func locator(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil {
		return &url.URL{}
	}
	return u
}

// resolve is an address seen from another, in normal form (RFC 3986, 6.2): scheme and
// host in small letters, no port that is the scheme's own, no dots, a path.
func resolve(base, address string) string {
	u := locator(base).ResolveReference(locator(address))
	u.Host = strings.ToLower(u.Host)
	if u.Scheme == "http" {
		u.Host = strings.TrimSuffix(u.Host, ":80")
	}
	if u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	if u.Host != "" {
		u.Path = cmp.Or(u.Path, "/")
	}
	return u.String()
}

// short is a value as it is told in a problem.
func short(v any) string {
	data, _ := json.Marshal(v)
	if text := []rune(string(data)); len(text) > 60 {
		return string(text[:60]) + "…"
	}
	return string(data)
}
