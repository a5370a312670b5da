package dataset

import (
	"slices"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// Kept leaves out built-in registers that never had a record, and no others.
func TestKept(t *testing.T) {
	made := func(s *table.Schema, rows ...table.Row) *table.Table {
		register, _ := table.New(s, "town/"+s.Name, rows)
		return register
	}
	broken := made(jme.Schema("findings"))
	broken.Whole = false
	own := table.PlainSchema("trees", []string{"id"})
	m := &jme.Municipality{ID: "town", Tables: []*table.Table{
		made(jme.Schema("territories"), jme.Schema("territories").Row(map[string]string{"id": "north", "name_ky": "Түндүк", "kind": "village"})),
		made(jme.Schema("services")), made(jme.Schema("events")), broken, made(own),
	}}
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	old := &jme.Dataset{Municipalities: []*jme.Municipality{m}}
	kept := Kept(old, func(r *table.Table) bool { return r.Label == "town/events" }).Municipality("town")
	var names []string
	for _, r := range kept.Tables {
		names = append(names, r.Schema.Name)
	}
	if want := []string{"territories", "events", "findings", "trees"}; !slices.Equal(names, want) {
		t.Errorf("%v are kept, want %v", names, want)
	}
	if kept.Table("services") != nil || kept.Table("events") == nil || len(kept.NotKept) != 1 || kept.NotKept[0].Schema.Name != "services" {
		t.Errorf("%v are not kept, want the services", kept.NotKept)
	}
	if m.Table("services") == nil || len(m.Tables) != 5 || len(m.NotKept) != 0 {
		t.Error("the old Dataset was changed")
	}
}
