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
