package change

import (
	"slices"
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// TestPathsLeadToDays follows the paths by which the schemas of built-in registers leave records
// open. One that leads nowhere would leave them open for ever.
func TestPathsLeadToDays(t *testing.T) {
	for _, r := range jme.BuiltIn() {
		s := jme.Schema(r.Name)
		paths := slices.Clone(s.OpenUntil)
		for i := range s.Columns {
			paths = append(paths, s.Columns[i].OpenUntil...)
		}
		for _, path := range paths {
			if !leadsToDay(s, strings.Split(path, ".")) {
				t.Errorf("%s: %s leads to no day", r.Name, path)
			}
		}
	}
}

func leadsToDay(s *table.Schema, path []string) bool {
	for i, step := range path {
		switch c := s.Column(step); {
		case c != nil && i == len(path)-1:
			return c.Type.Dated()
		case c != nil:
			s = jme.Schema(c.Register)
		default:
			from := jme.Schema(step)
			if from == nil || !slices.ContainsFunc(from.Columns, func(c table.Column) bool { return c.Register == s.Name }) {
				return false
			}
			s = from
		}
		if s == nil {
			return false
		}
	}
	return false
}

// TestOutdated alters an assumption: its text explains another reading than the one that holds, unless each translation
// was altered with its value.
func TestOutdated(t *testing.T) {
	was := values{"assumption a value": {text: "x"}, "assumption a text.ky": {text: "Икс."}, "assumption a text.ru": {text: "Икс"}, "assumption b text.ky": {text: "Башка"}, "clause 1 value": {text: "x"}}
	for _, test := range []struct {
		name   string
		is     values
		stands bool
	}{
		{"assumption a value", values{"assumption a value": {text: "y"}, "assumption a text.ky": {text: "Икс."}, "assumption a text.ru": {text: "Игрек"}}, true},
		{"assumption a value", values{"assumption a value": {text: "y"}, "assumption a text.ky": {text: "Игрек."}, "assumption a text.ru": {text: "Игрек"}, "assumption b text.ky": {text: "Башка"}}, false},
		{"assumption a value", values{"assumption a text.ky": {text: "Икс."}}, false}, // it is not there any more
		{"assumption a text.ky", values{"assumption a text.ky": {text: "Игрек."}}, false},
		{"clause 1 value", values{"clause 1 value": {text: "y"}}, false},
	} {
		if got := outdated(test.name, was, test.is); (got != nil) != test.stands {
			t.Errorf("%s with %v: %v", test.name, test.is, got)
		}
	}
}
