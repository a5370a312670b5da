// Package csvw validates CSV files against the CSV on the Web metadata that describes them.
// It is for tests only: internal/binary_test.go fails if the program depends on it. It shares
// no code with internal/opendata, whose files it validates.
//
// It implements two W3C Recommendations of 17 December 2015. Comments cite them as "Model"
// and "Metadata" with a section number:
//
//   - Model for Tabular Data and Metadata on the Web: how metadata is found (locate.go), how
//     CSV is split into cells (dialect.go), how texts are read by their formats (format.go,
//     timeformat.go), and when a table is valid (validate.go): its heading is compatible with
//     the description, every cell has a valid value, keys are unique, and each reference leads
//     to exactly one row;
//   - Metadata Vocabulary for Tabular Data: which properties a description may have
//     (metadata.go, property.go, common.go), datatypes (builtin.go, datatype.go) and URI
//     templates (template.go).
//
// Where a Recommendation says that an error must be raised, the result has a Problem with
// severity Error; where it says that a warning must be issued, one with severity Warning.
// Validation continues after both. Transformations are checked but not run. CSV is not
// converted to JSON or RDF.
//
// Some passages allow several readings. This package reads them as follows:
//
//   - The pattern of a format has to match the whole text.
//   - A reference that contains a null refers to no row, which is an error. (In SQL such a
//     reference is not checked.) Tests 034 and 035 of the W3C's suite require it.
//   - Limits do not apply to null cells; the property required does.
//   - Cells are trimmed only if the dialect says so. The Recommendation contradicts itself:
//     trim is false in its default dialect, and true in its table of properties.
//   - A row has as many cells as the table has columns.
//   - Durations are compared in seconds; a month has its mean length.
//   - A name with an unknown prefix is a mistake, not an address with an unknown scheme.
package csvw

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"strings"
)

// Severity says whether something is wrong or only doubtful.
type Severity string

// The severities; the words are those of the Recommendations.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is one error or warning.
type Problem struct {
	Severity Severity
	Where    string // "https://…/t.json#/tables/0/url", or "https://…/t.csv row 3 name"
	What     string // continues Where to a sentence: "is not a language tag"
}

// String returns the problem as one line.
func (p Problem) String() string { return string(p.Severity) + ": " + p.Where + ": " + p.What }

// File is the file at an address.
type File struct {
	Data []byte
	Link string // the HTTP header Link of the response; "" without one
}

// Opener returns the file at an address, and reports whether there is one.
type Opener func(address string) (File, bool)

// Table is a table that was validated.
type Table struct {
	URL  string // the address of the CSV file
	Rows []Row
}

// Row holds the addresses that URI templates of the description make of one row.
type Row struct {
	About string   // from aboutUrl of the first column; "" without one
	Links []string // from valueUrl, for each column that has one and whose cell is not null
}

// Validate validates the tables that a metadata document describes, if address ends in
// ".json". Any other address is that of a CSV file, which is validated with the metadata
// found for it. It returns the tables it read and all problems.
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

// validator is one run of Validate.
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

// locator parses an address. An invalid address gives an empty URL.
func locator(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil {
		return &url.URL{}
	}
	return u
}

// resolve resolves an address against a base and normalizes it (RFC 3986, 6.2): scheme and
// host in lower case, no default port, no dot segments, and at least "/" as the path.
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

// short returns a JSON value as text for a problem, cut after 60 characters.
func short(v any) string {
	data, _ := json.Marshal(v)
	if text := []rune(string(data)); len(text) > 60 {
		return string(text[:60]) + "…"
	}
	return string(data)
}
