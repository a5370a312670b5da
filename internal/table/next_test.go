package table

import (
	"strings"
	"testing"
)

func TestNextID(t *testing.T) {
	s := PlainSchema("things", []string{"id", "name"})
	for ids, want := range map[string]string{
		"":                     "",
		"north south":          "",
		"a-1":                  "a-2",
		"a-8 a-9 a-10 a-12":    "a-13",
		"a-009":                "a-010",
		"a-999":                "a-1000",
		"f-2025-1 f-2026-7":    "f-2026-8",
		"a-7 b-3 cemetery":     "b-4",
		"2024-11-bus 2024-12z": "",
		"12":                   "13",
	} {
		var rows []Row
		for id := range strings.FieldsSeq(ids) {
			rows = append(rows, s.Row(map[string]string{"id": id}))
		}
		if got := Made(s, "town/things", rows).NextID(); got != want {
			t.Errorf("after %q comes %q, want %q", ids, got, want)
		}
	}
}

// TestNextBelow: where ids begin with that of the record above, the next does so too.
func TestNextBelow(t *testing.T) {
	s := PlainSchema("findings", []string{"id", "assessment"})
	for _, c := range []struct{ rows, parent, want string }{
		{"x-a1-f01/x-a1 x-a1-f02/x-a1 x-a2-f01/x-a2", "x-a1", "x-a1-f03"},
		{"x-a1-f01/x-a1 x-a1-f02/x-a1 x-a2-f01/x-a2", "x-a2", "x-a2-f02"},
		{"x-a1-f01/x-a1 x-a1-f02/x-a1 x-a2-f01/x-a2", "x-a3", "x-a3-f01"},
		{"f-1/x-a1 f-2/x-a2", "x-a1", "f-3"},
		{"f-1/x-a1 f-2/x-a2", "x-a3", "f-3"},
		{"", "x-a1", ""},
	} {
		var rows []Row
		for pair := range strings.FieldsSeq(c.rows) {
			id, parent, _ := strings.Cut(pair, "/")
			rows = append(rows, s.Row(map[string]string{"id": id, "assessment": parent}))
		}
		if got := Made(s, "town/findings", rows).NextBelow(1, c.parent); got != c.want {
			t.Errorf("below %s after %q comes %q, want %q", c.parent, c.rows, got, c.want)
		}
	}
}
