package regulation

import (
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// TestBegins checks that the columns that tell when a duty begins are there and hold days.
func TestBegins(t *testing.T) {
	for register, columns := range begins {
		for _, column := range columns {
			s, name := jme.Schema(register), column
			if ref, further, deep := strings.Cut(column, "."); deep {
				s, name = jme.Schema(s.Column(ref).Register), further
			}
			if c := s.Column(name); c == nil || c.Type != table.Date {
				t.Errorf("%s.%s is not a column with days", register, column)
			}
		}
	}
}
