package selection

import (
	"strings"

	"achyk/internal/table"
)

// joint says that two columns of a row lead to the same thing: by reference paths from the record that each names.
// An empty path is the value of the column itself.
type joint struct{ column, path, other, otherPath string }

// joints are, by register, what must be the same for a record to make sense: a member gives points to the applications
// of the contest that the commission selects in, by the criteria of that contest; a requirement that is judged in an assessment is
// one of its service.
var joints = map[string][]joint{
	"scores": {
		{"criterion", "contest", "application", "contest"},
		{"member", "panel", "application", "contest.panel"},
	},
	"recusals":         {{"member", "panel", "application", "contest.panel"}},
	"contest_services": {{"entry", "year", "contest", "year"}},
	"assessments":      {{"entry", "service", "service", ""}, {"entry", "year", "year", ""}},
	"findings":         {{"requirement", "service", "assessment", "service"}},
	"measurements": {
		{"indicator", "requirement.service", "assessment", "service"},
		{"visit", "assessment", "assessment", ""},
	},
}

// Beside tells whether a record that a column of a row may name belongs to the same contest, commission, year or service as
// what the row has in its other columns. What is not known yet contradicts nothing.
func Beside(register func(name string) *table.Table, name, column, key string, value func(column string) string) bool {
	t := register(name)
	for _, j := range joints[name] {
		other := ""
		switch column {
		case j.column:
			other = value(j.other)
		case j.other:
			j = joint{j.other, j.otherPath, j.column, j.path}
			other = value(j.other)
		default:
			continue
		}
		if a, b := follow(register, t, j.column, key, j.path), follow(register, t, j.other, other, j.otherPath); a != "" && b != "" && a != b {
			return false
		}
	}
	return true
}

// follow returns what a path leads to from the value of a column, or "" if it leads nowhere.
func follow(register func(name string) *table.Table, t *table.Table, column, value, path string) string {
	for step := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' }) {
		c := t.Schema.Column(column)
		if t = register(c.Register); t == nil {
			return ""
		}
		row := t.Lookup(value)
		if row == nil {
			return ""
		}
		column, value = step, t.Value(row, step)
	}
	return value
}
